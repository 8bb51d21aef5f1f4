"""What numbers an expression may come to; a date counts as the number of its day."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds import conditions, data, irrational, names, nodes
from thangdiem.dsl.bounds.extent import (
    NATURAL,
    ONE,
    UNBOUNDED,
    ZERO,
    Extent,
    either,
    greatest,
    least,
    point,
)
from thangdiem.dsl.bounds.world import Division, Possible, World


def extent(value: rb.Expression, world: World) -> Extent | None:
    """The numbers an expression may come to; None where it has no value in any case."""
    match value:
        case rb.Number():
            return point(value.value)
        case rb.Arithmetic():
            return _chain(value, world)
        case rb.Datum() | rb.NameRef() | rb.ItemScore():
            return world.narrow[value] if world.narrow and value in world.narrow else _read(value, world)
        case rb.MaximumOf():
            return nodes.maximum_of(world.candidate if value.code == "*" else value.code, world)
        case rb.Negative():
            found = extent(value.value, world)
            return None if found is None else -found
        case rb.Judged():
            return nodes.given(value.code, world)
        case rb.TotalPoints():
            return _noting(nodes.subtotal(world) if value.before_bonus else nodes.total(world), world)
        case rb.BonusPoints():
            return _noting(nodes.bonus(value.title, world), world)
        case rb.Call():
            return _call(value, world)
        case rb.Power():
            return _power(value, world)
        case rb.Rounded():
            found = extent(value.value, world)
            return None if found is None else found.rounded(value.rounding)
        case rb.Day():
            return _day(value, world)
        case rb.OverItems():
            return _over_items(value, world)
        case rb.ItemCount():
            return _item_count(value, world)
        case rb.OverUnits() | rb.RankAmong() | rb.UnitsGraded():
            return _over_units(value, world)
        case rb.Text() | rb.YesNo() | rb.Present() | rb.Within() | rb.AllOf() | rb.AnyOf() | rb.Not() | rb.SomeItem():
            return UNBOUNDED


def _read(value: rb.Datum | rb.NameRef | rb.ItemScore, world: World) -> Extent | None:
    match value:
        case rb.Datum():
            return data.datum(value.name, world)
        case rb.NameRef():
            return _noting(names.name(value.owner, value.name, world), world)
        case rb.ItemScore():
            return _noting(nodes.item(value.code, world), world)


def _noting(found: Possible, world: World) -> Extent | None:
    """The values; that there may be none because something does not apply is noted."""
    if found.exempt:
        world.tables.met_exempt = True
    return found.value


def _day(day: rb.Day, world: World) -> Extent:
    if day.year is None and world.tables.year is None:
        return Extent(grid=ONE)
    year = day.year if day.year is not None else (world.tables.year or 0) + day.after
    last = 28 if (day.month, day.day) == (2, 29) and not isleap(year) else day.day
    return point(Fraction(date(year, day.month, last).toordinal()))


# --- arithmetic


def _chain(value: rb.Arithmetic, world: World) -> Extent | None:
    """A chain leans to the left and may be long: it is followed down and worked out on the way back."""
    links = [value]
    while isinstance(links[-1].left, rb.Arithmetic):
        links.append(links[-1].left)
    found = extent(links[-1].left, world)
    for link in reversed(links):
        right = extent(link.right, world)
        found = None if found is None or right is None else _operation(link, found, right, world)
    return found


def _operation(value: rb.Arithmetic, left: Extent, right: Extent, world: World) -> Extent | None:
    match value.operator:
        case rb.Operator.ADD:
            return left + right
        case rb.Operator.SUBTRACT:
            return left - right
        case rb.Operator.MULTIPLY:
            return left * right
        case rb.Operator.DIVIDE:
            return _quotient(value, left, right, world)


def _quotient(value: rb.Arithmetic, left: Extent, right: Extent, world: World) -> Extent | None:
    _note_division(value.right, right, world)
    found = left.over(right)
    if found is None:
        return None
    if left.exact is None or right.exact is None:
        most = _relative(value, left, world)
        found = found if most is None else found.between(most.low, most.high)
    rounding = world.tables.step_roundings.get(rb.RoundingStep.RATIO)
    if rounding is None or found is None or isinstance(value.left, rb.Number) or isinstance(value.right, rb.Number):
        return found
    return found.rounded(rounding)


def _note_division(divisor: rb.Expression, found: Extent, world: World) -> None:
    may_be_zero, only_zero = found.may_be_zero, found.exact == 0
    known = world.tables.divisions.get(id(divisor))
    if known is None:
        world.tables.divisions[id(divisor)] = Division(divisor, may_be_zero, only_zero)
    elif known.may_be_zero is not may_be_zero or known.only_zero is not only_zero:
        both = Division(divisor, may_be_zero or known.may_be_zero, only_zero and known.only_zero)
        world.tables.divisions[id(divisor)] = both


def _relative(value: rb.Arithmetic, left: Extent, world: World) -> Extent | None:
    """x over the highest x, the lowest x over x, and x between both, are never more than 1."""
    above, below = _meant(value.left, world), _meant(value.right, world)
    positive = left.low is not None and left.low >= 0
    if _gathers(below, above, rb.Gathering.HIGHEST, world) or _gathers(above, below, rb.Gathering.LOWEST, world):
        return Extent(ZERO, ONE) if positive else None
    match above, below:
        case (
            rb.Arithmetic(operator=rb.Operator.SUBTRACT, left=own, right=lowest),
            rb.Arithmetic(operator=rb.Operator.SUBTRACT, left=highest, right=also_lowest),
        ):
            own, lowest, also_lowest, highest = (_meant(each, world) for each in (own, lowest, also_lowest, highest))
            if isinstance(own, rb.Arithmetic) or lowest != also_lowest:
                return None
            spread = _gathers(highest, own, rb.Gathering.HIGHEST, world) and _gathers(
                lowest, own, rb.Gathering.LOWEST, world
            )
            return Extent(ZERO, ONE) if spread else None
        case _:
            return None


def _gathers(value: rb.Expression, own: rb.Expression, gathering: rb.Gathering, world: World) -> bool:
    """Whether a value is the highest or the lowest of the units' own values."""
    if not isinstance(value, rb.OverUnits) or value.cohort is rb.Cohort.SUBORDINATE or isinstance(own, rb.Arithmetic):
        return False
    return value.gathering is gathering and _meant(value.value, world) == own


