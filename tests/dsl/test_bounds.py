"""Bounds hold every result that the interpreter can come to, and are exact where everything is known."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing import few
from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.extent import NATURAL, UNBOUNDED, Extent, either, greatest, least, point
from thangdiem.dsl.bounds.known import Facts
from thangdiem.dsl.bounds.totals import of_item, of_maximum, of_total
from thangdiem.dsl.bounds.world import world_of
from thangdiem.dsl.parser import parse
from thangdiem.dsl.resolver import resolve
from thangdiem.dsl.rounding import Rounding, Tie
from thangdiem.dsl.source import source_of
from thangdiem.engine.evaluation import maxima, nodes, totals
from thangdiem.engine.evaluation.unit import Plan, UnitEvaluation
from thangdiem.engine.evaluator import Units
from thangdiem.engine.facts import Fact, UnitFacts

F = Fraction


def book_of(text: str) -> rb.Rulebook:
    syntax, told = parse(source_of(text))
    assert not told, [each.message("en") for each in told]
    book, told = resolve(syntax)
    assert book is not None
    assert not told, [each.message("en") for each in told]
    return book


# --- arithmetic of extents

numbers = st.fractions(min_value=-6, max_value=6, max_denominator=4)


@st.composite
def extents(draw: st.DrawFn) -> tuple[Extent, Fraction]:
    """An extent and one of its values."""
    value = draw(numbers)
    grid = draw(st.sampled_from([None, F(1, 4), F(1, 2), F(1)]))
    if grid is not None:
        value = value // grid * grid
    low = draw(st.sampled_from([None, 0, 1, 3]))
    high = draw(st.sampled_from([None, 0, 1, 3]))
    step = grid or F(1, 3)
    found = Extent(None if low is None else value - low * step, None if high is None else value + high * step, grid)
    return found, value


@given(extents(), extents())
def test_every_operation_holds_the_result_of_every_pair_of_values(
    one: tuple[Extent, Fraction], two: tuple[Extent, Fraction]
) -> None:
    (a, x), (b, y) = one, two
    assert (a + b).holds(x + y)
    assert (a - b).holds(x - y)
    assert (a * b).holds(x * y)
    assert least(a, b).holds(min(x, y))
    assert greatest(a, b).holds(max(x, y))
    assert a.absolute().holds(abs(x))
    joined = either(a, b)
    assert joined is not None
    assert joined.holds(x)
    assert joined.holds(y)
    quotient = a.over(b)
    if y:
        assert quotient is not None
        assert quotient.holds(x / y)


@given(extents(), st.integers(-3, 4), st.sampled_from(list(Tie)))
def test_powers_and_roundings_hold_the_result(one: tuple[Extent, Fraction], exponent: int, tie: Tie) -> None:
    a, x = one
    rounding = Rounding(F(1, 10), tie)
    from thangdiem.dsl.rounding import round_to

    assert a.rounded(rounding).holds(round_to(x, rounding))
    if x or exponent > 0:
        power = a.to_the(exponent)
        assert power is not None
        assert power.holds(x**exponent)


@given(extents(), numbers)
def test_cutting_keeps_what_lies_on_the_side_kept(one: tuple[Extent, Fraction], mark: Fraction) -> None:
    a, x = one
    for kept, holds in (
        (a.between(mark, None), x >= mark),
        (a.above(mark), x > mark),
        (a.below(mark), x < mark),
    ):
        if holds:
            assert kept is not None
            assert kept.holds(x)
    without = a.without_zero()
    if x:
        assert without is not None
        assert without.holds(x)


def test_a_grid_and_ends_are_kept_through_a_sum() -> None:
    assert NATURAL + point(F(1, 2)) == Extent(F(1, 2), None, F(1, 2))
    assert Extent(F(0), F(10), F(5)) + Extent(F(0), F(4), F(2)) == Extent(F(0), F(14), F(1))


def test_a_quotient_by_what_may_be_zero_has_no_end_but_keeps_its_sign() -> None:
    assert NATURAL.over(NATURAL) == Extent(F(0), None)
    assert NATURAL.over(point(F(0))) is None
    assert UNBOUNDED.over(NATURAL) == UNBOUNDED


# --- scales

CLAUSES = (
    "Points = [a]*2 points, at most 10 points",
    "Points = [a]/([b] + 1)*maximum points, at most 10 points",
    "Points = min([a]; 3) + max([b] - 2; 0) + 1 points, at most 10 points, at least 0 points",
    "b1 = [b]\nr = [a]/b1\nPoints = r*maximum points, at most maximum points\nNot applicable when b1 = 0",
    "By [a]:\n- from 4 up: 10 points\n- from 2 to under 4: [a]*2 points\n- otherwise: 0 points",
    'By [a] and [c]:\n- over 2 and "x": 10 points\n- any and "y": 5 points\n- otherwise: 1 points',
    "By cases:\n- [d] = yes and [a] > 1: 9 points\n- [b] = 0: not applicable\n- otherwise: 10 points/[b]",
    "Take the highest case:\n- [a] ≥ 2: 4 points\n- [d]: 6 points\n- otherwise: 1 points",
    "Choose one:\n- first: maximum points\n- second: 1/3*maximum points\n- third: not applicable",
    "Add what is met:\na) one: 6 points\nb) when [d]: 3 points",
    "By [b]:\n- each mark exceeded 1; 2: 2 points\n- each mark reached 3: 1 points",
    "Points = round(root([a] + 1; 2); 2; half up), at most 10 points",
    "Points = [a]^2, at most 10 points\nMissing data: 1 points",
    "Given directly",
    'When [c] = "x", points = 3 points\nOtherwise, points = [a]*1 points, at most 10 points',
)
ITEM_CLAUSES = (
    "", "", "Counts only when [d]", "Not applicable when [d] = no", "Replaced by 2 points when [a] = 1",
    "Rounding: to a whole number, half up", 'Bonus "b": at most 2 points\nPoints = [b]*1 points',
)  # fmt: skip
AGGREGATIONS = (
    "",
    "",
    "mean",
    "lowest",
    "highest",
    "weighted mean",
    "geometric mean, rounded to 2 decimals, half up",
)
POLICIES = (
    "keep the maximum",
    "leave the maximum",
    "leave the maximum, rescale to 100 points",
    "count full points",
)
DATA = """  Data [a]: number, from 0 to 8
  Data [b]: whole number, from 0 to 4
  Data [c]: one of "x", "y", "z"
  Data [d]: yes/no
