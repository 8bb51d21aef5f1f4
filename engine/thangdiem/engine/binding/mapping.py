"""What a program knows of one unit in, its facts out, by the rules that hold for files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.letters import fold
from thangdiem.dsl.numerals import write_date, write_number
from thangdiem.dsl.rulebook import Scale, State
from thangdiem.engine.binding import words
from thangdiem.engine.binding.columns import columns_of
from thangdiem.engine.binding.findings import Findings, Spot
from thangdiem.engine.binding.gathering import Gathering
from thangdiem.engine.binding.headings import read_heading
from thangdiem.engine.binding.values import Plain, Raw, typed
from thangdiem.engine.facts import Fact, UnitFacts

Given = str | int | Fraction | Decimal | bool | date | State | None | tuple[str, ...] | list[str]


def facts_from_mapping(
    scale: Scale, mapping: Mapping[str, Given], name: str = "", dialect: str = "vi"
) -> tuple[UnitFacts, tuple[Diagnostic, ...]]:
    """The facts of one unit whose data are keyed as the columns of a file are headed.

    TypeError for a float, which is no exact number, and for anything else a column cannot hold.
    """
    entries = []
    for key, value in mapping.items():
        if not isinstance(key, str):
            raise TypeError(f"a column is named by a text, not by {type(key).__name__}")
        if fold(key) in words.UNIT:
            name = str(value)
        else:
            entries.append((key, "", raw_of(key, value, dialect)))
    return gather_entries(scale, entries, name, dialect, Spot(None, "Số liệu đưa vào", "Data given"))


def gather_entries(
    scale: Scale, entries: list[tuple[str, str, Raw]], unit: str, dialect: str, spot: Spot
) -> tuple[UnitFacts, tuple[Diagnostic, ...]]:
    """The facts of one unit from headings, layers and values."""
    columns, findings, gathering = columns_of(scale), Findings(), Gathering()
    taken: dict[object, str] = {}
    for key, layer, raw in entries:
        heading = read_heading(f"{key} ({layer})" if layer else key, columns)
        if heading.fault:
            findings.add(heading.fault, spot, {"column": key, **heading.arguments})
        for target in heading.targets:
            first = taken.setdefault((repr(target.column), target.layer), key)
            if first is not key:
                findings.add("TD454", spot, {"column": key, "first": first})
                continue
            found = typed(raw, target.column, dialect)
            if found.fault:
                findings.add(found.fault, spot, {"unit": unit, "column": key, **found.arguments})
            gathering.take(target.column, target.layer, Fact(found.state, found.value, raw.text))

    def tell(code: str, arguments: Mapping[str, object]) -> None:
        findings.add(code, spot, {"unit": unit, **arguments})

    return gathering.facts(unit, scale, columns.scores, None, tell), findings.all()


def raw_of(key: str, value: object, dialect: str) -> Raw:
    """A Python value as a cell would hold it; TypeError for what no cell holds."""
    match value:
        case None | State():
            return Raw(value)
        case bool():
            spelled = {"vi": ("không", "có"), "en": ("no", "yes")}[dialect][value]
            return Raw(value, spelled)
        case str():
            text = value.strip()
            return Raw(text, text, text.endswith("%"))
        case int() | Fraction():
            return _number(Fraction(value), dialect)
        case Decimal() if value.is_finite() and abs(value.adjusted()) <= 40:
            return _number(Fraction(value), dialect)
        case datetime():
            raise TypeError(f"{key!r}: a day is needed, not a moment; use datetime.date()")
        case date():
            return Raw(value, write_date(value, dialect))
        case tuple() | list() if all(isinstance(letter, str) for letter in value):
            letters: Plain = tuple(value)
            return Raw(letters, ", ".join(value))
        case float():
            raise TypeError(f"{key!r}: {value!r} is a float, no exact number; give a str, Fraction or Decimal")
        case _:
            raise TypeError(f"{key!r}: a column cannot hold {value!r}")


def _number(value: Fraction, dialect: str) -> Raw:
    return Raw(value, write_number(value, dialect, grouping=False))
