"""The rules of a choice and a table in; the results of every scale, and what was found in the data, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from thangdiem.dsl.all_versions import all_versions
from thangdiem.dsl.choosing import Choice
from thangdiem.dsl.diagnostic import Diagnostic, Severity
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.library import RuleSet, ScaleRules
from thangdiem.dsl.rulebook import Rulebook, Scale
from thangdiem.engine.binding import bind
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.result import Mode, Results, Status
from thangdiem.engine.tables import Table
from thangdiem.engine.transition import divide

_OF_THE_FILE = range(400, 456)
"""Codes of findings after which the table or a column cannot be read."""

_UNKNOWN_COLUMN = "TD450"

OF_A_ROW = frozenset(("TD457", "TD458", "TD459", "TD483"))
"""Codes of findings about a row that is not scored; the others are."""

NO_PERIOD = "TD517"
"""What is found of a unit whose rules have days of the year assessed, where that is not known."""

Units = Mapping[str, Sequence[UnitFacts]]
"""The facts of the units by scale."""

Former = Mapping[int, Units]
"""The facts as the former rules read them, by the identity of the transition."""


@frozen
class Read:
    """The facts of the units as the rules read them, and as the former rules of each transition do."""

    units: Units
    former: Former
    findings: tuple[Diagnostic, ...]

    @property
    def count(self) -> int:
        """How many units there are."""
        return sum(map(len, self.units.values()))


@frozen
class Scored:
    """The results of each scale that has units, and what was found in the data."""

    results: tuple[Results, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def refused(self) -> bool:
        """Whether any unit, or any row of the data, has no result."""
        units = (unit for each in self.results for unit in each.units)
        return any(found.code in OF_A_ROW for found in self.findings) or any(
            unit.status is Status.REFUSED for unit in units
        )

    @property
    def lacks_period(self) -> bool:
        """Whether a unit cannot be judged because the year assessed is not known."""
        return any(
            found.code == NO_PERIOD for each in self.results for unit in each.units for found in unit.diagnostics
        )

    def told(self) -> tuple[Diagnostic, ...]:
        """Everything to be said, the data first, then unit by unit."""
        units = [found for each in self.results for unit in each.units for found in unit.diagnostics]
        return (*self.findings, *(found for each in self.results for found in each.diagnostics), *units)


def read_units(table: Table, choice: Choice, documents: RuleSet | None = None) -> Read:
    """The facts of the units of a table by scale; columns of other versions of the ``documents`` are passed over."""
    scale = choice.scale.id if choice.scale else None
    transitions = choice.version.transitions
    beside = tuple(each.book for each in transitions)
    units, slips = bind(table, choice.book, scale, beside)
    if documents is not None and (every := of_every_version(documents, slips)):
        units, slips = bind(table, choice.book, scale, (*beside, *every))
    former = {id(each): bind(table, each.book, scale, (choice.book,))[0] for each in transitions}
    return Read(units, former, slips)


def of_every_version(documents: RuleSet, slips: Sequence[Diagnostic]) -> tuple[Rulebook, ...]:
    """The rules of every version, where the documents are amended and a table has columns that one of them does not."""
    if not documents.amendments or all(found.code != _UNKNOWN_COLUMN for found in slips):
        return ()
    return tuple(book for version in all_versions(documents) for book in version.books)


def unreadable(found: Sequence[Diagnostic]) -> bool:
    """Whether the table or a column of it cannot be read: then nothing is scored."""
    return any(int(each.code[2:]) in _OF_THE_FILE for each in found if each.severity is Severity.ERROR)


def score_units(read: Read, choice: Choice, mode: Mode) -> tuple[Results, ...]:
    """The results of every scale that has units, and of the scale that was named."""
    return tuple(
        results
        for scale in choice.book.scales
        if scale.id in read.units or choice.scale is scale
        for results in _results(choice, scale, read, mode)
    )


def _results(choice: Choice, scale: Scale, read: Read, mode: Mode) -> Iterator[Results]:
    """The results of a scale: those of units under a transition by themselves, each set ranked within itself.

    Rules over units – the highest of all, a mean – see every unit in either version, each as that version reads it.
    """
    rules, together = ScaleRules(choice.book, scale), read.units.get(scale.id, ())
    if not read.former:
        yield evaluate_all(rules, together, mode, choice.period, read.units)
        return
    divided = divide(rules, together, choice.version.transitions, choice.period)
    refused = {index for index, place in enumerate(divided.present) if place in divided.open}
    present = [together[place] for place in divided.present]
    kept = [together[place] for _, places in divided.former for place in places]
    results = evaluate_all(rules, present, mode, choice.period, read.units, refused, kept)
    yield evolve(results, diagnostics=(*results.diagnostics, *divided.diagnostics))
    for transition, places in divided.former:
        before = read.former[id(transition)]
        before_scale = next(each for each in transition.book.scales if toneless(each.id) == toneless(scale.id))
        former = ScaleRules(transition.book, before_scale)
        wanted = {together[place].origin for place in places}
        every = before.get(before_scale.id, ())
        staying = [facts for facts in every if facts.origin in wanted]
        around = [facts for facts in every if facts.origin not in wanted]
        old = evaluate_all(former, staying, mode, choice.period, before, (), around)
        yield evolve(old, units=tuple(evolve(unit, kept_by=transition.clause) for unit in old.units))
