"""What stands in a column in; a value of the type the rule file says, or why there is none, out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from naive.letters import fold
from naive.literals import day, looks_like_a_day, looks_like_a_number, number, percentage
from naive.outline import Owner
from naive.states import INVALID, MISSING, NOT_APPLICABLE, NOT_ASSESSED, State, Value, given
from naive.unit import Given, Share
from naive.written import child, inside, nodes, texts, tokens
from thangdiem.dsl.syntax import Node

_WORDS = {
    "": MISSING, "không áp dụng": NOT_APPLICABLE, "n/a": NOT_APPLICABLE, "not applicable": NOT_APPLICABLE,
    "chưa đánh giá": NOT_ASSESSED, "not assessed": NOT_ASSESSED,
}  # fmt: skip
_STATES = {fold(word): state for word, state in _WORDS.items()}
_YES, _NO = tuple(map(fold, ("có", "yes", "true"))), tuple(map(fold, ("không", "no", "false")))


def state_of(cell: Given) -> Value | None:
    """The state a cell says instead of a value, if it says one."""
    if cell is None:
        return MISSING
    if isinstance(cell, State):
        return Value(cell)
    return _STATES.get(fold(cell)) if isinstance(cell, str) else None


def typed(cell: Given, form: str, dialect: str) -> Value:
    """A cell as a number, percent, yes_no, day, text or anything."""
    if isinstance(cell, bool):
        return given(cell) if form in ("yes_no", "anything") else INVALID
    if isinstance(cell, date):
        return given(cell) if form in ("day", "anything") else INVALID
    if isinstance(cell, Share):
        return given(cell.ratio) if form in ("number", "percent", "anything") else INVALID
    if isinstance(cell, int | Fraction | Decimal):
        return _number(Fraction(cell), form)
    return _read(cell, form, dialect) if isinstance(cell, str) else INVALID


def _number(found: Fraction, form: str) -> Value:
    if form == "percent":
        return given(found) if abs(found) <= 1 else INVALID
    return given(found) if form in ("number", "anything") else INVALID


def _read(cell: str, form: str, dialect: str) -> Value:
    if form == "text":
        return given(cell)
    if looks_like_a_number(cell, dialect):
        return _number(number(cell, dialect), form)
    if cell.strip().endswith("%") and looks_like_a_number(cell.strip()[:-1], dialect):
        return typed(Share(percentage(cell, dialect)), form, dialect)
    if looks_like_a_day(cell):
        return typed(day(cell), form, dialect)
    if fold(cell) in (*_YES, *_NO):
        return typed(fold(cell) in _YES, form, dialect)
    return given(cell) if form == "anything" else INVALID


# --- data


def declared(cell: Given, declaration: Node, dialect: str) -> Value:
    """A datum as its declaration says."""
    kind = tokens(nodes(declaration)[0])[0].type
    if kind == "ONE_OF":
        return _option(cell, declaration)
    state = state_of(cell)
    if state is not None:
        return state
    found = typed(cell, _FORMS[kind], dialect)
    if not found.known:
        return found
    if kind == "INTEGER" and not _fits(found, Fraction(1)):
        return INVALID
    digits = child(declaration, "data_decimals")
    finest = Fraction(1, 100) if kind == "PERCENT_TYPE" else Fraction(1)
    if digits is not None and not _fits(found, finest / 10 ** int(texts(digits, "NUMBER")[0])):
        return INVALID
    return found


_FORMS = {
    "INTEGER": "number", "DECIMAL": "number", "PERCENT_TYPE": "percent", "YES_NO": "yes_no", "DATE_TYPE": "day",
    "TEXT_TYPE": "text",
}  # fmt: skip


def _fits(found: Value, step: Fraction) -> bool:
    return isinstance(found.value, Fraction) and (found.value / step).denominator == 1


def _option(cell: Given, declaration: Node) -> Value:
    """One of the options; an option may be spelled like a state."""
    options = [text for node in nodes(declaration) for text in texts(node, "TEXT") if node.data in _OPTIONS]
    named = next((option for option in options if isinstance(cell, str) and fold(option) == fold(cell)), None)
    if named is not None:
        return given(named)
    return state_of(cell) or INVALID


_OPTIONS = ("data_type", "unit_or_option")


def use_of(name: str, scale: Owner) -> str:
    """The type of a datum nobody declared, by what it is compared with directly."""
    for statement in scale.statements:
        for node in inside(statement, "within", "steps"):
            found = _compared_with(name, node)
            if found:
                return found
    return "anything"


def _compared_with(name: str, node: Node) -> str:
    subjects = [place for place, each in enumerate(node.children) if _is(each, name)]
    if not subjects:
        return ""
    if node.data == "within":
        return _type_of(nodes(node)[1])
    cells = [nodes(row)[subjects[0]] for row in nodes(node) if row.data == "row" and len(nodes(row)) > subjects[0] + 1]
    return next((found for found in map(_type_of, cells) if found), "")


def _is(node: object, name: str) -> bool:
    return getattr(node, "data", "") == "datum" and fold(texts(node, "DATUM")[0]) == name  # type: ignore[arg-type]


def _type_of(range_: Node) -> str:
    for rule, form in (("text", "text"), ("percent", "percent"), ("yes_no", "yes_no")):
        if any(inside(range_, rule)):
            return form
    return ""
