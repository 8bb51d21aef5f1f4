"""From the name of a datum, a value, an item's points or a maximum to what it refers to."""

from __future__ import annotations

from fractions import Fraction

from lark import Token

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.resolve.literals import percent
from thangdiem.dsl.resolve.scope import Scope, span_of
from thangdiem.dsl.syntax import Node, first_token, last_token

NOTHING = rb.Number(Fraction(0), rb.Kind.NUMBER)
"""Stands where something could not be read; the finding has been told."""


def _datum(node: Node, scope: Scope) -> rb.Expression:
    return rb.Datum(scope.datum(first_token(node)), span=span_of(node))


def _present(node: Node, scope: Scope) -> rb.Expression:
    return rb.Present(scope.datum(first_token(node)), span=span_of(node))


def _name(node: Node, scope: Scope) -> rb.Expression:
    found = scope.name(first_token(node))
    return rb.NameRef(*found, span=span_of(node)) if found else NOTHING


def _item_score(node: Node, scope: Scope) -> rb.Expression:
    code = scope.item(last_token(node))
    return rb.ItemScore(code, span=span_of(node)) if code else NOTHING


def _maximum(node: Node, scope: Scope) -> rb.Expression:
    code = scope.node if scope.subject is None else scope.subject
    return rb.MaximumOf(code, span=span_of(node))


def _percent_of_maximum(node: Node, scope: Scope) -> rb.Expression:
    share = rb.Number(percent(first_token(node), scope), rb.Kind.RATIO, span=span_of(first_token(node)))
    return rb.Arithmetic(rb.Operator.MULTIPLY, share, _maximum(node, scope), span=span_of(node))


def _maximum_of(node: Node, scope: Scope) -> rb.Expression:
    code = scope.item(last_token(node))
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


REFERENCES = {
    "datum": _datum,
    "present": _present,
    "name": _name,
    "item_score": _item_score,
    "maximum": _maximum,
    "percent_of_maximum": _percent_of_maximum,
    "maximum_of": _maximum_of,
    "judged": _judged,
    "total_points": _total_points,
    "subtotal": _subtotal,
    "bonus_points": _bonus_points,
}
"""How each form of a reference is resolved."""
