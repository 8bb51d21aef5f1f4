"""From the lines under ``Xếp loại`` and ``Xếp hạng`` to bands, grade conditions, quotas and the ranking."""

from __future__ import annotations

from lark import Token, Tree

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.letters import fold
from thangdiem.dsl.resolve.expressions import TIES, expression, one_range
from thangdiem.dsl.resolve.literals import percent
from thangdiem.dsl.resolve.scope import Scope, span_of
from thangdiem.dsl.rounding import Rounding
from thangdiem.dsl.syntax import Node

_RULES = {
    "RAISE": rb.GradeRuleForm.RAISE,
    "CAP": rb.GradeRuleForm.CAP,
    "EXCLUDE_GRADE": rb.GradeRuleForm.EXCLUDE,
    "FORCE": rb.GradeRuleForm.FORCE,
}
_BANDS = ("band", "band_when", "band_all")


def grades_in(node: Node) -> list[str]:
    """The grades a block names by its bands, best first."""
    return [str(child.children[0]) for child in _lines(node) if child.data in _BANDS]


def grading(node: Node, scope: Scope, when: rb.Expression | None = None) -> rb.Grading:
    """A block of bands with its conditions and quotas."""
    basis, basis_expression, lower = rb.GradeBasis.TOTAL, None, False
    for child in node.children:
        if isinstance(child, Token):
            basis = rb.GradeBasis.SHARE if child.type == "BY_SHARE" else basis
            lower = lower or child.type == "LOWER_BETTER"
        elif str(child.data) not in (*_BANDS, "grade_rule", "quota"):
            basis, basis_expression = rb.GradeBasis.EXPRESSION, expression(child, scope)
    scope.grades = tuple(grades_in(node))
    bands, rules, quotas = [], [], []
    for line in _lines(node):
        if line.data in _BANDS:
            bands.append(_band(line, scope))
        elif line.data == "grade_rule":
            rules.append(_rule(line, scope))
        else:
            quotas.append(_quota(line, scope))
    _told_once(bands, scope)
    if not bands:
        scope.findings.tell("TD128", node)
    return rb.Grading(
        basis, tuple(bands), tuple(rules), tuple(quotas), basis_expression, lower, when, span=span_of(node)
    )


def _lines(node: Node) -> list[Node]:
    return [
        child
        for child in node.children
        if isinstance(child, Tree) and str(child.data) in (*_BANDS, "grade_rule", "quota")
    ]


def _told_once(bands: list[rb.Band], scope: Scope) -> None:
    seen: dict[str, rb.Band] = {}
    for band in bands:
        if (first := seen.get(fold(band.grade))) is not None:
            related = (scope.findings.related("first-here", first.span),)
            scope.findings.tell_related("TD148", band.span, related, grade=band.grade)
        seen.setdefault(fold(band.grade), band)


def _band(node: Node, scope: Scope) -> rb.Band:
    name, *rest = node.children
    span = span_of(node)
    if node.data == "band_when":
        return rb.Band(str(name), when=expression(rest[0], scope), span=span)
    if node.data == "band_all":
        marks = tuple(_mark(child, scope) for child in rest if isinstance(child, Tree))
        if not marks:
            scope.findings.tell("TD128", node)
        return rb.Band(str(name), all_of=marks, span=span)
    subject = str(rest.pop(0)) if isinstance(rest[0], Token) and rest[0].type == "SUBJECT" else ""
    first = rest[0]
    if isinstance(first, Token):
        only = first.type == "ONLY_BY_RULE"
        return rb.Band(str(name), subject, rest=not only, by_rule=only, span=span)
    if str(first.data) in _RANGES:
        conditions = tuple(expression(child, scope) for child in rest[1:])
        when = (
            None
            if not conditions
            else conditions[0]
            if len(conditions) == 1
            else rb.AllOf(conditions, span=conditions[0].span)
        )
        return rb.Band(str(name), subject, within=one_range(first, scope), when=when, span=span)
    value = expression(first, scope)
    if isinstance(value, rb.Number):
        return rb.Band(str(name), subject, within=rb.Range(value, value, span=value.span), span=span)
    return rb.Band(str(name), subject, when=value, span=span)


_RANGES = frozenset(
    (
        "at_least",
        "above",
        "at_most",
        "below",
        "from_to",
        "from_to_under",
        "over_to",
        "over_to_under",
        "equal",
        "unequal",
        "one_of",
    )
)


def _mark(node: Node, scope: Scope) -> rb.GradeMark:
    return rb.GradeMark(str(node.children[0]), expression(node.children[1], scope), span=span_of(node))


def _rule(node: Node, scope: Scope) -> rb.GradeRule:
    form, grade, when = node.children
    assert isinstance(form, Token) and isinstance(grade, Token)
    return rb.GradeRule(_RULES[form.type], scope.grade(grade), expression(when, scope), span=span_of(node))


def _quota(node: Node, scope: Scope) -> rb.Quota:
    tokens = [child for child in node.children if isinstance(child, Token)]
    grades = [token for token in tokens if token.type == "GRADE_NAME"]
    by_type = {token.type: token for token in tokens}
    tie = next(TIES[name] for name in ("ROUNDED_UP", "ROUNDED_DOWN", "ROUNDED_HALF_UP") if name in by_type)
    return rb.Quota(
        scope.grade(grades[0]),
        percent(by_type["PERCENT"], scope),
        Rounding.to_digits(0, tie),
        rb.QuotaTies.ALL_MISS if "TIES_MISS" in by_type else rb.QuotaTies.ALL_PASS,
        scope.grade(grades[-1]),
        among=scope.grade(grades[1]) if len(grades) > 2 else "",
        per_block="IN_EACH_BLOCK" in by_type,
        span=span_of(node),
    )


def ranking(node: Node, scope: Scope) -> rb.Ranking:
    """``Xếp hạng theo tổng điểm, chỉ số 2; trong mỗi khối``."""
    keys = []
    for child in node.children:
        if isinstance(child, Token):
            continue
        if child.data == "decided":
            keys.append(rb.RankKey(decided_by=str(child.children[0]), span=span_of(child)))
            continue
        value = expression(child.children[0], scope)
        last = child.children[-1]
        ascending = isinstance(last, Token) and last.type == "ASCENDING"
        keys.append(rb.RankKey(value, ascending, span=span_of(child)))
    per_block = any(isinstance(child, Token) and child.type == "IN_EACH_BLOCK" for child in node.children)
    return rb.Ranking(tuple(keys), per_block, span=span_of(node))
