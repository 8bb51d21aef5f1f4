"""The text of a source file in; its mutants out, each with one operator, constant, statement or element another."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from assurance.mutants.mutant import Mutant
from assurance.mutants.places import Places, Where

Change = tuple[ast.AST | tuple[int, int], str, str]
"""What is replaced, by what, and the name of the operator."""

COMPARISONS: dict[type[ast.cmpop], tuple[str, ...]] = {
    ast.Lt: ("<=", ">="),
    ast.LtE: ("<", ">"),
    ast.Gt: (">=", "<="),
    ast.GtE: (">", "<"),
    ast.Eq: ("!=",),
    ast.NotEq: ("==",),
    ast.Is: ("is not",),
    ast.IsNot: ("is",),
    ast.In: ("not in",),
    ast.NotIn: ("in",),
}
ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "/",
    ast.Mod: "*",
    ast.Pow: "*",
    ast.BitOr: "&",
    ast.BitAnd: "|",
    ast.LShift: ">>",
    ast.RShift: "<<",
}
OPPOSITES = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}
LOGIC = (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Constant)
"""Conditions that other operators change already."""


def mutants(file: str, text: str) -> Iterator[Mutant]:
    """Every mutant of a file, in the order of its places."""
    places = Places(text)
    for where in places.walk():
        for what, instead, operator in _changes(where, places):
            start, end = what if isinstance(what, tuple) else places.span(what)
            if text[start:end] != instead:
                yield Mutant(
                    file, start, end, instead, operator, where.function, where.lines, where.at_import, where.defines
                )


def _changes(where: Where, places: Places) -> Iterator[Change]:
    for operator in (_comparison, _arithmetic, _logic, _condition, _constant, _opposite, _returned, _deleted, _element):
        for what, instead in operator(where.node, places):
            yield what, instead, operator.__name__.lstrip("_")


Found = Iterator[tuple[ast.AST | tuple[int, int], str]]


def _comparison(node: ast.AST, places: Places) -> Found:
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        for operator, left, right in zip(node.ops, sides, sides[1:], strict=False):
            for other in COMPARISONS[type(operator)]:
                yield places.between(left, right), other


def _arithmetic(node: ast.AST, places: Places) -> Found:
    if isinstance(node, ast.BinOp) and not (_is_text(node.left) or _is_text(node.right)):
        if type(node.op) in ARITHMETIC:
            yield places.between(node.left, node.right), ARITHMETIC[type(node.op)]
    elif isinstance(node, ast.AugAssign) and type(node.op) in ARITHMETIC and not _is_text(node.value):
        yield places.between(node.target, node.value), f"{ARITHMETIC[type(node.op)]}="
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node, places.text_of(node.operand)


def _logic(node: ast.AST, places: Places) -> Found:
    if isinstance(node, ast.BoolOp):
        other = "or" if isinstance(node.op, ast.And) else "and"
        for left, right in zip(node.values, node.values[1:], strict=False):
            yield places.between(left, right), other
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, f"bool({places.text_of(node.operand)})"


def _condition(node: ast.AST, places: Places) -> Found:
    tests: list[ast.expr] = []
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        tests = [node.test]
    elif isinstance(node, ast.comprehension):
        tests = node.ifs
    elif isinstance(node, ast.match_case) and node.guard:
        tests = [node.guard]
    for test in tests:
        if not isinstance(test, LOGIC):
            yield test, f"(not ({places.text_of(test)}))"


def _constant(node: ast.AST, places: Places) -> Found:
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield node, str(not node.value)
    elif isinstance(node.value, int):
        yield node, str(node.value + 1)
        yield node, f"({node.value - 1})" if node.value == 0 else str(node.value - 1)


def _opposite(node: ast.AST, places: Places) -> Found:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OPPOSITES:
        yield node.func, OPPOSITES[node.func.id]


def _returned(node: ast.AST, places: Places) -> Found:
    if isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield node.value, "None"


def _deleted(node: ast.AST, places: Places) -> Found:
    match node:
        case ast.Break():
            yield node, "continue"
            yield node, "pass"
        case ast.Continue():
            yield node, "break"
            yield node, "pass"
        case ast.Raise() | ast.AugAssign() | ast.Delete() | ast.Return(value=None):
            yield node, "pass"
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Expr() | ast.Assign(targets=[ast.Attribute() | ast.Subscript(), *_]):
            yield node, "pass"
        case _:
            return


def _element(node: ast.AST, places: Places) -> Found:
    """One less in a tuple, list or set that is written out, of three or more."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        for each in node.elts if len(node.elts) > 2 else ():
            yield places.with_comma(each), ""


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))
