"""Laws of results: how data are handed over, named, split or scaled does not matter; what is proved better is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drawing import beyond_the_simplest, few
from generated import rule_files, unit_lists, units
from generated.data import PERIOD
from shipped_scales import SETS, scales_of
from tabled import csv_of, has_a_numeral, xlsx_of
from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine import Mode, Results, Status, UnitResult, evaluate, evaluate_all
from thangdiem.engine.binding import bind
from thangdiem.engine.binding.mapping import Given
from thangdiem.engine.strategies import unit_data
from thangdiem.engine.tables import read_table

Unit = Mapping[str, Given]
Writer = Callable[[Sequence[Unit]], bytes]
_alone = rule_files(scales=1, indicators=2, components=3)
_together = rule_files(scales=1, indicators=2, components=3, over_units=True)


def said(unit: UnitResult) -> object:
    """What a unit comes to, without its name and its rank among others."""
    points = [(item.code, item.state, item.score, item.maximum, item.low, item.high) for item in unit.items]
    return unit.status, unit.total, unit.maximum, unit.range, unit.grade, unit.grades, sorted(unit.gaps), points


def read(rules: ScaleRules, name: str, data: bytes, mode: Mode = Mode.FINAL) -> Results:
    table, faults = read_table(name, data, dialect=rules.book.dialect)  # type: ignore[arg-type]
    assert table is not None
    facts, found = bind(table, rules.book, rules.scale.id)
    assert [each.message("en") for each in (*faults, *found)] == []
    return evaluate_all(rules, facts[rules.scale.id], mode=mode, period=PERIOD)


def in_a_table(rows: list[Unit]) -> list[Unit]:
    """The units, where a table can hold them: a number without a numeral has no cell."""
    assume(all(has_a_numeral(value) for unit in rows for value in unit.values()))
    return rows


FILES: tuple[tuple[str, Writer], ...] = (("a.csv", csv_of), ("a.xlsx", xlsx_of))


@few(4)
@given(st.data())
def test_a_file_scores_as_the_program_that_hands_the_data_over(data: st.DataObject) -> None:
    file = data.draw(_together)
    rows = in_a_table([*data.draw(unit_lists(file, complete=data.draw(st.booleans())))])
    handed = evaluate_all(file.rules(), rows, period=PERIOD).units
    name, write = data.draw(st.sampled_from(FILES))
    for one, other in zip(handed, read(file.rules(), name, write(rows)).units, strict=True):
        assert (one.unit, said(one), one.rank) == (other.unit, said(other), other.rank)


@few(4)
@given(st.data())
def test_where_units_stand_alone_two_files_score_as_one(data: st.DataObject) -> None:
    file = data.draw(_alone)
    rows = in_a_table([*data.draw(unit_lists(file, complete=data.draw(st.booleans())))])
    at = data.draw(st.integers(1, len(rows) - 1))
    (name, write), (other, write_other) = (data.draw(st.sampled_from(FILES)) for _ in range(2))
    mode = data.draw(st.sampled_from(Mode))
    together = read(file.rules(), name, write(rows), mode)
    apart = [
        *read(file.rules(), other, write_other(rows[:at]), mode).units,
        *read(file.rules(), name, write(rows[at:]), mode).units,
    ]
    assert [(each.unit, said(each)) for each in together.units] == [(each.unit, said(each)) for each in apart]


@few(4)
@given(st.data())
def test_what_data_are_called_does_not_matter(data: st.DataObject) -> None:
    file = data.draw(_together)
    names = [datum.name for datum in file.scales[0].data]
    others = {name: f"Mục tin {place}" for place, name in enumerate(data.draw(st.permutations(names)))}
    text = file.text
    for name in names:
        text = text.replace(f"[{name}]", f"[{others[name]}]")
    book = check_text(text).book
    assert book is not None
    rows = data.draw(unit_lists(file, complete=data.draw(st.booleans())))
    called = [{f"[{others[key[1:-1]]}]" if key[:1] == "[" else key: row[key] for key in row} for row in rows]
    one = evaluate_all(file.rules(), rows, period=PERIOD).units
    two = evaluate_all(ScaleRules(book, book.scales[0]), called, period=PERIOD).units
    assert [_without_names(each) for each in one] == [_without_names(each) for each in two]


def _without_names(unit: UnitResult) -> object:
    *points, gaps, items = said(unit)  # type: ignore[misc]
    return unit.unit, unit.rank, points, len(gaps), items


@few(4)
@given(st.data())
def test_data_that_nothing_uses_do_not_matter(data: st.DataObject) -> None:
    file = data.draw(_alone)
    head, rest = file.text.split("\n  Gồm ", 1)
    book = check_text(f"{head}\n  Số liệu [Thừa]: số, từ 0 trở lên\n  Gồm {rest}").book
    assert book is not None
    unit = data.draw(units(file, complete=data.draw(st.booleans())))
    more = {**unit, "[Thừa]": data.draw(st.sampled_from((None, 0, "12,5", 10**9))), "Ghi chú": "x", "Giải trình": 7}
    mode = data.draw(st.sampled_from(Mode))
    wide = evaluate(ScaleRules(book, book.scales[0]), more, mode=mode, period=PERIOD)
    assert said(wide) == said(evaluate(file.rules(), unit, mode=mode, period=PERIOD))


def quotients(rules: ScaleRules) -> set[tuple[str, str]]:
    """Pairs of data that the rules look at only as the quotient of the one and the other."""
    every = [part for whole in walk.expressions_of(rules.scale) for part in walk.all_of(whole)]
    parts = [
        (part.left, part.right) for part in every if isinstance(part, rb.Arithmetic) and part.operator.value == "/"
    ]
    pairs = [(a.name, b.name) for a, b in parts if isinstance(a, rb.Datum) and isinstance(b, rb.Datum)]
    read_at = [part.name for part in every if isinstance(part, rb.Datum | rb.Present)]
    alone = {pair for pair in pairs if all(read_at.count(name) == pairs.count(pair) for name in pair)}
    return {pair for pair in alone if all(rules.scale.data[name].form in _COUNTS for name in pair)}


_COUNTS = (rb.DataForm.INTEGER, rb.DataForm.NUMBER)


def test_numerator_and_denominator_times_the_same_do_not_matter() -> None:
    scaled = []

    @few(4)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        rules = data.draw(st.sampled_from(_with_quotients()))
        unit = data.draw(unit_data(rules, period=PERIOD))
        one = evaluate(rules, unit, period=PERIOD)
        times, more = data.draw(st.sampled_from((2, 3, Fraction(10)))), dict(unit)
        for pair in quotients(rules):
            for name in pair:
                value = one.facts.data[name].value
                assert isinstance(value, Fraction)
                more[f"[{name}]"] = value * times
        two = evaluate(rules, more, period=PERIOD)
        if not any(found.code == "TD467" for found in two.diagnostics):  # outside what the file declares
            assert (one.status, one.total, one.grade) == (two.status, two.total, two.grade)
            scaled.append(two)

    law()
    assert scaled


def _with_quotients() -> list[ScaleRules]:
    return [rules for name in ("minh-hoa",) for rules in scales_of(name) if quotients(rules)]


@pytest.mark.parametrize("name", SETS)
def test_the_draft_of_a_shipped_scale_holds_what_the_unit_comes_to_in_the_end(name: str) -> None:
    for rules in scales_of(name):
        forgiven = {item.code for item in rules.scale.walk() if item.missing is not None}
        if not rules.scale.only_given:
            forgiven.add("Tổng điểm")  # without it the parts are scored instead
        forgiven |= {f"[{datum.name}]" for datum in rules.scale.data.values() if forgiven & set(datum.used_by)}

        @few(3)
        @given(st.data())
        def law(data: st.DataObject) -> None:
            beyond_the_simplest(data)
            unit = data.draw(unit_data(rules, period=PERIOD))  # noqa: B023 - called at once
            gone = data.draw(st.lists(st.sampled_from(sorted(unit)), min_size=1, max_size=6))
            known = {key: value for key, value in unit.items() if key not in gone or key in forgiven}  # noqa: B023
            draft = evaluate(rules, known, mode=Mode.DRAFT, period=PERIOD)  # noqa: B023
            final = evaluate(rules, unit, period=PERIOD)  # noqa: B023
            if final.total is not None:
                assert_held(draft, final)

        law()


def assert_held(draft: UnitResult, final: UnitResult) -> None:
    assert final.total is not None
    assert draft.status is not Status.REFUSED
    low, high = (draft.total, draft.total) if draft.range is None else draft.range
    assert low is None or low <= final.total
    assert high is None or final.total <= high
    assert final.grade is None or final.grade in draft.grades
