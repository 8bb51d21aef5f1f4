"""What an item rests on: its steps in; its data with their cells and its named values, out."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl.rulebook import State
from thangdiem.engine.explanation.cohorts import cohorts
from thangdiem.engine.explanation.methods import calculated, limit, method
from thangdiem.engine.explanation.parts import Statement
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.facts import Fact
from thangdiem.engine.trace import Step


def _reached(step: Step, subject: Subject, seen: set[object]) -> Iterator[Step]:
    """The step, all below it, and the named values they refer to, each before what uses it is told."""
    for each in step.walk():
        key = each.detail.get("key")
        if each.kind == "reference" and each.detail.get("to") == "name" and isinstance(key, tuple) and key not in seen:
            seen.add(key)
            yield from _reached(subject.trace.names[key], subject, seen)
        yield each


def data(code: str, step: Step, subject: Subject) -> Iterator[Statement]:
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
        label = subject.words("layer_unused", layer=layer[:1].upper() + layer[1:])
        yield Statement("datum", label, _known(fact, "", subject), place=subject.origin(fact.origin))


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
    if fact.value is None or fact.value == ():
        return subject.words("none")
    percent = fact.written.strip().endswith("%")
    shown = subject.wording.shown(fact.value, percent)
    return f"{shown} {unit}" if unit else shown


def names(step: Step, subject: Subject) -> Iterator[Statement]:
    """The named values the item rests on, each after those it is made of."""
    told: set[object] = set()
    for each in _reached_names(step, subject, told):
        name = str(each.detail.get("name", ""))
        inner = each.children[0] if each.children else each
        yield from cohorts(each, subject)
        if inner.kind == "formula":
            yield (
                calculated(inner.children[0], subject, name)
                if not inner.children[1:]
                else calculated(inner, subject, name)
            )
            for found in inner.children[1:]:
                yield from limit(found, subject)
        else:
            yield from method(inner, subject, name)


def _reached_names(step: Step, subject: Subject, told: set[object]) -> Iterator[Step]:
    for each in step.walk():
        key = each.detail.get("key")
        if each.kind == "reference" and each.detail.get("to") == "name" and isinstance(key, tuple) and key not in told:
            told.add(key)
            named = subject.trace.names[key]
            yield from _reached_names(named, subject, told)
            yield named
