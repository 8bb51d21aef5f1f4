"""From the tree of an expression or a condition to what it means."""

from __future__ import annotations

from fractions import Fraction

from lark import Token, Tree

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.constants import constant
from thangdiem.dsl.numerals import NumeralError, read_date, read_number, read_percent
from thangdiem.dsl.resolve.scope import Scope, span_of
from thangdiem.dsl.rounding import Rounding, Tie
from thangdiem.dsl.syntax import Node

TIES = {
    "HALF_UP": Tie.HALF_UP,
    "HALF_DOWN": Tie.HALF_DOWN,
    "HALF_EVEN": Tie.HALF_EVEN,
    "UP_ALWAYS": Tie.UP,
    "DOWN_ALWAYS": Tie.DOWN,
    "CUT": Tie.TRUNCATE,
    "ROUNDED_UP": Tie.UP,
    "ROUNDED_DOWN": Tie.DOWN,
    "ROUNDED_HALF_UP": Tie.HALF_UP,
}
_FUNCTIONS = {
    "LEAST": rb.Function.LEAST,
    "GREATEST": rb.Function.GREATEST,
    "ABSOLUTE": rb.Function.ABSOLUTE,
    "ROOT": rb.Function.ROOT,
    "LN": rb.Function.LN,
    "LOG10": rb.Function.LOG10,
    "EXP": rb.Function.EXP,
}
_GATHERINGS = {
    "SUM_OF": rb.Gathering.SUM,
    "MEAN_OF": rb.Gathering.MEAN,
    "HIGHEST": rb.Gathering.HIGHEST,
    "LOWEST": rb.Gathering.LOWEST,
}
_COHORTS = {
    "OF_UNITS": rb.Cohort.ALL,
    "OF_BLOCK": rb.Cohort.BLOCK,
    "OF_SUBORDINATES": rb.Cohort.SUBORDINATE,
    "UNITS": rb.Cohort.ALL,
    "BLOCK_UNITS": rb.Cohort.BLOCK,
    "SUBORDINATES": rb.Cohort.SUBORDINATE,
}
_OPERATORS = {
    "PLUS": rb.Operator.ADD,
    "MINUS": rb.Operator.SUBTRACT,
    "TIMES": rb.Operator.MULTIPLY,
    "OVER_BAR": rb.Operator.DIVIDE,
}
_YEARS = {"IN_YEAR": 0, "IN_NEXT_YEAR": 1, "IN_LAST_YEAR": -1}
_ARITIES = {
    rb.Function.ABSOLUTE: 1,
    rb.Function.ROOT: 2,
    rb.Function.LN: 1,
    rb.Function.LOG10: 1,
    rb.Function.EXP: 1,
}
NOTHING = rb.Number(Fraction(0), rb.Kind.NUMBER)
"""Stands where something could not be read; the finding has been told."""


def expression(node: Node | Token, scope: Scope) -> rb.Expression:
    """What an expression or a condition means."""
    assert isinstance(node, Tree)
    return _RESOLVERS[str(node.data)](node, scope)


# --- numbers, dates, texts


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
    return rb.Number(number(_token(node), scope), rb.Kind.NUMBER, span=span_of(node))


def _points_number(node: Node, scope: Scope) -> rb.Expression:
    return rb.Number(number(_token(node), scope), rb.Kind.POINTS, span=span_of(node))


def _unit_number(node: Node, scope: Scope) -> rb.Expression:
    unit = str(node.children[1])
    return rb.Number(number(_token(node), scope), rb.Kind.NUMBER, unit, span=span_of(node))


def _percent(node: Node, scope: Scope) -> rb.Expression:
    return rb.Number(percent(_token(node), scope), rb.Kind.RATIO, span=span_of(node))


def _percent_of_maximum(node: Node, scope: Scope) -> rb.Expression:
    share = rb.Number(percent(_token(node), scope), rb.Kind.RATIO, span=span_of(_token(node)))
    return rb.Arithmetic(rb.Operator.MULTIPLY, share, _maximum(node, scope), span=span_of(node))