"""


@st.composite
def scales(draw: st.DrawFn) -> rb.Rulebook:
    """A scale of two groups with two items each, made of every kind of clause."""
    lines = []
    for group in (1, 2):
        lines.append(f'  Indicator {group} "g": 20 points')
        if rule := draw(st.sampled_from(AGGREGATIONS)):
            lines.append(f"    Aggregation: {rule}")
        for item in (1, 2):
            lines.append(f'    Component {group}.{item} "i": 10 points')
            lines.extend(draw(st.sampled_from(CLAUSES)).split("\n"))
            lines.extend(draw(st.sampled_from(ITEM_CLAUSES)).replace('"b"', f'"b{group}{item}"').split("\n"))
    policy = draw(st.sampled_from(POLICIES))
    rounding = draw(st.sampled_from(("", "  Rounding: total points to 1 decimal, half up\n")))
    head = (
        '# language: en\nCriteria "t"\nScale s "t": 40 points\n'
        + DATA
        + f"  Items not applicable: {policy}\n"
        + rounding
    )
    return book_of(head + "\n".join(line for line in lines if line) + "\n")


DATA_VALUES = {
    "a": st.sampled_from([F(0), F(1), F(2), F(7, 2), F(4), F(8)]),
    "b": st.sampled_from([F(0), F(1), F(2), F(4)]),
    "c": st.sampled_from(["x", "y", "z"]),
    "d": st.booleans(),
}


@st.composite
def units(draw: st.DrawFn) -> tuple[dict[str, object], dict[str, object]]:
    """The data of a unit that lacks nothing, and what is given for whatever the method of an item asks."""
    data = {name: draw(values) for name, values in DATA_VALUES.items()}
    kinds = draw(
        st.tuples(st.sampled_from(["first", "second", "third"]), st.sampled_from([(), ("a",)]), st.integers(0, 10))
    )
    return data, dict(zip(("choice", "ticks", "points"), (kinds[0], kinds[1], F(kinds[2])), strict=True))


def scores_of(scale: rb.Scale, given_: dict[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for item in scale.walk():
        match item.method:
            case rb.Choice():
                found[item.code] = given_["choice"]
            case rb.Checklist():
                found[item.code] = given_["ticks"]
            case rb.Direct():
                found[item.code] = given_["points"]
            case _:
                pass
    return found


def evaluated(book: rb.Rulebook, data: dict[str, object], scores: dict[str, object]) -> UnitEvaluation:
    facts = UnitFacts(
        "u", "s",
        {name: Fact(rb.State.VALUE, value) for name, value in data.items()},  # type: ignore[arg-type]
        {code: Fact(rb.State.VALUE, value) for code, value in scores.items()},  # type: ignore[arg-type]
    )  # fmt: skip
    together = Units()
    unit = UnitEvaluation(Plan(book, book.scales[0], None), facts, together, nodes)  # type: ignore[arg-type]
    together.members.append(unit)
    return unit


@few(80)
@given(scales(), units(), st.sets(st.sampled_from(["a", "b", "c", "d", "choice", "ticks", "points"])))
def test_bounds_hold_every_completion_of_what_is_known(
    book: rb.Rulebook, unit: tuple[dict[str, object], dict[str, object]], open_: set[str]
) -> None:
    scale = book.scales[0]
    data, given_ = unit
    scores = scores_of(scale, given_)
    run = evaluated(book, data, scores)
    known_scores = {code: value for code, value in scores.items() if not open_ & {_kind(value)}}
    known_data = {name: value for name, value in data.items() if name not in open_}
    partly = world_of(scale, Facts(known_data, known_scores))  # type: ignore[arg-type]
    fully = world_of(scale, Facts(data, scores))  # type: ignore[arg-type]
    for world in (partly, world_of(scale), fully):
        for code in (item.code for item in scale.walk()):
            step, bound = nodes.item(code, run), of_item(code, world)
            if step.state is rb.State.VALUE:
                assert isinstance(step.value, Fraction)
                assert bound.value is not None
                assert bound.value.holds(step.value), (code, bound, step.value)
                assert world is not fully or (bound.value.exact == step.value and not bound.exempt), (
                    code,
                    bound,
                    step.value,
                )
            elif step.state is rb.State.NOT_APPLICABLE:
                assert bound.exempt
                assert world is not fully or bound.value is None
        total, maximum = nodes.total(run), maxima.scale_maximum(run)
        if total.state is rb.State.VALUE:
            found = of_total(world).value
            assert found is not None
            assert found.holds(total.value), (found, total.value)  # type: ignore[arg-type]
            assert world is not fully or found.exact == total.value
            used = of_maximum(world)
            assert used is not None
            assert used.holds(totals.used_maximum(run)), (used, maximum)  # type: ignore[arg-type]


def _kind(value: object) -> str:
    return "choice" if isinstance(value, str) else "ticks" if isinstance(value, tuple) else "points"


def test_values_are_narrowed_to_the_row_they_stand_in() -> None:
    book = book_of("""# language: en
