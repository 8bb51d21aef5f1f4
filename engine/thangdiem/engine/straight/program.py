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
    """One value on the tape: what it is of, and where the rule says so.

    ``kind`` is datum, name, item, bonus, total, arithmetic, round or branch; ``owner`` is the node a name belongs to.
    ``denominator`` divides the value kept under ``name``; 0: the value is kept as it is.
    """

    kind: str
    of: str
    name: str
    denominator: int | str
    span: Span
    owner: str = ""


@define
class Program:
    """Lines of code, indented as they nest; nothing of the rule's text is ever among them."""

    prelude: list[str] = field(factory=list)
    lines: list[tuple[str, bool]] = field(factory=list)
    """Each line, and whether only the tape needs it."""
    depth: int = 1
    count: int = 0
    entries: list[Entry] = field(factory=list)
    branch_names: dict[str, None] = field(factory=dict)
    constants: dict[str, object] = field(factory=dict)
    given: dict[str, str] = field(factory=dict)
    """The name of every value that is given, by its key."""

    def fresh(self) -> str:
        """A name no other line uses."""
        self.count += 1
        return f"v{self.count}"

    def write(self, line: str, *, tape: bool = False) -> None:
        """Adds a line at the present depth."""
        self.lines.append((f"{' ' * self.depth}{line}", tape))

    def keep(self, code: str) -> str:
        """Writes a value under a fresh name."""
        name = self.fresh()
        self.write(f"{name}={code}")
        if self.depth > 1:
            self.branch_names[name] = None
        return name

    def constant(self, value: object) -> str:
        """A name for an object the code refers to."""
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def note(self, kind: str, of: str, name: str, denominator: int | str, span: Span, owner: str = "") -> None:
        """Puts a value on the tape."""
        self.entries.append(Entry(kind, of, name, denominator, span, owner))

    @contextmanager
    def inside(self, head: str) -> Iterator[None]:
        """The lines of a branch."""
        self.write(head)
        self.depth += 1
        yield
        self.depth -= 1
