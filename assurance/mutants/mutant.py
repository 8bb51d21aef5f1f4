"""A place in a source file and what stands there instead: the mutant, and the line of it that a reader looks at."""

from __future__ import annotations

from pathlib import Path

from attrs import field, frozen

ROOT = Path(__file__).parents[2]


@frozen(order=True)
class Mutant:
    """One change of one file, in characters of its text."""

    file: str
    """From the root of the repository, with slashes."""
    start: int
    end: int
    instead: str
    operator: str
    function: str
    """The innermost function or class around it by its dotted name; empty at the top of a module."""
    lines: range = field(order=False)
    """The lines of the statement (of a compound one, of its head): who executes one of them executes the mutant. Of
    what runs at import, all of the function or class."""
    at_import: bool
    """Whether the place runs when the module is loaded, not when a function is called."""
    defines: tuple[str, ...] = ()
    """What a statement that runs at import gives a name to."""

    def text(self) -> str:
        return (ROOT / self.file).read_text(encoding="utf-8")

    def mutated(self, text: str) -> str:
        """The text of the file with the change; every line after it keeps its number."""
        lost = text[self.start : self.end].count("\n") - self.instead.count("\n")
        return text[: self.start] + self.instead + self._rest(text, lost)

    def line(self, text: str) -> int:
        return text.count("\n", 0, self.start) + 1

    def change(self, text: str) -> tuple[str, str]:
        """The line before and after."""
        number = self.line(text) - 1
        return text.split("\n")[number].strip(), self.mutated(text).split("\n")[number].strip()

    def _rest(self, text: str, lost: int) -> str:
        """Lines that went with what was replaced are put back empty at the end of the line."""
        if lost <= 0:
            return text[self.end :]
        end = text.find("\n", self.end)
        end = len(text) if end < 0 else end
        return text[self.end : end] + "\n" * lost + text[end:]
