"""From the statements below a node to what they say of it, kind by kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from attrs import define, field
from lark import Token, Tree

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.resolve.expressions import expression, rounding
from thangdiem.dsl.resolve.limits import GuardedLimits, limit
from thangdiem.dsl.resolve.literals import day, number
from thangdiem.dsl.resolve.methods import METHODS, formula, method, outcome, with_guards
from thangdiem.dsl.resolve.scope import Scope, span_of
from thangdiem.dsl.rounding import Rounding
from thangdiem.dsl.syntax import Node, first_token, tree

_AGGREGATIONS = {
    "BY_SUM": rb.AggregationForm.SUM,
    "BY_MEAN": rb.AggregationForm.MEAN,
    "BY_WEIGHTED_MEAN": rb.AggregationForm.WEIGHTED_MEAN,
    "BY_GEOMETRIC_MEAN": rb.AggregationForm.GEOMETRIC_MEAN,
    "BY_LOWEST": rb.AggregationForm.LOWEST,
    "BY_HIGHEST": rb.AggregationForm.HIGHEST,
}
_POLICIES = {
    "KEEP": rb.PolicyForm.KEEP,
    "EXCLUDE": rb.PolicyForm.EXCLUDE,
    "FULL": rb.PolicyForm.FULL,
    "UNRANKED": rb.PolicyForm.UNRANKED,
    "NO_TOTAL": rb.PolicyForm.NO_TOTAL,
}
_FIELDS = {
    "QUOTATION": "quotations",
    "EVIDENCE": "evidence",
    "DATA_SOURCE": "data_sources",
    "VERIFIER": "verifiers",
    "NOTE": "notes",
}


@define
class Clauses:
    """What the statements below one node say, kind by kind."""

    method: rb.Method | None = None
    total: rb.Method | None = None
    guards: list[rb.Guard] = field(factory=list)
    total_guards: list[rb.Guard] = field(factory=list)
    names: list[rb.Named] = field(factory=list)
    limits: list[rb.Limit] = field(factory=list)
    upper_limits: GuardedLimits = field(factory=GuardedLimits)
    lower_limits: GuardedLimits = field(factory=GuardedLimits)
    replacements: list[rb.Replacement] = field(factory=list)
    na_conditions: list[rb.Expression] = field(factory=list)
    na_allowed: bool = False
    policy: rb.Policy | None = None
    counts_when: rb.Expression | None = None
    missing: rb.Outcome | None = None
    aggregation: rb.Aggregation = field(factory=rb.Aggregation)
    roundings: list[rb.RoundingRule] = field(factory=list)
    rounding: Rounding | None = None
    texts: dict[str, list[str]] = field(factory=dict)
    citations: list[str] = field(factory=list)
    readings: list[rb.Reading] = field(factory=list)
    amendments: list[str] = field(factory=list)
    suspended: bool = False
    former_labels: list[Node] = field(factory=list)

    def provision(self) -> rb.Provision:
        """What the text says of the node besides its rule."""
        texts = {name: tuple(found) for name, found in self.texts.items()}
        return rb.Provision(
            citations=tuple(self.citations),
            readings=tuple(self.readings),
            amendments=tuple(self.amendments),
            **texts,
        )


def read_clauses(statements: list[Node], scope: Scope) -> Clauses:
    """Every statement below a node; each says at most once what can be said once."""
    clauses = Clauses()
    once: dict[str, Node] = {}
    for node in statements:
        name = str(node.data)
        single = _SINGLE.get(name)
        if single and (first := once.setdefault(single, node)) is not node:
            scope.findings.tell_related("TD121", node, (scope.findings.related("first-here", span_of(first)),))
            continue
        if name in METHODS:
            clauses.method = method(node, scope)
        elif name == "guard":
            _guard(node, clauses, scope)
        else:
            _READERS[name](node, clauses, scope)
    if clauses.guards and clauses.method is not None:
        scope.findings.tell("TD117", clauses.guards[0].span)
    elif clauses.guards:
        clauses.method = with_guards(clauses.guards)
    if clauses.total_guards and clauses.total is not None:
        scope.findings.tell("TD117", clauses.total_guards[0].span)
    elif clauses.total_guards:
        clauses.total = with_guards(clauses.total_guards)
    return clauses


_SINGLE = {
    **dict.fromkeys(METHODS, "method"),
    "total": "total",
    "na_policy": "policy",
    "counts_when": "counts_when",
    "missing": "missing",
    "aggregation": "aggregation",
    "na_allowed": "na_allowed",
    "suspended": "suspended",
    "rounding": "rounding",
}


def _guard(node: Node, clauses: Clauses, scope: Scope) -> None:
    condition, body = node.children
    assert isinstance(body, Tree)
    when = None if isinstance(condition, Token) else expression(condition, scope)
    span = span_of(node)
    if body.data == "limit_line":
        at_most = first_token(tree(body.children[0])).type == "AT_MOST"
        above = clauses.upper_limits if at_most else clauses.lower_limits
        if (found_limit := above.read(node, when, scope)) is not None:
            clauses.limits.append(found_limit)
        return
    guards = clauses.total_guards if body.data == "total" else clauses.guards
    if guards and guards[-1].when is None:
        scope.findings.tell_related("TD118", node, (scope.findings.related("rest-here", guards[-1].span),))
        return
    if when is None and not guards:
        scope.findings.tell("TD118", node)
        return
    found = total_method(body, scope) if body.data == "total" else method(body, scope)
    guards.append(rb.Guard(when, found, span=span))


def total_method(node: Node, scope: Scope) -> rb.Method:
    """``Tổng = EXPR`` or ``Tổng theo …:``."""
    last = tree(node.children[-1])
    return formula(last, scope) if last.data == "formula" else method(last, scope)


def _total(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.total = total_method(node, scope)


def _let(node: Node, clauses: Clauses, scope: Scope) -> None:
    token = node.children[0]
    assert isinstance(token, Token)
    last = tree(node.children[-1])
    found: rb.Method = formula(last, scope) if last.data == "formula" else method(last, scope)
    clauses.names.append(rb.Named(" ".join(str(token).split()), scope.owner, found, span=span_of(node)))


def _limit_line(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.limits.append(limit(tree(node.children[0]), scope))


def _replaced(node: Node, clauses: Clauses, scope: Scope) -> None:
    value, when = (expression(child, scope) for child in node.children)
    clauses.replacements.append(rb.Replacement(value, when, span=span_of(node)))


def _na_when(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.na_conditions.append(expression(node.children[0], scope))


def _na_allowed(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.na_allowed = True


def _na_policy(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.policy = policy(node, scope)


def policy(node: Node, scope: Scope) -> rb.Policy:
    """``loại khỏi điểm tối đa, quy đổi về thang 100 điểm`` and its like."""
    written = tree(node.children[0])
    tokens = [child for child in written.children if isinstance(child, Token)]
    span = span_of(node)
    if written.data == "rescale":
        return rb.Policy(rb.PolicyForm.RESCALE, number(tokens[-1], scope), span=span)
    return rb.Policy(_POLICIES[tokens[0].type], span=span)


def _counts_when(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.counts_when = expression(node.children[0], scope)


def _missing(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.missing = outcome(node.children[0], scope)


def _aggregation(node: Node, clauses: Clauses, scope: Scope) -> None:
    token = node.children[0]
    assert isinstance(token, Token)
    rounded = rounding(node.children[1], node.children[2], scope) if len(node.children) > 2 else None
    clauses.aggregation = rb.Aggregation(_AGGREGATIONS[token.type], rounded, written=True, span=span_of(node))


def _rounding(node: Node, clauses: Clauses, scope: Scope) -> None:
    for child in map(tree, node.children):
        *target, form, tie = child.children
        found = rounding(form, tie, scope)
        span = span_of(child)
        if not target:
            clauses.rounding = found
            continue
        token = target[0]
        assert isinstance(token, Token)
        match token.type:
            case "DATA_STEP":
                clauses.roundings.append(rb.RoundingRule(rb.RoundingStep.DATA, found, span=span))
            case "RATIO_STEP":
                clauses.roundings.append(rb.RoundingRule(rb.RoundingStep.RATIO, found, span=span))
            case "TOTAL_POINTS":
                clauses.roundings.append(rb.RoundingRule(rb.RoundingStep.TOTAL, found, span=span))
            case _:
                clauses.roundings.append(
                    rb.RoundingRule(rb.RoundingStep.KIND, found, kind_word(token, scope), span=span)
                )


def kind_word(token: Token, scope: Scope) -> str:
    """The kind a token names, as the dialect spells one of it."""
    dialect = scope.findings.dialect
    return dialect.spellings["KIND"][dialect.position("KINDS" if token.type == "KINDS" else "KIND", str(token))]


def _text_field(node: Node, clauses: Clauses, scope: Scope) -> None:
    token, *texts = node.children
    assert isinstance(token, Token)
    clauses.texts.setdefault(_FIELDS[token.type], []).extend(str(text) for text in texts)


def _citation(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.citations.append(str(node.children[0]))


def _reading(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.readings.append(reading(node, scope))


def reading(node: Node, scope: Scope) -> rb.Reading:
    """``Cách hiểu CH1: "…" (15/01/2024); cách khác "…"``."""
    name, *rest = (child for child in node.children if isinstance(child, Token))
    texts = [str(token) for token in rest if token.type == "TEXT"]
    since = None
    for token in rest:
        if token.type == "DATE":
            found = day(token, scope)
            since = date(found.year or 2000, found.month, found.day)
    return rb.Reading(str(name), texts[0], since, tuple(texts[1:]), span=span_of(node))


def amended(node: Node) -> str:
    """``được sửa đổi bởi khoản 1 Điều 1 Quyết định 12/QĐ-UBND``."""
    verb, clause = (str(child) for child in node.children)
    return f"{verb[0].lower()}{verb[1:]} {clause}"


def _amended(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.amendments.append(amended(node))


def _suspended(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.suspended = True
    clauses.na_conditions.append(rb.YesNo(True, span=span_of(node)))


def _former_label(node: Node, clauses: Clauses, scope: Scope) -> None:
    clauses.former_labels.append(node)


_READERS: dict[str, Callable[[Node, Clauses, Scope], None]] = {
    "total": _total,
    "let": _let,
    "limit_line": _limit_line,
    "replaced": _replaced,
    "na_when": _na_when,
    "na_allowed": _na_allowed,
    "na_policy": _na_policy,
    "counts_when": _counts_when,
    "missing": _missing,
    "aggregation": _aggregation,
    "rounding": _rounding,
    "text_field": _text_field,
    "citation": _citation,
    "reading": _reading,
    "amended": _amended,
    "suspended": _suspended,
    "former_label": _former_label,
}
