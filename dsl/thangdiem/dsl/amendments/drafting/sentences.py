"""The words of an order of amendment in a dialect: passages, lines and figures in, its sentence out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen
from lark import Token

from thangdiem.dsl.amendments.locating import band_rows, words_of
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.passages import Passage, Row
from thangdiem.dsl.printer import row_text
from thangdiem.dsl.respelling import Respelling

MAXIMUM, WEIGHT, AT_MOST, AT_LEAST, THRESHOLD, NUMBER = range(6)
"""Where the names of the figures stand among the spellings of FIGURE."""

_LINE, _LEVEL, _STEP, _CASE, _CONDITION = range(5)
_ROWS = {"choose": _LEVEL, "steps": _STEP, "cases": _CASE, "best": _CASE, "grades": _CONDITION}


@frozen
class Sentences:
    """How orders are written in a dialect; ``scales`` where the text has several, so that they must be named."""

    dialect: str
    scales: bool

    def spell(self, terminal: str, index: int = 0) -> str:
        """A keyword of the dialect."""
        return dialect(self.dialect).spell(terminal, index)

    def order(self, *words: str) -> str:
        """Words as a sentence: they begin with a capital letter."""
        text = " ".join(word for word in words if word)
        return f"{text[0].upper()}{text[1:]}"

    def tokens(self, tokens: Sequence[Token], row: Row) -> str:
        """Some tokens of a row, as the dialect writes them."""
        return row_text(tokens, Respelling(dialect(row.dialect), dialect(self.dialect)), row.source.text)

    # --- addresses

    def of_scale(self, scale: str) -> str:
        """``của cấp-tỉnh``, where there are several scales."""
        return f"{self.spell('OF')} {scale}" if self.scales else ""

    def node(self, head: Passage, scale: str) -> str:
        """``chỉ số 1``, ``điểm thưởng "Giải thưởng"`` or ``thang điểm cấp-tỉnh``, with the scale it is of."""
        return " ".join(filter(None, (self._named(head), "" if head.name == "scale" else self.of_scale(scale))))

    def _named(self, head: Passage) -> str:
        tokens = head.head.tokens[:2]
        written = self.tokens(tokens, head.head)
        return f"{written[0].lower()}{written[1:]}"

    def within(self, head: Passage, scale: str) -> str:
        """``của chỉ số 1``, ``của cấp-tỉnh``: what a line stands in."""
        return f"{self.spell('OF')} {scale if head.name == 'scale' else self.node(head, scale)}"

    def line(self, passage: Passage, place: int, head: Passage, scale: str, beside: Sequence[str]) -> str:
        """A line by its opening words, among those beside it; nothing where it has none that can be quoted."""
        row = passage.rows[place]
        inside = self.within(head, scale)
        if passage.name == "grades" and place:
            if band_rows(row):
                grade = self.tokens([token for token in row.tokens if token.type == "GRADE_NAME"][:1], row)
                return f"{self.spell('GRADE')} {grade} {inside}"
        elif place and row.tokens[0].type == "LETTER":
            return f"{self.spell('MARK')} {row.tokens[0]} {inside}"
        elif passage.name == "data_field":
            return f"{self.spell('DATA')} {self.tokens(row.tokens[1:2], row)} {inside}"
        opening = self._opening(row, beside)
        word = self.spell("LINE", _ROWS.get(passage.name, _LINE) if place else _LINE)
        return f'{word} "{opening}" {inside}' if opening else ""

    def _opening(self, row: Row, beside: Sequence[str]) -> str:
        """What a line is known by: its words up to a colon, equals sign or ``khi`` if none begins alike; else all."""
        words = words_of(row, self.dialect).split('"')[0].rstrip(" :")
        short = re.split(rf":|(?<= =)|(?<= {self.spell('WHEN')})(?= )", words)[0].strip()
        alike = [each for each in beside if each.lstrip("-– ").casefold().startswith(short.casefold())]
        return short if len(alike) == 1 else words

    def grades(self, head: Passage, scale: str) -> str:
        """``xếp loại của cấp-tỉnh``."""
        return f"{self.spell('THE_GRADES')} {self.within(head, scale)}"

    # --- orders

    def figure(self, form: int, where: str, old: str, fresh: str) -> str:
        """One figure is changed, the former one stated; where there was none, that it was not stated."""
        stated = old or self.spell("UNWRITTEN")
        changed = (self.spell("FROM"), stated, self.spell("CHANGED_TO"), fresh)
        return self.order(self.spell("AMEND", 1), self.spell("FIGURE", form), self._of(form, where), *changed)

    def _of(self, form: int, where: str) -> str:
        return f"{self.spell('OF')} {where}" if self.dialect == "en" else where

    def edge(self, grades: tuple[str, str], inside: str, old: str, fresh: str) -> str:
        """The edge between two grades is moved."""
        one, other = (f"{self.spell('GRADE')} {grade}" for grade in grades)
        between = (self.spell("BETWEEN"), one, self.spell("AND"), other, inside)
        changed = (self.spell("FROM"), old, self.spell("CHANGED_TO"), fresh)
        return self.order(self.spell("AMEND", 1), self.spell("THRESHOLD"), *between, *changed)

    def phrase(self, old: str, fresh: str, where: str, count: int) -> str:
        """Words are replaced, as often as they stand there."""
        times = f"({count} {self.spell('TIMES_COUNTED')})"
        words = (self.spell("REPLACE_PHRASE"), f'"{old}"', self.spell("WITH"), f'"{fresh}"')
        return self.order(*words, self.spell("AT"), where, times)

    def repeal(self, *where: str) -> str:
        """What stands there goes."""
        return self.order(self.spell("REPEAL"), ", ".join(where))

    def insert(self, terminal: str, where: str, content: Sequence[str]) -> str:
        """Lines come after, before or at the end of what is named."""
        return "\n".join((self.order(self.spell(terminal), where), *content))

    def replace(self, where: str, content: Sequence[str]) -> str:
        """Lines come in the place of what is named."""
        return "\n".join((self.order(self.spell("AMEND"), f"{where}:"), *content))

    def regrade(self, where: str, content: Sequence[str]) -> str:
        """Other grades."""
        return "\n".join((self.order(self.spell("AMEND", 1), where), *content))

    def renew(self, head: Row, scale: str, content: Sequence[str]) -> str:
        """A node, or a datum, comes in the place of that of its name."""
        return "\n".join((self.order(self.spell("AMEND"), self._with_scale(head, scale)), *content))

    def _with_scale(self, head: Row, scale: str) -> str:
        """The first line of a node with its scale named before the colon."""
        written = head.text(self.dialect)
        inside = self.of_scale(scale)
        if head.tokens[0].type == "_SCALE" or not inside:
            return written
        name = next(place for place, token in enumerate(head.tokens) if token.type in ("TEXT", "DATUM"))
        into = any(token.type == "_INTO" for token in head.tokens[name + 1 : name + 2])
        named = len(self.tokens(head.tokens[: name + (4 if into else 1)], head))
        return f"{written[:named]} {inside}{written[named:]}"

    def renumber(self, codes: Sequence[tuple[str, str]], scale: str) -> str:
        """Items are given other numbers, all at once."""
        changes = ", ".join(f"{old} {self.spell('CHANGED_TO')} {fresh}" for old, fresh in codes)
        return self.order(self.spell("RENUMBER"), changes, self.of_scale(scale))

    def move(self, item: Passage, scale: str, target: Passage, code: str) -> str:
        """An item goes below another, or to the top of the scale, under another number."""
        what = (self.spell("MOVE"), self.node(item, scale), self.spell("INTO_PLACE"), self._named(target))
        return self.order(*what, self.spell("CHANGED_TO"), code)

    def drop(self) -> str:
        """What is not repeated goes."""
        return self.order(self.spell("DROP_REST"))

    def keep(self) -> str:
        """What is not repeated stays."""
        return self.order(self.spell("KEEP_REST"))
