"""From the lines of an example to what is given and what is expected."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from lark import Token, Tree

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.constants import constant
from thangdiem.dsl.letters import fold, toneless
from thangdiem.dsl.resolve.expressions import expression
from thangdiem.dsl.resolve.literals import day, number, percent
from thangdiem.dsl.resolve.scope import Findings, Scope, span_of
from thangdiem.dsl.suggestion import suggest
from thangdiem.dsl.syntax import Node, first_token, tree

_STATES = {
    "NOT_APPLICABLE": rb.State.NOT_APPLICABLE,
    "MISSING": rb.State.MISSING,
    "NOT_ASSESSED": rb.State.NOT_ASSESSED,
}
_AMOUNTS = {
    "expect_total": rb.Aspect.TOTAL,
    "expect_share": rb.Aspect.SHARE,
    "expect_maximum": rb.Aspect.MAXIMUM,
    "expect_rank": rb.Aspect.RANK,
}
TOTAL_COLUMN = "@total"
"""The column of an example that gives the total itself."""


def example(node: Node, scopes: dict[str, tuple[rb.Scale, Scope]], findings: Findings) -> rb.Example | None:
    """An example with its scale, period and units; None where its scale does not exist."""
    title = str(node.children[0])
    parts = {
        str(child.data): child for child in node.children[1:] if isinstance(child, Tree) and str(child.data) in _PARTS
    }
    found = _scale(node, parts.get("of_scale"), scopes, findings)
    if found is None:
        return None
    scale, scope = found
    period = parts.get("period")
    tolerance = parts.get("tolerance")
    lines = [child for child in node.children[1:] if isinstance(child, Tree) and str(child.data) not in _PARTS]
    units = _units(node, title, lines, scale, scope)
    return rb.Example(
        title,
        scale.id,
        units,
        int(number(first_token(period), scope)) if period is not None else None,
        constant(expression(tolerance.children[0], scope)) or Fraction(0) if tolerance is not None else Fraction(0),
        span=span_of(node),
    )


_PARTS = ("of_scale", "period", "tolerance", "population")


def _scale(
    node: Node, written: Node | None, scopes: dict[str, tuple[rb.Scale, Scope]], findings: Findings
) -> tuple[rb.Scale, Scope] | None:
    if written is None:
        if len(scopes) == 1:
            return next(iter(scopes.values()))
        findings.tell("TD149", node, scales=suggest("", list(scopes)))
        return None
    token = first_token(written)
    for scale_id, found in scopes.items():
        if toneless(scale_id) == toneless(str(token)):
            return found
    findings.tell("TD123", token, scale=str(token), nearest=suggest(str(token), list(scopes)))
    return None


def _units(node: Node, title: str, lines: list[Node], scale: rb.Scale, scope: Scope) -> tuple[rb.ExampleUnit, ...]:
    units = []
    given: list[rb.Given] = []
    expected: list[rb.Expectation] = []
    for line in lines:
        if line.data == "unit_row":
            units.append(_unit_row(line, scale, scope))
        elif line.data == "given":
            given.append(_given(tree(line.children[0]), scale, scope))
        else:
            expected.extend(_expectations(tree(line.children[0]), scope))
    if given or expected:
        units.insert(0, rb.ExampleUnit(title, tuple(given), tuple(expected), span=span_of(node)))
    for unit in units:
        if not unit.expected:
            scope.findings.tell("TD150", unit.span, unit=unit.name)
    if not units:
        scope.findings.tell("TD128", node)
    return tuple(units)


def _unit_row(node: Node, scale: rb.Scale, scope: Scope) -> rb.ExampleUnit:
    name, *parts = node.children
    given = tuple(_given(part, scale, scope) for part in map(tree, parts) if part.data == "assignment")
    expected = tuple(
        found for part in map(tree, parts) if part.data == "expectations" for found in _expectations(part, scope)
    )
    return rb.ExampleUnit(str(name), given, expected, span=span_of(node))


def _given(node: Node, scale: rb.Scale, scope: Scope) -> rb.Given:
    target, _, value = node.children
    target = tree(target)
    token = first_token(target)
    layer = str(target.children[1]) if len(target.children) > 1 else ""
    if layer and fold(layer) not in {fold(name) for name in (scale.layers.names if scale.layers else ())}:
        scope.findings.tell("TD135", target, layer=layer)
    return rb.Given(_column(token, scale, scope), _value(tree(value), scope), layer, span=span_of(node))


def _column(token: Token, scale: rb.Scale, scope: Scope) -> str:
    written = str(token)
    if token.type == "TOTAL_POINTS":
        return TOTAL_COLUMN
    if token.type == "DATUM":
        name = scope.data_keys.get(fold(written))
        if name in scale.data:
            return f"[{name}]"
        scope.findings.tell("TD134", token, name=f"[{written}]", nearest=suggest(written, list(scale.data)))
        return f"[{written}]"
    code, _, letter = written.rpartition(".")
    if written in scope.kinds or (code in scope.kinds and letter.isalpha()):
        return written
    if token.type == "COLUMN_DEF":
        return written
    scope.findings.tell("TD115", token, code=written, nearest=suggest(written, list(scope.kinds)))
    return written


def _value(node: Node, scope: Scope) -> rb.CellValue:
    first = node.children[0]
    if isinstance(first, Tree):
        return literal(first, scope)
    if first.type == "MARKS":
        return tuple(letter.strip() for letter in str(first).split(","))
    if first.type == "NONE_MET":
        return ()
    if first.type in _STATES:
        return _STATES[first.type]
    return literal(first, scope)


def literal(node: Node | Token, scope: Scope) -> rb.CellValue:
    """A number, ratio, date, text or yes/no as an example writes it."""
    span = span_of(node)
    if isinstance(node, Token):
        match node.type:
            case "TEXT":
                return rb.Text(str(node), span=span)
            case "DATE":
                return day(node, scope)
            case "PERCENT":
                return rb.Number(percent(node, scope), rb.Kind.RATIO, span=span)
            case "NUMBER":
                return rb.Number(number(node, scope), rb.Kind.NUMBER, span=span)
            case _:
                return rb.YesNo(node.type == "YES", span=span)
    sign = -1 if isinstance(node.children[0], Tree) else 1
    tokens = [child for child in node.children if isinstance(child, Token) and child.type in ("NUMBER", "PERCENT")]
    if node.data == "fraction":
        top, bottom = (number(token, scope) for token in tokens)
        if not bottom:
            scope.findings.tell("TD127", node)
            bottom = Fraction(1)
        return rb.Number(sign * top / bottom, rb.Kind.NUMBER, span=span)
    value = literal(tokens[0], scope)
    assert isinstance(value, rb.Number)
    return evolve(value, value=sign * value.value)


def _expectations(node: Node, scope: Scope) -> list[rb.Expectation]:
    return [_expectation(tree(child), scope) for child in node.children]


def _expectation(node: Node, scope: Scope) -> rb.Expectation:
    kind, span = str(node.data), span_of(node)
    last = node.children[-1]
    if kind in _AMOUNTS:
        return rb.Expectation(_AMOUNTS[kind], value=literal(last, scope), span=span)
    match kind:
        case "expect_item":
            token = next(child for child in node.children if isinstance(child, Token) and child.type == "CODE")
            return rb.Expectation(rb.Aspect.ITEM, scope.item(token) or str(token), _value(tree(last), scope), span=span)
        case "expect_bonus":
            form, title = node.children[:2]
            assert isinstance(form, Token) and isinstance(title, Token)
            key = f"{'+' if form.type == 'BONUS' else '-'}{title}"
            if key not in scope.bonuses:
                scope.findings.tell("TD139", title, title=str(title))
            return rb.Expectation(rb.Aspect.ITEM, key, literal(last, scope), span=span)
        case "expect_grade":
            assert isinstance(last, Token)
            return rb.Expectation(rb.Aspect.GRADE, scope.grade(last), span=span)
        case "expect_refused":
            return rb.Expectation(rb.Aspect.REFUSED, span=span)
        case "expect_ungraded":
            return rb.Expectation(rb.Aspect.UNGRADED, span=span)
        case _:
            return rb.Expectation(rb.Aspect.DIAGNOSTIC, str(last), span=span)
