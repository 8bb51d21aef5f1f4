"""``không quá N``, ``không dưới N`` in; the limit, and when it applies, out."""

from __future__ import annotations

from attrs import define, evolve, field
from lark import Token

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.resolve.expressions import expression
from thangdiem.dsl.resolve.scope import Scope, span_of
from thangdiem.dsl.syntax import Node, tree


def limit(node: Node, scope: Scope) -> rb.Limit:
    """``không quá N khi …``."""
    token = node.children[0]
    assert isinstance(token, Token)
    when = expression(node.children[2], scope) if len(node.children) > 2 else None
    return rb.Limit(expression(node.children[1], scope), token.type == "AT_MOST", when, span=span_of(node))


@define
class GuardedLimits:
    """The limits of a node in one direction under ``Khi …``: the first whose condition is true is applied."""

    conditions: list[rb.Expression] = field(factory=list)
    rest: Node | None = None
    """``Còn lại, không quá N``."""

    def read(self, node: Node, when: rb.Expression | None, scope: Scope) -> rb.Limit | None:
        """The limit of the guard; None where it stands behind ``Còn lại``, or is a ``Còn lại`` of nothing."""
        if self.rest is not None:
            scope.findings.tell_related("TD118", node, (scope.findings.related("rest-here", span_of(self.rest)),))
            return None
        if when is None and not self.conditions:
            scope.findings.tell("TD118", node)
            return None
        found = limit(tree(tree(node.children[-1]).children[0]), scope)
        return evolve(found, when=self._applies(node, when, found.when), span=span_of(node))

    def _applies(self, node: Node, when: rb.Expression | None, own: rb.Expression | None) -> rb.Expression:
        """None of the conditions above, this one, and the one behind the limit."""
        parts: list[rb.Expression] = [rb.Not(above, span=above.span) for above in self.conditions]
        if when is None:
            self.rest = node
        else:
            self.conditions.append(when)
            parts.append(when)
        if own is not None:
            parts.append(own)
        span = span_of(node.children[0]) if when is None else when.span
        return evolve(parts[0], span=span) if len(parts) == 1 else rb.AllOf(tuple(parts), span=span)
