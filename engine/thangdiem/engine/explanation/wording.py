"""Values in words: numbers, dates, texts and roundings in, what a reader of the language expects out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.diagnostic import Language
from thangdiem.dsl.numerals import write_approximate, write_date, write_number, write_percent
from thangdiem.engine.explanation.phrases import phrases
from thangdiem.engine.trace import Value
from thangdiem.engine.unrounded import Unrounded

_LONGEST_EXACT = 200  # characters of a quotient that are still shown; a reader can do nothing with more


@frozen
class Wording:
    """How values are written in a language."""

    language: Language

    def number(self, value: Fraction) -> str:
        """The exact number: `1.234,5`, or `2/3` where it is no decimal."""
        return write_number(value, self.language).replace("-", "−")

    def operand(self, value: Fraction) -> str:
        """The exact number as part of a formula: in brackets where it is a quotient or negative."""
        shown = self.number(value)
        return f"({shown})" if "/" in shown or value < 0 else shown

    def percent(self, value: Fraction) -> str:
        """The exact share: `62,5%`, or `2/3` where it is no decimal."""
        return write_percent(value, self.language).replace("-", "−")

    def approximate(self, value: Fraction, percent: bool = False) -> str:
        """The number to six decimal places, to be shown only after ≈."""
        if percent:
            return write_approximate(value * 100, self.language, 4).replace("-", "−") + "%"
        return write_approximate(value, self.language).replace("-", "−")

    def result(self, value: Fraction, unit: str = "", percent: bool = False) -> str:
        """What comes after an equals sign: `5 điểm`, or `20/3 ≈ 6,666667 điểm`."""
        shown = self.percent(value) if percent else self.number(value)
        if "/" in shown:
            shown = f"{shown if len(shown) <= _LONGEST_EXACT else '…'} ≈ {self.approximate(value, percent)}"
        return f"{shown} {unit}" if unit else shown

    def figure(self, value: Fraction) -> str:
        """A number standing alone: `5`, or `20/3 (≈ 6,666667)`."""
        shown = self.number(value)
        return f"{shown} (≈ {self.approximate(value)})" if "/" in shown else shown

    def share(self, value: Fraction) -> str:
        """A share standing alone: `80%`, or `2/3 (≈ 66,6667%)`."""
        shown = self.percent(value)
        return f"{shown} (≈ {self.approximate(value, percent=True)})" if "/" in shown else shown

    def percentage_points(self, value: Fraction) -> str:
        """The difference of two shares: `5 điểm phần trăm`, never a percentage of either."""
        return f"{self.figure(value * 100)} {phrases(self.language)('percentage_points')}"

    def points(self, value: Fraction) -> str:
        """Points standing alone: `5 điểm`, or `20/3 điểm (≈ 6,666667)`."""
        unit = phrases(self.language)("points")
        shown = self.number(value)
        approximately = f" (≈ {self.approximate(value)})" if "/" in shown else ""
        return f"{shown} {unit}{approximately}"

    def signed(self, value: Fraction) -> str:
        """A number to be added or taken off, with its sign: `+5`, `−2`."""
        return f"+{self.figure(value)}" if value > 0 else self.figure(value)

    def between(self, low: Fraction | None, high: Fraction | None) -> str:
        """A stretch of numbers, either end perhaps open."""
        words = phrases(self.language)
        ends = [words("unlimited") if end is None else self.figure(end) for end in (low, high)]
        return ends[0] if low is not None and low == high else words("between", low=ends[0], high=ends[1])

    def shown(self, value: Value, percent: bool = False) -> str:
        """Any value: numbers exactly, dates and yes/no in the language's form, texts in quotes."""
        match value:
            case bool():
                return phrases(self.language)("yes" if value else "no")
            case Fraction():
                return self.percent(value) if percent else self.number(value)
            case date():
                return write_date(value, self.language)
            case str():
                return f"“{value}”"
            case tuple():
                return ", ".join(value)
            case Unrounded():
                return self.unrounded(value)

    def unrounded(self, value: Unrounded) -> str:
        """The first digits of a value that is no fraction."""
        return write_number(Fraction(value.approximately()), self.language, grouping=False).replace("-", "−")
