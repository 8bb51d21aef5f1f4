"""Rules and facts in, results out: every unit scored, graded and ranked, with its complete trace.

Two passes in effect: a rule over units asks for the values of other units, each of which is found once and kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation import grading, nodes, quota, ranking
from thangdiem.engine.evaluation.population import Units
from thangdiem.engine.evaluation.unit import Plan, UnitEvaluation
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.result import ItemResult, Mode, Results, Status, UnitResult
from thangdiem.engine.trace import GradingTrace, KeyTrial, RankingTrace, Step, Trace

MOST_UNITS = 1_000_000


def evaluate_all(
    rules: ScaleRules,
    units: Sequence[UnitFacts],
    mode: Mode = Mode.FINAL,
    period: int | None = None,
    others: Mapping[str, Sequence[UnitFacts]] | None = None,
    refused: Collection[int] = (),
    around: Sequence[UnitFacts] = (),
) -> Results:
    """All units of one scale.

    ``period`` is the year assessed, which dates such as 31/05 of that year need. ``others`` are units of other scales
    of the same file, by scale: they are seen only by rules over subordinate units. ``refused`` are the places of units
    whose data are wrong as a whole: they have no result and no rank. ``around`` are units of this scale that are judged
    by other rules: rules over units see them, ranks and quotas do not.
    """
    if len(units) + len(around) > MOST_UNITS:
        raise ValueError(f"more than {MOST_UNITS} units")
    together = Units()
    plan = Plan(rules.book, rules.scale, period)
    members = [UnitEvaluation(plan, facts, together, nodes) for facts in units]
    together.members.extend(members)
    together.members.extend(UnitEvaluation(plan, facts, together, nodes) for facts in around)
    for scale in rules.book.scales:
        if others and scale.id != rules.scale.id and scale.id in others:
            other = Plan(rules.book, scale, period)
            together.members.extend(UnitEvaluation(other, facts, together, nodes) for facts in others[scale.id])
    circle = together.subordinates_first()
    found = [_unit(member, mode, rules) for member in members]
    found = [
        _in_a_circle(result, circle[id(member)]) if id(member) in circle else result
        for result, member in zip(found, members, strict=True)
    ]
    found = [_without_result(result) if place in refused else result for place, result in enumerate(found)]
    found = _with_quotas(found, members)
    found = _with_ranks(found, members, rules.scale)
    return Results(rules.book, rules.scale, mode, tuple(found), period, _general(rules, found))


def _general(rules: ScaleRules, found: list[UnitResult]) -> tuple[Diagnostic, ...]:
    if not found:
        return (Diagnostic("TD530", {"scale": rules.scale.id}),)
    return ()


def _unit(unit: UnitEvaluation, mode: Mode, rules: ScaleRules) -> UnitResult:
    total = nodes.total(unit)
    for code in unit.plan.items:
        nodes.item(code, unit)
    given = total.children and total.children[0].kind == "total_given"
    grade, grades_trace = grading.grade(unit)
    trace = Trace(total, unit.items, unit.names, unit.bonuses, grades_trace, unit.totals.get(True))
    share = _share(total)
    scale = unit.plan.scale
    status = _status(total, grade, grades_trace, unit)
    refused = status is Status.REFUSED
    result = UnitResult(
        unit.facts.unit,
        scale.id,
        status,
        None if refused or not isinstance(total.value, Fraction) else total.value,
        _maximum(total),
        None if refused else share,
        grade if status is Status.GRADED else None,
        () if given else tuple(_item(item, unit) for item in unit.plan.items.values()),
        unit.facts,
        trace,
        block=unit.facts.block,
        grades=(grade,) if grade is not None and status is Status.GRADED else (),
        gaps=_gaps(unit, total, grades_trace),
        diagnostics=tuple(unit.diagnostics),
        rules=rules,
        period=unit.plan.period,
    )
    if refused and mode is Mode.DRAFT and total.state is not State.INVALID and result.gaps:
        # Only drafts need the arithmetic of ranges; a final run starts faster without it.
        from thangdiem.engine.draft import with_ranges

        return with_ranges(result, unit)
    if refused:
        return _named_gaps(result)
    return result


def _in_a_circle(result: UnitResult, superior: str) -> UnitResult:
    """A unit that is its own superior's superior has no result: its score would need itself."""
    found = Diagnostic("TD516", {"unit": result.unit, "superior": superior}, result.facts.place)
    return evolve(_without_result(result), gaps=(), diagnostics=(found,))


def _status(total: Step, grade: str | None, trace: GradingTrace | None, unit: UnitEvaluation) -> Status:
    no_total = unit.plan.scale.points.form is rb.PointsForm.NO_TOTAL
    if total.state is State.NOT_APPLICABLE and not no_total:
        return Status.UNGRADED
    if total.state is not State.VALUE and not no_total:
        return Status.REFUSED
    if no_total and any(
        step.state in (State.INVALID, State.MISSING, State.NOT_ASSESSED) for step in unit.items.values()
    ):
        return Status.REFUSED
    if trace is None:
        return Status.UNGRADED
    return Status.GRADED if grade is not None else Status.REFUSED


