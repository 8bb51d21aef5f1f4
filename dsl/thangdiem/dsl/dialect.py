"""How a dialect spells the terminals of the grammar: keyword tables read from dialects/*.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from attrs import field, frozen

from thangdiem.dsl.letters import toneless

DIALECTS = ("vi", "en")

_MARKER = re.compile(r"#\s*(?:ngôn ngữ|language)\s*:\s*(\S+)\s*$", re.IGNORECASE)


@frozen(eq=False)
class Phrase:
    """One spelling of the terminals that share it; ``index`` is its position among the spellings of each."""

    text: str
    terminals: tuple[tuple[str, int], ...]
    spaced: re.Pattern[str] | None


@frozen(eq=False)
class Dialect:
    """The spellings of one dialect: by terminal, and by first word for the lexer, longest first."""

    name: str
    spellings: Mapping[str, tuple[str, ...]]
    by_first_word: Mapping[str, tuple[Phrase, ...]]
    symbols: tuple[Phrase, ...]
    plural_of: Mapping[str, str]
    singular_of: Mapping[str, str]
    singular_after: frozenset[str]
    _toneless: dict[str, str] = field(factory=dict)

    def spell(self, terminal: str, index: int = 0) -> str:
        """The spelling of that position, or the canonical one where the dialect has fewer."""
        options = self.spellings[terminal]
        return options[index] if index < len(options) else options[0]

    def position(self, terminal: str, written: str) -> int:
        """Where a spelling stands among those of its terminal; a singular stands where its plural does."""
        options = self.spellings[terminal]
        plain = " ".join(written.lower().split())
        plural = self.plural_of.get(plain, plain)
        return options.index(plural if plural in options else plain)

    def toneless_phrases(self) -> Mapping[str, str]:
        """Every spelling without its marks, with the spelling itself: to recognise keywords typed without them."""
        if not self._toneless:
            for options in self.spellings.values():
                self._toneless.update((toneless(option), option) for option in options)
        return self._toneless


@cache
def dialect(name: str) -> Dialect:
    """The dialect of that name; its table is read once."""
    tables = tomllib.loads(files("thangdiem.dsl").joinpath("dialects", f"{name}.toml").read_text(encoding="utf-8"))
    plural_of = tables.pop("plurals", {})
    singular_after = frozenset(tables.pop("singular", {}).get("after", ()))
    spellings = {terminal: tuple(options) for table in tables.values() for terminal, options in table.items()}
    terminals: dict[str, list[tuple[str, int]]] = {}
    for terminal, options in spellings.items():
        for index, option in enumerate(options):
            terminals.setdefault(option, []).append((terminal, index))
    by_first_word: dict[str, list[Phrase]] = {}
    symbols = []
    for text in sorted(terminals, key=len, reverse=True):
        words = text.split(" ")
        spaced = re.compile(" +".join(map(re.escape, words))) if len(words) > 1 else None
        phrase = Phrase(text, tuple(terminals[text]), spaced)
        first = _FIRST_WORD.match(text)
        if first:
            by_first_word.setdefault(first.group(), []).append(phrase)
        else:
            symbols.append(phrase)
    return Dialect(
        name,
        spellings,
        {word: tuple(found) for word, found in by_first_word.items()},
        tuple(symbols),
        plural_of,
        {plural: singular for singular, plural in plural_of.items()},
        singular_after,
    )


_FIRST_WORD = re.compile(r"\w+")


def declared_dialect(text: str) -> tuple[str | None, int, int]:
    """The dialect a file names in a comment before its first line (``# ngôn ngữ: en``), and where it says so."""
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            break
        if found := _MARKER.match(stripped):
            begin = start + line.index(found.group(1), line.index("#"))
            return found.group(1).casefold(), begin, begin + len(found.group(1))
        start += len(line)
    return None, 0, 0


def looks_english(text: str) -> bool:
    """Whether the first line that is no comment begins with an English document keyword."""
    english = dialect("en")
    heads = english.spellings["DOCUMENT"] + english.spellings["CRITERIA"]
    for line in text.splitlines():
        stripped = line.strip().casefold()
        if stripped and not stripped.startswith("#"):
            return any(stripped.startswith(head) and not stripped[len(head) :][:1].isalpha() for head in heads)
    return False
