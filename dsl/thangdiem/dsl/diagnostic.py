"""What is wrong and where, as data: every printer (terminal, JSON, editor, page) shows the same object."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Literal

from attrs import evolve, field, frozen

from thangdiem.dsl.numerals import write_number

Language = Literal["vi", "en"]
NOTHING_NEAR = "–"
"""For ``nearest``: there is nothing that could be meant, and so no hint asks whether it is."""
MOST_QUOTED = 5_000
"""So many characters of a text are quoted in a message, at most."""

_SENTENCES = re.compile(r"[^?]+\?? *")


class Severity(Enum):
    """How much it matters: an error stops the work, a warning asks for a decision, a hint is a remark."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@frozen
class Position:
    """A point in a text file as it was read: line and column from 0, in characters and in UTF-16 units."""

    line: int
    column: int
    utf16: int


@frozen
class Place:
    """A stretch of a text file, or a cell of a table, with the lines needed to show it."""

    file: str
    start: Position | None = None
    end: Position | None = None
    line_text: str = ""
    sheet: str | None = None
    cell: str | None = None


@frozen
class Related:
    """Another place involved, with the catalogue key of its label (for example ``declared-here``)."""

    place: Place
    label: str
    arguments: Mapping[str, object] = field(factory=dict)


@frozen
class Diagnostic:
    """One finding: a stable code, the arguments of its message, its place and every other place involved."""

    code: str
    arguments: Mapping[str, object] = field(factory=dict)
    place: Place | None = None
    related: tuple[Related, ...] = ()
    breadcrumb: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity the catalogue gives this code."""
        return Severity(entry(self.code)["severity"])

    def message(self, language: Language) -> str:
        """One sentence that says what is wrong, in the user's own words."""
        return fill(entry(self.code)[language], self.arguments, language)

    def hint(self, language: Language) -> str:
        """What to do about it; empty where the message already says it."""
        template = entry(self.code).get(f"hint_{language}", "")
        if self.arguments.get("nearest") == NOTHING_NEAR:
            template = "".join(part for part in _SENTENCES.findall(template) if "{nearest}" not in part)
        return fill(template, self.arguments, language)

    def within(self, breadcrumb: Iterable[str]) -> Diagnostic:
        """The same finding, told to stand inside the named items."""
        return evolve(self, breadcrumb=tuple(breadcrumb))


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every diagnostic code with its severity, message and hint in both languages, and every label."""
    entries: dict[str, Mapping[str, str]] = {}
    for text in _parts():
        for code, values in _entries(text).items():
            if code in entries:
                raise ValueError(f"{code} stands twice in the catalogue")
            entries[code] = values
    return entries


@cache
def _parts() -> tuple[str, ...]:
    """The texts of the catalogue's files."""
    folder = sorted(files("thangdiem.dsl").joinpath("catalogue").iterdir(), key=lambda path: path.name)
    return tuple(part.read_text(encoding="utf-8") for part in folder if part.name.endswith(".toml"))


@cache
def _entries(text: str) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(text)


@cache
def entry(code: str) -> Mapping[str, str]:
    """The catalogue's entry of a code; a code that is not in the catalogue is a bug of ours.

    Only the file that holds it is read through: most runs need one or two codes.
    """
    for text in _parts():
        if f"\n[{code}]\n" in f"\n{text}":
            return _entries(text)[code]
    raise KeyError(code)


def fill(template: str, arguments: Mapping[str, object], language: Language) -> str:
    """A message with its arguments put in; numbers take the language's own form."""
    return template.format_map({key: _shown(value, language) for key, value in arguments.items()})


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding is an error."""
    return any(found.severity is Severity.ERROR for found in diagnostics)


def _shown(value: object, language: Language) -> str:
    match value:
        case bool():
            return {"vi": ("không", "có"), "en": ("no", "yes")}[language][value]
        case int() | Fraction():
            return write_number(Fraction(value), language)
        case _:
            text = str(value)
            return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"