Criteria "t"
Scale s "t": 10 points
  Data [a]: whole number, from 0 up
  Data [b]: whole number, from 0 up
  Component 1 "i": 10 points
    Share = [a]/[b]
    By Share:
      - from 80% up: maximum points
      - from 50% to under 80%: Share/80%*maximum points
      - otherwise: 0 points
""")
    world = world_of(book.scales[0])
    assert of_item("1", world).value == Extent(F(0), F(10))
    assert [each.may_be_zero for each in world.tables.divisions.values()] == [True, False]


def test_a_divisor_is_not_zero_where_the_item_does_not_apply_at_zero() -> None:
    book = book_of("""# language: en
Criteria "t"
Scale s "t": 10 points
  Items not applicable: leave the maximum, rescale to 10 points
  Component 1 "i": 10 points
    b = [y]
    share = [x]/b
    Points = share*maximum points
    Not applicable when b = 0
""")
    world = world_of(book.scales[0])
    of_total(world)
    assert not any(each.may_be_zero for each in world.tables.divisions.values())


def test_the_value_of_a_unit_over_the_highest_value_is_a_share() -> None:
    book = book_of("""# language: en
Criteria "t"
Scale s "t": 10 points
  Data [x]: number, from 0 up
  Component 1 "i": 10 points
    Points = [x]/highest [x] of the units*maximum points
