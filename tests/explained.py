"""What the tests of explanations share: rule files scored, and a calculator for what is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Decimal,
)
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.parser import parse
from thangdiem.dsl.resolver import resolve
from thangdiem.dsl.source import source_of
from thangdiem.engine.explanation import Explanation
from thangdiem.engine.facts import Fact, Origin, UnitFacts
from thangdiem.engine.result import Mode, Results


@frozen
class Rules:
    """A rulebook and the scale of it that is followed."""

    book: rb.Rulebook
    scale: rb.Scale


def book_of(text: str, name: str = "quy-tac.rubric") -> rb.Rulebook:
    """The rulebook of a rule file's text; it must have no errors."""
    syntax, found = parse(source_of(text, name))
    assert syntax is not None, found
    book, diagnostics = resolve(syntax)
    assert book is not None, diagnostics
    return book


def fact_of(value: rb.CellValue, row: int, column: int) -> Fact:
    """A fact as a data file would give it, in a cell of its own."""
    cell = f"{chr(64 + column % 26)}{row}"
    origin = Origin("so-lieu.xlsx", "Nhập", row, column, cell)
    match value:
        case rb.Number():
            return Fact(rb.State.VALUE, value.value, origin=origin)
        case rb.Text():
            return Fact(rb.State.VALUE, value.value, value.value, origin)
        case rb.YesNo():
            return Fact(rb.State.VALUE, value.value, origin=origin)
        case rb.Day():
            assert value.year is not None
            return Fact(rb.State.VALUE, date(value.year, value.month, value.day), origin=origin)
        case rb.State():
            return Fact(value, origin=origin)
        case tuple():
            return Fact(rb.State.VALUE, value, origin=origin)


def facts_of(unit: rb.ExampleUnit, scale: rb.Scale, row: int, changes: Mapping[str, rb.CellValue | None]) -> UnitFacts:
    """The facts of an example's unit; ``changes`` replaces values, None leaves them out."""
    given: dict[str, rb.CellValue | None] = {each.column: each.value for each in unit.given}
    given.update(changes)
    data: dict[str, Fact] = {}
    scores: dict[str, Fact] = {}
    total = None
    for column, (key, value) in enumerate(given.items(), start=2):
        if value is None:
            continue
        fact = fact_of(value, row, column)
        if key.startswith("["):
            data[key[1:-1]] = fact
        elif key in {item.code for item in scale.walk()}:
            scores[key] = fact
        elif key.lower().startswith("tổng"):
            total = fact
        else:
            data[key] = fact
    return UnitFacts(
        unit.name,
        scale.id,
        data,
        scores,
        total=total,
        origin=Origin("so-lieu.xlsx", "Nhập", row, 1, f"A{row}"),
    )


def scored(
    text: str,
    example: int = 0,
    mode: Mode = Mode.FINAL,
    variants: Mapping[str, Mapping[str, rb.CellValue | None]] | None = None,
) -> Results:
    """An example of a rule file, scored; ``variants`` are units that differ from its first by some data."""
    from attrs import evolve

    from thangdiem.engine.evaluator import evaluate_all

    book = book_of(text)
    chosen = book.examples[example]
    scale = next(scale for scale in book.scales if scale.id == chosen.scale)
    units = [facts_of(unit, scale, row, {}) for row, unit in enumerate(chosen.units, start=2)]
    for row, (name, changes) in enumerate((variants or {}).items(), start=2 + len(units)):
        units.append(facts_of(evolve(chosen.units[0], name=name), scale, row, changes))
    return evaluate_all(Rules(book, scale), units, mode, chosen.period)  # type: ignore[arg-type]


# --- a pocket calculator

_TOKEN = re.compile(r"\s*(?:(\d[\d.]*(?:,\d+)?)(%?)|([-+−×/^();])|([^\W\d_](?:[^\W\d_]| (?=[^\W\d_]))*))")
_TIES = {
    "nửa lên": ROUND_HALF_UP,
    "half up": ROUND_HALF_UP,
    "nửa xuống": ROUND_HALF_DOWN,
    "half down": ROUND_HALF_DOWN,
    "nửa chẵn": ROUND_HALF_EVEN,
    "half even": ROUND_HALF_EVEN,
    "lên": ROUND_CEILING,
    "up": ROUND_CEILING,
    "xuống": ROUND_FLOOR,
    "down": ROUND_FLOOR,
    "cắt bỏ": ROUND_DOWN,
    "truncate": ROUND_DOWN,
}


