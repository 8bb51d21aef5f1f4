"""How a unit came to its grade in; the steps of the sheet that lead there out.

A grade is a place among the grades, the best being 1, so that raising is the least of two places and capping the
greatest; the last step puts the name for the place.
"""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl.rulebook import State
from thangdiem.engine.trace import BandTrial, GradingTrace, QuotaTrial, RuleTrial, Step
from thangdiem.engine.writing.sheet.expressions import constant, in_range, others
from thangdiem.engine.writing.sheet.formula import Workings, gravest, rounded


def grade_of(trace: GradingTrace, total: object, workings: Workings) -> Step:
    """The step of the grade."""
    grades = tuple(band.grade for band in trace.bands)
    now = _chosen(trace, total, grades, workings) if grades else None
    if trace.guard is not None:
        state = now.state if now is not None else trace.guard.state
        step = Step("grade", now.value if now is not None else None, state)
        now = workings.tell(step, "first", trace.guard, now)
    assert now is not None
    name = grades[int(now.value) - 1] if isinstance(now.value, Fraction) else None
    return workings.named("grade", workings.tell(Step("grade", name, now.state), "name", now, names=grades))


def _chosen(trace: GradingTrace, total: object, grades: tuple[str, ...], workings: Workings) -> Step:
    """The place by the bands, moved by every condition, then held to the quotas."""
    now = _first_band(trace, grades, workings)
    for rule in trace.rules:
        now = _after_rule(rule, now, grades, workings)
    now = _agreed(trace.rules, now, grades, workings)
    for quota in trace.quotas:
        now = _after_quota(quota, total, now, grades, workings)
    return now


def _place(grade: str, grades: tuple[str, ...], workings: Workings) -> Step:
    """The place of a grade among the grades."""
    name = f"grade:{grades.index(grade) + 1}"
    known = workings.shared.get(name)
    place = Fraction(grades.index(grade) + 1)
    return known or workings.named(name, constant(place, "place", workings, label=grade))


# --- bands


def _first_band(trace: GradingTrace, grades: tuple[str, ...], workings: Workings) -> Step:
    """The first band that is met; one that cannot be told leaves the grade open."""
    pairs: list[Step | None] = []
    found: Step | None = None
    for index, band in enumerate(trace.bands):
        if band.form == "by_rule":
            continue
        test = workings.named(f"band:{index + 1}", _band(band, trace.basis, workings))
        pairs += [test, _place(band.grade, grades, workings)]
        if found is None and test.value is not False:
            found = pairs[-1] if test.value is True else test
    state = State.INVALID if found is None else found.state
    return workings.tell(Step("bands", found.value if found else None, state, span=trace.span), "first", *pairs)


def _band(band: BandTrial, basis: Step, workings: Workings) -> Step:
    """Whether every condition of a band holds; what remains holds for whoever comes to it."""
    conditions = band.conditions
    for step in conditions[:1]:
        if step.kind == "range":
            in_range(step, basis, workings)
    if band.form == "tried" and band.met is None and basis.state is not State.VALUE:
        lacking = Step("range", None, basis.state, span=band.span)
        conditions = (workings.tell(lacking, "in_range", basis, signs=()), *conditions)
    met = True if band.form == "rest" else band.met
    state = State.VALUE if met is not None else gravest(conditions)
    return workings.tell(Step("band", met, state, detail={"label": band.grade}, span=band.span), "all", *conditions)


# --- conditions that move a grade


def _after_rule(rule: RuleTrial, now: Step, grades: tuple[str, ...], workings: Workings) -> Step:
    """The place after a condition: moved where it holds; where moving changes nothing, whatever the condition."""
    detail = {"form": rule.form, "label": rule.grade}
    if rule.met is False:
        same = Step("rule", now.value, now.state, detail=detail, span=rule.span)
        return workings.tell(same, "first", rule.condition, None, now)
    if not rule.after:
        state = rule.condition.state if rule.before else now.state
        return workings.tell(
            Step("rule", None, state, detail=detail, span=rule.span), "first", rule.condition, None, now
        )
    after = Fraction(grades.index(rule.after) + 1)
    moved = _moved(rule, after, now, grades, workings)
    step = Step("rule", after, detail=detail, span=rule.span)
    if rule.met is None:
        return workings.tell(step, "first", workings.equal(moved, now), now, rule.condition, moved, now)
    return workings.tell(step, "first", rule.condition, moved, now)


def _moved(rule: RuleTrial, after: Fraction, now: Step, grades: tuple[str, ...], workings: Workings) -> Step:
    named = _place(rule.grade, grades, workings)
    moved = Step("moved", after)
    match rule.form:
        case "raise":
            return workings.tell(moved, "min", now, named)
        case "cap":
            return workings.tell(moved, "max", now, named)
        case "exclude":
            below = grades[min(grades.index(rule.grade) + 1, len(grades) - 1)]
            return workings.tell(moved, "first", workings.equal(now, named), _place(below, grades, workings), now)
        case _:
            return named


def _agreed(rules: tuple[RuleTrial, ...], now: Step, grades: tuple[str, ...], workings: Workings) -> Step:
    """Conditions that decide for different grades leave none."""
    forced = list(dict.fromkeys(rule.grade for rule in rules if rule.form == "force" and rule.met and rule.before))
    if len(forced) < 2:
        return now
    same = workings.equal(_place(forced[0], grades, workings), _place(forced[1], grades, workings))
    return workings.tell(Step("rule", None, State.INVALID), "first", same, now)


# --- quotas


def _after_quota(quota: QuotaTrial, total: object, now: Step, grades: tuple[str, ...], workings: Workings) -> Step:
    """The place after a quota: who holds the grade keeps it where the places reach to it, else takes the next."""
    holds = workings.equal(now, _place(quota.grade, grades, workings))
    outcome = _outcome(quota, total, now, grades, workings) if holds.value else None
    after = Fraction(grades.index(quota.after) + 1)
    return workings.tell(Step("quota", after, span=quota.span), "first", holds, outcome, now)


def _outcome(quota: QuotaTrial, total: object, now: Step, grades: tuple[str, ...], workings: Workings) -> Step:
    """Kept where as many places as the unit's rank among the holders are to be had."""
    share = workings.tell(Step("share", quota.share, span=quota.span), "literal")
    units = constant(Fraction(quota.units), "units", workings)
    places = Step("places", Fraction(quota.places))
    workings.tell(places, "multiply", share, units, **rounded(quota.rounding))
    assert isinstance(total, Fraction)
    sign = -1 if quota.lower_is_better else 1
    own, keys = sign * total, [sign * each for each in quota.totals]
    among = others([*zip(quota.holders, keys, strict=True)], (workings.unit, own))
    last = quota.ties != "all_pass"
    rank = sum(other >= own for other in keys) if last else 1 + sum(other > own for other in keys)
    key = workings.trace.total
    if quota.lower_is_better:
        key = workings.tell(Step("negative", own), "negative", key)
    ranked = Step("rank", Fraction(rank), span=quota.span)
    workings.tell(ranked, "rank", key, others=among, ties="last" if last else "first")
    fits = workings.tell(Step("range", rank <= quota.places), "in_range", ranked, places, signs=("<=",))
    after = Step("outcome", Fraction(grades.index(quota.after) + 1))
    return workings.tell(after, "first", fits, now, _place(quota.otherwise, grades, workings))