def _gaps(unit: UnitEvaluation, total: Step, trace: GradingTrace | None) -> tuple[str, ...]:
    found = list(total.gaps)
    if unit.plan.scale.points.form is rb.PointsForm.NO_TOTAL:
        found.extend(gap for step in unit.items.values() for gap in step.gaps)
    if trace is not None:
        steps = [trace.basis, *(rule.condition for rule in trace.rules if rule.met is None)]
        steps.extend(step for band in trace.bands if band.met is None for step in band.conditions)
        found.extend(gap for step in steps if step.state is not State.VALUE for gap in step.gaps)
    return tuple(dict.fromkeys(found))


def _without_result(result: UnitResult) -> UnitResult:
    return evolve(result, status=Status.REFUSED, total=None, share=None, grade=None, grades=(), range=None)


def _named_gaps(result: UnitResult) -> UnitResult:
    """A refused unit names every gap."""
    if not result.gaps:
        return result
    found = Diagnostic("TD500", {"unit": result.unit, "gaps": ", ".join(result.gaps)}, result.facts.place)
    return evolve(result, diagnostics=(found, *result.diagnostics))


def _share(total: Step) -> Fraction | None:
    maximum = _maximum(total)
    if not isinstance(total.value, Fraction) or not maximum:
        return None
    return total.value / maximum


def _maximum(total: Step) -> Fraction | None:
    maximum = total.detail.get("maximum")
    return maximum if isinstance(maximum, Fraction) else None


def _item(item: rb.Item, unit: UnitEvaluation) -> ItemResult:
    step = unit.items[item.code]
    maximum = step.detail.get("maximum")
    return ItemResult(
        item.code,
        item.title,
        step.state,
        step.value if isinstance(step.value, Fraction) else None,
        maximum if isinstance(maximum, Fraction) else None,
        item.points.counted,
        item.parent,
    )


def _with_quotas(found: list[UnitResult], members: list[UnitEvaluation]) -> list[UnitResult]:
    """Quotas look at the graded units of a block of grades together."""
    blocks: dict[int, tuple[rb.Grading, list[int]]] = {}
    for index, (result, member) in enumerate(zip(found, members, strict=True)):
        block = grading.block_of(member) if result.status is Status.GRADED else None
        if block is not None and block.quotas and result.total is not None:
            blocks.setdefault(id(block), (block, []))[1].append(index)
    for block, indexes in blocks.values():
        contenders = [
            quota.Contender(str(index), found[index].block, found[index].grade or "", found[index].total or Fraction(0))
            for index in indexes
        ]
        names = {str(index): found[index].unit for index in indexes}
        grades, trials = quota.apply(block, contenders, names)
        for index in indexes:
            result, trace = found[index], found[index].trace
            assert trace is not None
            assert trace.grading is not None
            marked = evolve(trace, grading=evolve(trace.grading, quotas=trials[str(index)]))
            grade = grades[str(index)]
            found[index] = evolve(result, grade=grade, grades=(grade,), trace=marked)
    return found


def _with_ranks(found: list[UnitResult], members: list[UnitEvaluation], scale: rb.Scale) -> list[UnitResult]:
    if scale.ranking is None:
        return found
    tried: dict[int, tuple[KeyTrial, ...]] = {}
    standings = []
    for index, (result, member) in enumerate(zip(found, members, strict=True)):
        if result.status in (Status.REFUSED, Status.UNDETERMINED) or _unranked(member):
            continue
        keys = ranking.keys_of(scale.ranking, member)
        standing = ranking.standing(keys, member.facts)
        if standing is not None:
            tried[index] = keys
            standings.append(evolve(standing, unit=str(index)))
    ranks = ranking.ranks(scale.ranking, standings)
    traces = dict(_ranking_traces(scale.ranking, standings, tried, members))
    return [
        _ranked(result, ranks[str(index)], traces[index], members[index]) if index in tried else result
        for index, result in enumerate(found)
    ]


def _ranked(result: UnitResult, rank: int, how: RankingTrace, unit: UnitEvaluation) -> UnitResult:
    """A key may ask for the total before bonus, which nothing else has asked for."""
    assert result.trace is not None
    return evolve(result, rank=rank, trace=evolve(result.trace, ranking=how, subtotal=unit.totals.get(True)))


def _ranking_traces(
    rules: rb.Ranking,
    standings: list[ranking.Standing],
    tried: Mapping[int, tuple[KeyTrial, ...]],
    members: list[UnitEvaluation],
) -> Iterator[tuple[int, RankingTrace]]:
    """How each unit came to its rank; the units of a block share one list of keys."""
    blocks: dict[str, list[tuple[str, tuple[Fraction, ...]]]] = {}
    places: list[tuple[int, str, int]] = []
    for standing in standings:
        index, name = int(standing.unit), standing.block if rules.per_block else ""
        block = blocks.setdefault(name, [])
        places.append((index, name, len(block)))
        block.append((members[index].facts.unit, standing.keys))
    shared = {name: tuple(block) for name, block in blocks.items()}
    for index, name, place in places:
        yield index, RankingTrace(tried[index], place, shared[name], rules.span)


def _unranked(unit: UnitEvaluation) -> bool:
    """Whether an item that does not apply takes the unit out of the ranking, or leaves it without a total."""
    if not grading.has_total(unit):
        return True
    return any(
        stage.kind == "applicability" and stage.detail.get("policy") == rb.PolicyForm.UNRANKED.value
        for step in unit.items.values()
        for stage in step.children
    )
