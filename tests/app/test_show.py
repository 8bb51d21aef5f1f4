"""``thangdiem show``: consolidated texts, lives of nodes and the register of readings, as text, Markdown and a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from thangdiem.dsl.checker import check_text

Run = Callable[..., Any]

ORIGINAL = """\
Quyết định 1/QĐ-UBND
  Trích yếu: "Bộ chỉ số <i>"
  Ngày ban hành: 01/12/2019
  Hiệu lực: từ 01/01/2020
  Áp dụng: kỳ đánh giá từ năm 2020

Thang điểm tỉnh "Cấp tỉnh": 100 điểm
  Chỉ số 1 "Chỉ đạo": 60 điểm
    # a remark of the author
    Chỉ số thành phần 1.1 "Kế hoạch": 20 điểm
      Điểm = [Số kế hoạch] * 2 điểm, không quá 20 điểm
      Cách hiểu CH1: "Kế hoạch quý cũng là kế hoạch." (05/02/2020); cách khác "Chỉ kế hoạch năm."
    Chỉ số thành phần 1.2 "Họp": 40 điểm
      Theo [Số cuộc họp]:
        - từ 4 trở lên: điểm tối đa
        - còn lại: 0 điểm
    Chỉ số thành phần 1.3 "Báo cáo": chưa rõ điểm
      Chấm trực tiếp
  Chỉ số 2 "Kết quả": 40 điểm
    Chấm trực tiếp
  Xếp loại
    Loại tốt: có tổng số điểm từ 80 điểm trở lên.
    Loại khá: có tổng số điểm dưới 80 điểm.
"""
AMENDMENT = """\
Quyết định 2/QĐ-UBND sửa đổi, bổ sung Quyết định 1/QĐ-UBND
  Ngày ban hành: 20/12/2020
  Hiệu lực: từ 01/01/2021
  Áp dụng: kỳ đánh giá từ năm 2021

Khoản 1 Điều 1
  Sửa đổi ngưỡng của chỉ số 1.2 từ 4 thành 6
Khoản 2 Điều 1
  Bãi bỏ chỉ số thành phần 1.3
Khoản 3 Điều 1 (áp dụng kỳ đánh giá từ năm 2022; hiệu lực từ 01/01/2022)
  Sửa đổi, bổ sung Chỉ số 2 "Kết quả": 40 điểm
    Điểm = [Tỷ lệ] * Điểm tối đa
    Cách hiểu CH2: "Tỷ lệ của cả năm."
"""
OTHER = """\
Quyết định 7/QĐ-UBND
  Hiệu lực: từ 01/01/2020
  Áp dụng: kỳ đánh giá từ năm 2020

Thang điểm xã "Cấp xã": 10 điểm
  Chỉ số 1 "Một": 10 điểm
    Chấm trực tiếp
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "tinh"
    folder.mkdir()
    (folder / "goc.rubric").write_text(ORIGINAL, encoding="utf-8")
    (folder / "sua.rubric").write_text(AMENDMENT, encoding="utf-8")
    return Path("tinh")


# --- consolidated texts


def test_what_is_printed_is_a_rule_file_and_which_version_it_is_goes_to_standard_error(run: Run, folder: Path) -> None:
    ended = run("show", folder, "--on", "01/06/2021")
    assert ended.code == 0
    assert "- từ 6 trở lên: điểm tối đa  # được sửa đổi bởi khoản 1 Điều 1 Quyết định 2/QĐ-UBND\n" in ended.out
    assert '# Chỉ số thành phần 1.3 "Báo cáo": chưa rõ điểm: được bãi bỏ bởi khoản 2 Điều 1' in ended.out
    assert "Chấm trực tiếp" in ended.out
    assert not check_text(ended.out).has_errors
    assert ended.err.startswith("Áp dụng Quyết định 1/QĐ-UBND, được sửa đổi bởi Quyết định 2/QĐ-UBND")
    assert "01/06/2021" in ended.err


def test_a_period_has_its_own_text(run: Run, folder: Path) -> None:
    assert "[Tỷ lệ]" not in run("show", folder, "--period", "2021").out
    assert "[Tỷ lệ]" in run("show", folder, "--period", "2022").out
    assert run("show", folder, "--on", "31/12/2020").out == ORIGINAL