def _meant(value: rb.Expression, world: World) -> rb.Expression:
    """The expression that a name only stands for."""
    for _ in range(10):
        named = world.tables.names.get((value.owner, value.name)) if isinstance(value, rb.NameRef) else None
        if named is None or not isinstance(named.method, rb.Formula) or named.method.limits:
            break
        value = named.method.value
    return value


def _call(value: rb.Call, world: World) -> Extent | None:
    arguments: list[Extent] = []
    for argument in value.arguments:
        found = extent(argument, world)
        if found is None:
            return None
        arguments.append(found)
    first, *others = arguments
    match value.function:
        case rb.Function.LEAST:
            for other in others:
                first = least(first, other)
            return first
        case rb.Function.GREATEST:
            for other in others:
                first = greatest(first, other)
            return first
        case rb.Function.ABSOLUTE:
            return first.absolute()
        case rb.Function.ROOT:
            return irrational.root(first, others[0])
        case rb.Function.LN:
            return irrational.ln(first)
        case rb.Function.LOG10:
            return irrational.log10(first)
        case rb.Function.EXP:
            return irrational.exp(first)


def _power(value: rb.Power, world: World) -> Extent | None:
    base = extent(value.base, world)
    if base is None:
        return None
    if value.exponent.denominator == 1:
        return base.to_the(int(value.exponent))
    return irrational.power(base, value.exponent)


# --- over items and over units


def _over_items(value: rb.OverItems, world: World) -> Extent | None:
    found = [nodes.item(code, world) for code in value.codes]
    if not value.sign:
        gathered = nodes.gathered(value.gathering, found)
        if gathered.exempt:
            world.tables.met_exempt = True
        return gathered.value
    total: Extent | None = point(ZERO)
    for each in found:
        part = each.value
        if part is not None:
            part = greatest(part, point(ZERO)) if value.sign > 0 else least(part, point(ZERO))
        part = either(part, point(ZERO)) if each.exempt else part
        total = None if total is None or part is None else total + part
    return total


def _item_count(value: rb.ItemCount, world: World) -> Extent:
    met = conditions.each_item(value.codes, value.within, world)
    sure = sum(truth is True for truth in met)
    found = Extent(Fraction(sure), Fraction(sum(truth is not False for truth in met)), ONE)
    return point(Fraction(sure)) if found.exact is not None else found


def _over_units(value: rb.OverUnits | rb.RankAmong | rb.UnitsGraded, world: World) -> Extent | None:
    known = world.tables.known.over_units(value)
    if known is not None:
        return known
    match value:
        case rb.RankAmong():
            extent(value.value, world)
            return Extent(ONE, None, ONE)
        case rb.UnitsGraded():
            return Extent(ZERO, ONE) if value.share else NATURAL
        case rb.OverUnits():
            return _gathered_over_units(value, world)


def _gathered_over_units(value: rb.OverUnits, world: World) -> Extent | None:
    own = extent(value.value, world)
    if value.cohort is rb.Cohort.SUBORDINATE:
        return UNBOUNDED
    any_unit = extent(value.value, world.general()) or UNBOUNDED
    match value.gathering:
        case rb.Gathering.SUM:
            return Extent(ZERO, None, any_unit.grid) if any_unit.low is not None and any_unit.low >= 0 else UNBOUNDED
        case rb.Gathering.MEAN:
            return Extent(any_unit.low, any_unit.high)
        case rb.Gathering.HIGHEST:
            return any_unit if own is None or value.skip_missing else any_unit.between(own.low, None)
        case rb.Gathering.LOWEST:
            return any_unit if own is None or value.skip_missing else any_unit.between(None, own.high)
