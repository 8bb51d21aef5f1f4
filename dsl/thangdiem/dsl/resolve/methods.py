"""From a block of rows or a formula to the method it states."""

from __future__ import annotations

from fractions import Fraction

from lark import Token, Tree

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.constants import constant
from thangdiem.dsl.letters import fold
from thangdiem.dsl.resolve.expressions import expression, ranges_of
from thangdiem.dsl.resolve.limits import limit
from thangdiem.dsl.resolve.scope import Scope, span_of
from thangdiem.dsl.syntax import Node, tree
from thangdiem.dsl.walk import all_of

METHODS = ("choose", "checklist", "steps", "cases", "best", "score", "direct")


def method(node: Node, scope: Scope) -> rb.Method:
    """The method a block states."""
    match str(node.data):
        case "choose":
            return _choice(node, scope)
        case "checklist":
            return _checklist(node, scope)
        case "steps":
            return _steps(node, scope)
        case "cases":
            return rb.Cases(_cases(node, scope), span=span_of(node))
        case "best":
            return rb.Cases(_cases(node, scope), best=True, span=span_of(node))
        case "direct":
            return rb.Direct(span=span_of(node))
        case _:
            return formula(tree(node.children[-1]), scope)


def formula(node: Node, scope: Scope) -> rb.Formula:
    """``EXPR, không quá 5 điểm``."""
    value = expression(node.children[0], scope)
    limits = tuple(limit(tree(child), scope) for child in node.children[1:])
    return rb.Formula(value, limits, span=span_of(node))


def outcome(node: Node | Token, scope: Scope) -> rb.Outcome:
    """What a row yields: a value, or that the item does not apply."""
    if isinstance(node, Tree) and node.data == "not_applicable":
        return rb.NotApplicable(span=span_of(node))
    if isinstance(node, Tree) and node.data == "unknown_points":
        scope.findings.tell("TD145", node)
        return rb.Number(Fraction(0), rb.Kind.POINTS, span=span_of(node))
    return expression(node, scope)


def _choice(node: Node, scope: Scope) -> rb.Method:
    levels = []
    seen: dict[str, rb.Span] = {}
    for child in map(tree, node.children):
        label = child.children[0]
        assert isinstance(label, Token)
        text = " ".join(str(label).split())
        if (earlier := seen.get(fold(text))) is not None:
            related = (scope.findings.related("first-here", earlier),)
            scope.findings.tell_related("TD131", label, related, name=text)
        seen[fold(text)] = span_of(label)
        levels.append(rb.Level(text, outcome(child.children[1], scope), span=span_of(child)))
    _not_empty(node, levels, scope)
    return rb.Choice(tuple(levels), span=span_of(node))


def _checklist(node: Node, scope: Scope) -> rb.Method:
    marks = []
    seen: dict[str, rb.Span] = {}
    for child in map(tree, node.children):
        letter, second, value = child.children
        assert isinstance(letter, Token)
        if (earlier := seen.get(str(letter))) is not None:
            related = (scope.findings.related("first-here", earlier),)
            scope.findings.tell_related("TD131", letter, related, name=f"{letter})")
        seen[str(letter)] = span_of(letter)
        points = expression(value, scope)
        if child.data == "mark_when":
            marks.append(rb.Mark(str(letter), points, when=expression(second, scope), span=span_of(child)))
        else:
            marks.append(rb.Mark(str(letter), points, " ".join(str(second).split()), span=span_of(child)))
    _not_empty(node, marks, scope)
    return rb.Checklist(tuple(marks), span=span_of(node))


def _steps(node: Node, scope: Scope) -> rb.Method:
    rows = [child for child in map(tree, node.children) if child.data in ("row", "per_mark")]
    subjects = tuple(expression(child, scope) for child in node.children if tree(child).data not in ("row", "per_mark"))
    _not_empty(node, rows, scope)
    counted = [row for row in rows if row.data == "per_mark"]
    if counted:
        if len(counted) != len(rows) or len(subjects) != 1:
            scope.findings.tell("TD119", counted[0])
        return rb.Marks(subjects[0], tuple(_per_mark(row, scope) for row in counted), span=span_of(node))
    found = tuple(_row(row, subjects, scope) for row in rows)
    _rest_is_last([row.cells == () for row in found], [row.span for row in found], scope)
    return rb.Steps(subjects, found, span=span_of(node))


def _per_mark(node: Node, scope: Scope) -> rb.PerMark:
    token = node.children[0]
    assert isinstance(token, Token)
    *marks, value = (expression(child, scope) for child in node.children[1:])
    return rb.PerMark(tuple(marks), token.type == "EACH_REACHED", value, span=span_of(node))


