"""An item or a bonus in; its points after every stage, from whether it applies to its range, out."""

from __future__ import annotations

from fractions import Fraction

from naive import expressions, facts, maxima
from naive.aggregations import aggregated
from naive.kinds import kind
from naive.limits import limited
from naive.methods import by_method, first_that_holds, formula_or_rows
from naive.outline import Owner
from naive.place import Place
from naive.reals import combined
from naive.rounding import Rounding, decimals
from naive.states import EXEMPT, INVALID, NOT_APPLICABLE, State, Value, any_holds, given
from naive.unit import Unit
from naive.written import has, nodes, texts, tokens
from thangdiem.dsl.syntax import Node


def score(owner: Owner, unit: Unit) -> Value:
    """The points of an item or a bonus."""
    return unit.value((owner.form, id(owner)), lambda: _score(owner, unit))


def _score(owner: Owner, unit: Unit) -> Value:
    own = _before_policy(owner, unit)
    if own.state is State.NOT_APPLICABLE:
        own = by_policy(own, owner, unit)
        if own.state is State.NOT_APPLICABLE:
            return own
    found = _after_clauses(own, owner, unit)
    if found.state is State.NOT_APPLICABLE:
        found = by_policy(found, owner, unit) if owner.form != "item" else INVALID
    return in_its_range(found, owner, unit)


def _after_clauses(own: Value, owner: Owner, unit: Unit) -> Value:
    place = Place(unit, owner)
    own = _if_it_counts(_replaced(own, owner, place), owner, place)
    return _rounded(limited(with_bonuses(own, owner, unit), owner.limits, place), owner, unit)


# --- whether it applies


def _applying(owner: Owner, place: Place) -> Value:
    """The points by the method or the children, or that the item does not apply."""
    if owner.every("suspended"):
        return EXEMPT
    exempt = any_holds(expressions.condition(nodes(line)[0], place) for line in owner.every("na_when"))
    if exempt.true:
        return EXEMPT
    if exempt.state in (State.INVALID, State.MISSING, State.NOT_ASSESSED, State.NOT_APPLICABLE):
        return exempt
    return _own(owner, place)


def _may_be_exempt(owner: Owner) -> bool:
    """Whether the file lets the data say that it does not apply."""
    return bool(owner.every("na_when") or owner.every("na_allowed"))


def _own(owner: Owner, place: Place) -> Value:
    if owner.totals:
        chosen = first_that_holds(owner.totals, place)
        return chosen if isinstance(chosen, Value) else formula_or_rows(nodes(chosen)[-1], place)
    if owner.children:
        return aggregated(owner, place.unit)
    return by_method(owner.methods, place)


def _forgiven(own: Value, owner: Owner, place: Place) -> Value:
    """What holds where the points are missing, where the file says so."""
    if own.state is not State.MISSING or not owner.every("missing"):
        return own
    return expressions.value_of(nodes(owner.every("missing")[-1])[0], place)


# --- the policy for what does not apply


def policy(owner: Owner) -> str:
    """The nearest policy, by its terminal; empty where there is none."""
    above: Owner | None = owner
    while above is not None:
        if above.every("na_policy"):
            return tokens(nodes(above.every("na_policy")[-1])[0])[0].type
        above = above.parent
    return ""


def by_policy(own: Value, owner: Owner, unit: Unit) -> Value:
    """What an item that does not apply comes to."""
    if own != EXEMPT and not owner.children and not _may_be_exempt(owner):
        return INVALID
    if owner.form != "item":
        return given(Fraction(0))  # there is nothing to add
    match policy(owner):
        case "KEEP" | "UNRANKED":
            return given(Fraction(0))
        case "FULL":
            most = maxima.span(owner, unit).high
            return INVALID if most is None else given(most)
        case "EXCLUDE" | "NO_TOTAL":
            return NOT_APPLICABLE
        case _:
            return INVALID


def exempt_items(unit: Unit, policies: tuple[str, ...]) -> list[Owner]:
    """The items that do not apply and stand under one of these policies."""
    return [item for item in unit.scale.walk() if policy(item) in policies and _does_not_apply(item, unit)]


def _does_not_apply(item: Owner, unit: Unit) -> bool:
    own = _before_policy(item, unit)
    return own.state is State.NOT_APPLICABLE and by_policy(own, item, unit).state is not State.INVALID