def test_several_documents_are_shown_one_after_the_other_or_the_one_with_the_scale(run: Run, folder: Path) -> None:
    (folder / "xa.rubric").write_text(OTHER, encoding="utf-8")
    out = run("show", folder, "--on", "01/06/2021").out
    assert re.findall(r"^Quyết định (\d)/", out, re.MULTILINE) == ["1", "7"]
    assert run("show", folder, "--on", "01/06/2021", "--scale", "xa").out == OTHER
    page = run("show", folder, "--on", "01/06/2021", "--format", "html").out
    assert page.count("<article>") == 2
    assert run("show", folder, "--on", "01/06/2021", "--scale", "huyện").code == 2


def test_markdown_has_the_documents_the_notes_and_what_was_repealed_struck_out(run: Run, folder: Path) -> None:
    lines = run("show", folder, "--period", "2022", "--format", "md").out.splitlines()
    assert "# Bộ chỉ số \\<i\\>" in lines
    assert (
        "| Quyết định 2/QĐ-UBND | 20/12/2020 | từ 01/01/2021 | từ năm 2021 | "
        "Khoản 1 Điều 1: Sửa đổi ngưỡng của chỉ số 1.2 từ 4 thành 6<br>"
        "Khoản 2 Điều 1: Bãi bỏ chỉ số thành phần 1.3<br>"
        "Khoản 3 Điều 1 (từ 01/01/2022; áp dụng kỳ đánh giá từ năm 2022): "
        "Sửa đổi, bổ sung Chỉ số 2 “Kết quả”: 40 điểm |"
    ) in lines
    assert "#### Chỉ số thành phần 1.2 “Họp”: 40 điểm" in lines
    assert "  - từ 6 trở lên: điểm tối đa[^n1-1]" in lines
    assert "~~Chỉ số thành phần 1.3 “Báo cáo”: chưa rõ điểm~~[^n1-2]" in lines
    assert "### Chỉ số 2 “Kết quả”: 40 điểm[^n1-3]" in lines
    assert lines[lines.index("### Xếp loại") + 2] == "  - Loại tốt: có tổng số điểm từ 80 điểm trở lên."
    assert [line for line in lines if line.startswith("[^n1-")] == [
        "[^n1-1]: Nội dung này được sửa đổi theo quy định tại khoản 1 Điều 1 Quyết định 2/QĐ-UBND, "
        "có hiệu lực kể từ ngày 01/01/2021.",
        "[^n1-2]: Nội dung này được bãi bỏ theo quy định tại khoản 2 Điều 1 Quyết định 2/QĐ-UBND, "
        "có hiệu lực kể từ ngày 01/01/2021.",
        "[^n1-3]: Chỉ số này được sửa đổi theo quy định tại khoản 3 Điều 1 Quyết định 2/QĐ-UBND, "
        "có hiệu lực kể từ ngày 01/01/2022.",
    ]
    assert not any("remark" in line for line in lines)


def test_lines_and_the_last_of_the_text_are_struck_out_where_they_were_repealed(run: Run, folder: Path) -> None:
    head = AMENDMENT[: AMENDMENT.index("Khoản 1 Điều 1")]
    orders = 'Khoản 1 Điều 1\n  Bãi bỏ mức "từ 4" tại chỉ số 1.2\n  Bãi bỏ xếp loại\n'
    (folder / "sua.rubric").write_text(head + orders, encoding="utf-8")
    lines = run("show", folder, "--period", "2021", "--format", "md").out.splitlines()
    assert "~~từ 4 trở lên: điểm tối đa~~[^n1-1]" in lines
    assert "~~Xếp loại~~[^n1-1]" in lines


def test_a_note_on_a_correction_names_no_day_for_it_counts_from_the_first(run: Run, folder: Path) -> None:
    head = (
        "Quyết định 3/QĐ-UBND đính chính Quyết định 1/QĐ-UBND\n  Ngày ban hành: 05/05/2020\n  Hiệu lực: từ 05/05/2020\n"
    )
    order = "Khoản 1 Điều 1\n  Đính chính ngưỡng của chỉ số 1.2 từ 4 thành 3\n"
    (folder / "sua.rubric").write_text(head + order, encoding="utf-8")
    out = run("show", folder, "--on", "01/02/2020", "--format", "md").out
    assert "Nội dung này được đính chính theo quy định tại khoản 1 Điều 1 Quyết định 3/QĐ-UBND.\n" in out


