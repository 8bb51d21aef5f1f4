"""What is wrong with a data file, gathered with file, sheet and cell; at most a hundred come out."""

from __future__ import annotations

from attrs import define, field

from thangdiem.dsl.diagnostic import Diagnostic, Place, Position, Related, has_errors
from thangdiem.engine.tables.limits import MAX_FINDINGS


@define
class Findings:
    """The findings about one file, or one sheet of it, in the order they were met."""

    file: str
    sheet: str | None = None
    _found: list[Diagnostic] = field(factory=list)
    _left_out: int = 0

    def add(
        self,
        code: str,
        cell: str | None = None,
        *,
        position: Position | None = None,
        related: tuple[Related, ...] = (),
        **arguments: object,
    ) -> None:
        """Note a finding at a cell, or about the file; its message may use {file}, {sheet}, {cell}."""
        if len(self._found) >= MAX_FINDINGS:
            self._left_out += 1
            return
        where = {"file": self.file, "sheet": self.sheet or "", "cell": cell or ""}
        place = self.place(cell, position)
        self._found.append(Diagnostic(code, where | arguments, place, related))

    def place(self, cell: str | None = None, position: Position | None = None) -> Place:
        """The place of a cell, or of the whole file or sheet."""
        return Place(self.file, position, position, sheet=self.sheet, cell=cell)

    def take(self, other: Findings) -> None:
        """Put what was found about a sheet behind what was found about its file."""
        self._found += other._found
        self._left_out += other._left_out

    @property
    def refused(self) -> bool:
        """Whether any finding is an error."""
        return has_errors(self._found)

    def all(self) -> tuple[Diagnostic, ...]:
        """Every finding, and how many more there were."""
        if not self._left_out:
            return tuple(self._found)
        more = Diagnostic("TD417", {"file": self.file, "count": self._left_out}, Place(self.file))
        return (*self._found, more)
