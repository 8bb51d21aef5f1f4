"""A unit of an example in a rule file in, its facts out, by the rules that hold for files."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.numerals import write_date, write_number, write_percent
from thangdiem.dsl.source import Source
from thangdiem.engine.binding.findings import Spot
from thangdiem.engine.binding.mapping import gather_entries, raw_of
from thangdiem.engine.binding.values import Raw
from thangdiem.engine.facts import UnitFacts


def facts_from_example(
    unit: rb.ExampleUnit,
    scale: rb.Scale,
    dialect: str = "vi",
    source: Source | None = None,
) -> tuple[UnitFacts, tuple[Diagnostic, ...]]:
    """The facts of a unit of an example; ``source`` is the rule file, for the places of findings."""
    spot = Spot(None, f"Ví dụ “{unit.name}”", f"Example “{unit.name}”")
    if source is not None:
        spot = evolve(spot, place=source.place(unit.span.start, unit.span.end))
    entries = [(given.column, given.layer, _raw(given, dialect)) for given in unit.given]
    return gather_entries(scale, entries, unit.name, dialect, spot)


def _raw(given: rb.Given, dialect: str) -> Raw:
    value = given.value
    match value:
        case rb.Number():
            ratio = value.kind is rb.Kind.RATIO
            write = write_percent if ratio else write_number
            return Raw(value.value, write(value.value, dialect, grouping=False), ratio)
        case rb.Text():
            return raw_of(given.column, value.value, dialect)
        case rb.YesNo():
            return raw_of(given.column, value.value, dialect)
        case rb.Day():
            assert value.year is not None, "a day given in an example has its year"
            day = date(value.year, value.month, value.day)
            return Raw(day, write_date(day, dialect))
        case _:
            return raw_of(given.column, value, dialect)
