"""How one token is written: a token of one dialect in, its canonical text in the same or the other out."""

from __future__ import annotations

import re

from attrs import frozen
from lark import Token

from thangdiem.dsl.dialect import Dialect
from thangdiem.dsl.numerals import NumeralError, read_date, read_number, write_date

_SWAPPED_SEPARATORS = str.maketrans(".,", ",.")
_DIGITS = re.compile(r"[0-9]+")
_DASHES = ("MINUS", "_MINUS", "_BULLET")


@frozen
class Respelling:
    """From the dialect a file is written in to the one it is to be written in, perhaps the same."""

    source: Dialect
    target: Dialect

    def write(self, token: Token, before: Token | None, text: str) -> str:
        """The token as the target writes it; ``before`` decides a singular, ``text`` holds what was written.

        Raises NumeralError where a number or date that is none would have to be translated.
        """
        match token.type:
            case "TEXT":
                return f'"{token}"'
            case "DATUM":
                return f"[{token}]"
            case "NUMBER":
                return self._number(token)
            case "PERCENT":
                return f"{self._number(token)}%"
            case "DATE":
                return self._date(token)
            case "DAY_MONTH":
                return self._day_month(token)
            case "LETTER":
                return f"{token})"
            case "MARKS":
                return ", ".join(mark.strip() for mark in token.split(","))
            case "DOCNO" | "CODE":
                return str(token)
            case _ if token.type in _DASHES:
                return "-"
            case _:
                written = text[token.start_pos : token.end_pos].rstrip()
                terminal = token.type.removeprefix("_")
                if terminal not in self.source.spellings:
                    return written
                return self._keyword(terminal, written, before)

    def _keyword(self, terminal: str, written: str, before: Token | None) -> str:
        spelled = self.target.spell(terminal, self.source.position(terminal, written))
        if before is not None and self._spelled(before) in self.target.singular_after:
            spelled = self.target.singular_of.get(spelled, spelled)
        return spelled[0].upper() + spelled[1:] if written[0].isupper() else spelled

    def _spelled(self, token: Token) -> str:
        terminal = token.type.removeprefix("_")
        if terminal not in self.source.spellings:
            return str(token)
        return self.target.spell(terminal, self.source.position(terminal, str(token)))

    def _translates(self) -> bool:
        return self.source is not self.target

    def _number(self, token: Token) -> str:
        if not self._translates():
            return str(token)
        # What is wrong here could be right, and another number, there.
        read_number(str(token), self.source.name)
        return token.translate(_SWAPPED_SEPARATORS)

    def _date(self, token: Token) -> str:
        try:
            return write_date(read_date(str(token), self.source.name), self.target.name)
        except NumeralError:
            if self._translates():
                raise
            return str(token)

    def _day_month(self, token: Token) -> str:
        first, second = (part.zfill(2) for part in _DIGITS.findall(token))
        if self._translates():
            first, second = second, first
        return f"{first}-{second}" if self.target.name == "en" else f"{first}/{second}"
