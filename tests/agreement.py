"""A rule file and units in; what the engine and the naive reading say differently of them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

import naive
from generated.freely import Drawn
from naive.written import read as syntax_of
from thangdiem.dsl.checks.cycles import check_cycles
from thangdiem.dsl.diagnostic import has_errors
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.resolver import resolve
from thangdiem.dsl.rulebook import Rulebook, Scale, State
from thangdiem.engine.binding.mapping import Given, facts_from_mapping
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.result import UnitResult

Unit = Mapping[str, Given]


@frozen
class Difference:
    """One thing of one unit that comes out differently."""

    unit: str
    what: str
    engine: object
    naive: object

    def __str__(self) -> str:
        return f"{self.unit}, {self.what}: the engine says {self.engine}, the naive reading {self.naive}"


def differences(
    rules: ScaleRules, units: Sequence[Unit], period: int | None, others: Sequence[Unit] = ()
) -> list[Difference]:
    """What differs; ``others`` are units of the second scale. Unsupported where the naive reading leaves it out."""
    second = rules.book.scales[-1]
    beside = {second.id: _rows(others)} if others else None
    theirs = naive.score(rules.book.source.text, _rows(units), rules.scale.id, period, beside)
    around = {second.id: _facts(others, second, rules)} if others else None
    ours = evaluate_all(rules, _facts(units, rules.scale, rules), period=period, others=around)
    return [found for unit in ours.units for found in compared(unit, theirs[unit.unit])]


def _facts(units: Sequence[Unit], scale: Scale, rules: ScaleRules) -> list[UnitFacts]:
    return [facts_from_mapping(scale, unit, dialect=rules.book.dialect)[0] for unit in units]


def _rows(units: Sequence[Unit]) -> dict[str, dict[str, naive.Given]]:
    return {str(unit["Đơn vị"]): {key: _as_read(value) for key, value in unit.items()} for unit in units}


def _as_read(value: Given) -> naive.Given:
    return naive.State(value.value) if isinstance(value, State) else value


def compared(ours: UnitResult, theirs: naive.Score) -> Iterator[Difference]:
    """What the engine and the naive reading say differently of a unit."""
    pairs: list[tuple[str, object, object]] = [
        ("status", ours.status.value, theirs.status),
        ("total", ours.total, theirs.total),
        ("maximum", ours.maximum, theirs.maximum),
        ("grade", ours.grade, theirs.grade),
        ("rank", ours.rank, theirs.rank),
        ("items", {item.code for item in ours.items}, set(theirs.items)),
    ]
    for item in ours.items:
        state, points, maximum = theirs.items.get(item.code, ("", None, None))
        pairs.append((f"state of {item.code}", item.state.value, state))
        pairs.append((f"points of {item.code}", item.score, points))
        pairs.append((f"maximum of {item.code}", item.maximum, maximum))
    for what, one, other in pairs:
        if one != other:
            yield Difference(ours.unit, what, _shown(one), _shown(other))


def _shown(value: object) -> str:
    return str(value) if isinstance(value, Fraction | int) else repr(value)


# --- files drawn freely


class DoesNotResolve(Exception):
    """The rule file says something that means nothing: an error of the resolver, a circle."""


def meant(text: str) -> Rulebook:
    """What a text means, read once for both: the checks do not matter."""
    try:
        book, found = resolve(syntax_of(text).syntax)
    except ValueError as slips:
        raise DoesNotResolve from slips
    if book is None or not book.scales or has_errors(found):
        raise DoesNotResolve
    return book


def of_drawn(drawn: Drawn) -> list[Difference]:
    """What differs of a file drawn freely, which need not please the checks but must mean something."""
    book = meant(drawn.text)
    if any(check_cycles(book)):
        raise DoesNotResolve
    return differences(ScaleRules(book, book.scales[0]), drawn.units, drawn.period, drawn.others)
