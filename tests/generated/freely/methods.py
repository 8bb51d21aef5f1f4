"""Methods and the clauses behind them, drawn freely, with what stands in the column of the item."""

from __future__ import annotations

from attrs import field, frozen

from generated.freely.expressions import (
    condition,
    number,
    range_of_days,
    range_of_numbers,
    range_of_texts,
)
from generated.freely.ground import FORMS, NUMBERS, TIES, Ground, written


@frozen
class Method:
    """The lines of a method; ``column`` are the values that may be given for it."""

    lines: list[str]
    column: tuple[object, ...] = field(default=())


def limit(ground: Ground) -> str:
    """A limit, perhaps under a condition."""
    when = f" khi {condition(ground, 1)}" if ground.in_so_many(3) else ""
    return f"{ground.one_of('không quá', 'không dưới')} {number(ground, 1)}{when}"


def guarded_limits(ground: Ground) -> list[str]:
    """Limits of which the first whose condition holds counts, perhaps one for where none does."""
    direction = ground.one_of("không quá", "không dưới")
    guards = [f"Khi {condition(ground, 1)}" for _ in range(ground.random.choice((1, 2)))]
    guards.append(ground.one_of("Còn lại", f"Khi {condition(ground, 1)}"))
    lines = [f"{guard}, {direction} {number(ground, 1)}" for guard in guards]
    return ground.random.choice((lines, lines[:1], [*lines[:-1], f"Khi {condition(ground, 1)}, {limit(ground)}"]))


def formula(ground: Ground) -> str:
    """An expression with its limits."""
    limits = [limit(ground) for _ in range(ground.random.choice((0, 0, 1, 2)))]
    return ", ".join([number(ground, 3), *limits])


def outcome(ground: Ground) -> str:
    """What a row gives."""
    return "không áp dụng" if ground.in_so_many(12) else number(ground, 1)


def block(ground: Ground) -> list[str]:
    """Steps, a table, marks, cases, the best case."""
    return ground.random.choice((_steps, _steps, _days, _texts, _table, _marks, _cases, _best))(ground)


def _steps(ground: Ground) -> list[str]:
    rows = [f"- {range_of_numbers(ground, bare=True)}: {outcome(ground)}" for _ in range(ground.random.randint(1, 3))]
    if ground.in_so_many(3):
        rows.insert(0, f"- {range_of_numbers(ground, bare=True)}, {range_of_numbers(ground)}: {outcome(ground)}")
    return [f"theo {number(ground, 1)}:", *rows, *_rest(ground)]


def _rest(ground: Ground) -> list[str]:
    return [] if ground.in_so_many(6) else [f"- còn lại: {outcome(ground)}"]


def _days(ground: Ground) -> list[str]:
    rows = [f"- {range_of_days(ground)}: {outcome(ground)}" for _ in range(2)]
    return [f"theo [{FORMS['ngày'][0]}]:", *rows, *_rest(ground)]


def _texts(ground: Ground) -> list[str]:
    rows = [f"- {range_of_texts(ground, bare=True)}: {outcome(ground)}" for _ in range(2)]
    return [f"theo [{ground.one_of(*FORMS['văn bản'])}]:", *rows, *_rest(ground)]


def _table(ground: Ground) -> list[str]:
    rows = []
    for _ in range(ground.random.randint(1, 3)):
        one = ground.one_of("bất kỳ", range_of_texts(ground, bare=True).replace(" hoặc ", ", "))
        other = ground.one_of("bất kỳ", range_of_numbers(ground, bare=True))
        rows.append(f"- {one} và {other}: {outcome(ground)}")
    return [f"theo [{ground.one_of(*FORMS['văn bản'])}] và {number(ground, 0)}:", *rows, *_rest(ground)]


def _marks(ground: Ground) -> list[str]:
    rows = []
    for _ in range(ground.random.randint(1, 2)):
        marks = "; ".join(written(each) for each in sorted(ground.random.sample(NUMBERS, 3)))
        rows.append(f"- {ground.one_of('mỗi mốc vượt', 'mỗi mốc đạt')} {marks}: {number(ground, 0)}")
    return [f"theo {number(ground, 1)}:", *rows]


