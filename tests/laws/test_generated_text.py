"""Laws of the text: a generated rule file is valid, prints back, and means in English what it means in Vietnamese."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from drawing import few
from generated import RuleFile, rule_files, units
from generated.data import PERIOD, Datum
from generated.ground import Ground, Method
from generated.methods import KINDS, methods
from running import errors
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.parser import parse
from thangdiem.dsl.printer import print_file
from thangdiem.dsl.rulebook import DataForm
from thangdiem.dsl.source import source_of
from thangdiem.engine import evaluate
from thangdiem.engine.result import UnitResult

_laws = few(8)


def translated(text: str, to: str) -> str:
    syntax, slips = parse(source_of(text))
    assert slips == ()
    assert syntax is not None
    return print_file(syntax, to)


@_laws
@given(rule_files(over_units=True))
def test_a_generated_file_has_no_errors_and_is_printed_as_it_is_written(file: RuleFile) -> None:
    checked = file.checked()
    assert errors(checked.diagnostics) == []
    assert checked.syntax is not None
    assert print_file(checked.syntax) == file.text


@_laws
@given(rule_files(over_units=True, indicators=3, components=3))
def test_what_is_read_is_what_was_written(file: RuleFile) -> None:
    book = file.checked().book
    assert book is not None
    assert book.document.number == file.document.number
    assert book.document.in_force == file.document.in_force
    for read, scale in zip(book.scales, file.scales, strict=True):
        assert (read.id, read.title, read.points.high) == (scale.id, scale.title, scale.maximum)
        assert [
            (item.code, item.title, item.parent, item.points.high if item.points.counted else None, item.weight)
            for item in read.walk()
        ] == [
            (item.code, item.title, item.code.rpartition(".")[0], item.maximum if item.counted else None, item.weight)
            for item in scale.walk()
        ]
        assert set(read.data) == {datum.name for datum in scale.data}
        grades = [band.grade for each in read.gradings for band in each.bands]
        assert grades == list(scale.grading.bands.grades if scale.grading is not None else ())


@_laws
@given(st.data())
def test_a_translation_leads_back_and_scores_alike(data: st.DataObject) -> None:
    file = data.draw(rule_files(indicators=3, components=3))
    english = translated(file.text, "en")
    assert translated(english, "vi") == file.text
    checked = check_text(english)
    assert errors(checked.diagnostics) == []
    assert checked.book is not None
    unit = data.draw(units(file, complete=data.draw(st.booleans())))
    other = evaluate(ScaleRules(checked.book, checked.book.scales[0]), unit, period=PERIOD)
    assert _said(other) == _said(evaluate(file.rules(), unit, period=PERIOD))


def _said(result: UnitResult) -> object:
    points = [(item.code, item.state, item.score, item.maximum) for item in result.items]
    return result.status, result.total, result.maximum, result.grade, points, len(result.gaps)


def test_every_kind_of_method_is_drawn() -> None:
    seen = set()
    shared = (Datum("Loại hình", DataForm.ONE_OF, ("A", "B")), Datum("Có kế hoạch", DataForm.YES_NO))

    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    @given(methods(Ground("1", Fraction(10), shared, over_units=True)))
    def look(method: Method) -> None:
        seen.add(method.kind)

    look()
    assert seen == KINDS
