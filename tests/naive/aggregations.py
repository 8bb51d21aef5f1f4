"""The children of an item or a scale in; what they make together out."""

from __future__ import annotations

from fractions import Fraction

from naive import expressions, methods, stages
from naive.outline import Owner
from naive.reals import NoNumber, Number, combined, root, sign_of
from naive.rounding import Rounding
from naive.states import INVALID, NOT_APPLICABLE, State, Value, given
from naive.unit import Unit
from naive.written import nodes, tokens


def aggregated(owner: Owner, unit: Unit) -> Value:
    """Counted children that apply; if none of them does, the whole does not."""
    counted = [child for child in owner.children if child.counted]
    if not counted:  # a sum of none is 0; nothing else can be made of none
        return given(Fraction(0)) if stages.aggregation(owner) == "BY_SUM" else INVALID
    parts = [(stages.weight(child, unit), stages.score(child, unit)) for child in counted]
    staying = [(factor, value) for factor, value in parts if value.state is not State.NOT_APPLICABLE]
    if not staying:
        return NOT_APPLICABLE
    factors, values = [factor for factor, _ in staying], [value for _, value in staying]
    try:
        return _rounded(_together(stages.aggregation(owner), factors, values), owner, unit)
    except NoNumber:
        return INVALID


def _together(form: str, factors: list[Fraction], values: list[Value]) -> Value:
    match form:
        case "BY_SUM":
            return _weighted(factors, values)
        case "BY_MEAN":
            return methods.mean_of(values)
        case "BY_WEIGHTED_MEAN":
            total = sum(factors, Fraction(0))
            return expressions.all_numbers([_weighted(factors, values)], lambda a: combined(a, "/", total))
        case "BY_GEOMETRIC_MEAN":
            return expressions.all_numbers(values, _geometric_mean)
        case "BY_LOWEST":
            return methods.extreme(values, -1)
        case _:
            return methods.extreme(values, 1)


def _weighted(factors: list[Fraction], values: list[Value]) -> Value:
    pairs = zip(factors, values, strict=True)
    return methods.total_of(
        expressions.all_numbers([value], lambda a, factor=factor: combined(a, "*", factor)) for factor, value in pairs
    )


def _geometric_mean(*numbers: Number) -> Number:
    product: Number = Fraction(1)
    for number in numbers:
        product = combined(product, "*", number)
    if sign_of(product) < 0:
        raise NoNumber
    return root(product, len(numbers))


def _rounded(found: Value, owner: Owner, unit: Unit) -> Value:
    lines = owner.every("aggregation")
    if not lines or not nodes(lines[-1]):
        return found
    rounding = Rounding(stages.rounding_form(nodes(lines[-1])[0], unit), tokens(lines[-1])[-1].type)
    return expressions.all_numbers([found], rounding.of)
