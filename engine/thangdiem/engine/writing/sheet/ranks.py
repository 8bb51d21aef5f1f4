"""How a unit came to its rank in; the step of the rank out: its keys, and those of the units it is ranked among."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.ranking import NO_PLACE
from thangdiem.engine.trace import KeyTrial, RankingTrace, Step
from thangdiem.engine.writing.sheet.formula import Workings


def rank_of(rank: int, trace: RankingTrace, workings: Workings) -> Step:
    """The step of the rank."""
    keys = [_key(key, workings) for key in trace.keys]
    among = (*trace.standings[: trace.place], *trace.standings[trace.place + 1 :])
    rows = [(unit, *values) for unit, values in among]
    step = Step("rank", Fraction(rank), span=trace.span)
    return workings.named("rank", workings.tell(step, "rank", *keys, others=rows, ties="first"))


def _key(key: KeyTrial, workings: Workings) -> Step:
    """A key, the greater the better: what does not apply is 0, and who has no place on record comes last."""
    step = key.step
    if step.state is State.NOT_APPLICABLE and not key.decided:
        step = _instead(step, Fraction(0), workings)
    if not key.ascending:
        return step
    value = -step.value if isinstance(step.value, Fraction) else None
    turned = workings.tell(Step("negative", value, step.state), "negative", step)
    return turned if turned.state is State.VALUE else _instead(turned, NO_PLACE, workings)


def _instead(step: Step, value: Fraction, workings: Workings) -> Step:
    return workings.in_place_of(step.state, step, workings.number(value), Step("key", value))
