"""Renderings: text, Markdown and pages add up, need nothing from outside, and no template can do harm."""

import re
import subprocess
import sys
import time
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from explained import Calculator, recomputed, scored
from thangdiem.dsl.diagnostic import catalogue
from thangdiem.dsl.rulebook import Kind, Number
from thangdiem.engine.explanation import Explanation, explain
from thangdiem.engine.explanation.standings import standings
from thangdiem.engine.explanation.table import columns
from thangdiem.engine.rendering import Form, Renderer, render_ranking, render_table
from thangdiem.engine.result import Mode, Results
from thangdiem.engine.sandbox import Sandbox, sandbox

RULES = """Quyết định 7/QĐ-UBND
  Trích yếu: "Bộ chỉ số thử"
  Cơ quan ban hành: "UBND tỉnh Thử"
  Hiệu lực: từ 01/01/2024
  Minh họa: "nội dung tự đặt"

Thang điểm cấp-tỉnh "Thang thử": 30 điểm
  Làm tròn: điểm chỉ số thành phần đến 2 chữ số thập phân, nửa lên
  Chỉ số 1 "Một": 20 điểm
    Chỉ số thành phần 1.1 "Tỷ lệ": 10 điểm
      Điểm = [Số đạt]/[Tổng số] * Điểm tối đa
    Chỉ số thành phần 1.2 "Đếm": 10 điểm
      Điểm = [Số ứng dụng] * 4 điểm, không quá 10 điểm
  Chỉ số 2 "Hai": 10 điểm
    Chấm trực tiếp
  Điểm thưởng "Giải": không quá 3 điểm
    Điểm = [Số giải] * 2 điểm
  Xếp loại
    Loại tốt: Đơn vị có tổng số điểm từ 26 điểm trở lên.
    Loại khá: Đơn vị có tổng số điểm từ 15 điểm đến dưới 26 điểm.
    Loại yếu: Đơn vị có tổng số điểm dưới 15 điểm.
  Xếp hạng theo tổng điểm

Ví dụ "Sở Thử" theo cấp-tỉnh, kỳ 2024
  [Số đạt] = 5
  [Tổng số] = 7
  [Số ứng dụng] = 5
  2 = 8
  [Số giải] = 2
"""
NASTY = 'Sở <script>alert(1)</script> | *x* & "q"'


def number(value: int) -> Number:
    return Number(Fraction(value), Kind.NUMBER)


@pytest.fixture(scope="module")
def results() -> Results:
    variants = {
        NASTY: {"[Số đạt]": number(3)},
        "Sở C": {"[Số đạt]": number(3)},
        "Sở Thiếu": {"[Tổng số]": None},
    }
    return scored(RULES, variants=variants)


@pytest.fixture(scope="module")
def explanation(results: Results) -> Explanation:
    return explain(results, "Sở Thử")


