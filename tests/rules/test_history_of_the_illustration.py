"""The illustration through its amendments: sums, counts, who is moved, one node's life, the readings."""

from __future__ import annotations

from pathlib import Path

import pytest

from thangdiem.app.rule_sets import choose
from thangdiem.app.stages import stages_between
from thangdiem.dsl.all_versions import all_versions
from thangdiem.dsl.choosing import choice
from thangdiem.dsl.history import lives
from thangdiem.dsl.indentation import OPERATIONS
from thangdiem.dsl.library import RuleSet, ScaleRules, load
from thangdiem.dsl.rulebook import Scale
from thangdiem.engine.binding import bind
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.impact import impact
from thangdiem.engine.result import Mode, Results
from thangdiem.engine.scoring import read_units, score_units
from thangdiem.engine.tables import Table, read_table

FOLDER = Path(__file__).parents[2] / "rules" / "minh-hoa"


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load(FOLDER)


@pytest.fixture(scope="module")
def later() -> Table:
    file = "so-lieu-so-nganh-2023.csv"
    table, faults = read_table(file, (FOLDER / file).read_bytes())
    assert table is not None
    assert faults == ()
    return table


def scored(rules: RuleSet, table: Table, year: int, reading: str = "") -> Results:
    """The departments by the rules of a period."""
    chosen = choice(rules, "cấp-tỉnh", year, None)
    if reading:
        version = rules.reading(chosen.version, reading)
        (scale,) = (each for each in version.books[0].scales if each.id == "cấp-tỉnh")
        units = bind(table, version.books[0], "cấp-tỉnh")[0]
        return evaluate_all(ScaleRules(version.books[0], scale), units["cấp-tỉnh"], period=year)
    read = read_units(table, chosen, rules)
    assert [each.code for each in read.findings] == []
    return score_units(read, chosen, Mode.FINAL)[0]


def test_the_amendments_use_every_operation_of_the_language(rules: RuleSet) -> None:
    clauses = [clause for amendment in rules.amendments for clause in amendment.clauses]
    assert OPERATIONS - {operation.name for clause in clauses for operation in clause.operations} == set()
    assert any(clause.correction for clause in clauses)
    assert any(clause.scale for clause in clauses)
    assert {clause.first_period for clause in clauses} >= {2023, 2024, 2025}


def components(scale: Scale) -> int:
    return sum(item.kind_word == "chỉ số thành phần" and item.points.counted for item in scale.walk())


@pytest.mark.parametrize(("year", "count"), [(2022, 24), (2023, 25), (2024, 23), (2025, 23), (2026, 23)])
def test_the_sums_and_counts_are_right_in_every_version(rules: RuleSet, year: int, count: int) -> None:
    book = rules.for_period(year).scale("cấp-tỉnh").book
    province, district = book.scales
    for scale, maximum in ((province, 245), (district, 360)):
        assert scale.points.high == maximum
        assert sum(item.points.high or 0 for item in scale.items) == maximum
    assert (components(province), components(district)) == (count, 33)


def test_the_scale_of_communes_is_that_of_districts_but_for_what_it_says(rules: RuleSet) -> None:
    commune = rules.for_period(2025).scale("cấp-xã").scale
    assert [item.code for item in commune.items] == ["1", "2", "3", "4", "5", "6"]
    assert (commune.points.high, components(commune)) == (300, 28)
    assert commune.items[5].title == "Hoạt động xã hội số"


def test_each_period_has_its_examples(rules: RuleSet) -> None:
    books = [book for version in all_versions(rules) for book in version.books]
    found = {(example.period, example.title) for book in books for example in book.examples}
    assert sorted(period or 0 for period, _ in found) == [2022, 2022, 2022, 2022, 2023, 2024, 2025, 2025]


def test_an_item_keeps_its_life_through_correction_and_renumbering(rules: RuleSet) -> None:
    (life,) = lives(rules, "3.4", "cấp-tỉnh")
    told = [(event.kind.value, event.clause.label if event.clause else "") for event in life.events]
    assert told == [
        ("born", ""),
        ("corrected", "điều 1 Quyết định 03/MINH-HOA"),
        ("renumbered", "khoản 1 Điều 1 Quyết định 02/MINH-HOA"),
    ]


