"""A value and the column it stands in, in; every way a program may hand it over that binds to the same, out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from thangdiem.dsl.numerals import plain_decimal, write_date, write_number, write_percent
from thangdiem.dsl.proofs.proof import Given as Value
from thangdiem.dsl.rulebook import DataForm, State
from thangdiem.engine.binding.columns import Column, DatumColumn, MarkColumn
from thangdiem.engine.binding.mapping import Given, raw_of
from thangdiem.engine.binding.values import typed

_WORDS = {"vi": ("không", "có"), "en": ("no", "yes")}


def spellings(value: Value, column: Column, dialect: str) -> tuple[Given, ...]:
    """The value as it is, then other types and texts of it; never what could be read in two ways."""
    if value is None:
        return (State.NOT_APPLICABLE, "n/a")
    if isinstance(column, MarkColumn):
        return (True, "x", "có") if value is True else (False, "không")
    as_it_is = value if not isinstance(value, Fraction) or value.denominator != 1 else int(value)
    return (as_it_is, *(each for each in _others(value, column, dialect) if _binds_to(value, each, column, dialect)))


def _others(value: bool | Fraction | str | tuple[str, ...] | date, column: Column, dialect: str) -> Iterator[Given]:
    match value:
        case bool():
            yield _WORDS[dialect][value]
        case Fraction():
            yield value
            if (plain := plain_decimal(value)) is not None:
                yield Decimal(plain)
                yield write_number(value, dialect, grouping=False)
            if isinstance(column, DatumColumn) and column.datum.form is DataForm.PERCENT:
                yield write_percent(value, dialect, grouping=False)
        case str():
            yield f" {value} "
        case tuple():
            yield list(value)
            yield ", ".join(value)
        case day:
            yield write_date(day, dialect)


def _binds_to(value: Value, spelled: Given, column: Column, dialect: str) -> bool:
    return typed(raw_of("", spelled, dialect), column, dialect).value == value
