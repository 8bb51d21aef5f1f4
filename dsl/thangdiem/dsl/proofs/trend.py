"""A datum and an expression or a method in; which way the value moves as the datum grows, all else the same, out."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import cast

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.extent import ZERO
from thangdiem.dsl.bounds.totals import extent
from thangdiem.dsl.checks.steps import along, read
from thangdiem.dsl.checks.survey import Ground
from thangdiem.dsl.proofs.reading import rests_on


class Trend(Enum):
    """Not at all, never down, never up, or it cannot be told."""

    NONE = "none"
    UP = "up"
    DOWN = "down"
    MIXED = "mixed"

    @property
    def turned(self) -> Trend:
        """The trend of the opposite."""
        return {Trend.UP: Trend.DOWN, Trend.DOWN: Trend.UP}.get(self, self)

    def after(self, inner: Trend) -> Trend:
        """The trend of what moves so with something that moves as ``inner``."""
        if Trend.NONE in (self, inner):
            return Trend.NONE
        return Trend.MIXED if Trend.MIXED in (self, inner) else inner if self is Trend.UP else inner.turned


def together(trends: Iterable[Trend]) -> Trend:
    """The trend of a sum of what moves so."""
    found = {each for each in trends if each is not Trend.NONE}
    return Trend.NONE if not found else found.pop() if len(found) == 1 else Trend.MIXED


@frozen
class Trends:
    """The trends in one datum."""

    datum: str
    ground: Ground

    def of_item(self, item: rb.Item) -> Trend:
        """Of the score of an item with a method, after every stage."""
        assert item.method is not None
        asked = [*item.applicability.conditions, *(each.when for each in item.replacements)]
        asked += [] if item.counts_when is None else [item.counts_when]
        values = [each.value for each in item.replacements]
        if any(self._reads(each) for each in asked) or not self._stay(item.limits):
            return Trend.MIXED
        bonuses = [self._of_bonus(each) for each in item.bonuses]
        return together((self.of_method(item.method), *(self.of(each) for each in values), *bonuses))

    def _of_bonus(self, bonus: rb.Bonus) -> Trend:
        if not self._stay(bonus.limits):
            return Trend.MIXED
        found = self.of_method(bonus.method)
        return found.turned if bonus.deduction else found

    def of_method(self, method: rb.Method) -> Trend:
        """Of what a method gives."""
        match method:
            case rb.Formula() if self._stay(method.limits):
                return self.of(method.value)
            case rb.Steps():
                return self._of_steps(method)
            case rb.Marks():
                ends = [each for row in method.rows for each in (*row.marks, row.value)]
                if any(self._reads(each) for each in ends):
                    return Trend.MIXED
                rows = together(self._sign(row.value) for row in method.rows)
                return rows.after(self.of(method.subject))
            case _:
                parts = rests_on((rb.Named("", "", method),), self.ground.world)
                return Trend.MIXED if self.datum in parts.data or parts.units else Trend.NONE

    def _of_steps(self, method: rb.Steps) -> Trend:
        moves = [self.of(each) for each in method.subjects]
        values = [row.value for row in method.rows if not isinstance(row.value, rb.NotApplicable)]
        cells = [each for row in method.rows for cell in row.cells for each in cell or ()]
        ends = [end for each in cells for end in (each.low, each.high) if end is not None]
        if any(self._reads(each) for each in ends):
            return Trend.MIXED
        if all(each is Trend.NONE for each in moves):
            return together(self.of(each) for each in values)
        table = read(method, self.ground) if len(moves) == 1 else None
        found = None if table is None else along(table, self.ground)
        if found is None:
            return Trend.MIXED
        line, worth = found
        return _along([cast(Fraction, worth[row]) for _, row in line]).after(moves[0])

    def of(self, value: rb.Expression) -> Trend:
        """Of an expression."""
        match value:
            case rb.Datum():
                return Trend.UP if value.name == self.datum else Trend.NONE
            case rb.Negative():
                return self.of(value.value).turned
            case rb.Rounded():
                return self.of(value.value)
            case rb.Arithmetic():
                return self._of_arithmetic(value)
            case rb.Call(function=rb.Function.LEAST | rb.Function.GREATEST):
                return together(self.of(each) for each in value.arguments)
            case rb.NameRef():
                return self.of_method(self.ground.world.tables.names[value.owner, value.name].method)
            case _:
                return Trend.MIXED if self._reads(value) else Trend.NONE

    def _of_arithmetic(self, value: rb.Arithmetic) -> Trend:
        left, right = self.of(value.left), self.of(value.right)
        match value.operator:
            case rb.Operator.ADD:
                return together((left, right))
            case rb.Operator.SUBTRACT:
                return together((left, right.turned))
            case rb.Operator.MULTIPLY:
                return together((self._sign(value.right).after(left), self._sign(value.left).after(right)))
            case rb.Operator.DIVIDE:
                below = self._sign(value.right)
                if right is Trend.NONE:
                    return below.after(left)
                if below is Trend.MIXED or not self._one_sided(value.right):
                    return Trend.MIXED
                return together((below.after(left), self._sign(value.left).after(right).turned))

    def _sign(self, value: rb.Expression) -> Trend:
        """How a product with a value that does not change moves: with the other factor, against it, or not."""
        found = extent(value, self.ground.world)
        if found is None or found.exact == ZERO:
            return Trend.NONE
        if found.low is not None and found.low >= 0:
            return Trend.UP
        return Trend.DOWN if found.high is not None and found.high <= 0 else Trend.MIXED

    def _one_sided(self, value: rb.Expression) -> bool:
        found = extent(value, self.ground.world)
        low, high = (None, None) if found is None else (found.low, found.high)
        return (low is not None and low >= 0) or (high is not None and high <= 0)

    def _stay(self, limits: tuple[rb.Limit, ...]) -> bool:
        parts = [part for each in limits for part in (each.bound, each.when) if part is not None]
        return not any(self._reads(part) for part in parts)

    def _reads(self, value: rb.Expression) -> bool:
        found = rests_on((value,), self.ground.world)
        return self.datum in found.data or found.units


def _along(points: list[Fraction]) -> Trend:
    """Which way values move that stand in the order of their subject."""
    if all(one <= two for one, two in pairwise(points)):
        return Trend.NONE if len(set(points)) < 2 else Trend.UP
    return Trend.DOWN if all(one >= two for one, two in pairwise(points)) else Trend.MIXED
