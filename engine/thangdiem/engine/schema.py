"""A scale in, the JSON Schema (2020-12) of its unit data out: what the schema takes, the binder takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.numerals import plain_decimal
from thangdiem.engine.binding import words
from thangdiem.engine.binding.columns import (
    Columns,
    DatumColumn,
    Interval,
    ScoreColumn,
    bonuses_of,
    columns_of,
)
from thangdiem.engine.binding.headings import heading_of
from thangdiem.engine.writing.plain import Json

Part = dict[str, Json]

_STATES: Part = {"enum": ["không áp dụng", "n/a", "not applicable", "chưa đánh giá", "not assessed"]}
_EMPTY: Part = {"enum": [None, ""]}
_SEPARATORS = {"vi": (r"\.", ","), "en": (",", r"\.")}
_DAY = {
    "vi": r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}",
    "en": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
_TEXT: Part = {"type": ["string", "number", "boolean"], "not": {"enum": [*sorted(words.DASHES)]}}
_YES_NO: Part = {"enum": [True, False, "có", "không", "yes", "no"]}
_TICKS: Part = {"enum": [True, False, "có", "không", "yes", "no", "x", "✓", "✔", "đạt", "không đạt", "met", "not met"]}


def schema(scale: rb.Scale, dialect: str = "vi") -> Part:
    """The schema of a list of units, each an object keyed as the columns of a file are headed.

    Numbers are JSON numbers, or texts in the dialect of the rules. Domains of texts, days of the calendar and
    names that stand twice are the binder's alone; it also takes more spellings of a heading.
    """
    columns = columns_of(scale)
    text = _any_of(_TEXT, _EMPTY)
    properties: Part = {
        "Đơn vị": {"type": "string", "minLength": 1, "title": "Đơn vị / Unit"},
        "Khối": {**text, "title": "Khối / Block"},
        "Trực thuộc": {**text, "title": "Trực thuộc / Superior"},
        "Loại đơn vị": {"enum": [*scale.audience, scale.id], "title": "Loại đơn vị / Unit kind"},
        "Ghi chú": {"title": "Ghi chú / Note"},
        "Tổng điểm": {**_any_of(_number(dialect, ()), _STATES, _EMPTY), "title": "Tổng điểm / Total points"},
    }
    for datum in columns.data.values():
        properties[f"[{datum.datum.name}]"] = _datum(datum, dialect)
    for score in columns.scores.values():
        properties |= _scores(score, columns, dialect)
    for decision in columns.decisions.values():
        properties[decision.name] = {**_any_of(_number(dialect, ()), _STATES, _EMPTY), "title": decision.name}
    unit: Part = {
        "type": "object",
        "properties": properties,
        "required": ["Đơn vị"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{scale.title} ({scale.id})",
        "description": "Số liệu của các đơn vị / data of the units",
        "type": "array",
        "items": unit,
    }


def _any_of(*parts: Part) -> Part:
    return {"anyOf": list(parts)}


def _datum(column: DatumColumn, dialect: str) -> Part:
    datum = column.datum
    return {
        "title": datum.name,
        **_described((datum.unit, datum.source, datum.evidence)),
        **_any_of(_values(column, dialect), _STATES, _EMPTY),
    }


def _described(parts: Iterable[str]) -> Part:
    text = "; ".join(part for part in parts if part)
    return {"description": text} if text else {}


def _values(column: DatumColumn, dialect: str) -> Part:
    datum = column.datum
    match datum.form:
        case rb.DataForm.INTEGER:
            return _number(dialect, column.domain, whole=True)
        case rb.DataForm.NUMBER:
            number = _number(dialect, column.domain, datum.decimals)
            return number if datum.declared else _any_of(number, _percent(dialect))
        case rb.DataForm.PERCENT:
            ratio: Part = {"type": "number", "minimum": -1, "maximum": 1, **_bounds(column.domain)}
            point = _SEPARATORS[dialect][1]
            text: Part = {"type": "string", "pattern": f"^(0({point}[0-9]{{1,6}})?|1)$"}
            return _any_of(ratio, text, _percent(dialect, column.domain))
        case rb.DataForm.YES_NO:
            return _YES_NO
        case rb.DataForm.DATE:
            return {"type": "string", "pattern": f"^({_DAY[dialect]})$"}
        case rb.DataForm.TEXT:
            return _TEXT
        case rb.DataForm.ONE_OF:
            return {"enum": list(datum.options)}


def _number(dialect: str, domain: tuple[Interval, ...], decimals: int | None = None, whole: bool = False) -> Part:
    """A JSON number in the domain, or a numeral of the dialect that can be read in one way only."""
    figure: Part = {"type": "integer" if whole else "number", **_bounds(domain)}
    if decimals is not None:
        figure["description"] = f"≤ {decimals} chữ số thập phân / decimals"
    return _any_of(figure, _numeral(dialect, domain, 0 if whole else decimals))


def _numeral(dialect: str, domain: tuple[Interval, ...], decimals: int | None = None, sign: str = "") -> Part:
    group, point = _SEPARATORS[dialect]
    least = _bounds(domain).get("minimum", _bounds(domain).get("exclusiveMinimum"))
    minus = "" if isinstance(least, int) and least >= 0 else "-?"
    most = min(6 if decimals is None else decimals, 6)
    fraction = f"({point}[0-9]{{1,{most}}})?" if most else ""
    whole = f"([0-9]{{1,15}}|[1-9][0-9]{{0,2}}({group}[0-9]{{3}}){{2,4}})"
    ambiguous = f"^-?[1-9][0-9]{{0,2}}[.,][0-9]{{3}}{sign}$"
    return {"type": "string", "pattern": f"^{minus}{whole}{fraction}{sign}$", "not": {"pattern": ambiguous}}


def _percent(dialect: str, domain: tuple[Interval, ...] = ()) -> Part:
    return _numeral(dialect, domain, sign="%")


def _bounds(domain: tuple[Interval, ...]) -> Part:
    """The whole ends of a domain of one range; of any other domain the binder judges alone."""
    if len(domain) != 1 or domain[0].negated:
        return {}
    found: Part = {}
    for end, is_open, closed_key, open_key in (
        (domain[0].low, domain[0].low_open, "minimum", "exclusiveMinimum"),
        (domain[0].high, domain[0].high_open, "maximum", "exclusiveMaximum"),
    ):
        number = _json_number(end)
        if number is not None:
            found[open_key if is_open else closed_key] = number
    return found


def _json_number(end: Fraction | date | None) -> Json:
    """Whole numbers only: a decimal would have to pass through binary floating point."""
    if not isinstance(end, Fraction) or plain_decimal(end) is None or end.denominator != 1:
        return None
    return int(end)


def _scores(column: ScoreColumn, columns: Columns, dialect: str) -> Mapping[str, Json]:
    """The columns of an item or bonus: its own, one for each letter, each once for every layer."""
    title, described = _titled(column.code, columns)
    parts: list[Part] = [_STATES, _EMPTY]
    if column.number:
        parts.insert(0, _number(dialect, ()))
    if column.labels:
        parts.insert(0, {"enum": list(dict.fromkeys(column.labels.values()))})
    if column.letters:
        parts.insert(0, _letters(column))
    own: Part = {"title": title, **described, **_any_of(*parts)}
    found: Part = {heading_of(column.code): own}
    for letter in column.letters:
        mark: Part = {"title": f"{title} – {letter})", **_any_of(_TICKS, _STATES, _EMPTY)}
        found[f"{column.code}.{letter}"] = mark
    layers = columns.scale.layers
    if layers is None:
        return found
    return {f"{name} ({layer})": part for name, part in found.items() for layer in layers.names}


def _letters(column: ScoreColumn) -> Part:
    cases = list(dict.fromkeys(case for letter in column.letters for case in (letter, letter.upper())))
    letters: list[Json] = [*cases]
    one = "|".join(cases)
    return _any_of(
        {"type": "array", "items": {"enum": letters}},
        {"type": "string", "pattern": rf"^({one})([,; ]+({one}))*$"},
        {"enum": ["không ý nào", "none"]},
    )


def _titled(code: str, columns: Columns) -> tuple[str, Part]:
    for item in columns.items.values():
        if item.code == code:
            return f"{code} {item.title}", _described(item.provision.evidence)
    bonus = next(each for each in bonuses_of(columns.scale) if each.key == code)
    return bonus.title, _described(bonus.provision.evidence)
