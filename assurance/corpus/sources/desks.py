"""The code of a page about commands in, the files that lie in the folder where its runs take place out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence

import dossiers
from assurance.corpus.content import Content, content_of
from thangdiem.dsl.amendments.consolidation import MOST_OPERATIONS

_VERSION = """Quyết định {number}/QĐ-UBND
  Hiệu lực: {force}
  Áp dụng: kỳ đánh giá {period}

Thang điểm {scale} "Chuyển đổi số": 10 điểm
  Chỉ số 1 "Một": 10 điểm
    Chấm trực tiếp
"""
_FIRST = {"force": "từ 01/01/2022 đến hết 31/12/2023", "period": "từ năm 2022 đến năm 2023"}
_SECOND = {"force": "từ 01/01/2024", "period": "từ năm 2024"}
_ONE_SCALE = 'Bộ tiêu chí "Ví dụ"\n\nThang điểm tỉnh "Cấp tỉnh": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n'
_TWO_SCALES = """Bộ tiêu chí "Hai thang"

Thang điểm cấp-tỉnh "Cấp tỉnh": 10 điểm
  Áp dụng cho: "sở"
  Chỉ số 1 "Một": 10 điểm

Thang điểm cấp-huyện "Cấp huyện": 10 điểm
  Áp dụng cho: "huyện"
  Chỉ số 1 "Một": 10 điểm
"""
_AMENDING = """Quyết định 35/QĐ-UBND sửa đổi, bổ sung Quyết định 34/QĐ-UBND
  Hiệu lực: từ 01/01/2025
  Áp dụng: kỳ đánh giá từ năm 2025

Điều 1
  Thay cụm từ "Một" bằng "Số một" tại chỉ số 1 (1 lần)
"""
_DEADLINE = """Bộ tiêu chí "Hạn nộp"

Thang điểm xã "Xã": 10 điểm
  Số liệu [Ngày gửi]: ngày
  Chỉ số 1 "Báo cáo": 10 điểm
    Theo [Ngày gửi]:
      - đến hết 31/05 năm đánh giá: 10 điểm
      - còn lại: 0 điểm
"""
USAGE = {
    "rules/sua-doi/goc.rubric": _VERSION.format(number="34", scale="cấp-tỉnh", **_SECOND),
    "rules/sua-doi/sua-doi.rubric": _AMENDING,
    "rules/vi-du/2022.rubric": _VERSION.format(number="12", scale="cấp-tỉnh", **_FIRST),
    "rules/vi-du/2024.rubric": _VERSION.format(number="34", scale="cấp-tỉnh", **_SECOND),
    "rules/hai-cap/tinh.rubric": _VERSION.format(number="56", scale="cấp-tỉnh", **_FIRST),
    "rules/hai-cap/huyen.rubric": _VERSION.format(number="78", scale="cấp-huyện", **_FIRST),
    "rules/han-nop/han-nop.rubric": _DEADLINE,
    "so-lieu-han-nop.csv": "Đơn vị;[Ngày gửi]\nXã A;30/05/2024\n",
    "so-lieu.csv": "Đơn vị;1\nSở Tư pháp;5\n",
    "Quyết định 7.rubric": _ONE_SCALE,
    "co-loi.rubric": _ONE_SCALE + "  Chỉ số thứ hai thì 10 điểm\n",
    "ngay-sai.rubric": _ONE_SCALE + '\nVí dụ "một đơn vị"\n  [Ngày gửi] = 31/02/2024\n  1 = 5\n',
    "nhan-co-thang.rubric": _ONE_SCALE + "    Cộng các ý đạt:\n    a)#khi họp: 10 điểm\n",
    "nhieu-loi.rubric": _ONE_SCALE + 30 * '  Chỉ số 1 "Một": 10 điểm\n',
    "hai-thang.rubric": _TWO_SCALES,
    "so-nganh.csv": "Đơn vị;Loại đơn vị;1\nSở A;sở;5\n",
    "docs/README.md": "Không có quy tắc.\n",
    "usb-day/README.md": "Đầy.\n",
    "kho/tinh-a/a.rubric": _ONE_SCALE,
    "kho/tinh-b/b.rubric": _ONE_SCALE,
}


_GOAL = """Bộ tiêu chí "Ví dụ"

Thang điểm a "A": 20 điểm
  Chỉ số 1 "Một": 10 điểm
  Chỉ số 2 "Hai": 10 điểm
    Điểm = [Số hồ sơ] * 1 điểm, không quá 10 điểm
"""
_GOAL_GRADES = "  Xếp loại\n    Loại tốt: từ 12 điểm trở lên.\n    Loại khá: dưới 12 điểm.\n"
GOAL = {
    "rules/vi-du/a.rubric": _GOAL + _GOAL_GRADES,
    "rules/khong-xep-loai/a.rubric": _GOAL,
    "so-lieu.csv": "Đơn vị;1;[Số hồ sơ]\nSở Tư pháp;5;6\nSở Nội vụ;;6\n",
}


_IMPACT_SCALE = """
Thang điểm {scale} "Đánh giá": 10 điểm
  Áp dụng cho: "{scale}"
  Chỉ số 1 "Hồ sơ": 10 điểm
    Theo [Số hồ sơ]:
      - từ {full} trở lên: 10 điểm
      - còn lại: 4 điểm
