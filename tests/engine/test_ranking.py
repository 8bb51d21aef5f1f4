"""The rank of a unit is one more than the number of units of its block before it, whatever its keys are made of."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from thangdiem.dsl import rulebook as rb
from thangdiem.engine.evaluation.ranking import Standing, ranks

_numbers = st.one_of(
    st.integers(-3, 3).map(Fraction),
    st.fractions(-2, 2, max_denominator=4),
    st.integers(0, 2).map(lambda parts: 1 + Fraction(parts, 10**20)),
    st.integers(10**28, 10**31).map(lambda large: Fraction(1, large)),
)
_standings = st.lists(st.tuples(st.sampled_from("AB"), st.tuples(_numbers, _numbers)), max_size=8)


@settings(max_examples=100, deadline=None)
@given(_standings, st.booleans())
def test_a_rank_counts_who_is_before(drawn: list[tuple[str, tuple[Fraction, Fraction]]], per_block: bool) -> None:
    units = [Standing(str(place), block, keys) for place, (block, keys) in enumerate(drawn)]
    found = ranks(rb.Ranking((rb.RankKey(rb.TotalPoints()),) * 2, per_block), units)
    assert found == {
        unit.unit: 1 + sum(other.keys > unit.keys and (other.block == unit.block or not per_block) for other in units)
        for unit in units
    }
