"""The trace of a unit in; which targets of its scale it reached, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from thangdiem.dsl.rulebook import Span, State
from thangdiem.engine.coverage.targets import Aim, Target
from thangdiem.engine.trace import GradingTrace, Step, Trace

Happened = tuple[Aim, int, int]


def reached(targets: Iterable[Target], trace: Trace) -> frozenset[Target]:
    """The targets that the unit of the trace reached."""
    happened = set(_happened(trace))
    basis = trace.grading.basis.value if trace.grading is not None else None
    return frozenset(each for each in targets if _is_reached(each, happened, basis) or _applies(each, trace))


def _applies(target: Target, trace: Trace) -> bool:
    step = trace.items.get(target.applies)
    return (
        step is not None and step.state is State.VALUE and all(each.kind != "applicability" for each in step.children)
    )


def _is_reached(target: Target, happened: set[Happened], basis: object) -> bool:
    if target.edge is None:
        return (target.aim, target.start, target.end) in happened
    if not isinstance(basis, Fraction):
        return False
    over = basis - target.edge
    match target.aim:
        case Aim.AT:
            return over == 0
        case Aim.BELOW:
            return -target.near <= over < 0
        case _:
            return 0 < over <= target.near


def _happened(trace: Trace) -> Iterator[Happened]:
    tops = [trace.total, *trace.items.values(), *trace.names.values(), *trace.bonuses.values()]
    for top in tops:
        for step in top.walk():
            yield from _of_step(step)
    if trace.grading is not None:
        yield from _of_grading(trace.grading)


def _of_step(step: Step) -> Iterator[Happened]:
    if isinstance(step.value, bool):
        yield _at(Aim.TRUE if step.value else Aim.FALSE, step.span)
    match step.kind:
        case "choice" if "label" in step.detail:
            yield _at(Aim.LEVEL, step.span)
        case "row" if step.detail.get("met") is True:
            yield _at(Aim.ROW, step.span)
        case "mark" if isinstance(step.detail.get("met"), bool):
            yield _at(Aim.MET if step.detail["met"] else Aim.UNMET, step.span)
        case "per_mark" if step.detail.get("count"):
            yield _at(Aim.COUNTED, step.span)
        case "limit" if isinstance(step.detail.get("applied"), bool):
            yield _at(Aim.BINDING if step.detail["applied"] else Aim.FREE, step.span)
        case "item" if any(stage.kind == "applicability" for stage in step.children):
            yield _at(Aim.NOT_APPLICABLE, step.span)


def _of_grading(trace: GradingTrace) -> Iterator[Happened]:
    met = next((band for band in trace.bands if band.met), None)
    if met is not None:
        yield _at(Aim.BAND, met.span)
    conditions = [*(rule.condition for rule in trace.rules), *([trace.guard] if trace.guard is not None else [])]
    conditions.extend(step for band in trace.bands for step in band.conditions)
    for condition in conditions:
        for step in condition.walk():
            yield from _of_step(step)


def _at(aim: Aim, span: Span) -> Happened:
    return aim, span.start, span.end