def _text(node: Node, scope: Scope) -> rb.Expression:
    return rb.Text(str(_token(node)), span=span_of(node))


def _yes_no(node: Node, scope: Scope) -> rb.Expression:
    return rb.YesNo(_token(node).type == "YES", span=span_of(node))


def _day(node: Node, scope: Scope) -> rb.Expression:
    return day(_token(node), scope)


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


# --- references


def _datum(node: Node, scope: Scope) -> rb.Expression:
    return rb.Datum(scope.datum(_token(node)), span=span_of(node))


def _present(node: Node, scope: Scope) -> rb.Expression:
    return rb.Present(scope.datum(_token(node)), span=span_of(node))


def _name(node: Node, scope: Scope) -> rb.Expression:
    found = scope.name(_token(node))
    return rb.NameRef(*found, span=span_of(node)) if found else NOTHING


def _item_score(node: Node, scope: Scope) -> rb.Expression:
    code = scope.item(_code(node))
    return rb.ItemScore(code, span=span_of(node)) if code else NOTHING


def _maximum(node: Node, scope: Scope) -> rb.Expression:
    code = scope.node if scope.subject is None else scope.subject
    return rb.MaximumOf(code, span=span_of(node))


def _maximum_of(node: Node, scope: Scope) -> rb.Expression:
    code = scope.item(_code(node))
    return rb.MaximumOf(code, span=span_of(node)) if code else NOTHING


def _judged(node: Node, scope: Scope) -> rb.Expression:
    if not scope.owner:
        scope.findings.tell("TD141", node)
        return NOTHING
    return rb.Judged(scope.owner, span=span_of(node))


def _total_points(node: Node, scope: Scope) -> rb.Expression:
    return rb.TotalPoints(span=span_of(node))


def _subtotal(node: Node, scope: Scope) -> rb.Expression:
    return rb.TotalPoints(before_bonus=True, span=span_of(node))


def _bonus_points(node: Node, scope: Scope) -> rb.Expression:
    kind, title = node.children
    assert isinstance(kind, Token) and isinstance(title, Token)
    key = f"{'+' if kind.type == 'BONUS' else '-'}{title}"
    if key not in scope.bonuses:
        scope.findings.tell("TD139", title, title=str(title))
        return NOTHING
    return rb.BonusPoints(key, span=span_of(node))


# --- arithmetic


def _chain(node: Node, scope: Scope) -> rb.Expression:
    """``a + b - c``: from the left, in one loop, so that long sums do not nest the reader."""
    value = expression(node.children[0], scope)
    for index in range(1, len(node.children), 2):
        operator = node.children[index]
        assert isinstance(operator, Token)
        right = expression(node.children[index + 1], scope)
        span = rb.Span(value.span.start, right.span.end)
        value = rb.Arithmetic(_OPERATORS[operator.type], value, right, span=span)
    return value


def _negative(node: Node, scope: Scope) -> rb.Expression:
    return rb.Negative(expression(node.children[0], scope), span=span_of(node))


def _power(node: Node, scope: Scope) -> rb.Expression:
    base, exponent = (expression(child, scope) for child in node.children)
    fixed = constant(exponent)
    if fixed is None:
        scope.findings.tell("TD127", exponent.span)
        return NOTHING
    return rb.Power(base, fixed, span=span_of(node))


def _call(node: Node, scope: Scope) -> rb.Expression:
    token = _token(node)
    function = _FUNCTIONS[token.type]
    arguments = tuple(expression(child, scope) for child in node.children[1:])
    wanted = _ARITIES.get(function)
    if wanted is not None and len(arguments) != wanted:
        scope.findings.tell("TD142", token, function=str(token), wanted=wanted, found=len(arguments))
        return NOTHING
    return rb.Call(function, arguments, span=span_of(node))


def _rounded(node: Node, scope: Scope) -> rb.Expression:
    value, form, tie = node.children
    return rb.Rounded(expression(value, scope), rounding(form, tie, scope), span=span_of(node))


