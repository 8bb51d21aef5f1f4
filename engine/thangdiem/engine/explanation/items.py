"""An item explained: its steps and its provision in, what a reader is told of it out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thangdiem.dsl.numerals import write_date
from thangdiem.dsl.rulebook import Bonus, Item, PolicyForm, Provision, Span, State
from thangdiem.engine.explanation.aggregation import aggregation
from thangdiem.engine.explanation.arithmetic import MOST_LISTED, equation, result
from thangdiem.engine.explanation.comparisons import holds, tried
from thangdiem.engine.explanation.methods import calculated, limit, method, rounding
from thangdiem.engine.explanation.parts import ItemExplanation, Statement
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.facts import Fact
from thangdiem.engine.trace import Step


def items(subject: Subject) -> tuple[ItemExplanation, ...]:
    """Every item, in the order of the file, each followed by its bonuses; those of the scale come last."""
    found = [each for item in subject.scale.items for each in _with_children(item, 0, subject)]
    found.extend(_bonus(bonus, 0, subject) for bonus in subject.scale.bonuses if bonus.key in subject.trace.bonuses)
    return tuple(found)


def _with_children(item: Item, depth: int, subject: Subject) -> Iterator[ItemExplanation]:
    step = subject.trace.items.get(item.code)
    if step is not None:
        yield _item(item, step, depth, subject)
    for child in item.children:
        yield from _with_children(child, depth + 1, subject)
    for bonus in item.bonuses:
        if bonus.key in subject.trace.bonuses:
            yield _bonus(bonus, depth + 1, subject)


def _item(item: Item, step: Step, depth: int, subject: Subject) -> ItemExplanation:
    maximum = step.detail.get("maximum")
    known = subject.item_results.get(item.code)
    score = _score(step, subject)
    if known is not None and step.state is not State.VALUE and (known.low is not None or known.high is not None):
        score = subject.wording.between(known.low, known.high)
    statements = (
        *(Statement("citation", subject.words("citation"), text) for text in item.provision.citations),
        *_data(item.code, step, subject),
        *_names(step, subject),
        *(each for stage in step.children for each in _stage(stage, item, subject)),
        *_uncounted(item, subject),
        *provision(item.provision, subject),
    )
    return ItemExplanation(
        item.code, subject.heading(item), depth, min(3 + depth, 6), step.state.value, subject.words(step.state.value), score,
        subject.wording.figure(maximum) if isinstance(maximum, Fraction) else "", item.points.counted, not item.children,
        statements,
    )  # fmt: skip


def _bonus(bonus: Bonus, depth: int, subject: Subject) -> ItemExplanation:
    step = subject.trace.bonuses[bonus.key]
    title = f"{subject.words('deduction' if bonus.deduction else 'bonus')} “{bonus.title}”"
    statements = (
        *(Statement("citation", subject.words("citation"), text) for text in bonus.provision.citations),
        *_data(bonus.key, step, subject),
        *_names(step, subject),
        *(each for stage in step.children for each in _stage(stage, None, subject)),
        *provision(bonus.provision, subject),
    )
    return ItemExplanation(
        bonus.key, title, depth, min(3 + depth, 6), step.state.value, subject.words(step.state.value),
        _score(step, subject), "", True, True, statements,
    )  # fmt: skip


def _score(step: Step, subject: Subject) -> str:
    return subject.wording.figure(step.value) if isinstance(step.value, Fraction) else subject.words(step.state.value)


def _uncounted(item: Item, subject: Subject) -> list[Statement]:
    return [] if item.points.counted else [Statement("reason", subject.words("note"), subject.words("uncounted"))]


# --- data and names


def _reached(step: Step, subject: Subject, seen: set[object]) -> Iterator[Step]:
    """The step, all below it, and the named values they refer to, each before what uses it is told."""
    for each in step.walk():
        key = each.detail.get("key")
        if each.kind == "reference" and each.detail.get("to") == "name" and isinstance(key, tuple) and key not in seen:
            seen.add(key)
            named = subject.trace.names.get(key)
            if named is not None:
                yield from _reached(named, subject, seen)
        yield each


def _data(code: str, step: Step, subject: Subject) -> Iterator[Statement]:
    """Every datum the item rests on, as written, with its cell."""
    told: set[str] = set()
    for each in _reached(step, subject, set()):
        if each.fact is None:
            continue
        name = str(each.detail.get("name", ""))
        key = f"[{name}]" if name else code
        if key not in told:
            told.add(key)
            yield _datum(key, each, each.fact, subject)
    for layer, fact in _layers(code, subject):
        yield Statement("datum", subject.words("given"), _known(fact, "", subject), subject.words("layer", layer=layer),
                        subject.origin(fact.origin))  # fmt: skip


def _layers(code: str, subject: Subject) -> list[tuple[str, Fact]]:
    counting = subject.unit.facts.scores.get(code)
    layers = subject.unit.facts.layers.get(code, {})
    return [(layer, fact) for layer, fact in layers.items() if counting is None or layer != counting.layer]


def _datum(key: str, step: Step, fact: Fact, subject: Subject) -> Statement:
    labels = {"choice": "chosen", "checklist": "ticked", "given": "given"}
    label = subject.words(labels[step.kind]) if step.kind in labels else key
    known = subject.scale.data.get(key[1:-1]) if key.startswith("[") else None
    unit = known.unit if known is not None else ""
    notes = [subject.words("layer", layer=fact.layer)] if fact.layer else []
    if known is not None and known.source:
        notes.append(f"{subject.words('data_source')}: {known.source}")
    return Statement("datum", label, _known(fact, unit, subject), "; ".join(notes), subject.origin(fact.origin))


def _known(fact: Fact, unit: str, subject: Subject) -> str:
    if fact.state is not State.VALUE:
        state = subject.words(fact.state.value)
        return f"“{fact.written}”: {state}" if fact.written and fact.state is State.INVALID else state
    percent = fact.written.strip().endswith("%")
    shown = subject.wording.shown(fact.value, percent)
    return f"{shown} {unit}" if unit else shown


def _names(step: Step, subject: Subject) -> Iterator[Statement]:
    """The named values the item rests on, each after those it is made of."""
    told: set[object] = set()
    for each in _reached_names(step, subject, told):
        name = str(each.detail.get("name", ""))
        inner = each.children[0] if each.children else each
        if inner.kind == "formula":
            yield calculated(inner.children[0], subject, name) if not inner.children[1:] else calculated(inner, subject, name)
            for found in inner.children[1:]:
                yield from limit(found, subject)
        else:
            yield from method(inner, subject, name)


def _reached_names(step: Step, subject: Subject, told: set[object]) -> Iterator[Step]:
    for each in step.walk():
        key = each.detail.get("key")
        if each.kind == "reference" and each.detail.get("to") == "name" and isinstance(key, tuple) and key not in told:
            told.add(key)
            named = subject.trace.names.get(key)
            if named is not None:
                yield from _reached_names(named, subject, told)
                yield named


# --- stages


def _stage(stage: Step, item: Item | None, subject: Subject) -> list[Statement]:
    match stage.kind:
        case "own":
            found = method(stage.children[0], subject, subject.words("points_label")) if stage.children else []
            return [*_cohorts(stage, subject), *found]
        case "children":
            return [aggregation(stage, item.aggregation if item else subject.scale.aggregation, subject)] if stage.children else []
        case "missing_rule":
            return [
                Statement("rule", subject.words("when_missing"), subject.quoted(stage.span), place=subject.place(stage.span)),
                calculated(stage.children[0] if stage.children else stage, subject, subject.words("points_label")),
            ]
        case "applicability":
            return _applicability(stage, subject)
        case "replaced":
            return _replaced(stage, subject)
        case "counts_when":
            return _counts_when(stage, subject)
        case "bonus":
            return [bonus_change(stage, subject)]
        case "limit":
            return limit(stage, subject)
        case "rounding":
            return rounding(stage, subject)
        case _:
            return []


def _cohorts(step: Step, subject: Subject) -> list[Statement]:
    """The values of other units that a rule over units looked at, and what was made of them."""
    found = []
    for each in step.walk():
        values = each.detail.get("values", each.detail.get("grades"))
        if each.kind in ("over_units", "rank_among", "units_graded") and isinstance(values, tuple):
            found.extend(_cohort(each, values, subject))
    return found


def _cohort(step: Step, values: tuple[tuple[str, object], ...], subject: Subject) -> list[Statement]:
    listed = [f"{unit}: {_plain(value, subject)}" for unit, value in values[:MOST_LISTED]]
    if len(values) > MOST_LISTED:
        listed.append(subject.words("and_others", count=len(values) - MOST_LISTED))
    found = [Statement("datum", subject.words("cohort"), "; ".join(listed))]
    numbers = [value for _, value in values if isinstance(value, Fraction)]
    if step.kind != "over_units" or len(numbers) > MOST_LISTED:
        return [*found, Statement("equation", subject.words("value"), equation(step, subject))]
    call = f"{subject.words(str(step.detail.get('form')))}({'; '.join(map(subject.wording.number, numbers))})"
    text = f"{subject.written(step.span)} = {call} = {result(step, subject)}"
    return [*found, Statement("equation", subject.words("value"), text)]


def _plain(value: object, subject: Subject) -> str:
    value = getattr(value, "value", value)
    return subject.wording.figure(value) if isinstance(value, Fraction) else str(value)


def _applicability(stage: Step, subject: Subject) -> list[Statement]:
    policy = str(stage.detail.get("policy") or "")
    by = str(stage.detail.get("by") or "data")
    if policy:
        points = subject.scale.policy.scale_points if subject.scale.policy else None
        shown = subject.wording.points(points) if points is not None else ""
        text = subject.words(f"policy_{PolicyForm(policy).value}", points=shown)
        return [Statement("reason", subject.words("policy"), text, subject.written(stage.span), subject.place(stage.span))]
    found = [tried(subject.quoted(stage.span), stage.children, subject, subject.place(stage.span), holds(each))
             for each in stage.children[-1:]]  # fmt: skip
    if stage.state is State.NOT_APPLICABLE:
        found.append(Statement("reason", subject.words("na_reason"), subject.words(f"na_by_{by}")))
    return found


def _replaced(stage: Step, subject: Subject) -> list[Statement]:
    when = stage.children[:1]
    met = holds(when[0]) if when else None
    found = [tried(subject.quoted(stage.span), when, subject, subject.place(stage.span), met)]
    if met and len(stage.children) > 1:
        found.append(calculated(stage.children[-1], subject, subject.words("replaced")))
    return found


def _counts_when(stage: Step, subject: Subject) -> list[Statement]:
    when = stage.children[:1]
    met = holds(when[0]) if when else None
    found = [tried(subject.quoted(stage.span), when, subject, subject.place(stage.span), met)]
    earned = stage.detail.get("earned")
    if met is False and isinstance(earned, Fraction):
        text = subject.words("does_not_count", earned=subject.wording.points(earned))
        found.append(Statement("reason", subject.words("counts_when"), text))
    return found


def bonus_change(stage: Step, subject: Subject) -> Statement:
    """A bonus or deduction put in: before, points, after."""
    deduction = bool(stage.detail.get("deduction"))
    label = subject.words("deduction_row" if deduction else "bonus_row", title=stage.detail.get("title"))
    before, points = stage.detail.get("before"), stage.detail.get("points")
    if not (isinstance(before, Fraction) and isinstance(points, Fraction) and isinstance(stage.value, Fraction)):
        return Statement("open", label, subject.words(stage.state.value))
    sign = "−" if deduction else "+"
    left, right = (f"({shown})" if "/" in shown or "−" in shown else shown for shown in map(subject.wording.number, (before, points)))
    text = f"{left} {sign} {right} = {subject.wording.result(stage.value, subject.words('points'))}"
    return Statement("change", label, text, place=subject.place(Span(stage.span.start, min(stage.span.end, stage.span.start + 1))))


# --- what the text says besides


def provision(said: Provision, subject: Subject) -> Iterator[Statement]:
    """Quotations, evidence, sources and notes; interpretations last, marked as no words of the text."""
    words = subject.words
    for role, key, texts in (
        ("quotation", "quotation", said.quotations),
        ("evidence", "evidence", said.evidence),
        ("evidence", "data_source", said.data_sources),
        ("evidence", "verifier", said.verifiers),
        ("quotation", "note", said.notes),
    ):
        for text in texts:
            yield Statement(role, words(key), text)
    for reading in said.readings:
        day = write_date(reading.since, subject.language) if reading.since else ""
        text = words("reading_since", text=reading.text, day=day) if day else reading.text
        yield Statement("reading", words("reading"), text, reading.id, subject.place(reading.span))
        for other in reading.alternatives:
            yield Statement("reading", words("alternative"), other, reading.id)