def _sum(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


_FUNCTIONS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    **dict.fromkeys(("nhỏ nhất", "thấp nhất", "least", "lowest"), min),
    **dict.fromkeys(("lớn nhất", "cao nhất", "greatest", "highest"), max),
    **dict.fromkeys(("tổng", "tổng các số âm", "tổng các số dương", "sum"), _sum),
    **dict.fromkeys(("sum of the negative", "sum of the positive"), _sum),
    **dict.fromkeys(("trung bình", "mean"), lambda values: _sum(values) / len(values)),
}
_ROUND = ("làm tròn", "round")
_UNITS = ("điểm", "ngày", "points", "days")


class Calculator:
    """Computes what a line shows, written from what a reader sees, without any code of the engine."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        position = 0
        text = text.strip()
        while position < len(text):
            found = _TOKEN.match(text, position)
            if found is None:
                raise ValueError(f"{text[position:]!r} in {text!r}")
            number, percent, sign, word = found.groups()
            if number:
                self.tokens.append(("%" if percent else "number", number))
            elif sign:
                self.tokens.append(("sign", sign.replace("-", "−")))
            elif word in _FUNCTIONS or word in _ROUND or word in _TIES:
                self.tokens.append(("word", word))
            elif word not in _UNITS:
                raise ValueError(f"{word!r} in {text!r}")
            position = found.end()

    def value(self) -> Fraction:
        """The value of the whole text."""
        value = self._sum()
        if self.tokens:
            raise ValueError(self.tokens)
        return value

    def _next(self, *signs: str) -> bool:
        return bool(self.tokens) and self.tokens[0][0] == "sign" and self.tokens[0][1] in signs

    def _take(self) -> str:
        return self.tokens.pop(0)[1]

    def _sum(self) -> Fraction:
        value = self._product()
        while self._next("+", "−"):
            value = value + self._product() if self._take() == "+" else value - self._product()
        return value

    def _product(self) -> Fraction:
        value = self._sign()
        while self._next("×", "/"):
            value = value * self._sign() if self._take() == "×" else value / self._sign()
        return value

    def _sign(self) -> Fraction:
        if self._next("−", "+"):
            return -self._sign() if self._take() == "−" else self._sign()
        return self._power()

    def _power(self) -> Fraction:
        value = self._atom()
        if self._next("^"):
            self._take()
            return Fraction(value ** self._sign())
        return value

    def _atom(self) -> Fraction:
        kind, text = self.tokens.pop(0)
        if kind in ("number", "%"):
            value = Fraction(text.replace(".", "").replace(",", "."))
            return value / 100 if kind == "%" else value
        if text == "(":
            value = self._sum()
            self._expect(")")
            return value
        if text in _ROUND:
            return self._rounding()
        self._expect("(")
        values = [self._sum()]
        while self._next(";"):
            self._take()
            values.append(self._sum())
        self._expect(")")
        return _FUNCTIONS[text](values)

    def _rounding(self) -> Fraction:
        self._expect("(")
        value = self._sum()
        self._expect(";")
        digits = int(self._take())
        self._expect(";")
        tie = _TIES[self._take()]
        self._expect(")")
        scaled = value * 10**digits
        whole = (Decimal(scaled.numerator) / Decimal(scaled.denominator)).quantize(Decimal(1), rounding=tie)
        return Fraction(int(whole)) / 10**digits

    def _expect(self, sign: str) -> None:
        found = self._take()
        assert found == sign, (found, sign)


def recomputed(line: str, language: str = "vi") -> list[tuple[Fraction, Fraction]]:
    """The two sides of every `=` of a line that a calculator can read; approximations apart."""
    text = re.sub(r"\s*\(?≈ −?\d[\d.,]*%?\)?", "", line)
    if language == "en":
        text = text.translate(str.maketrans(",.", ".,"))
    sides = [_computed(side) for side in text.split(" = ")]
    return [(one, other) for one, other in pairwise(sides) if one is not None and other is not None]


def _computed(side: str) -> Fraction | None:
    try:
        return Calculator(side).value()
    except (ValueError, IndexError, KeyError):
        return None


def calculations(explanation: Explanation) -> list[str]:
    """Every line of an explanation that a calculator may follow."""
    said = [*explanation.total, *explanation.grading]
    said.extend(statement for item in explanation.items for statement in item.statements)
    return [each.text.split(": ")[-1] for each in said if each.role in ("equation", "change", "conclusion")]
