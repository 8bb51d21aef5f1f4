"""What is explained: a unit's result with the rulebook it follows, ready to be quoted and put into words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from textwrap import dedent

from attrs import frozen

from thangdiem.dsl.diagnostic import Language
from thangdiem.dsl.rulebook import Bonus, Item, PointsForm, Rulebook, Scale, Span
from thangdiem.engine.explanation.phrases import Phrases, phrases
from thangdiem.engine.explanation.wording import Wording
from thangdiem.engine.facts import MISSING, Fact, Origin
from thangdiem.engine.result import ItemResult, Results, UnitResult
from thangdiem.engine.trace import Trace

_BULLET = re.compile(r"\A[-–•+]\s+")
_LONGEST_QUOTE = 2000  # characters of a rule that are quoted before the rest is left to the file


@frozen
class Subject:
    """A unit of the results, the language it is explained in, and everything looked up on the way."""

    results: Results
    unit: UnitResult
    language: Language

    @property
    def book(self) -> Rulebook:
        """The rules followed."""
        return self.results.book

    @property
    def scale(self) -> Scale:
        """The scale followed."""
        return self.results.scale

    @property
    def trace(self) -> Trace:
        """Every step of the unit; asked for only where the unit has one."""
        assert self.unit.trace is not None
        return self.unit.trace

    @cached_property
    def words(self) -> Phrases:
        """The phrases of the language."""
        return phrases(self.language)

    @cached_property
    def wording(self) -> Wording:
        """How values are written in the language."""
        return Wording(self.language)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item of the scale by code."""
        return {item.code: item for item in self.scale.walk()}

    @cached_property
    def bonuses(self) -> Mapping[str, Bonus]:
        """Every bonus and deduction by key."""
        owned = [bonus for item in self.scale.walk() for bonus in item.bonuses]
        return {bonus.key: bonus for bonus in (*owned, *self.scale.bonuses)}

    @cached_property
    def item_results(self) -> Mapping[str, ItemResult]:
        """The result of every item by code."""
        return {item.code: item for item in self.unit.items}

    # --- the text of the rules

    def written(self, span: Span) -> str:
        """The stretch of the rule file, on one line, with the signs of print for the operators."""
        return re.sub(r"\s*\*\s*", " × ", " ".join(self.book.source.text[span.start : span.end].split()))

    def quoted(self, span: Span) -> str:
        """The whole lines that hold the stretch, without indentation and bullet; "" without a place."""
        if span.end <= span.start:
            return ""
        text = self.book.source.text
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        lines = text[start : end if end >= 0 else len(text)].rstrip()
        return _BULLET.sub("", dedent(lines)).strip()[:_LONGEST_QUOTE]

    def opening(self, span: Span) -> str:
        """The first line of a rule, which says what its rows are about."""
        return self.quoted(Span(span.start, min(span.end, self._line_end(span.start)))) if span.end else ""

    def place(self, span: Span) -> str:
        """The line of a stretch of the rules, whose file the head names."""
        if span.end <= span.start:
            return ""
        start = self.book.source.place(span.start, span.end).start
        line = start.line + 1 if start else 1
        return self.words("place_line", line=line)

    def _line_end(self, start: int) -> int:
        end = self.book.source.text.find("\n", start)
        return end if end >= 0 else len(self.book.source.text)

    # --- the data

    def fact(self, gap: str) -> Fact:
        """What is known of a datum in brackets, or of a code."""
        if gap.startswith("[") and gap.endswith("]"):
            return self.unit.facts.data.get(gap[1:-1], MISSING)
        return self.unit.facts.scores.get(gap, MISSING)

    def origin(self, origin: Origin | None) -> str:
        """Where a datum stands; "" where the data do not come from a file. The file only where not all are of one."""
        if origin is None or not (origin.file or origin.cell):
            return ""
        found = self._within_file(origin)
        if found and (self._one_data_file or not origin.file):
            return found
        return ", ".join(part for part in (origin.file, found) if part)

    def full_origin(self, origin: Origin | None) -> str:
        """The file with the sheet, cell or row, as the head of an explanation names it."""
        if origin is None:
            return ""
        return ", ".join(part for part in (origin.file, self._within_file(origin)) if part)

    def _within_file(self, origin: Origin) -> str:
        if origin.cell and origin.sheet:
            return self.words("place_sheet_cell", sheet=origin.sheet, cell=origin.cell)
        if origin.cell:
            return self.words("place_cell", cell=origin.cell)
        return self.words("place_row", row=origin.row) if origin.row else ""

    @cached_property
    def _one_data_file(self) -> bool:
        """Whether the head names the one file that all data of the unit come from."""
        facts = self.unit.facts
        layers = [fact for by_layer in facts.layers.values() for fact in by_layer.values()]
        known = [*facts.data.values(), *facts.scores.values(), *facts.columns.values(), *layers]
        files = {fact.origin.file for fact in known if fact.origin is not None}
        return facts.origin is not None and files <= {facts.origin.file}

    # --- names

    def heading(self, item: Item) -> str:
        """The item as the text calls it: kind, code and title."""
        kind = item.kind_word[:1].upper() + item.kind_word[1:]
        return f"{kind} {item.code} “{item.title}”" if item.title else f"{kind} {item.code}"

    def short(self, code: str) -> str:
        """The item's kind and code, as in "chỉ số 1.2"."""
        item = self.items.get(code)
        return f"{item.kind_word} {code}" if item else code

    def in_points(self, code: str) -> bool:
        """Whether an item is scored in points rather than in a plain value."""
        item = self.items.get(code)
        return item is None or item.points.form is not PointsForm.VALUE
