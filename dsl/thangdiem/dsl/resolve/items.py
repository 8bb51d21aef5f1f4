"""From the statements below an item or a bonus to the item and the bonus."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve
from lark import Token, Tree

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.constants import constant
from thangdiem.dsl.diagnostic import NOTHING_NEAR
from thangdiem.dsl.letters import fold
from thangdiem.dsl.resolve.clauses import kind_word, read_clauses
from thangdiem.dsl.resolve.drafts import ItemDraft
from thangdiem.dsl.resolve.expressions import expression
from thangdiem.dsl.resolve.limits import limit
from thangdiem.dsl.resolve.methods import METHODS, points
from thangdiem.dsl.resolve.scope import Scope, span_of
from thangdiem.dsl.syntax import Node, tree


def item(draft: ItemDraft, children: tuple[rb.Item, ...], bonuses: tuple[rb.Bonus, ...], scope: Scope) -> rb.Item:
    """An item with its children already resolved."""
    kind, _, title, written, *extras = draft.head.children
    assert isinstance(kind, Token)
    stated = points(written, scope)
    weight, limits = _extras(extras, scope)
    clauses = read_clauses(draft.statements, scope)
    for rule in clauses.roundings:
        scope.findings.tell("TD151", rule.span)
    leaf = not children and clauses.total is None
    found = clauses.method if clauses.method is not None else clauses.total
    if found is None and leaf and stated.form is not rb.PointsForm.UNCOUNTED:
        found = rb.Direct(written=False, span=span_of(draft.head))
    if clauses.former_labels and found is not None:
        found = _with_former_labels(found, clauses.former_labels, scope)
    if clauses.method is not None and clauses.total is not None:
        scope.findings.tell("TD110", clauses.total.span)
    if children and clauses.method is not None:
        scope.findings.tell("TD152", clauses.method.span, code=draft.code)
    return rb.Item(
        draft.code,
        kind_word(kind, scope),
        str(title),
        stated,
        draft.parent,
        weight,
        found,
        children,
        clauses.aggregation,
        tuple(clauses.names),
        rb.Applicability(tuple(clauses.na_conditions), clauses.na_allowed, clauses.policy, clauses.suspended),
        clauses.counts_when,
        tuple(clauses.replacements),
        clauses.missing,
        (*limits, *clauses.limits),
        bonuses,
        clauses.rounding,
        clauses.provision(),
        head=span_of(draft.head),
        span=draft.span,
    )


def _with_former_labels(found: rb.Method, stated: list[Node], scope: Scope) -> rb.Method:
    """The method with labels that levels had before, in whichever branch: data may still have them."""
    branches = [each.method for each in found.guards] if isinstance(found, rb.Guarded) else [found]
    labels = [level.label for each in branches if isinstance(each, rb.Choice) for level in each.levels]
    former: dict[str, tuple[str, ...]] = {}
    for node in stated:
        before, present = (str(child) for child in node.children)
        if fold(present) not in map(fold, labels):
            known = ", ".join(f"“{label}”" for label in labels) or NOTHING_NEAR
            scope.findings.tell("TD161", node, label=present, known=known)
        former[fold(present)] = (*former.get(fold(present), ()), before)
    if isinstance(found, rb.Guarded):
        return evolve(found, guards=tuple(evolve(each, method=_called(each.method, former)) for each in found.guards))
    return _called(found, former)


def _called(found: rb.Method, former: Mapping[str, tuple[str, ...]]) -> rb.Method:
    if not isinstance(found, rb.Choice):
        return found
    levels = (evolve(level, aliases=(*level.aliases, *former.get(fold(level.label), ()))) for level in found.levels)
    return evolve(found, levels=tuple(levels))


NOT_OF_A_SCALE = frozenset(
    (*METHODS, "na_when", "na_allowed", "replaced", "counts_when", "missing", "suspended", "former_label")
)
"""Statements that speak of an item: at a scale nothing would follow from them."""
_NOT_OF_A_BONUS = frozenset(
    (
        "na_when",
        "na_allowed",
        "na_policy",
        "suspended",
        "former_label",
        "replaced",
        "counts_when",
        "aggregation",
        "total",
        "rounding",
    )
)


def in_place(statements: list[Node], misplaced: frozenset[str], scope: Scope) -> list[Node]:
    """The statements that can stand below a node of this sort; every other one is told."""
    kept: list[Node] = []
    for node in statements:
        body = node.children[-1] if node.data == "guard" else node
        if str(tree(body).data) in misplaced:
            scope.findings.tell("TD110", node)
        else:
            kept.append(node)
    return kept


def _extras(extras: list[Node | Token], scope: Scope) -> tuple[Fraction | None, list[rb.Limit]]:
    weight = None
    limits = []
    for extra in map(tree, extras):
        if extra.data == "weight":
            weight = constant(expression(extra.children[0], scope))
            if weight is None or weight < 0:
                scope.findings.tell("TD127", extra)
        else:
            limits.append(limit(extra, scope))
    return weight, limits


def bonus(draft: ItemDraft, scope: Scope) -> rb.Bonus:
    """A bonus or a deduction with its method."""
    written = [child for child in draft.head.children if isinstance(child, Tree)]
    stated = [points(child, scope) for child in written if child.data != "limit"]
    if stated and stated[0].high is not None:
        scope.node = draft.code  # "điểm tối đa" is that of the bonus, where it has one; else of what it belongs to
    limits = [limit(child, scope) for child in written if child.data == "limit"]
    clauses = read_clauses(in_place(draft.statements, _NOT_OF_A_BONUS, scope), scope)
    found = clauses.method if clauses.method is not None else rb.Direct(written=False, span=span_of(draft.head))
    return rb.Bonus(
        draft.code[1:],
        draft.code.startswith("-"),
        draft.parent,
        found,
        stated[0] if stated else None,
        (*limits, *clauses.limits),
        tuple(clauses.names),
        clauses.missing,
        clauses.provision(),
        span=draft.span,
    )
