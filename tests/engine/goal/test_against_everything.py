"""The smallest changes are those that trying every combination finds: the same sets, points and order."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from small_rules import GRADES, Case, by_trying_everything, cases
from thangdiem.engine.goal import Goal, Wish, seek

FEW = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


def sought(case: Case, target: str | None = None) -> Goal:
    return seek(case.rules, [case.facts(case.data)], 0, Wish(target, case.fixed, most=100))


def check(case: Case, target: str, *, alike: bool = False) -> None:
    found = sought(case, target)
    tried = by_trying_everything(case, target) if found.status != "reached" else None
    if tried is None:
        assert GRADES.index(found.before.grade or "") <= GRADES.index(target)
        return
    assert not found.stopped
    assert not found.rough
    assert found.status == ("found" if tried.sets else "unreachable")
    got = [(way.keys, abs(way.gain or 0)) for way in found.ways]
    expected = sorted(tried.sets.items(), key=lambda each: each[1])
    if alike:
        assert {each[1] for each in got} <= {each[1] for each in expected}
        assert dict(got).items() <= tried.sets.items()
        assert [each[1] for each in got[:1]] == [each[1] for each in expected[:1]]
    else:
        assert got == expected


@FEW
@given(cases(most=3), st.sampled_from(GRADES[:2]))
def test_levels_marks_steps_formulas_caps_and_minimums_of_groups(case: Case, target: str) -> None:
    check(case, target)


@FEW
@given(cases(shared=True), st.sampled_from(GRADES[:2]))
def test_a_datum_of_two_items(case: Case, target: str) -> None:
    check(case, target, alike=True)


@settings(FEW, max_examples=3)
@given(cases(most=3, straight=False))
def test_grades_that_more_points_may_lose(case: Case) -> None:
    check(case, "cao")
