"""From the tree of an expression or a condition to what it means."""

from __future__ import annotations

from fractions import Fraction

from lark import Token, Tree

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.constants import constant
from thangdiem.dsl.resolve.literals import LITERALS, number
from thangdiem.dsl.resolve.references import NOTHING, REFERENCES
from thangdiem.dsl.resolve.scope import Scope, operand_span_of, span_of
from thangdiem.dsl.rounding import Rounding, Tie
from thangdiem.dsl.syntax import Node, first_token, last_token

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
_ARITIES = {
    rb.Function.ABSOLUTE: 1,
    rb.Function.ROOT: 2,
    rb.Function.LN: 1,
    rb.Function.LOG10: 1,
    rb.Function.EXP: 1,
}


def expression(node: Node | Token, scope: Scope) -> rb.Expression:
    """What an expression or a condition means."""
    assert isinstance(node, Tree)
    return _RESOLVERS[str(node.data)](node, scope)


# --- arithmetic


def _chain(node: Node, scope: Scope) -> rb.Expression:
    """``a + b - c``: from the left, in one loop, so that long sums do not nest the reader."""
    value = expression(node.children[0], scope)
    start = operand_span_of(node.children[0]).start
    for index in range(1, len(node.children), 2):
        operator = node.children[index]
        assert isinstance(operator, Token)
        right = expression(node.children[index + 1], scope)
        span = rb.Span(start, operand_span_of(node.children[index + 1]).end)
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
    token = first_token(node)
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
    gathering = _GATHERINGS[first_token(node).type]
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
    every = first_token(node).type == "EVERY"
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
    stated = [child for child in rest if isinstance(child, Tree) and child.data == "of_item"]
    return (scope.item(last_token(stated[0])) or "") if stated else ""


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
    **LITERALS,
    **REFERENCES,
    "chain": _chain,
    "any_of": _any_of,
    "all_of": _all_of,
    "within": _within,
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
