"""The text of a module in; its code out, in which every statement of a function notes that it is executed."""

from __future__ import annotations

import ast
import sys
from types import CodeType

from attrs import define, field

from assurance.mutants.mutant import ROOT

_NAME = "__executed__"
_MOST = 100_000


@define
class Probes:
    """One byte for each statement: 1 once it was executed."""

    places: list[tuple[str, int]] = field(factory=list)
    """The file and the line of each."""
    executed: bytearray = field(factory=lambda: bytearray(_MOST))

    def compile(self, file: str, text: str) -> CodeType:
        setattr(sys.modules["builtins"], _NAME, self.executed)
        tree = _Probing(self, file).visit(ast.parse(text))
        return compile(ast.fix_missing_locations(tree), str(ROOT / file), "exec", dont_inherit=True)

    def place(self, file: str, line: int) -> int:
        self.places.append((file, line))
        return len(self.places) - 1

    def forget(self) -> None:
        self.executed[:] = bytes(len(self.executed))

    def seen(self, executed: bytes) -> dict[str, list[int]]:
        """The lines by file."""
        found: dict[str, list[int]] = {}
        number = executed.find(1)
        while number >= 0:
            file, line = self.places[number]
            found.setdefault(file, []).append(line)
            number = executed.find(1, number + 1)
        return found


@define
class _Probing(ast.NodeTransformer):
    """Puts a probe before each statement inside functions."""

    probes: Probes
    file: str
    inside: int = 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.inside += 1
        self.generic_visit(node)
        self.inside -= 1
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if self.inside and not isinstance(node, ast.ClassDef):
            for part in ("body", "orelse", "finalbody"):
                statements = getattr(node, part, None)
                if isinstance(statements, list):
                    setattr(node, part, [each for one in statements for each in self._with_probe(one)])
        return node

    def _with_probe(self, statement: ast.stmt) -> list[ast.stmt]:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            return [statement]  # a docstring stays the first
        number = self.probes.place(self.file, statement.lineno)
        probe = ast.parse(f"{_NAME}[{number}] = 1").body[0]
        for each in ast.walk(probe):
            ast.copy_location(each, statement)
        return [probe, statement]
