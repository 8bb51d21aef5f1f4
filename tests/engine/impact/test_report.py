"""The impact laid out: JSON as its schema says, tables that add up, a page that needs nothing and runs nothing."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.impact.versions import Clause, facts_of, rules_of, staged
from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.explanation.table import columns
from thangdiem.engine.impact import Impact, Stage, impact
from thangdiem.engine.impact.chart import LABELS, MOST_ROWS, WIDTH
from thangdiem.engine.impact.matrix import matrix_of
from thangdiem.engine.impact.pages import render_impact
from thangdiem.engine.impact.report import report
from thangdiem.engine.impact.table import render_impact_table
from thangdiem.engine.writing.impacts import impact_json

NASTY = 'Sở <script>alert(1)</script> | *x* & "q"'
TEXT = """Quyết định 7/QĐ-UBND
  Hiệu lực: từ 01/01/2023
  Minh họa: "nội dung tự đặt"

Thang điểm a "Thang <thử>": 30 điểm
  Chỉ số 1 "Một": 15 điểm
    Chấm trực tiếp
  Chỉ số 2 "Hai": 15 điểm
    Điểm = [x]/3 * 1 điểm, không quá 15 điểm
  Xếp loại
    Loại tốt: có tổng số điểm từ 10 điểm trở lên.
    Loại khá: có tổng số điểm dưới 10 điểm.
  Xếp hạng theo tổng điểm
"""
UNITS = [
    {"Đơn vị": NASTY, "1": 10, "x": 20},
    {"Đơn vị": "Sở B", "1": 9, "x": 4},
    {"Đơn vị": "Sở C", "1": 2, "x": 24},
    {"Đơn vị": "Sở D", "1": 1, "x": 1},
    {"Đơn vị": "Sở E", "x": 3},
]
CLAUSES = (Clause("cap an item", 5), Clause("cap the total", 11))
SCHEMA = json.loads(files("thangdiem.engine").joinpath("schemas", "impact-1.json").read_text(encoding="utf-8"))
LANGUAGES: tuple[Language, ...] = ("vi", "en")


@pytest.fixture(scope="module")
def found() -> Impact:
    old = rules_of(TEXT)
    new, stages = staged(old, CLAUSES)
    facts = facts_of(old, UNITS)
    return impact(old, new, facts, facts, (stages[0], Stage(stages[1].clause, new, None)))


def test_the_json_is_as_its_schema_says_and_its_parts_add_up(found: Impact) -> None:
    document: dict[str, Any] = impact_json([found])
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(document)
    scale = document["scales"][0]
    assert [unit["unit"] for unit in scale["units"]] == [NASTY, "Sở B", "Sở C", "Sở D"]
    for unit in scale["units"]:
        parts = [part["points"] for part in (*unit["parts"], unit["rest"])]
        assert sum(map(Fraction, parts)) == Fraction(unit["points"])
        assert Fraction(unit["before"]["total"]) + Fraction(unit["points"]) == Fraction(unit["after"]["total"])
        assert unit["alone"][1] is None
    assert sum(each["units"] for each in scale["transitions"]) == scale["compared"] == 4
    assert scale["undecided"][0]["before"]["gaps"] == ["1"]
    assert json.dumps(document, ensure_ascii=True)


def test_json_of_versions_without_clauses_and_with_a_unit_of_one_version(found: Impact) -> None:
    facts = facts_of(found.old, UNITS)
    document = impact_json([impact(found.old, found.new, facts[:2], facts[1:])])
    Draft202012Validator(SCHEMA).validate(document)
    assert document["scales"][0]["only_before"] == [NASTY]  # type: ignore[index,call-overload]


def test_nothing_to_tell_of_is_refused() -> None:
    with pytest.raises(ValueError, match="no impact"):
        impact_json([])
    with pytest.raises(ValueError, match="no impact"):
        report([])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [70, 100, 160])
def test_the_rows_of_the_terminal_keep_within_the_width(found: Impact, language: Language, width: int) -> None:
    text = render_impact_table([found], language, width)
    table = text.split("\n\n")[2].splitlines()
    assert len(table) == 2 + len(found.changed)
    assert max(map(columns, table)) <= width
    assert text.endswith("\n")


def test_the_terminal_tells_clauses_parts_and_gaps(found: Impact) -> None:
    text = render_impact_table([found], "vi", 120)
    row = next(line for line in text.splitlines() if line.startswith("Sở B") and line.count("−") == 2)
    assert row.split()[2:] == ["−4", "0", "0", "−4"]
    assert "(2) khoản 2 Điều 1 Quyết định 12/QĐ-UBND" in text
    assert "Không áp dụng riêng được" in text
    assert "Sở E: 1: chưa có số liệu" in text
    assert "Sở B: tốt → khá; hạng 2 → 3" in text


class _Page(HTMLParser):
    """The tags of a page, which must be closed in order, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.met: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_sound_and_needs_nothing_from_outside(found: Impact, language: Language) -> None:
    html = render_impact([found], language)
    page = _Page()
    page.feed(html)
    assert page.open == []
    assert {tag for tag, _ in page.met} & {"script", "link", "img", "iframe"} == set()
    assert not any(name.startswith("on") for _, attributes in page.met for name in attributes)
    assert re.search("https?:", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)) is None
    assert NASTY in "".join(page.text)


