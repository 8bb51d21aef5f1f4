"""From a number, a date, a text or a yes as written to the value it stands for."""

from __future__ import annotations

from fractions import Fraction

from lark import Token

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.numerals import NumeralError, read_date, read_number, read_percent
from thangdiem.dsl.resolve.scope import Scope, span_of
from thangdiem.dsl.syntax import Node, first_token

_YEARS = {"IN_YEAR": 0, "IN_NEXT_YEAR": 1, "IN_LAST_YEAR": -1}


def number(token: Token, scope: Scope) -> Fraction:
    """The number a token writes in the file's dialect; 0 after a finding."""
    try:
        return read_number(str(token), scope.findings.dialect.name)
    except NumeralError as error:
        scope.findings.tell_numeral(error, token)
        return Fraction(0)


def percent(token: Token, scope: Scope) -> Fraction:
    """The ratio a percentage writes; 0 after a finding."""
    try:
        return read_percent(f"{token}%", scope.findings.dialect.name)
    except NumeralError as error:
        scope.findings.tell_numeral(error, token)
        return Fraction(0)


def day(token: Token, scope: Scope) -> rb.Day:
    """The date a token writes; 1 January 2000 after a finding."""
    try:
        found = read_date(str(token), scope.findings.dialect.name)
    except NumeralError as error:
        scope.findings.tell_numeral(error, token)
        return rb.Day(1, 1, 2000, span=span_of(token))
    return rb.Day(found.month, found.day, found.year, span=span_of(token))


def _number(node: Node, scope: Scope) -> rb.Expression:
    return rb.Number(number(first_token(node), scope), rb.Kind.NUMBER, span=span_of(node))


def _points_number(node: Node, scope: Scope) -> rb.Expression:
    return rb.Number(number(first_token(node), scope), rb.Kind.POINTS, span=span_of(node))


def _unit_number(node: Node, scope: Scope) -> rb.Expression:
    unit = str(node.children[1])
    return rb.Number(number(first_token(node), scope), rb.Kind.NUMBER, unit, span=span_of(node))


def _percent(node: Node, scope: Scope) -> rb.Expression:
    return rb.Number(percent(first_token(node), scope), rb.Kind.RATIO, span=span_of(node))


def _text(node: Node, scope: Scope) -> rb.Expression:
    return rb.Text(str(first_token(node)), span=span_of(node))


def _yes_no(node: Node, scope: Scope) -> rb.Expression:
    return rb.YesNo(first_token(node).type == "YES", span=span_of(node))


def _day(node: Node, scope: Scope) -> rb.Expression:
    return day(first_token(node), scope)


def _day_in_year(node: Node, scope: Scope) -> rb.Expression:
    written, year = node.children
    assert isinstance(written, Token) and isinstance(year, Token)
    if scope.findings.dialect.name == "vi":
        text, reading = f"{written}/2000", "vi"
    else:
        text, reading = f"2000-{written}", "en"
    try:
        found = read_date(text, reading)
    except NumeralError as error:
        scope.findings.tell_numeral(error, written)
        return rb.Day(1, 1, None, span=span_of(node))
    return rb.Day(found.month, found.day, None, _YEARS[year.type], span=span_of(node))


LITERALS = {
    "number": _number,
    "points_number": _points_number,
    "unit_number": _unit_number,
    "percent": _percent,
    "text": _text,
    "yes_no": _yes_no,
    "day": _day,
    "day_in_year": _day_in_year,
}
"""How each form of a literal is resolved."""
