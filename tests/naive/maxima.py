"""The range of points an item states, and the maximum that was used where some of it did not apply."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from naive import expressions, stages
from naive.outline import Owner
from naive.place import Place
from naive.states import INVALID, State, Value, given
from naive.unit import Unit
from naive.written import nodes
from thangdiem.dsl.syntax import Node


@frozen
class Span:
    """The least and the greatest points; None where there is no such end."""

    low: Fraction | None = None
    high: Fraction | None = None

    def holds(self, number: Fraction) -> bool:
        """Whether the number lies between both."""
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)


def span(owner: Owner, unit: Unit) -> Span:
    """The points an item, a bonus or a scale may have."""
    points = owner.points
    if points is None:
        return Span()
    if points.data == "fixed_points":
        return Span(Fraction(0), _number(nodes(points)[0], unit))
    return _of_range(nodes(points)[0], unit) if nodes(points) else Span()


def _of_range(range_: Node, unit: Unit) -> Span:
    edges = [_number(edge, unit) for edge in nodes(range_)]
    match range_.data:
        case "at_least" | "above":
            return Span(low=edges[0])
        case "at_most" | "below":
            return Span(high=edges[0])
        case _:
            return Span(edges[0], edges[-1])


def _number(node: Node, unit: Unit) -> Fraction:
    found = expressions.value_of(node, Place(unit, unit.scale)).value
    assert isinstance(found, Fraction)
    return found


def own(owner: Owner, unit: Unit) -> Value:
    """Full points of where they stand: of an item that applies; in a bonus without any, of what it belongs to."""
    of_a_bonus = owner.form in ("bonus", "deduction")
    stated_there = span(owner, unit).high if of_a_bonus else None
    high = used(_whole(owner), unit) if stated_there is None else stated_there
    return INVALID if high is None else given(high)


def stated(asked: Owner, owner: Owner, unit: Unit) -> Value:
    """Full points of an item, asked for in another or in itself."""
    high = used(asked, unit) if asked is _whole(owner) else used_by(asked, unit)
    return INVALID if high is None else given(high)


def _whole(owner: Owner) -> Owner:
    return owner.parent if owner.form in ("bonus", "deduction") and owner.parent is not None else owner


# --- the maximum that was used


def used(owner: Owner, unit: Unit) -> Fraction | None:
    """The maximum without what left it; None where nothing is stated. In a mean only the weight leaves."""
    high = span(owner, unit).high
    if high is None or stages.aggregation(owner) != "BY_SUM":
        return high
    return high - sum((_gone(child, unit) for child in owner.children if child.counted), Fraction(0))


def _gone(item: Owner, unit: Unit) -> Fraction:
    """What of the maximum of an item left that of its parent."""
    high, left = span(item, unit).high, used_by(item, unit)
    return Fraction(0) if high is None or left is None else stages.weight(item, unit) * (high - left)


def used_by(item: Owner, unit: Unit) -> Fraction | None:
    """The maximum of an item: nothing where it does not apply."""
    return Fraction(0) if stages.score(item, unit).state is State.NOT_APPLICABLE else used(item, unit)