def rounding(form: Node | Token, tie: Node | Token, scope: Scope) -> Rounding:
    """``đến 2 chữ số thập phân, nửa lên`` and its like."""
    assert isinstance(form, Tree) and isinstance(tie, Token)
    chosen = TIES[tie.type]
    match str(form.data):
        case "whole":
            return Rounding.to_digits(0, chosen)
        case "multiple":
            unit = constant(expression(form.children[0], scope))
            if unit is None or unit <= 0:
                scope.findings.tell("TD127", form)
                unit = Fraction(1)
            return Rounding(unit, chosen)
        case _:
            token = form.children[-1]
            assert isinstance(token, Token)
            digits = number(token, scope) * (-1 if len(form.children) > 1 else 1)
            if digits.denominator != 1 or abs(digits) > 15:
                scope.findings.tell("TD143", token, digits=str(token))
                digits = Fraction(0)
            return Rounding.to_digits(int(digits), chosen)


# --- over items and over units


def _over_items(node: Node, scope: Scope) -> rb.Expression:
    gathering = _GATHERINGS[_token(node).type]
    return rb.OverItems(gathering, _kind_codes(node.children[1], node.children[2:], scope), span=span_of(node))


def _signed_points(node: Node, scope: Scope) -> rb.Expression:
    sign = node.children[1]
    assert isinstance(sign, Token)
    under = _under(node.children[2:], scope)
    leaves = tuple(code for code in scope.of_kind(sign, under, lambda kind: True) if code not in scope.parents.values())
    return rb.OverItems(rb.Gathering.SUM, leaves, -1 if sign.type == "NEGATIVE_POINTS" else 1, span=span_of(node))


def _item_count(node: Node, scope: Scope) -> rb.Expression:
    codes = _kind_codes(node.children[0], node.children[1:-1], scope)
    return rb.ItemCount(codes, _inner_range(node.children[-1], scope), span=span_of(node))


def _some_item(node: Node, scope: Scope) -> rb.Expression:
    every = _token(node).type == "EVERY"
    codes = _kind_codes(node.children[1], node.children[2:-1], scope)
    return rb.SomeItem(codes, _inner_range(node.children[-1], scope), every, span=span_of(node))


def _inner_range(node: Node | Token, scope: Scope) -> rb.Range:
    outer, scope.subject = scope.subject, "*"
    found = one_range(node, scope)
    scope.subject = outer
    return found


def _kind_codes(kinds: Node | Token, rest: list[Node | Token], scope: Scope) -> tuple[str, ...]:
    assert isinstance(kinds, Token)
    wanted = kind_index(kinds, scope)
    return scope.of_kind(kinds, _under(rest, scope), lambda kind: kind == wanted)


def _under(rest: list[Node | Token], scope: Scope) -> str:
    for child in rest:
        if isinstance(child, Tree) and child.data == "of_item":
            return scope.item(_code(child)) or ""
    return ""


def kind_index(token: Token, scope: Scope) -> int:
    """The position of a kind of item among the kinds."""
    return scope.findings.dialect.position("KINDS" if token.type == "KINDS" else "KIND", str(token))


def _over_units(node: Node, scope: Scope) -> rb.Expression:
    gathering, value, cohort = node.children[:3]
    assert isinstance(gathering, Token) and isinstance(cohort, Token)
    return rb.OverUnits(
        _GATHERINGS[gathering.type],
        expression(value, scope),
        _COHORTS[cohort.type],
        len(node.children) > 3,
        span=span_of(node),
    )


def _rank_among(node: Node, scope: Scope) -> rb.Expression:
    value, cohort = node.children[1:3]
    assert isinstance(cohort, Token)
    return rb.RankAmong(expression(value, scope), _COHORTS[cohort.type], len(node.children) > 3, span=span_of(node))


def _units_graded(node: Node, scope: Scope) -> rb.Expression:
    form, cohort, grade = (child for child in node.children[:3] if isinstance(child, Token))
    chosen = _COHORTS[cohort.type]
    name = str(grade) if chosen is rb.Cohort.SUBORDINATE else scope.grade(grade)
    return rb.UnitsGraded(name, len(node.children) > 3, chosen, form.type == "SHARE_OF", span=span_of(node))