@pytest.mark.parametrize(
    "options", [(), ("--history", "tinh"), ("--history", "1.3"), ("--interpretations",)], ids=lambda each: str(each)
)
def test_every_tag_of_a_page_is_closed(run: Run, folder: Path, options: tuple[str, ...]) -> None:
    opened: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta", "br"):
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Tags().feed(run("show", folder, "--on", "01/06/2022", *options, "--format", "html").out)
    assert opened == []


def test_a_page_escapes_what_the_files_say_and_needs_nothing_else(run: Run, folder: Path, tmp_path: Path) -> None:
    ended = run("show", folder, "--on", "01/06/2021", "-o", tmp_path / "trang.html")
    page = (tmp_path / "trang.html").read_text(encoding="utf-8")
    assert (ended.code, ended.out) == (0, "")
    assert "Bộ chỉ số &lt;i&gt;" in page
    assert "<i>" not in page
    assert "<del>Chỉ số thành phần 1.3 “Báo cáo”: chưa rõ điểm</del>" in page
    assert '<li id="n1-1" value="1">Nội dung này được sửa đổi' in page
    assert re.findall(r'(?:src|href)="(?!#)', page) == []


def test_a_reader_of_english_has_english_notes_on_the_same_text(run: Run, folder: Path) -> None:
    out = run("--lang", "en", "show", folder, "--period", "2022", "--format", "md").out
    assert "This item was amended by khoản 3 Điều 1 Quyết định 2/QĐ-UBND, in force from 2022-01-01." in out
    assert "### Chỉ số 2 “Kết quả”: 40 điểm" in out


def test_rules_that_were_never_amended_are_shown_as_they_are(run: Run, tmp_path: Path) -> None:
    (tmp_path / "xa.rubric").write_text(OTHER, encoding="utf-8")
    assert run("show", tmp_path / "xa.rubric").out == OTHER
    lines = run("show", tmp_path / "xa.rubric", "--format", "md").out.splitlines()
    assert "Văn bản quy tắc: Quyết định 7/QĐ-UBND" in lines
    assert "### Chỉ số 1 “Một”: 10 điểm" in lines


# --- lives of nodes


def test_a_life_tells_both_texts_and_marks_what_is_later_than_the_day_shown(run: Run, folder: Path) -> None:
    lines = run("show", folder, "--history", "2", "--on", "31/12/2021").out.splitlines()
    assert lines[0] == "Quá trình sửa đổi: 2"
    assert "Chỉ số 2 “Kết quả”: 40 điểm (Thang điểm tỉnh)" in lines
    assert "    từ 01/01/2020; áp dụng kỳ đánh giá từ năm 2020" in lines
    assert "    từ 01/01/2022; áp dụng kỳ đánh giá từ năm 2022 (chưa áp dụng vào ngày 31/12/2021)" in lines
    assert "    −   Chấm trực tiếp" in lines
    assert "    +   Điểm = [Tỷ lệ] * Điểm tối đa" in lines


def test_what_has_no_day_yet_and_what_ends_with_its_document_are_told_so(run: Run, folder: Path) -> None:
    ending = ORIGINAL.replace("từ 01/01/2020", "từ 01/01/2020 đến hết 31/12/2030", 1)
    (folder / "goc.rubric").write_text(ending, encoding="utf-8")
    undetermined = AMENDMENT.replace("Hiệu lực: từ 01/01/2021", "Hiệu lực: chưa xác định")
    (folder / "sua.rubric").write_text(undetermined, encoding="utf-8")
    lines = run("show", folder, "--history", "1.2", "--on", "01/01/2031").out.splitlines()
    assert lines[lines.index("  * Được sửa đổi bởi khoản 1 Điều 1 Quyết định 2/QĐ-UBND") + 1] == (
        "    chưa xác định ngày có hiệu lực; áp dụng kỳ đánh giá từ năm 2021 (chưa áp dụng vào ngày 01/01/2031)"
    )
    assert lines[lines.index("  * Văn bản hết hiệu lực") + 1] == "    từ 01/01/2031"


