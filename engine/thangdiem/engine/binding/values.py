"""One value and the column it stands in, in; its state and its typed value, or what is wrong with it, out."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import date
from fractions import Fraction
from typing import assert_never

from attrs import field, frozen

from thangdiem.dsl import numerals
from thangdiem.dsl.letters import fold
from thangdiem.dsl.numerals import NumeralError, write_date, write_number
from thangdiem.dsl.rulebook import DataField, DataForm, State
from thangdiem.dsl.suggestion import closest
from thangdiem.engine.binding import words
from thangdiem.engine.binding.columns import (
    Column,
    DatumColumn,
    DecisionColumn,
    MarkColumn,
    ScoreColumn,
    Special,
)
from thangdiem.engine.facts import FactValue

Plain = str | Fraction | bool | date | tuple[str, ...] | State | None


@frozen
class Raw:
    """A value before it is typed; ``text`` is what a reader sees, ``percent`` whether it is a percentage."""

    value: Plain
    text: str = ""
    percent: bool = False


@frozen
class Typed:
    """What a column makes of a value; ``fault`` is the code of what is wrong with it, with its arguments."""

    state: State
    value: FactValue | None = None
    fault: str = ""
    arguments: Mapping[str, object] = field(factory=dict)


class _Fault(Exception):
    def __init__(self, code: str, **arguments: object) -> None:
        super().__init__(code)
        self.code, self.arguments = code, arguments


_EMPTY = Typed(State.MISSING)
_AMBIGUOUS = re.compile(r"([-−]?)([1-9][0-9]{0,2})[.,]([0-9]{3})")
_SEPARATORS = re.compile(r"[,;\s]+")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN = 60
_TOO_LARGE: int = 10**40


def typed(raw: Raw, column: Column, dialect: str) -> Typed:
    """The value as the column wants it, or the state that stands for it."""
    try:
        return _typed(raw, column, dialect)
    except _Fault as fault:
        shown = raw.text if len(raw.text) <= _SHOWN else raw.text[: _SHOWN - 1] + "…"
        return Typed(State.INVALID, None, fault.code, {"found": shown, **fault.arguments})


def _typed(raw: Raw, column: Column, dialect: str) -> Typed:
    value = raw.value
    if value is None or value == "":
        return _EMPTY
    if isinstance(value, State):
        return Typed(value)
    if isinstance(value, Fraction) and not _is_short(value):
        raise _Fault("TD475")
    if isinstance(value, str) and (key := fold(value)) not in _declared(column):
        if key in words.NOT_APPLICABLE:
            return Typed(State.NOT_APPLICABLE)
        if key in words.NOT_ASSESSED:
            return Typed(State.NOT_ASSESSED)
        if key in words.DASHES:
            raise _Fault("TD474")
    return Typed(State.VALUE, _value(raw, column, dialect))


def _declared(column: Column) -> Mapping[str, str]:
    """The words the rule file declares for a column: they mean what the file says, also where they spell a state."""
    match column:
        case DatumColumn():
            return column.options
        case ScoreColumn():
            return column.labels
        case _:
            return {}


def _is_short(value: Fraction) -> bool:
    """Bounded, so that whatever is computed of it stays quick."""
    return abs(value.numerator) < _TOO_LARGE and value.denominator < _TOO_LARGE


def _value(raw: Raw, column: Column, dialect: str) -> FactValue:
    match column:
        case DatumColumn():
            return _datum(raw, column, dialect)
        case ScoreColumn():
            return _score(raw, column, dialect)
        case MarkColumn():
            return (column.letter,) if _whether(raw, words.TICKED, words.NOT_TICKED, "TD473") else ()
        case DecisionColumn() | Special.TOTAL:
            return _number(raw, dialect)
        case Special.KIND | Special.BLOCK | Special.SUPERIOR:
            return _text(raw)
        case _:
            assert_never(column)


def _datum(raw: Raw, column: DatumColumn, dialect: str) -> FactValue:
    datum = column.datum
    match datum.form:
        case DataForm.INTEGER | DataForm.NUMBER | DataForm.PERCENT:
            value = _figure(raw, datum, dialect)
            _check_domain(value, column)
            return value
        case DataForm.DATE:
            day = _day(raw, dialect)
            _check_domain(day, column)
            return day
        case DataForm.YES_NO:
            return _whether(raw, words.YES, words.NO, "TD469")
        case DataForm.TEXT:
            return _text(raw)
        case DataForm.ONE_OF:
            return _option(raw, column)
        case _:
            assert_never(datum.form)


def _check_domain(value: Fraction | date, column: DatumColumn) -> None:
    if column.domain and not any(interval.holds(value) for interval in column.domain):
        raise _Fault("TD467", domain=_domain_text(column))


def _domain_text(column: DatumColumn) -> str:
    parts = []
    percent = column.datum.form is DataForm.PERCENT
    for one in column.domain:
        low, high = (_end(end, percent) for end in (one.low, one.high))
        if one.low == one.high:
            parts.append(f"{'≠' if one.negated else '='} {low}")
            continue
        ends = [f"{'>' if one.low_open else '≥'} {low}"] if low else []
        ends += [f"{'<' if one.high_open else '≤'} {high}"] if high else []
        parts.append(", ".join(ends))
    return "; ".join(parts)


def _end(end: Fraction | date | None, percent: bool) -> str:
    match end:
        case None:
            return ""
        case date():
            return write_date(end, "vi")
        case _:
            return numerals.write_percent(end, "vi") if percent else write_number(end, "vi", grouping=False)


def _figure(raw: Raw, datum: DataField, dialect: str) -> Fraction:
    """A number of a datum; a percentage is a ratio, and only where the file declares no other form."""
    if datum.form is DataForm.PERCENT:
        value = _ratio(raw, dialect)
    elif raw.percent and datum.form is DataForm.NUMBER and not datum.declared:
        value = _percentage(raw, dialect)
    else:
        value = _number(raw, dialect)
    if datum.form is DataForm.INTEGER and value.denominator != 1:
        raise _Fault("TD465")
    if datum.decimals is not None:
        shown = value * 100 if raw.percent or datum.form is DataForm.PERCENT else value
        if (shown * 10**datum.decimals).denominator != 1:
            raise _Fault("TD466", most=datum.decimals)
    return value


def _ratio(raw: Raw, dialect: str) -> Fraction:
    if raw.percent:
        return _percentage(raw, dialect)
    value = _number(raw, dialect)
    if abs(value) > 1:
        ratio = write_number(value / 100, dialect, grouping=False)
        raise _Fault("TD463", percent=f"{raw.text}%", ratio=ratio)
    return value


def _percentage(raw: Raw, dialect: str) -> Fraction:
    if isinstance(raw.value, Fraction):
        return raw.value
    text = raw.text.strip()
    _refuse_ambiguous(text[:-1].rstrip(" \u00a0"), dialect, "%")
    try:
        return numerals.read_percent(text, dialect)
    except NumeralError as error:
        raise _numeral_fault(error) from None


def _number(raw: Raw, dialect: str) -> Fraction:
    if raw.percent:
        raise _Fault("TD464")
    match raw.value:
        case bool() | date():
            raise _Fault("TD460")
        case Fraction() as number:
            return number
        case str() as text:
            _refuse_ambiguous(text, dialect)
            try:
                return numerals.read_number(text, dialect)
            except NumeralError as error:
                raise _numeral_fault(error) from None
        case _:
            raise _Fault("TD476")


def _refuse_ambiguous(text: str, dialect: str, sign: str = "") -> None:
    """``1.250`` is refused: whoever typed it may have meant a thousand or one and a quarter."""
    found = _AMBIGUOUS.fullmatch(text)
    if found is not None:
        minus, whole, digits = "-" if found[1] else "", found[2], found[3]
        decimal = write_number(Fraction(int(whole + digits), 1000), dialect)
        raise _Fault("TD461", thousands=f"{minus}{whole}{digits}{sign}", decimal=f"{minus}{decimal}{sign}")


def _numeral_fault(error: NumeralError) -> _Fault:
    match error.kind:
        case "too-long":
            return _Fault("TD475")
        case _ if error.readings:
            return _Fault("TD462", readings=" / ".join(error.readings))
        case _:
            return _Fault("TD460")


def _day(raw: Raw, dialect: str) -> date:
    match raw.value:
        case date() as day:
            return day
        case str() as text:
            try:
                return numerals.read_date(text, "en" if _ISO.fullmatch(text) else dialect)
            except NumeralError:
                raise _Fault("TD470") from None
        case _:
            raise _Fault("TD470")


def _whether(raw: Raw, yes: Container[str], no: Container[str], fault: str) -> bool:
    match raw.value:
        case bool() as known:
            return known
        case str() as text if (key := fold(text)) in yes or key in no:
            return key in yes
        case _:
            raise _Fault(fault)


def _text(raw: Raw) -> str:
    if isinstance(raw.value, tuple):
        raise _Fault("TD476")
    return " ".join(raw.text.split())


def _option(raw: Raw, column: DatumColumn) -> str:
    found = _named(raw, column.options)
    if found is None:
        raise _Fault("TD468", options=_quoted(raw.text, column.datum.options))
    return found


def _named(raw: Raw, names: Mapping[str, str]) -> str | None:
    """The name a value spells; yes and no may come as such."""
    match raw.value:
        case bool() as known:
            spellings = ("có", "yes") if known else ("không", "no")
            return next((names[word] for word in spellings if word in names), None)
        case tuple():
            return None
        case _:
            return names.get(fold(raw.text))


def _quoted(word: str, known: tuple[str, ...]) -> str:
    near = closest(word, known) or known[:8]
    return ", ".join(f"“{name}”" for name in near)


def _score(raw: Raw, column: ScoreColumn, dialect: str) -> FactValue:
    """A level, letters or points: whichever of them the item's method reads."""
    if column.labels:
        label = _named(raw, column.labels)
        if label is not None:
            return label
        if not column.letters and not column.number:
            raise _Fault("TD471", labels=_quoted(raw.text, tuple(dict.fromkeys(column.labels.values()))))
    if column.letters and not (column.number and _looks_number(raw)):
        return _letters(raw, column.letters)
    return _number(raw, dialect)


def _looks_number(raw: Raw) -> bool:
    return isinstance(raw.value, Fraction) or (isinstance(raw.value, str) and raw.value[-1:].isdigit())


def _letters(raw: Raw, letters: tuple[str, ...]) -> tuple[str, ...]:
    match raw.value:
        case tuple() as given:
            wanted = [fold(letter) for letter in given]
        case str() as text if fold(text) in words.NONE_MET:
            return ()
        case str() as text:
            wanted = [fold(letter) for letter in _SEPARATORS.split(text) if letter]
        case _:
            wanted = ["?"]
    known = {fold(letter): letter for letter in letters}
    if not all(letter in known for letter in wanted):
        raise _Fault("TD472", letters=", ".join(letters))
    return tuple(letter for key, letter in known.items() if key in wanted)