# --- conditions


def _within(node: Node, scope: Scope) -> rb.Expression:
    subject = expression(node.children[0], scope)
    outer = scope.subject
    if isinstance(subject, rb.ItemScore):
        scope.subject = subject.code
    ranges = ranges_of(node.children[1], scope)
    scope.subject = outer
    return rb.Within(subject, ranges, span=span_of(node))


def ranges_of(node: Node | Token, scope: Scope) -> tuple[rb.Range, ...]:
    """The ranges one range form stands for: ``một trong (…)`` is several."""
    assert isinstance(node, Tree)
    if node.data == "one_of":
        return tuple(_equal(expression(child, scope), span_of(child)) for child in node.children)
    return (one_range(node, scope),)


def one_range(node: Node | Token, scope: Scope) -> rb.Range:
    """``từ X đến dưới Y`` and its like; a bare value is equality."""
    assert isinstance(node, Tree)
    span = span_of(node)
    bounds = [expression(child, scope) for child in node.children if isinstance(child, Tree)]
    first = bounds[0] if bounds else NOTHING
    second = bounds[-1] if bounds else NOTHING
    match str(node.data):
        case "at_least":
            return rb.Range(low=first, span=span)
        case "above":
            return rb.Range(low=first, low_open=True, span=span)
        case "at_most":
            return rb.Range(high=first, span=span)
        case "below":
            return rb.Range(high=first, high_open=True, span=span)
        case "from_to":
            return rb.Range(first, second, span=span)
        case "from_to_under":
            return rb.Range(first, second, high_open=True, span=span)
        case "over_to":
            return rb.Range(first, second, low_open=True, span=span)
        case "over_to_under":
            return rb.Range(first, second, low_open=True, high_open=True, span=span)
        case "unequal":
            return rb.Range(first, first, negated=True, span=span)
        case "one_of":
            scope.findings.tell("TD144", node)
            return _equal(first, span)
        case _:
            return _equal(first, span)


def _equal(value: rb.Expression, span: rb.Span) -> rb.Range:
    return rb.Range(value, value, span=span)


def _any_of(node: Node, scope: Scope) -> rb.Expression:
    return rb.AnyOf(tuple(expression(child, scope) for child in node.children), span=span_of(node))


def _all_of(node: Node, scope: Scope) -> rb.Expression:
    return rb.AllOf(tuple(expression(child, scope) for child in node.children), span=span_of(node))


def _negated(node: Node, scope: Scope) -> rb.Expression:
    return rb.Not(expression(node.children[0], scope), span=span_of(node))


_RESOLVERS = {
    "chain": _chain,
    "any_of": _any_of,
    "all_of": _all_of,
    "within": _within,
    "number": _number,
    "points_number": _points_number,
    "unit_number": _unit_number,
    "percent": _percent,
    "percent_of_maximum": _percent_of_maximum,
    "text": _text,
    "yes_no": _yes_no,
    "day": _day,
    "day_in_year": _day_in_year,
    "datum": _datum,
    "present": _present,
    "name": _name,
    "item_score": _item_score,
    "maximum": _maximum,
    "maximum_of": _maximum_of,
    "judged": _judged,
    "total_points": _total_points,
    "subtotal": _subtotal,
    "bonus_points": _bonus_points,
    "negative": _negative,
    "power": _power,
    "call": _call,
    "rounded": _rounded,
    "over_items": _over_items,
    "signed_points": _signed_points,
    "item_count": _item_count,
    "some_item": _some_item,
    "over_units": _over_units,
    "rank_among": _rank_among,
    "units_graded": _units_graded,
    "negated": _negated,
}


def _token(node: Node) -> Token:
    token = node.children[0]
    assert isinstance(token, Token)
    return token


def _code(node: Node) -> Token:
    token = node.children[-1]
    assert isinstance(token, Token)
    return token