@pytest.mark.parametrize(("period", "later"), [("2021", 1), ("2022", 0)])
def test_what_is_later_than_a_period_is_told_by_the_periods_of_its_clause(
    run: Run, folder: Path, period: str, later: int
) -> None:
    out = run("show", folder, "--history", "2", "--period", period).out
    assert out.count(f"chưa áp dụng vào kỳ đánh giá {period}") == later


def test_a_page_marks_the_words_that_changed(run: Run, folder: Path) -> None:
    page = run("show", folder, "--history", "1.2", "--format", "html").out
    assert "từ <del>4</del> trở lên" in page
    assert "từ <ins>6</ins> trở lên" in page


def test_markdown_tells_what_stands_below_by_its_name(run: Run, folder: Path) -> None:
    out = run("show", folder, "--history", "tinh", "--format", "md").out
    assert "- **Được bãi bỏ bởi khoản 2 Điều 1 Quyết định 2/QĐ-UBND**, từ 01/01/2021; " in out
    assert "Ở Chỉ số thành phần 1.3 “Báo cáo”: chưa rõ điểm" in out


def test_a_code_that_never_was_is_wrong_use(run: Run, folder: Path) -> None:
    ended = run("show", folder, "--history", "1.9")
    assert (ended.code, ended.out) == (2, "")
    assert "Chưa từng có “1.9”" in ended.err
    assert "“1.1”" in ended.err


# --- the register of readings


def test_the_register_has_every_reading_of_every_version_once(run: Run, folder: Path) -> None:
    lines = run("show", folder, "--interpretations").out.splitlines()
    assert [line.split(":")[0] for line in lines if line.startswith("CH")] == ["CH1", "CH2"]
    assert "  Cách hiểu đã chọn: Kế hoạch quý cũng là kế hoạch." in lines
    assert "  Từ ngày: 05/02/2020" in lines
    assert "  Cách hiểu khác: Chỉ kế hoạch năm." in lines
    assert "  Ghi tại: tinh/goc.rubric:12" in lines
    assert "  Ghi tại: tinh/sua.rubric:13" in lines


def test_the_register_of_one_day_has_the_readings_of_that_day(run: Run, folder: Path) -> None:
    out = run("show", folder, "--interpretations", "--on", "01/01/2020", "--format", "md").out
    assert "| CH1 | Chỉ số thành phần 1.1 “Kế hoạch”, Thang điểm tỉnh, Quyết định 1/QĐ-UBND |" in out
    assert "CH2" not in out


def test_readings_that_can_be_evaluated_are_told_with_their_ids(run: Run, folder: Path) -> None:
    other = 'Cách khác CH1b của CH1 "Chỉ tính kế hoạch năm"'
    order = "Sửa đổi mức không quá chỉ số 1.1 từ 20 điểm thành 10 điểm"
    (folder / "goc.rubric").write_text(f"{ORIGINAL}\n{other}\n  {order}\n", encoding="utf-8")
    page = run("show", folder, "--interpretations", "--on", "01/01/2020", "--format", "html").out
    assert "<li>Chỉ kế hoạch năm.</li><li><strong>CH1b</strong> Chỉ tính kế hoạch năm</li>" in page


def test_rules_without_readings_say_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "xa.rubric").write_text(OTHER, encoding="utf-8")
    for form in ("text", "md", "html"):
        assert "không ghi cách hiểu nào" in run("show", tmp_path, "--interpretations", "--format", form).out


# --- wrong use


def test_one_thing_is_shown_at_a_time(run: Run, folder: Path) -> None:
    ended = run("show", folder, "--history", "1", "--interpretations")
    assert ended.code == 2
    assert "Chỉ dùng một trong hai: --history hoặc --interpretations." in ended.err


def test_a_day_that_is_none_is_wrong_use(run: Run, folder: Path) -> None:
    for options in (("--on", "hôm qua"), ("--history", "1", "--on", "hôm qua")):
        ended = run("show", folder, *options)
        assert (ended.code, "TD605" in ended.err) == (2, True)
