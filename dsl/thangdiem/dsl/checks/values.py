"""The checks that ask what values can come about: bands, steps, ranges, divisions, limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from thangdiem.dsl.checks.bands import check_bands
from thangdiem.dsl.checks.below_zero import check_below_zero
from thangdiem.dsl.checks.division import check_division
from thangdiem.dsl.checks.grade_basis import check_grade_basis
from thangdiem.dsl.checks.guards import check_guards
from thangdiem.dsl.checks.irrational import check_irrational
from thangdiem.dsl.checks.limits import check_limits
from thangdiem.dsl.checks.no_maximum import check_no_maximum
from thangdiem.dsl.checks.reach import check_reach
from thangdiem.dsl.checks.steps import check_steps
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import Rulebook

VALUE_CHECKS: tuple[Callable[[Rulebook], Iterator[Diagnostic]], ...] = (
    check_bands,
    check_steps,
    check_reach,
    check_below_zero,
    check_division,
    check_irrational,
    check_grade_basis,
    check_no_maximum,
    check_guards,
    check_limits,
)
"""Checks of values, in the order in which they run."""
