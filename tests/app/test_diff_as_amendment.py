"""``thangdiem diff --as-amendment``: a draft leads from one version to the other; its changes in ``impact``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

CHANGES = (
    ("Ngày ban hành: 01/02/2023", "Ngày ban hành: 15/12/2023"),
    ("Hiệu lực: từ 01/02/2023", "Hiệu lực: từ 01/01/2024"),
    ("kỳ đánh giá năm 2023", "kỳ đánh giá từ năm 2024"),
    ("từ 100 trở lên", "từ 120 trở lên"),
    ("dưới 100", "dưới 120"),
    ('"Kỷ luật"', '"Kỷ luật lao động"'),
    ("từ 8 điểm trở lên", "từ 9 điểm trở lên"),
    ("dưới 8 điểm", "dưới 9 điểm"),
)
DRAFT = """\
# Dự thảo lập từ hai bản. Trước khi ban hành: điền số, ký hiệu (…/…), trích yếu, cơ quan và ngày ban hành,
# ngày có hiệu lực, kỳ đánh giá được áp dụng.

Quyết định …/… sửa đổi, bổ sung Quyết định 7/QĐ-UBND
  Ngày ban hành: 15/12/2023
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Khoản 1 Điều 1
  Sửa đổi ngưỡng giữa loại tốt và loại khá của phòng từ 8 điểm thành 9 điểm

Khoản 2 Điều 1
  Sửa đổi ngưỡng chỉ số 1 từ 100 thành 120

Khoản 3 Điều 1
  Thay cụm từ "Kỷ luật" bằng "Kỷ luật lao động" tại chỉ số 2 (1 lần)
"""


@pytest.fixture
def later(rules: Path, tmp_path: Path) -> Path:
    text = rules.read_text("utf-8").split("\nVí dụ")[0]
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "sau.rubric"
    path.write_text(text, "utf-8")
    return path


def test_each_change_is_ordered_by_its_narrowest_operation(run: Run, rules: Path, later: Path) -> None:
    ended = run("diff", rules, later, "--as-amendment")
    assert (ended.code, ended.out) == (0, DRAFT)


def test_beside_the_earlier_version_the_draft_leads_to_the_later(
    run: Run, rules: Path, later: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "bộ"
    folder.mkdir()
    earlier = rules.read_text("utf-8").replace("kỳ đánh giá năm 2023", "kỳ đánh giá từ năm 2023")
    (folder / "gốc.rubric").write_text(earlier, "utf-8")
    assert run("diff", rules, later, "--as-amendment", "-o", folder / "dự thảo.rubric").code == 0
    assert run("check", folder).code == 0
    told = run("diff", folder, later, "--before", "01/02/2024", "--format", "json")
    kinds = {each["kind"] for each in json.loads(told.out)["changes"]}
    assert kinds == {"document", "in_force", "periods", "wording"}


def test_a_draft_has_no_other_form(run: Run, rules: Path, later: Path) -> None:
    ended = run("diff", rules, later, "--as-amendment", "--format", "html")
    assert ended.code == 2
    assert "--as-amendment" in ended.err


def test_impact_of_two_files_says_which_change_moves_whom(run: Run, rules: Path, later: Path, data: Path) -> None:
    data.write_text("Đơn vị;[Số hồ sơ];2\nPhòng Tư pháp;110;4\nPhòng Nội vụ;130;2,5\nPhòng Y tế;10;2\n", "utf-8")
    ended = run("impact", rules, later, data, "--format", "json", "--period", "2024")
    assert ended.code == 0, ended.err
    (found,) = json.loads(ended.out)["scales"]
    assert [each["clause"] for each in found["clauses"]] == [
        "thay đổi 1: Sửa đổi ngưỡng giữa loại tốt và loại khá của phòng từ 8 điểm thành 9 điểm",
        "thay đổi 2: Sửa đổi ngưỡng chỉ số 1 từ 100 thành 120",
        'thay đổi 3: Thay cụm từ "Kỷ luật" bằng "Kỷ luật lao động" tại chỉ số 2 (1 lần)',
    ]
