"""What can be told of a rulebook without any data: checks in, in the order in which they run, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from thangdiem.dsl.checks.aggregation import check_aggregation
from thangdiem.dsl.checks.citations import check_citations
from thangdiem.dsl.checks.cohort import check_quotas
from thangdiem.dsl.checks.conditional_words import check_conditional_words
from thangdiem.dsl.checks.counts import check_counts
from thangdiem.dsl.checks.cycles import check_cycles
from thangdiem.dsl.checks.dates import check_dates
from thangdiem.dsl.checks.examples import check_examples
from thangdiem.dsl.checks.kinds import check_kinds
from thangdiem.dsl.checks.look_alikes import check_letters, check_look_alikes
from thangdiem.dsl.checks.names import check_names, check_shadows
from thangdiem.dsl.checks.options import check_options
from thangdiem.dsl.checks.percent_drift import check_percent_drift
from thangdiem.dsl.checks.policies import check_policies
from thangdiem.dsl.checks.quotations import check_quotations
from thangdiem.dsl.checks.readings import check_readings
from thangdiem.dsl.checks.totals import check_totals
from thangdiem.dsl.checks.transcription import check_transcription
from thangdiem.dsl.checks.units import check_units
from thangdiem.dsl.checks.values import VALUE_CHECKS
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import Rulebook

Check = Callable[[Rulebook], Iterator[Diagnostic]]

WHOLE_CHECKS: tuple[Check, ...] = (
    check_totals,
    check_counts,
    check_transcription,
    check_policies,
    check_names,
    check_quotations,
    check_citations,
    check_aggregation,
    check_units,
    *VALUE_CHECKS,
)
"""Checks that judge what is not written: of a file of which every line could be read."""

PART_CHECKS: tuple[Check, ...] = (
    check_shadows,
    check_look_alikes,
    check_letters,
    check_cycles,
    check_percent_drift,
    check_readings,
    check_kinds,
    check_options,
    check_dates,
    check_quotas,
    check_examples,
    check_conditional_words,
)
"""Checks that judge what is written: a line that could not be read makes none of them wrong."""

CHECKS: tuple[Check, ...] = (*WHOLE_CHECKS, *PART_CHECKS)