def _before_policy(owner: Owner, unit: Unit) -> Value:
    """The points by the method or the children, and what holds where they are missing."""
    place = Place(unit, owner)
    return unit.value(("before policy", id(owner)), lambda: _forgiven(_applying(owner, place), owner, place))


# --- clauses


def _replaced(own: Value, owner: Owner, place: Place) -> Value:
    for line in owner.every("replaced"):
        value, when = nodes(line)
        holds = expressions.condition(when, place)
        if own.state is not State.NOT_APPLICABLE and not holds.false:
            own = expressions.value_of(value, place) if holds.true else holds
    return own


def _if_it_counts(own: Value, owner: Owner, place: Place) -> Value:
    for line in owner.every("counts_when"):
        holds = expressions.condition(nodes(line)[0], place)
        if own.state is not State.NOT_APPLICABLE and not holds.true:
            own = given(Fraction(0)) if holds.false else holds
    return own


def with_bonuses(own: Value, owner: Owner, unit: Unit) -> Value:
    """With the bonuses and less the deductions, in the order of the file."""
    for bonus in owner.bonuses:
        sign = "-" if bonus.form == "deduction" else "+"
        if own.state is State.NOT_APPLICABLE:
            return own
        own = expressions.all_numbers([own, score(bonus, unit)], lambda a, b, sign=sign: combined(a, sign, b))
    return own


# --- rounding


def rounding_step(scale: Owner, step: str, unit: Unit) -> Rounding | None:
    """What a step of the scale is rounded to, if it is."""
    rules = [rule for line in scale.every("rounding") for rule in nodes(line) if has(rule, step)]
    return _rounding(rules[-1], unit) if rules else None


def _rounding(rule: Node, unit: Unit) -> Rounding:
    return Rounding(rounding_form(nodes(rule)[0], unit), tokens(rule)[-1].type)


def rounding_form(how: Node, unit: Unit) -> Fraction:
    """The step of so many decimals, of whole numbers, of multiples."""
    if how.data == "whole":
        return Fraction(1)
    if how.data == "decimals":
        return decimals(int(texts(how, "NUMBER")[0]))
    return expressions.written_step(how, Place(unit, unit.scale))


def _rounded(found: Value, owner: Owner, unit: Unit) -> Value:
    """By the line of the item, else by the rule for its kind."""
    rules = [rule for line in owner.every("rounding") for rule in nodes(line)]
    if not rules and owner.form == "item":
        lines = [rule for line in unit.scale.every("rounding") for rule in nodes(line)]
        rules = [rule for rule in lines if any(kind(word) == owner.kind for word in texts(rule, "KINDS"))]
    if not rules:
        return found
    return expressions.all_numbers([found], _rounding(rules[-1], unit).of)


# --- the range


def in_its_range(found: Value, owner: Owner, unit: Unit) -> Value:
    """Points outside the range are an error; with bonuses, those with them or those less them must lie in it."""
    if not found.known:
        return found
    if not isinstance(found.value, Fraction):
        return INVALID
    stated = maxima.span(owner, unit)
    return found if stated.holds(found.value) or stated.holds(found.value - extra(owner, unit)) else INVALID


def extra(owner: Owner, unit: Unit) -> Fraction:
    """What bonuses and deductions at it and below it come to, times the weights above them."""
    found = Fraction(0)
    for bonus in owner.bonuses:
        worth = score(bonus, unit).value
        if isinstance(worth, Fraction):
            found += -worth if bonus.form == "deduction" else worth
    for child in owner.children:
        if child.counted and score(child, unit).known:
            found += extra(child, unit) * (weight(child, unit) if aggregation(owner) == "BY_SUM" else 1)
    return found


def judged(owner: Owner, unit: Unit) -> Value:
    """The points the assessor gives, in a formula: outside the range they are refused."""
    found = facts.points(owner, unit)
    if isinstance(found.value, Fraction) and not maxima.span(owner, unit).holds(found.value):
        return INVALID
    return found


# --- how children make an item


def weight(item: Owner, unit: Unit) -> Fraction:
    """The weight of an item: 1 unless it is written."""
    if item.weight is None:
        return Fraction(1)
    found = expressions.value_of(item.weight, Place(unit, unit.scale)).value
    assert isinstance(found, Fraction)
    return found


def aggregation(owner: Owner) -> str:
    """How the children make it, by its terminal: they are added where nothing is written."""
    lines = owner.every("aggregation")
    return tokens(lines[-1])[0].type if lines else "BY_SUM"