""")
    assert of_item("1", world_of(book.scales[0])).value == Extent(F(0), F(10))


@pytest.mark.parametrize("length", [40, 600])
def test_long_chains_of_names_stay_exact_and_do_not_overflow(length: int) -> None:
    names = "\n".join(f"  Let n{at} = n{at + 1} + 1" for at in range(length))
    book = book_of(f"""# language: en
Criteria "t"
Scale s "t": {length + 1} points
{names}
  Let n{length} = 1
  Component 1 "i": {length + 1} points
    Points = n0*1 points
""")
    found = of_total(world_of(book.scales[0])).value
    assert found is not None
    assert found.exact == length + 1


def test_a_circle_of_names_is_bounded_by_nothing() -> None:
    names = "\n".join(f"  Let n{at} = n{(at + 1) % 9} + 1" for at in range(9))
    book = book_of(f"""# language: en
Criteria "t"
Scale s "t": 5 points
{names}
  Component 1 "i": 5 points
    Points = n0*1 points
""")
    assert of_total(world_of(book.scales[0])).value == Extent(F(0), F(5))


WHOLE = Extent(F(2), F(5), F(1))


def test_what_lies_above_and_below_a_bound() -> None:
    assert WHOLE.above(F(5)) is None
    assert WHOLE.above(F(6)) is None
    assert WHOLE.above(F(4)) == point(F(5))
    assert WHOLE.above(F(1)) == WHOLE
    assert WHOLE.below(F(2)) is None
    assert WHOLE.below(F(1)) is None
    assert WHOLE.below(F(3)) == point(F(2))
    assert WHOLE.below(F(6)) == WHOLE


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (None, None, (2, 5)),
        (F(1), F(6), (2, 5)),
        (F(3), F(4), (3, 4)),
        (F(3), None, (3, 5)),
        (None, F(4), (2, 4)),
        (F(5, 2), F(9, 2), (3, 4)),
    ],
)
def test_what_lies_between_two_bounds(low: Fraction | None, high: Fraction | None, found: tuple[int, int]) -> None:
    between = WHOLE.between(low, high)
    assert between is not None
    assert (between.low, between.high) == found
    assert WHOLE.between(F(6), F(7)) is None


def test_rows_behind_one_that_covers_all_in_two_ranges_are_not_reached() -> None:
    book = book_of("""# language: en
Criteria "t"
Scale s "t": 10 points
  Component 1 "i": 10 points
    By [x]:
      - under 5, from 5 up: 3 points
      - otherwise: 10 points
""")
    assert of_item("1", world_of(book.scales[0])).value == point(F(3))


@pytest.mark.parametrize(("total", "low", "high"), [("", 6, 18), ("  Total = component 2 / 2\n", 3, 9)])
def test_a_plain_sum_is_rescaled_leaf_by_leaf_and_a_total_of_its_own_as_a_whole(
    total: str, low: int, high: int
) -> None:
    book = book_of(f"""# language: en
Criteria "t"
Scale s "t": 18 points
  Items not applicable: leave the maximum, rescale to 18 points
{total}  Component 1 "i": 10 points
    Given directly
    May be not applicable
  Component 2 "j": from 6 to 8 points
    Given directly
""")
    found = of_total(world_of(book.scales[0])).value
    assert found is not None
    assert (found.low, found.high) == (low, high)
