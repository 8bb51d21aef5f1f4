"""The job: 100 indicators of ten kinds in 6 groups, 245 points, five bands, 184 fields; and random units for it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from thangdiem.engine.facts import FactValue

KINDS = ("choice", "steps", "ratio", "threshold", "checklist", "capped", "best", "deadline", "direct", "parts")
BANDS = ((220, "xuất sắc"), (196, "tốt"), (171, "khá"), (122, "trung bình"), (0, "yếu"))
INDICATORS = [(f"{n // 17 + 1}.{n % 17 + 1}", KINDS[n % 10], 3 if n % 20 < 9 else 2) for n in range(100)]
YEAR = 2024
DEADLINES = (date(2024, 5, 31), date(2024, 6, 10))

_BODIES = {
    "choice": "Chọn một:\n- Đầy đủ: điểm tối đa\n- Một phần: 1/2 * điểm tối đa\n- Chưa có: 0 điểm",
    "steps": "Theo [n {c}]:\n- từ 4 trở lên: điểm tối đa\n- 2, 3: 1 điểm\n- 1: 0,5 điểm\n- còn lại: 0 điểm",
    "ratio": "a = [a {c}]\nb = [b {c}]\nTỷ lệ = a/b\nĐiểm = Tỷ lệ * điểm tối đa",
    "threshold": "Tỷ lệ = [a {c}]/[b {c}]\nTheo Tỷ lệ:\n- từ 80% trở lên: điểm tối đa\n"
    "- từ 50% đến dưới 80%: Tỷ lệ/80% * điểm tối đa\n- dưới 50%: 0 điểm",
    "checklist": "Cộng các ý đạt:\n" + "\n".join(f"{x}) khi [{x} {{c}}] = có: {{q}} điểm" for x in "abcd"),
    "capped": "Điểm = [n {c}] * 0,5 điểm, không quá {m} điểm",
    "best": "Tính trường hợp có điểm cao nhất:\n- [a {c}] = có: 1 điểm\n- [b {c}] = có: điểm tối đa\n"
    "- [c {c}] = có: 1,5 điểm\n- còn lại: 0 điểm",
    "deadline": "Theo [ngày {c}]:\n- đến hết 31/05 năm đánh giá: điểm tối đa\n"
    "- đến hết 10/06 năm đánh giá: 1 điểm\n- còn lại: 0 điểm",
    "direct": "Chấm trực tiếp",
    "parts": "Điểm máy tính = [p {c}] * {h} điểm\nĐiểm mạng = [q {c}] * {h} điểm\nĐiểm = Điểm máy tính + Điểm mạng",
}


def rule_text(repeat: int = 1, indicators: int = len(INDICATORS)) -> str:
    """The job, or its first indicators, as a rule file; repeated, as so many scales of one file."""
    return 'Bộ tiêu chí "Việc đo"\n' + "\n".join(
        _scale(number, INDICATORS[:indicators]) for number in range(1, repeat + 1)
    )


def _scale(number: int, indicators: list[tuple[str, str, int]]) -> str:
    lines = [
        f'Thang điểm việc-{number} "Việc đo": 245 điểm',
        "Làm tròn: điểm chỉ số thành phần đến 2 chữ số thập phân, nửa lên",
    ]
    group = ""
    for code, kind, maximum in indicators:
        if code.split(".")[0] != group:
            group = code.split(".")[0]
            points = sum(each for other, _, each in indicators if other.startswith(f"{group}."))
            lines.append(f'Chỉ số {group} "Nhóm {group}": {points} điểm')
        lines.append(f'Chỉ số thành phần {code} "Chỉ số {code}": {maximum} điểm')
        quarter, half = (str(maximum / part).replace(".", ",") for part in (4, 2))
        lines.append(_BODIES[kind].format(c=code, m=maximum, q=quarter, h=half))
    lines += ['Điểm thưởng "Giải thưởng": không quá 5 điểm', "Điểm = [giải thưởng] * 2 điểm, không quá 5 điểm"]
    lines += ['Điểm trừ "Chậm": không quá 5 điểm', "Điểm = [lần chậm] * 1 điểm, không quá 5 điểm", "Xếp loại"]
    for place, (low, grade) in enumerate(BANDS):
        upper = f" đến dưới {BANDS[place - 1][0]} điểm" if place else " trở lên"
        lower = f"từ {low} điểm{upper}" if low else f"dưới {BANDS[place - 1][0]} điểm"
        lines.append(f"Loại {grade}: Cơ quan, đơn vị có tổng số điểm {lower}.")
    lines += ["Không xếp quá loại khá khi [sự cố] = có", "Xếp loại yếu khi [kỷ luật] = có"]
    return "\n".join(lines) + "\n"


def units(count: int, seed: int = 1949) -> list[dict[str, FactValue | int | None]]:
    """Units with every field there, the better half of what can be had."""
    random = Random(seed)
    return [_unit(random) for _ in range(count)]


def _unit(random: Random) -> dict[str, FactValue | int | None]:
    level = random.random()
    values: dict[str, FactValue | int | None] = {
        "giải thưởng": random.randrange(4), "lần chậm": random.randrange(3),
        "sự cố": random.random() < 0.1, "kỷ luật": random.random() < 0.03,
    }  # fmt: skip

    def good() -> bool:
        return random.random() < 0.4 + 0.6 * level

    for code, kind, maximum in INDICATORS:
        match kind:
            case "choice":
                values[f"@{code}"] = "Đầy đủ" if good() else random.choice(("Một phần", "Chưa có"))
            case "steps" | "capped":
                values[f"n {code}"] = random.randint(4, 9) if good() else random.randrange(4)
            case "ratio" | "threshold":
                whole = random.randint(1, 5000)
                values[f"a {code}"] = whole if good() else random.randint(0, whole)
                values[f"b {code}"] = whole
            case "checklist" | "best":
                values.update({f"{letter} {code}": good() for letter in ("abcd" if kind == "checklist" else "abc")})
            case "deadline":
                values[f"ngày {code}"] = date(2024, 5, 25) + timedelta(days=random.randrange(6 if good() else 30))
            case "direct":
                values[f"@{code}"] = maximum if good() else random.randrange(maximum)
            case _:
                values.update({f"{part} {code}": Fraction(random.randint(0, 100), 100) for part in "pq"})
    return values
