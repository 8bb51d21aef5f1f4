"""The text of a straight-line function being written: lines, names, branches, and the tape of what it computes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from attrs import define, field, frozen

from thangdiem.dsl.rulebook import Span


class Unsupported(Exception):
    """The rule holds something that only the plain interpreter does."""


@frozen
class Entry:
    """One value on the tape: what it is of, and where the rule says so; ``scale`` divides a numerator."""

    kind: str
    of: str
    name: str
    denominator: int | str
    span: Span


@define
class Program:
    """Lines of code, indented as they nest."""

    prelude: list[str] = field(factory=list)
    lines: list[str] = field(factory=list)
    depth: int = 1
    count: int = 0
    entries: list[Entry] = field(factory=list)
    branch_names: list[str] = field(factory=list)
    constants: dict[str, object] = field(factory=dict)

    def fresh(self) -> str:
        """A name no other line uses."""
        self.count += 1
        return f"v{self.count}"

    def write(self, line: str) -> None:
        """Adds a line at the present depth."""
        self.lines.append(f"{' ' * self.depth}{line}")

    def keep(self, code: str) -> str:
        """Writes a value under a fresh name."""
        name = self.fresh()
        self.write(f"{name}={code}")
        if self.depth > 1:
            self.branch_names.append(name)
        return name

    def constant(self, value: object) -> str:
        """A name for an object the code refers to; nothing of the rule's text is ever written into code."""
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def note(self, kind: str, of: str, name: str, denominator: int | str, span: Span) -> None:
        """Puts a value on the tape."""
        self.entries.append(Entry(kind, of, name, denominator, span))

    @contextmanager
    def inside(self, head: str) -> Iterator[None]:
        """The lines of a branch."""
        self.write(head)
        self.depth += 1
        before = len(self.lines)
        yield
        if len(self.lines) == before:
            self.write("pass")
        self.depth -= 1
