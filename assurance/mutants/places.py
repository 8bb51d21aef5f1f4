"""The text of a source file in; every node that may be mutated out, with where it stands and when it runs.

Left out: docstrings and annotations, ``if TYPE_CHECKING``, ``__all__``, imports, assertions (they narrow types), the
text of messages, and the size of a cache.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from attrs import evolve, frozen

SPEED_ONLY = {"maxsize"}
"""Arguments that change how long something takes, not what comes out."""
Placed = ast.stmt | ast.expr | ast.keyword | ast.arg | ast.pattern | ast.excepthandler | ast.alias
"""What the parser gives a place."""
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@frozen
class Where:
    """A node, with the function, the statement and the moment it belongs to."""

    node: ast.AST
    function: str = ""
    lines: range = range(0)
    at_import: bool = True
    defines: tuple[str, ...] = ()


@frozen(init=False)
class Places:
    """A file's syntax and the offsets of its lines."""

    text: str
    tree: ast.Module
    starts: tuple[int, ...]

    def __init__(self, text: str) -> None:
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        self.__attrs_init__(text, ast.parse(text), tuple(starts))

    def walk(self) -> Iterator[Where]:
        for statement in self.tree.body:
            yield from self._under(Where(statement))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """From where to where the node stands, in characters; what is in brackets without them."""
        assert isinstance(node, Placed), "what has no place is not mutated"
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def text_of(self, node: ast.AST) -> str:
        start, end = self.span(node)
        return self.text[start:end]

    def between(self, left: ast.AST, right: ast.AST) -> tuple[int, int]:
        """Where the operator between two operands stands, without the brackets and line ends around it."""
        start, end = self.span(left)[1], self.span(right)[0]
        found = self.text[start:end]
        before, after = len(found) - len(found.lstrip(" \n)")), len(found) - len(found.rstrip(" \n("))
        return start + before, end - after

    def with_comma(self, element: ast.AST) -> tuple[int, int]:
        """An element with the comma after it."""
        start, end = self.span(element)
        rest = self.text[end:]
        closing = rest.lstrip()[:1] == ","
        return start, end + rest.index(",") + 1 if closing else end

    def tables(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """The names that each assignment at the top of the module gives, and what it makes them of."""
        for statement in self.tree.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
                yield _defined(statement), self.text_of(statement.value)

    def _offset(self, line: int, column: int) -> int:
        """``ast`` counts columns in bytes."""
        start = self.starts[line - 1]
        row = self.text[start : self.starts[line] - 1]
        return start + (column if row.isascii() else len(row.encode()[:column].decode()))

    def _under(self, where: Where) -> Iterator[Where]:
        node = where.node
        if _left_out(node) or (where.at_import and isinstance(node, ast.Subscript)):
            return  # at import, what has square brackets is a type
        if isinstance(node, ast.stmt) and where.at_import:
            whole = where.lines or range(node.lineno, _end(node) + 1)
            where = evolve(where, lines=whole, defines=(*where.defines, *_defined(node)))
        elif isinstance(node, ast.stmt):
            where = evolve(where, lines=_head(node))
        yield where
        for name, child in ast.iter_fields(node):
            for each in child if isinstance(child, list) else [child]:
                if isinstance(each, ast.AST) and name not in {"annotation", "returns", "type_params"}:
                    yield from self._under(_inside(where, name, each))


def _inside(where: Where, field: str, child: ast.AST) -> Where:
    """Where a child stands: the body of a function runs when it is called, all else when what is around it runs."""
    node = where.node
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and field == "body":
        name = f"{where.function}.{node.name}" if where.function else node.name
        where = evolve(where, function=name, at_import=where.at_import and isinstance(node, ast.ClassDef))
        if not where.at_import:
            where = evolve(where, defines=())
    elif isinstance(node, ast.Lambda) and field == "body":
        where = evolve(where, at_import=False)
    return evolve(where, node=child)


def _left_out(node: ast.AST) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert | ast.JoinedStr | ast.arg):
        return True
    if isinstance(node, ast.keyword):
        return node.arg in SPEED_ONLY
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or "assert_never" in ast.unparse(node.value)
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _head(node: ast.stmt) -> range:
    """The lines of a statement; of a compound one, down to its first inner statement."""
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
    if isinstance(node, ast.Match):
        return range(first, _end(node.subject) + 1)
    if body := getattr(node, "body", None):
        return range(first, max(first + 1, body[0].lineno))
    return range(first, _end(node) + 1)


def _end(node: ast.stmt | ast.expr) -> int:
    assert node.end_lineno is not None, "it was parsed"
    return node.end_lineno


def _defined(node: ast.stmt) -> tuple[str, ...]:
    """The names that a statement at import gives a value to."""
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return (name,)
        case ast.Assign(targets=targets):
            return tuple(each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            return (name,)
        case _:
            return ()