def test_what_a_repealed_clause_replaced_comes_back(rules: RuleSet) -> None:
    edges = {}
    for year in (2022, 2023, 2024):
        text = rules.for_period(year).scale("cấp-huyện").book.source.text
        edges[year] = [line.split(" điểm ")[1] for line in text.splitlines() if "Loại xuất sắc: Cơ quan" in line]
    assert edges == {2022: ["từ 220", "từ 324"], 2023: ["từ 220", "từ 330"], 2024: ["từ 224", "từ 324"]}


def test_a_table_with_columns_of_a_later_version_is_scored_by_an_earlier_one(rules: RuleSet, later: Table) -> None:
    assert len(scored(rules, later, 2022).units) == 20


def test_the_impact_of_the_first_amendment_is_what_scoring_both_versions_comes_to(later: Table) -> None:
    before, after = (choose(str(FOLDER), "cấp-tỉnh", year, None) for year in (2022, 2023))
    both = before.version.scale("cấp-tỉnh"), after.version.scale("cấp-tỉnh")
    old, new = (bind(later, each.book, "cấp-tỉnh", (both[0].book, both[1].book))[0]["cấp-tỉnh"] for each in both)
    first, last = (
        {unit.unit: (unit.total, unit.grade, unit.rank) for unit in evaluate_all(each, units, period=2023).units}
        for each, units in zip(both, (old, new), strict=True)
    )
    found = impact(*both, old, new, stages_between(before, after, "cấp-tỉnh"), period=2023)
    assert [each.clause.partition(" Quyết định")[0] for each in found.clauses] == [
        f"khoản {number} Điều 1" for number in (1, 2, 3, 4, 5, 6)
    ]
    assert {unit.unit for unit in found.undecided} == {"Chi cục U (minh họa)", "Chi cục V (minh họa)"}
    decided = [unit for unit in found.units if unit.decided]
    assert len(decided) == 18
    for unit in decided:
        assert (unit.before.total, unit.before.grade, unit.before.rank) == first[unit.unit]
        assert (unit.after.total, unit.after.grade, unit.after.rank) == last[unit.unit]
        assert unit.rest.points == 0
        assert sum(part.points or 0 for part in unit.parts) == (unit.after.total or 0) - (unit.before.total or 0)


def test_read_to_the_letter_a_fifth_meeting_loses_ten_points(rules: RuleSet, later: Table) -> None:
    taken, other = (scored(rules, later, 2023, reading).by_name() for reading in ("", "CH1b"))
    lost = {name: (taken[name].total or 0) - (other[name].total or 0) for name in taken}
    assert {name for name, points in lost.items() if points} == {"Sở A (minh họa)"}
    assert lost["Sở A (minh họa)"] == 10


def test_without_a_meeting_the_other_reading_gives_all_ten_points(rules: RuleSet, later: Table) -> None:
    taken, other = (scored(rules, later, 2023, reading).by_name()["Sở P (minh họa)"] for reading in ("", "CH2b"))
    assert [unit.item("1.3").score for unit in (taken, other)] == [None, 10]


@pytest.mark.parametrize(
    ("file", "scale", "kept"),
    [
        ("so-lieu-huyen.csv", "cấp-huyện", {2023: {"Huyện E (minh họa)"}, 2024: set()}),
        ("so-lieu-so-nganh-2023.csv", "cấp-tỉnh", {2023: set(), 2024: {"Sở Q (minh họa)"}, 2025: set()}),
    ],
)
def test_the_units_that_transitions_name_keep_the_former_rules_for_a_year(
    rules: RuleSet, file: str, scale: str, kept: dict[int, set[str]]
) -> None:
    table, _ = read_table(file, (FOLDER / file).read_bytes())
    assert table is not None
    for year, wanted in kept.items():
        chosen = choice(rules, scale, year, None)
        found = score_units(read_units(table, chosen, rules), chosen, Mode.FINAL)
        assert {unit.unit for results in found for unit in results.units if unit.kept_by} == wanted, year