"""
_IMPACT_DOCUMENT = "Quyết định {number}/QĐ-UBND\n  Hiệu lực: {force}\n"
_IMPACT_FIRST = _IMPACT_DOCUMENT.format(number=7, force="từ 01/01/2023 đến hết 31/12/2023")
_IMPACT_SECOND = _IMPACT_DOCUMENT.format(number=9, force="từ 01/01/2024")
IMPACT = {
    "rules/phong/2023.rubric": _IMPACT_FIRST + _IMPACT_SCALE.format(scale="phòng", full=100),
    "rules/phong/2024.rubric": _IMPACT_SECOND + _IMPACT_SCALE.format(scale="phòng", full=150),
    "xa.rubric": _IMPACT_SECOND + _IMPACT_SCALE.format(scale="xã", full=100),
    "phong-va-xa.rubric": "".join(
        (_IMPACT_FIRST, *(_IMPACT_SCALE.format(scale=scale, full=100) for scale in ("phòng", "xã")))
    ),
    "so-lieu.csv": "Đơn vị;[Số hồ sơ]\nPhòng A;120\nPhòng B;160\n",
    "so-lieu-ca-xa.csv": "Đơn vị;Loại đơn vị;[Số hồ sơ]\nPhòng A;phòng;120\n",
}


OFFICE: Mapping[str, Content] = {
    "case.rubric": content_of(
        'Bộ tiêu chí "Ví dụ"\n\nThang điểm a "A": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n\nVí dụ "Sở A"\n  1 = 5\n'
    ),
    "mau/dau-trang.html": content_of("<h1>Sở A</h1>"),
}
"""The rules whose results templates lay out, and another template that one may include."""

OF_A_PERIOD = ("TD608", "TD635", "TD656")
"""Found only by whoever asks for a period."""


def _without_a_trace(content: bytes) -> bytes:
    held = dossiers.members(content)
    return dossiers.repacked({name: data for name, data in held.items() if "traces" not in name})


def _with_a_file(name: str, data: bytes) -> Callable[[bytes], bytes]:
    return lambda content: dossiers.repacked({**dossiers.members(content), name: data})


def _with_other_points(content: bytes) -> bytes:
    return dossiers.replaced(content, "result.json", '"score":"3"', '"score":"4"')


def _of_another_version(content: bytes) -> bytes:
    changed = _with_other_points(content)
    return dossiers.forged(changed, {}, lambda manifest: manifest["versions"].update(engine="0.0.1"))


def _with_wrong_rules(content: bytes) -> bytes:
    return dossiers.replaced(content, "rules/phòng.rubric", "Chỉ số 2", "Chỉ số thứ hai")


def _signed_by_nobody(_content: bytes) -> bytes:
    return dossiers.repacked({**dossiers.members(dossiers.sealed(key=dossiers.KEY)), "manifest.sig": bytes(64)})


_DOSSIERS: Mapping[str, Callable[[bytes], bytes]] = {
    "TD922": _with_a_file("../so-lieu.csv", b""),
    "TD924": _with_a_file("manifest.json", b"{}"),
    "TD925": _with_a_file("data/so-lieu.csv", b"1"),
    "TD926": _without_a_trace,
    "TD927": _with_a_file("result-2.json", b"{}"),
    "TD928": _with_other_points,
    "TD929": _with_wrong_rules,
    "TD930": _signed_by_nobody,
    "TD931": lambda content: content,
    "TD935": _of_another_version,
}
"""What was done to the dossier that is verified."""

MACHINE_OF = {
    "TD906": "full-disk",
    "TD908": "no-excel",
    "TD913": "terminal",
    "TD914": "nothing-shipped",
    "TD919": "full-memory",
    "TD923": "small-dossiers",
    "TD933": "no-signatures",
}
"""What the machine of the wrong run is like, where the command alone does not say it."""

_LONG = ("rules/minh-hoa", "rules/hau-giang-1949", "hau-giang-1949", "demo")
"""Runs on all that ships are no cases: they are long, and show nothing that short files do not."""

_ELSEWHERE = ("TD523", "TD524", "TD525", "TD901")
"""Pages whose files are too much to show beside a command: written for the corpus instead."""


def files_for(code: str, commands: Sequence[Sequence[str]], wrong: bool) -> dict[str, Content] | None:
    """The files that the commands name, or None where they are not for the corpus."""
    named = {word for command in commands for word in command}
    if wrong and code == "TD914":
        return {}
    if code in _ELSEWHERE or named & {*_LONG}:
        return None
    return dict(_named(code, named, wrong))


def _named(code: str, named: set[str], wrong: bool) -> Iterator[tuple[str, Content]]:
    desk = {"TD54": GOAL, "TD55": IMPACT}.get(code[:4], USAGE)
    if any(word == "khoa.pem" for word in named):
        yield "khoa.pem", content_of(dossiers.PRIVATE.decode())
    if any(word == "khoa-cong-khai.pem" for word in named):
        yield "khoa-cong-khai.pem", content_of(dossiers.PUBLIC.decode())
    if wrong and code in _DOSSIERS:
        yield "ho-so.zip", {"base64": b64encode(_DOSSIERS[code](dossiers.sealed())).decode()}
    if wrong and code == "TD921":
        held = dossiers.members(dossiers.sealed())
        yield "ho-so.zip", {"zip": {name: content_of(data.decode()) for name, data in held.items()}}  # compressed
    if wrong and code == "TD658":
        orders = "  Sửa đổi điểm tối đa chỉ số 1 từ 10 điểm thành 10 điểm\n"
        yield "kho-sua-doi/goc.rubric", content_of(USAGE["rules/sua-doi/goc.rubric"])
        crowd = {"repeat": [[orders[:-1]], MOST_OPERATIONS + 1]}
        yield "kho-sua-doi/sua-doi.rubric", {"all": [content_of(_AMENDING), crowd]}
    if wrong and code == "TD612":
        yield from ((f"kho/{number}.rubric", {"text": ""}) for number in range(501))
    if code == "TD903":
        named = {*named, "so-lieu.csv"}  # what was meant lies beside
    for name, text in desk.items():
        if any(name == word or name.startswith(f"{word}/") for word in named):
            yield name, content_of(text)