def _row(node: Node, subjects: tuple[rb.Expression, ...], scope: Scope) -> rb.Row:
    *cells, value = node.children
    read = [_cell(tree(cell), subject, scope) for cell, subject in zip(cells, [*subjects, *subjects], strict=False)]
    if len(read) == 1 and read[0] == ():
        return rb.Row((), outcome(value, scope), span=span_of(node))
    if len(cells) != len(subjects):
        scope.findings.tell("TD132", node, found=len(cells), wanted=len(subjects))
        read = (read + [None] * len(subjects))[: len(subjects)]
    return rb.Row(tuple(cell if cell != () else None for cell in read), outcome(value, scope), span=span_of(node))


def _cell(node: Node, subject: rb.Expression, scope: Scope) -> tuple[rb.Range, ...] | None:
    first = node.children[0]
    if isinstance(first, Token):
        return () if first.type == "OTHERWISE" else None
    outer = scope.subject
    if isinstance(subject, rb.ItemScore):
        scope.subject = subject.code
    ranges = tuple(found for child in node.children for found in ranges_of(child, scope))
    scope.subject = outer
    for found in ranges:
        _no_hyphen(found, scope)
    return ranges


def _no_hyphen(found: rb.Range, scope: Scope) -> None:
    """``5-10`` is a subtraction; where a value is meant to stand it was meant as a range."""
    match found.low:
        case rb.Arithmetic(rb.Operator.SUBTRACT, rb.Number() as low, rb.Number() as high) if found.low is found.high:
            text = scope.findings.source.text
            first, last = (text[each.span.start : each.span.end] for each in (low, high))
            scope.findings.tell("TD157", found.span, low=first, high=last)
        case _:
            return


def _cases(node: Node, scope: Scope) -> tuple[rb.Case, ...]:
    cases = []
    for child in map(tree, node.children):
        condition, value = child.children
        when = None if isinstance(condition, Token) else expression(condition, scope)
        cases.append(rb.Case(when, outcome(value, scope), span=span_of(child)))
    _not_empty(node, cases, scope)
    _rest_is_last([case.when is None for case in cases], [case.span for case in cases], scope)
    return tuple(cases)


def _rest_is_last(rests: list[bool], spans: list[rb.Span], scope: Scope) -> None:
    if any(rests[:-1]):
        at = rests.index(True)
        scope.findings.tell_related("TD130", spans[at], (scope.findings.related("after-rest", spans[at + 1]),))


def _not_empty(
    node: Node, rows: list[object] | list[Node] | list[rb.Level] | list[rb.Mark] | list[rb.Case], scope: Scope
) -> None:
    if not rows:
        scope.findings.tell("TD128", node)


def with_guards(guards: list[rb.Guard]) -> rb.Guarded:
    """Branches that stand below each other, as one method."""
    return rb.Guarded(tuple(guards), span=rb.Span(guards[0].span.start, guards[-1].span.end))


def points(node: Node | Token, scope: Scope, *, scale: bool = False) -> rb.Points:
    """What a head says after its colon."""
    assert isinstance(node, Tree)
    span = span_of(node)
    match str(node.data):
        case "fixed_points":
            value = expression(node.children[0], scope)
            high = constant(value)
            if high is None or not _in_points(value):
                scope.findings.tell("TD126", node, found=_written(node, scope))
            return rb.Points(rb.PointsForm.FIXED, Fraction(0), high, span=span)
        case "range_points":
            return _range_points(node, rb.PointsForm.RANGE, scope)
        case "value_points":
            if node.children:
                return _range_points(node, rb.PointsForm.VALUE, scope)
            return rb.Points(rb.PointsForm.VALUE, span=span)
        case "unlimited_points":
            return rb.Points(rb.PointsForm.RANGE, span=span)
        case "uncounted_points":
            return rb.Points(rb.PointsForm.UNCOUNTED, span=span)
        case "no_total_points":
            if not scale:
                scope.findings.tell("TD146", node)
            return rb.Points(rb.PointsForm.NO_TOTAL, span=span)
        case _:
            return rb.Points(rb.PointsForm.UNKNOWN, span=span)


def _range_points(node: Node, form: rb.PointsForm, scope: Scope) -> rb.Points:
    ranges = ranges_of(node.children[0], scope)
    low, high = ranges[0].low, ranges[0].high
    least = None if low is None else constant(low)
    most = None if high is None else constant(high)
    if (
        len(ranges) > 1
        or ranges[0].negated
        or (low is not None and least is None)
        or (high is not None and most is None)
    ):
        scope.findings.tell("TD126", node, found=_written(node, scope))
    if least is not None and most is not None and least > most:
        scope.findings.tell("TD147", node, low=least, high=most)
    return rb.Points(form, least, most, span=span_of(node))


def _in_points(figure: rb.Expression) -> bool:
    """Whether a figure is written in points."""
    return any(isinstance(each, rb.Number) and each.kind is rb.Kind.POINTS for each in all_of(figure))


def _written(node: Node, scope: Scope) -> str:
    span = span_of(node)
    return scope.findings.source.text[span.start : span.end]