def test_the_chart_is_told_in_words_and_its_places_are_the_totals(found: Impact) -> None:
    html = render_impact([found], "vi")
    svg = html[html.index('<svg class="dumbbells" role="img"') : html.index("</svg>")]
    assert "<title>Tổng điểm trước và sau" in svg
    assert re.search(r"<desc>.*Sở B: .* → ", svg)
    chart = report([found], "vi").scales[0].chart
    assert chart is not None
    assert len(chart.rows) == sum(bool(unit.points) for unit in found.changed)
    low, high = chart.ticks[0], chart.ticks[-1]
    assert (low.x, high.x) == (LABELS, LABELS + WIDTH)
    span = Fraction(high.label) - Fraction(low.label)
    moved = {unit.unit: unit for unit in found.changed}
    for row in chart.rows:
        unit = next(unit for name, unit in moved.items() if row.described.startswith(name))
        for place, total in ((row.before, unit.before.total), (row.after, unit.after.total)):
            assert total is not None
            assert abs((total - Fraction(low.label)) * WIDTH / span - (place - LABELS)) <= Fraction(1, 2)
        assert row.way == "down"


def test_the_axis_goes_by_ones_where_they_are_eight() -> None:
    old, new = rules_of(TEXT), rules_of(TEXT.replace("[x]/3", "[x]/6"))
    facts = facts_of(old, [{"Đơn vị": "Sở A", "1": 0, "x": 42}])
    chart = report([impact(old, new, facts, facts, ())], "vi").scales[0].chart
    assert chart is not None
    assert [tick.label for tick in chart.ticks] == ["7", "8", "9", "10", "11", "12", "13", "14"]


def test_everything_of_the_chart_lies_in_its_picture(found: Impact) -> None:
    chart = report([found], "vi").scales[0].chart
    assert chart is not None
    assert 0 < chart.top < chart.rows[0].y
    assert chart.rows[-1].y < chart.bottom < chart.height
    assert max(tick.x for tick in chart.ticks) < chart.width


def test_of_many_units_the_chart_shows_those_that_move_most() -> None:
    old = rules_of(TEXT)
    new, _ = staged(old, [Clause("cap the total", 1)])
    facts = facts_of(old, [{"Đơn vị": f"Sở {n}", "1": 2, "x": n % 40} for n in range(MOST_ROWS + 5)])
    found = impact(old, new, facts, facts)
    chart = report([found], "en").scales[0].chart
    assert chart is not None
    assert len(chart.rows) == MOST_ROWS
    assert chart.left_out.startswith("5 units")


def test_markdown_rows_have_as_many_cells_as_their_heads(found: Impact) -> None:
    text = render_impact([found], "vi", "md")
    tables = re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    assert len(tables) == 5
    for table in tables:
        cells = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
        assert len(cells) == 1, table
    assert re.search(r"(?<!\\)<script", text) is None


def test_a_clause_that_leaves_no_result_is_told_so() -> None:
    old, gone, new = (rules_of(TEXT.replace("[x]/3", each)) for each in ("[x]/3", "[y]/3", "[x]/6"))
    facts = facts_of(old, UNITS[:3])
    found = impact(old, new, facts, facts, (Stage("khoản 1", gone, gone), Stage("khoản 2", new, None)))
    document: dict[str, Any] = impact_json([found])
    Draft202012Validator(SCHEMA).validate(document)
    first, second = document["scales"][0]["units"][0]["parts"]
    assert first == {"points": None, "grade": None, "rank": None, "decided": False}
    assert second["decided"]
    assert "chưa có kết quả sau điều khoản này" in render_impact([found], "vi", "md")


def test_units_that_the_clauses_do_not_account_for_are_counted() -> None:
    old = rules_of(TEXT)
    new, stages = staged(old, CLAUSES)
    facts = facts_of(old, UNITS)
    text = render_impact_table([impact(old, new, facts, facts, stages[:1])], "en")
    assert "The clauses do not account for all of 1 units" in text


def test_nothing_changed_is_said(found: Impact) -> None:
    facts = facts_of(found.old, UNITS[1:4])
    same = impact(found.old, found.old, facts, facts)
    for form in (render_impact([same], "vi"), render_impact([same], "vi", "md"), render_impact_table([same], "vi")):
        assert "Không đơn vị nào thay đổi" in form
    assert report([same]).scales[0].chart is None


def test_grades_that_are_others_are_neither_better_nor_worse() -> None:
    old, new = rules_of(TEXT), rules_of(TEXT.replace("Loại khá", "Loại đạt"))
    facts = facts_of(old, UNITS)
    matrix = matrix_of(impact(old, new, facts, facts, ()), "vi")
    assert matrix is not None
    assert {cell.way for row in matrix.rows for cell in row.cells} == {"same", "other"}


def test_each_of_several_scales_has_its_title_above_its_table(found: Impact) -> None:
    assert render_impact_table([found]).count("\nThang <thử>\n") == 0
    assert render_impact_table([found, found]).count("\nThang <thử>\n") == 2
