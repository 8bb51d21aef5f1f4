"""The rules of a scale in; a unit that is scored without faults, from the examples or from sound defaults, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.resolve.examples import TOTAL_COLUMN
from thangdiem.engine.binding.columns import counting_layer
from thangdiem.engine.binding.examples import facts_from_example
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.result import Status, UnitResult

Given = Mapping[tuple[str, str], rb.CellValue]
"""The cells of a unit, by column and layer."""

_NUMBERS = (Fraction(10), Fraction(100), Fraction(1), Fraction(0))


@frozen
class Bench:
    """The rules of a scale and the period its units are scored for."""

    rules: ScaleRules
    period: int

    def result(self, given: Given) -> UnitResult | None:
        """What the rules make of a unit by itself; None where its data are refused."""
        cells = tuple(rb.Given(column, value, layer) for (column, layer), value in given.items())
        unit = rb.ExampleUnit("?", cells, ())
        facts, faults = facts_from_example(unit, self.rules.scale, self.rules.book.dialect)
        if faults:
            return None
        return evaluate_all(self.rules, [facts], period=self.period).units[0]


def bench(book: rb.Rulebook, scale: rb.Scale) -> Bench:
    """The period is that of the first example of the scale, or the first the document applies to."""
    named = [each.period for each in book.examples if each.scale == scale.id and each.period is not None]
    document = book.document
    started = document.in_force or document.issued
    period = named[0] if named else document.first_period or (started.year if started is not None else 2000)
    return Bench(ScaleRules(book, scale), period)


def baseline(at: Bench) -> dict[tuple[str, str], rb.CellValue] | None:
    """The first unit of an example that is scored by its parts, else the first sound default; None if there is none."""
    for given in (*_of_examples(at), *_defaults(at)):
        result = at.result(given)
        if result is not None and result.status in (Status.GRADED, Status.UNGRADED):
            return given
    return None


def _of_examples(at: Bench) -> Iterator[dict[tuple[str, str], rb.CellValue]]:
    for example in at.rules.book.examples:
        if example.scale == at.rules.scale.id:
            for unit in example.units:
                given = {(each.column, each.layer): each.value for each in unit.given}
                if not any(column == TOTAL_COLUMN for column, _ in given):
                    yield given


def _defaults(at: Bench) -> Iterator[dict[tuple[str, str], rb.CellValue]]:
    scale = at.rules.scale
    for number in _NUMBERS:
        for answer in (False, True):
            yield {
                **{(f"[{name}]", ""): _datum(declared, number, answer, at) for name, declared in scale.data.items()},
                **{
                    (item.code, _layer(scale)): value
                    for item in scale.walk()
                    if not item.children and (value := _score(item)) is not None
                },
            }
    yield {(TOTAL_COLUMN, ""): rb.Number(scale.points.high or Fraction(0), rb.Kind.POINTS)}


def _layer(scale: rb.Scale) -> str:
    return counting_layer(scale.layers) if scale.layers is not None else ""


def _datum(declared: rb.DataField, number: Fraction, answer: bool, at: Bench) -> rb.CellValue:
    match declared.form:
        case rb.DataForm.YES_NO:
            return rb.YesNo(answer)
        case rb.DataForm.DATE:
            return day_cell(date(at.period, 6, 30))
        case rb.DataForm.ONE_OF:
            return rb.Text(declared.options[0])
        case rb.DataForm.TEXT:
            return rb.Text("x")
        case rb.DataForm.PERCENT:
            return rb.Number(_within(declared, number / 100), rb.Kind.RATIO)
        case _:
            return rb.Number(_within(declared, number), rb.Kind.NUMBER)


def day_cell(day: date) -> rb.Day:
    """A day as an example gives it."""
    return rb.Day(day.month, day.day, day.year)


def _within(declared: rb.DataField, value: Fraction) -> Fraction:
    """The value, or the end of the declared range nearest to it."""
    if declared.domain:
        low, high = declared.domain[0].low, declared.domain[0].high
        if isinstance(low, rb.Number):
            value = max(value, low.value)
        if isinstance(high, rb.Number):
            value = min(value, high.value)
    return value


def _score(item: rb.Item) -> rb.CellValue | None:
    match item.method:
        case rb.Choice():
            return next((rb.Text(each.label) for each in item.method.levels if not _exempts(each)), None)
        case rb.Checklist():
            return tuple(mark.letter for mark in item.method.marks if mark.when is None)
        case rb.Direct() | None:
            return rb.Number(item.points.high or item.points.low or Fraction(0), rb.Kind.NUMBER)
        case _:
            return None


def _exempts(level: rb.Level) -> bool:
    return isinstance(level.value, rb.NotApplicable)