class Page(HTMLParser):
    """A page as a reader's program sees it: its tags, its cells, its list lines."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[tuple[str, list[str]]] = []
        self.lines: list[tuple[str, str]] = []
        self.headings: list[int] = []
        self.inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append((tag, known))
        if tag not in ("meta", "br", "rect", "path", "circle"):
            self.inside.append(tag)
        if tag == "tr":
            self.rows.append((known.get("class") or "", []))
        if tag in ("td", "th"):
            self.rows[-1][1].append("")
        if tag == "span" and known.get("class") == "text":
            self.lines.append((self._role(), ""))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def _role(self) -> str:
        return next((str(known.get("class")) for tag, known in reversed(self.tags) if tag == "li"), "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.rows and ("td" in self.inside or "th" in self.inside):
            self.rows[-1][1][-1] += data
        if self.lines and self.inside and self.inside[-1] == "span":
            known = next(known for tag, known in reversed(self.tags) if tag == "span")
            if known.get("class") == "text":
                self.lines[-1] = (self.lines[-1][0], self.lines[-1][1] + data)


def figure(text: str) -> Fraction:
    return Calculator(re.sub(r" \(≈.*", "", text)).value()


# --- what is laid out adds up


def test_the_page_adds_up(results: Results) -> None:
    for unit in ("Sở Thử", NASTY):
        page = Page(explain(results, unit).to_html())
        running = Fraction(0)
        for kind, cells in page.rows:
            if kind in ("leaf", "change"):
                running += figure(cells[1])
                assert figure(cells[3]) == running
        assert running == results.by_name()[unit].total
        pairs = [pair for role, line in page.lines if role in ("equation", "change") for pair in recomputed(line)]
        assert len(pairs) >= 5
        assert all(one == other for one, other in pairs)


def test_the_text_adds_up(results: Results, explanation: Explanation) -> None:
    unfolded = re.sub(
        r"\n +(?=\S)", lambda found: "\n" if len(found[0]) in (3, 5, 7, 9) else found[0], explanation.to_text()
    )
    balance = [line for line in unfolded.split("\n") if "[Cộng dồn: " in line]
    running = Fraction(0)
    for line in balance:
        found = re.search(r": ([−+]?[\d,]+)(?: / [\d,]+)?  \[Cộng dồn: ([\d,]+)\]", line)
        assert found is not None
        if "Cộng: " not in line and "Tổng điểm: " not in line:
            running += figure(found[1])
        assert figure(found[2]) == running
    assert running == results.by_name()["Sở Thử"].total
    assert "(5/7)" in unfolded or "5 / 7" in unfolded


def test_markdown_holds_the_same_figures_as_the_page(explanation: Explanation) -> None:
    markdown = re.sub(r"\\(.)", r"\1", explanation.to_markdown())
    for row in explanation.ledger:
        assert f"| {row.label} | {row.points} | {row.maximum} | {row.balance} |" in markdown
    for item in explanation.items:
        assert [said.text for said in item.statements if said.text not in markdown] == []


# --- pages


def test_a_page_needs_nothing_from_outside(results: Results, explanation: Explanation) -> None:
    for page in (explanation.to_html(), render_ranking(results)):
        assert not re.search(r"https?:|//[a-z]|@import|\burl\((?!#fill)", page)
        tags = {tag for tag, _ in Page(page).tags}
        assert not tags & {"script", "link", "img", "iframe", "object", "form"}


def test_a_page_names_its_language_and_can_be_printed(explanation: Explanation) -> None:
    page = explanation.to_html()
    assert '<html lang="vi">' in page
    assert "@media print" in page
    assert "size: A4" in page


def test_headings_never_skip_a_level(results: Results, explanation: Explanation) -> None:
    for page in (explanation.to_html(), render_ranking(results)):
        levels = Page(page).headings
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_every_header_a_scope(results: Results, explanation: Explanation) -> None:
    for text in (explanation.to_html(), render_ranking(results)):
        page = Page(text)
        tags = [tag for tag, _ in page.tags]
        assert tags.count("caption") == tags.count("table") > 0
        assert all(known.get("scope") in ("row", "col") for tag, known in page.tags if tag == "th")


def test_names_from_data_are_never_taken_for_markup(results: Results) -> None:
    for page in (explain(results, NASTY).to_html(), render_ranking(results)):
        assert "<script" not in page
        assert "&lt;script&gt;" in page
    assert "<script" not in re.sub(r"\\.", "", explain(results, NASTY).to_markdown())
    assert "\\| \\*x\\*" in render_ranking(results, form="md")


def test_control_characters_of_names_do_not_reach_a_terminal(explanation: Explanation) -> None:
    text = evolve(explanation, unit="Sở\x1b[31m đỏ\x07").to_text()
    assert "\x1b" not in text
    assert "\x07" not in text


def test_an_illustration_is_named_at_the_top_of_every_output(results: Results, explanation: Explanation) -> None:
    named = "Nội dung minh họa"
    outputs = [explanation.to_text(), explanation.to_markdown(), render_table(results)]
    outputs.extend(render_ranking(results, form=form) for form in ("md", "txt"))
    assert all(named in "\n".join(output.split("\n")[:2]) for output in outputs)
    for page in (explanation.to_html(), render_ranking(results)):
        assert 0 < page.index(named) < page.index("<h1>")


def test_text_stays_within_96_columns(explanation: Explanation) -> None:
    assert max(map(len, explanation.to_text().split("\n"))) <= 96


# --- the ranking


def test_the_ranking_is_in_order_with_ties_sharing_a_rank(results: Results) -> None:
    (scale,) = standings(results).scales
    assert [(row.rank, row.unit) for row in scale.blocks[0].rows] == [("1", "Sở Thử"), ("2", NASTY), ("2", "Sở C")]


def test_units_without_a_result_stand_apart_with_the_reason(results: Results) -> None:
    (scale,) = standings(results).scales
    assert [(unit.unit, unit.status) for unit in scale.apart] == [("Sở Thiếu", "refused")]
    assert scale.apart[0].reasons[0] == "[Tổng số]: chưa có số liệu"
    assert "Sở Thiếu" in render_table(results).split("Đơn vị chưa có kết quả:")[1]


def test_a_draft_tells_the_range_of_an_undetermined_unit() -> None:
    draft = scored(RULES, mode=Mode.DRAFT, variants={"Sở Thiếu": {"2": None}})
    (scale,) = standings(draft).scales
    assert scale.apart[0].status == "undetermined"
    assert scale.apart[0].reasons[0] == "Khoảng tổng điểm: từ 20,14 đến 30,14"
    assert "Loại còn có thể đạt: tốt, khá" in scale.apart[0].reasons


def test_grades_are_counted_best_first(results: Results) -> None:
    (scale,) = standings(results).scales
    assert [(count.grade, count.count) for count in scale.counts] == [("tốt", "1"), ("khá", "2"), ("yếu", "0")]


def test_a_bar_is_made_of_its_groups_and_the_bonus_without_gaps(results: Results) -> None:
    (scale,) = standings(results).scales
    row = scale.blocks[0].rows[0]
    assert [part.label for part in row.segments] == ["1 Một: 17,14", "2 Hai: 8", "Phần khác: 3"]
    ends = [part.start + part.length for part in row.segments]
    assert [part.start for part in row.segments] == [0, *ends[:-1]]
    assert ends[-1] == round(Fraction("28.14") / 30 * 1000)


def test_every_bar_of_the_page_has_a_title_and_a_description(results: Results) -> None:
    page = render_ranking(results)
    assert page.count('<svg role="img"') == page.count("<desc>") == 3
    assert "<desc>1 Một: 17,14; 2 Hai: 8; Phần khác: 3</desc>" in page


def test_the_table_fits_the_terminal_and_lines_up(results: Results) -> None:
    lines = render_table(results, "vi", 60).split("\n")[1:6]
    assert all(columns(line) <= 60 for line in lines)
    assert lines[0].startswith("Đơn vị")
    assert lines[2].split() == ["Sở", "Thử", "28,14", "30", "93,8%", "tốt", "1"]
    assert {line.rindex(line.split()[-1]) + len(line.split()[-1]) for line in (lines[0], *lines[2:5])} == {
        len(lines[0])
    }


def test_a_table_names_its_scale_where_there_are_several(results: Results) -> None:
    assert "Thang thử" not in render_table(results)
    assert render_table([results, results]).count("Thang thử") == 2


def test_the_table_says_where_a_figure_is_cut() -> None:
    text = RULES.replace("  Làm tròn: điểm chỉ số thành phần đến 2 chữ số thập phân, nửa lên\n", "")
    (row,) = [line for line in render_table(scored(text)).split("\n") if line.startswith("Sở Thử")]
    assert row.split()[2:5] == ["≈", "28,142857", "30"]


def test_vietnamese_letters_take_one_column_each() -> None:
    assert columns("Sở Tư pháp") == 10
    assert columns("So\u031b\u0309") == 2
    assert columns("表") == 2


def test_the_table_does_not_wake_jinja2() -> None:
    code = "import sys, thangdiem.engine.rendering; sys.exit('jinja2' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, check=False).returncode
        == 0
    )


# --- templates of an office


def rendered(
    folder: Path, template: str, explanation: Explanation, form: Form = "html"
) -> tuple[str | None, list[str]]:
    (folder / f"explanation.{form}").write_text(template, encoding="utf-8")
    text, diagnostics = Renderer(folder).explanation(explanation, form)
    return text, [diagnostic.code for diagnostic in diagnostics]


def test_an_office_may_replace_a_template(tmp_path: Path, explanation: Explanation) -> None:
    template = "{% for item in explanation.items %}{{ item.code }}={{ item.score }};{% endfor %}"
    assert rendered(tmp_path, template, explanation)[0] == "1=17,14;1.1=7,14;1.2=10;2=8;+Giải=3;"


def test_the_sandbox_of_an_office_is_made_once_for_all_units(
    tmp_path: Path, explanation: Explanation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(form: str, folder: Path | None) -> Sandbox:
        made.append(form)
        return sandbox(form, folder)

    monkeypatch.setattr("thangdiem.engine.sandbox.sandbox", counted)
    (tmp_path / "explanation.html").write_text("{{ explanation.unit }}", encoding="utf-8")
    renderer = Renderer(tmp_path)
    once, again = (renderer.explanation(explanation, "html")[0] for _ in range(2))
    assert once == again == explanation.unit
    assert made == ["html"]


def test_what_a_macro_wrote_is_no_longer_escaped_and_what_is_put_behind_it_is(
    tmp_path: Path, explanation: Explanation
) -> None:
    template = "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}{{ bold('a') ~ '<' }}"
    assert rendered(tmp_path, template, explanation)[0] == "<b>a</b>&lt;"


def test_a_loop_may_name_the_parts_of_what_it_goes_through(tmp_path: Path, explanation: Explanation) -> None:
    template = "{% for one, other in explanation.items %}{{ one }}{% endfor %}"
    assert rendered(tmp_path, template, explanation)[1] == ["TD587"]  # read, and an item has more parts than two


def test_the_templates_of_an_office_may_include_the_shipped_ones(tmp_path: Path, explanation: Explanation) -> None:
    text, _ = rendered(tmp_path, '<style>{% include "style.css" %}</style>{{ explanation.unit }}', explanation)
    assert text is not None
    assert "@page" in text


def test_templates_see_no_more_than_texts_numbers_and_lists(explanation: Explanation) -> None:
    waiting: list[object] = [explanation.to_data()]
    while waiting:
        value = waiting.pop()
        assert type(value) in (dict, list, str, int, bool)
        waiting.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())


HARMFUL = {
    "a wrong syntax": ("{% for %}", "TD580"),
    "a list that nests": ("{% set x = [1] %}{{ x }}", "TD580"),
    "a tuple": ("{% set x = (1, 2) %}", "TD580"),
    "a dictionary": ("{% set x = {'a': 1} %}", "TD580"),
    "a filter that is not there": ("{{ explanation.unit|center(100000000) }}", "TD580"),
    "no escaping": ("{{ explanation.unit|safe }}", "TD580"),
    "an unknown name": ("{{ explanation.nothing }}", "TD581"),
    "a function": ("{{ range(9) }}", "TD582"),
    "a dunder": ("{{ explanation.__class__.__mro__ }}", "TD581"),
    "a dunder by key": ("{{ explanation['__class__'] }}", "TD582"),
    "a method of a text": ("{{ explanation.unit.upper() }}", "TD582"),
    "a format bomb": ("{{ '{:>999999999}'.format(1) }}", "TD582"),
    "a percent bomb": ("{{ '%999999999d' % 1 }}", "TD582"),
    "a multiplied text": ("{{ 'a' * 300000000 }}", "TD582"),
    "a tower of powers": ("{{ 9 ** 9 ** 9 }}", "TD582"),
    "a great number": ("{% set x = 999999999 * 999999999 %}{{ x * x }}", "TD582"),
    "a list put out": ("{{ explanation.items }}", "TD582"),
    "a text that doubles": ("{% set x = 'abcdefgh' %}" + "{% set x = x ~ x %}" * 40, "TD583"),
    "a text that doubles by +": ("{% set x = 'abcdefgh' %}" + "{% set x = x + x %}" * 40, "TD583"),
    "a block that doubles": ("{% set x = 'abcdefgh' %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40, "TD583"),
    "loops in loops": (
        "{% set s = 'aaaaaaaaaaaaaaaaaaaa' %}"
        + "".join(f"{{% for v{n} in s %}}" for n in range(8))
        + "{% endfor %}" * 8,
        "TD583",
    ),
    "a macro that calls itself twice": (
        "{% macro m(n) %}{% if n > 0 %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "TD583",
    ),
    "a macro without end": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "TD583"),
    "a template that includes itself": ('{% include "explanation.html" %}', "TD583"),
    "a file elsewhere": ('{% include "../secret.html" %}', "TD585"),
    "a file of the system": ('{% include "/etc/passwd" %}', "TD585"),
    "a template too large": ("a" * 200_001, "TD584"),
    "a hundred thousand brackets": ("{{ " + "(" * 50_000 + ")" * 50_000 + " }}", "TD583"),
    "a comparison of unlike things": ("{{ explanation.unit < 3 }}", "TD587"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_template_gives_a_diagnostic_in_short_time(
    name: str, tmp_path: Path, explanation: Explanation
) -> None:
    template, code = HARMFUL[name]
    started = time.process_time()
    assert rendered(tmp_path, template, explanation) == (None, [code])
    assert time.process_time() - started < 60  # a bound on hostile input, no measure of speed


def test_a_template_that_is_no_utf_8_gives_a_diagnostic(tmp_path: Path, explanation: Explanation) -> None:
    (tmp_path / "explanation.html").write_bytes(b"\xff\xfe\x00x\xd8")
    text, found = Renderer(tmp_path).explanation(explanation)
    assert text is None
    assert found[0].code == "TD586"
    assert "explanation.html" in found[0].message("vi")


def test_a_template_cannot_leave_its_folder_by_a_link(tmp_path: Path, explanation: Explanation) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    assert rendered(folder, '{% include "..html" %}', explanation) == (None, ["TD585"])


@settings(max_examples=60, deadline=None)
@given(st.text("{}%#abx|()~+*[]'\"., =0123456789\n", max_size=60))
def test_no_template_makes_a_traceback(tmp_path_factory: pytest.TempPathFactory, template: str) -> None:
    results = scored(RULES)
    text, codes = rendered(tmp_path_factory.mktemp("office"), template, explain(results, "Sở Thử"))
    assert (text is None) is bool(codes)


def test_every_code_of_the_renderer_has_a_page() -> None:
    pages = Path(__file__).parents[2] / "docs" / "diagnostics"
    for code in (code for code in catalogue() if code.startswith("TD58")):
        page = (pages / f"{code}.md").read_text(encoding="utf-8")
        assert page.startswith(f"# {code} — ")
        assert all(heading in page for heading in ("## Sai / Wrong", "## Đúng / Right", "## Vì sao / Why"))


# --- time