def _cases(ground: Ground) -> list[str]:
    rows = [f"- {condition(ground)}: {outcome(ground)}" for _ in range(ground.random.randint(1, 3))]
    return ["theo trường hợp:", *rows, *_rest(ground)]


def _best(ground: Ground) -> list[str]:
    return ["tính trường hợp có điểm cao nhất:", *_cases(ground)[1:]]


# --- methods of a leaf


def method(ground: Ground) -> Method:
    """Any method, perhaps several under conditions."""
    if ground.in_so_many(6):
        first, second = _single(ground), _single(ground)
        last = "Còn lại" if not ground.in_so_many(4) else f"Khi {condition(ground, 1)}"
        lines = [f"Khi {condition(ground, 1)}, {first.lines[0]}", *first.lines[1:]]
        lines += [f"{last}, {second.lines[0]}", *second.lines[1:]]
        return Method(lines, first.column + second.column)
    if ground.in_so_many(6):
        return Method([], NUMBERS)
    found = _single(ground)
    return Method([_capital(found.lines[0]), *found.lines[1:]], found.column)


def _capital(line: str) -> str:
    return line[0].upper() + line[1:]


def _single(ground: Ground) -> Method:
    return ground.random.choice((_choose, _checklist, _direct, _score, _score, _judged, _block, _block, _block))(ground)


def _choose(ground: Ground) -> Method:
    labels = ("Cấp trưởng", "Cấp phó: phụ trách", "Khác")
    rows = [f"- {label}: {outcome(ground)}" for label in labels]
    return Method(["chọn một:", *rows], (*labels, "CẤP  trưởng", "Không có mức này"))


def _checklist(ground: Ground) -> Method:
    rows, letters = [], []
    for letter in "abcd"[: ground.random.randint(2, 4)]:
        if ground.in_so_many(3):
            rows.append(f"{letter}) khi {condition(ground, 1)}: {number(ground, 1)}")
        else:
            letters.append(letter)
            rows.append(f"{letter}) Ý {letter}: {number(ground, 1)}")
    ticked = ((), tuple(letters[:1]), tuple(letters), tuple(letters[1:])) if letters else ()
    return Method(["cộng các ý đạt:", *rows], ticked)


def _direct(ground: Ground) -> Method:
    return Method(["chấm trực tiếp"], NUMBERS)


def _score(ground: Ground) -> Method:
    return Method([f"điểm = {formula(ground)}"])


def _judged(ground: Ground) -> Method:
    ground.judged = True
    line = f"điểm = điểm chấm * {formula(ground)}"
    ground.judged = False
    return Method([line], NUMBERS)


def _block(ground: Ground) -> Method:
    return Method(block(ground))


# --- clauses

POLICIES = (
    "giữ nguyên điểm tối đa", "loại khỏi điểm tối đa", "tính điểm tối đa", "không xếp hạng", "không tính tổng điểm",
)  # fmt: skip


def rounding_form(ground: Ground) -> str:
    """To what, and by which rule for ties."""
    to = ground.one_of("1 chữ số thập phân", "hàng đơn vị", "bội của 0,5", "2 chữ số thập phân")
    return f"đến {to}, {ground.one_of(*TIES)}"


def clauses(ground: Ground) -> list[str]:
    """A few lines behind a method."""
    every = (
        f"Không áp dụng khi {condition(ground, 1)}",
        "Có thể không áp dụng",
        f"Chỉ tính khi {condition(ground, 1)}",
        f"Thay bằng {number(ground, 1)} khi {condition(ground, 1)}",
        f"Thay bằng {number(ground, 1)} khi {condition(ground, 1)}",
        f"Thiếu số liệu: {ground.one_of('0 điểm', '1 điểm', 'không áp dụng')}",
        _capital(limit(ground)),
        "\n".join(guarded_limits(ground)),
        f"Làm tròn: {rounding_form(ground)}",
        f"Khi không áp dụng: {ground.one_of(*POLICIES)}",
    )
    chosen = ground.random.sample(every, ground.random.choice((0, 0, 1, 2, 3)))
    return sorted(chosen, key=every.index)
