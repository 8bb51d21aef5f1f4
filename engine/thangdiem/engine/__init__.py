"""The interpreter: a rulebook and unit data in, results and explanations out.

Pure functions and immutable results, and of global state only memories of what was found, by what it was made of: safe
to call from any number of threads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from thangdiem.dsl.diagnostic import Diagnostic, Language, has_errors
from thangdiem.dsl.letters import collation_key
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.binding.mapping import Given, facts_from_mapping
from thangdiem.engine.evaluator import evaluate_all as _evaluate_all
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.result import Mode, Results, Status, UnitResult

if TYPE_CHECKING:
    from thangdiem.engine.explanation import Explanation

__all__ = [
    "Mode",
    "Results",
    "Status",
    "UnitFacts",
    "UnitResult",
    "evaluate",
    "evaluate_all",
    "explain",
    "rank",
]


def evaluate(
    rules: ScaleRules, data: Mapping[str, Given], *, mode: Mode = Mode.FINAL, period: int | None = None
) -> UnitResult:
    """One unit by itself; ``data`` is keyed as the columns of a data file are headed (``"1.2"``, ``"[Số hồ sơ]"``).

    Numbers are texts in the rule file's dialect, ``int``, ``Fraction`` or ``Decimal``; a float is a TypeError. Data the
    scale does not know, or that are wrong, refuse the unit: see ``diagnostics`` of the result.
    """
    return evaluate_all(rules, (data,), mode=mode, period=period).units[0]


def evaluate_all(
    rules: ScaleRules,
    units: Sequence[Mapping[str, Given] | UnitFacts],
    *,
    mode: Mode = Mode.FINAL,
    period: int | None = None,
) -> Results:
    """All units of a scale together, as rules over units, quotas and ranks need them."""
    bound = [_facts(rules, unit) for unit in units]
    refused = {place for place, (_, wrong) in enumerate(bound) if has_errors(wrong)}
    results = _evaluate_all(rules, [facts for facts, _ in bound], mode, period, refused=refused)
    told = tuple(
        evolve(result, diagnostics=(*wrong, *result.diagnostics))
        for result, (_, wrong) in zip(results.units, bound, strict=True)
    )
    return evolve(results, units=told)


def _facts(rules: ScaleRules, unit: Mapping[str, Given] | UnitFacts) -> tuple[UnitFacts, tuple[Diagnostic, ...]]:
    if isinstance(unit, UnitFacts):
        return unit, ()
    return facts_from_mapping(rules.scale, unit, dialect=rules.book.dialect)


def explain(result: UnitResult, language: Language = "vi", *, results: Results | None = None) -> Explanation:
    """Why a unit has its points, its grade and its rank; ``to_text()``, ``to_markdown()``, ``to_html()`` lay it out.

    ``results`` are those the unit is among: with them its neighbours and ties in the ranking are named, and a draft
    says that it is one even of a unit that lacks nothing.
    """
    from thangdiem.engine.explanation import explain as _explain

    if result.rules is None:
        raise ValueError("the result was not made by evaluate or evaluate_all")
    if results is None:
        mode = Mode.DRAFT if result.status is Status.UNDETERMINED else Mode.FINAL
        results = Results(result.rules.book, result.rules.scale, mode, (result,), result.period)
    return _explain(results, result, language)


def rank(results: Results) -> tuple[UnitResult, ...]:
    """The units by rank, equal ranks in the order of the Vietnamese alphabet; those without a rank come last."""
    return tuple(sorted(results.units, key=lambda unit: (unit.rank is None, unit.rank or 0, collation_key(unit.unit))))
