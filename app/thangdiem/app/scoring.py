"""Rules and a data file in, the results of every scale and what was found on the way out: what all commands share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from thangdiem.app import files
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.progress import waiting
from thangdiem.app.rule_sets import Chosen, errors
from thangdiem.dsl.diagnostic import Diagnostic, Language, Place
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import Scale
from thangdiem.engine.binding import bind
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.result import Mode, Results, Status
from thangdiem.engine.tables import Table, read_table
from thangdiem.engine.transition import divide

_OF_THE_FILE = range(400, 457)
"""Codes of findings after which the table or a column cannot be read: nothing is scored."""

OF_A_ROW = frozenset(("TD457", "TD458", "TD459", "TD483"))
"""Codes of findings about a row that is not scored; the others are."""

NO_PERIOD = "TD517"
"""What is found of a unit whose rules have days of the year assessed, where that is not known."""

_LONG = 2_000


Units = Mapping[str, Sequence[UnitFacts]]
"""The facts of the units by scale."""

Former = Mapping[int, Units]
"""The facts as the former rules read them, by the identity of the transition."""


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

    def told(self) -> tuple[Diagnostic, ...]:
        """Everything to be said, the data first, then unit by unit."""
        units = [found for each in self.results for unit in each.units for found in unit.diagnostics]
        return (*self.findings, *(found for each in self.results for found in each.diagnostics), *units)


def score(chosen: Chosen, data: str, sheet: str | None, draft: bool, run: Invocation) -> Scored:
    """Scores every unit of a data file."""
    units, former, findings = _units(chosen, data, sheet, run)
    mode = Mode.DRAFT if draft else Mode.FINAL
    with waiting(run.words.count("scoring-units", sum(map(len, units.values()))), is_long(units)):
        found = [
            _results(chosen, scale, units, former, mode)
            for scale in chosen.book.scales
            if scale.id in units or (chosen.scale is scale)
        ]
    results = tuple(each for together in found for each in together)
    if any(found.code == NO_PERIOD for each in results for unit in each.units for found in unit.diagnostics):
        year = chosen.book.document.first_period or 2024
        raise Stopped(Exit.MISUSE, Diagnostic("TD912", {"year": str(year)}))
    return Scored(results, findings)


def _results(chosen: Chosen, scale: Scale, units: Units, former: Former, mode: Mode) -> Iterator[Results]:
    """The results of a scale: those of units under a transition by themselves, each set ranked within itself."""
    rules, together = ScaleRules(chosen.book, scale), units.get(scale.id, ())
    if not former:
        yield evaluate_all(rules, together, mode, chosen.period, units)
        return
    divided = divide(rules, together, chosen.version.transitions, chosen.period)
    refused = {divided.present.index(place) for place in divided.open}
    present = [together[place] for place in divided.present]
    results = evaluate_all(rules, present, mode, chosen.period, units, refused)
    yield evolve(results, diagnostics=(*results.diagnostics, *divided.diagnostics))
    for transition, places in divided.former:
        before = former[id(transition)]
        wanted = {together[place].origin for place in places}
        kept = [facts for facts in before.get(scale.id, ()) if facts.origin in wanted]
        before_scale = next(each for each in transition.book.scales if toneless(each.id) == toneless(scale.id))
        old = evaluate_all(ScaleRules(transition.book, before_scale), kept, mode, chosen.period, before)
        yield evolve(old, units=tuple(evolve(unit, kept_by=transition.clause) for unit in old.units))


def _units(
    chosen: Chosen, data: str, sheet: str | None, run: Invocation
) -> tuple[Units, Former, tuple[Diagnostic, ...]]:
    """The facts of the units by scale, as the rules read them and as the former rules of each transition do."""
    table, faults = the_table(data, chosen.book.dialect, sheet, run)
    scale = chosen.scale.id if chosen.scale else None
    transitions = chosen.version.transitions
    units, slips = bind(table, chosen.book, scale, tuple(each.book for each in transitions))
    refuse_unreadable(table, units, (*faults, *slips))
    former = {id(each): bind(table, each.book, scale, (chosen.book,))[0] for each in transitions}
    return units, former, (*faults, *slips)


def the_table(data: str, dialect: str, sheet: str | None, run: Invocation) -> tuple[Table, tuple[Diagnostic, ...]]:
    """The table in a data file; a file that holds none ends the command."""
    name = run.words("standard-input") if data == files.STREAM else data
    language: Language = "en" if dialect == "en" else "vi"
    table, faults = read_table(name, files.read(data), dialect=language, sheet=sheet)
    if table is None:
        raise Stopped(Exit.BAD_INPUT, *faults)
    return table, faults


def refuse_unreadable(table: Table, units: Mapping[str, Sequence[UnitFacts]], found: tuple[Diagnostic, ...]) -> None:
    """A file of which columns cannot be read, or that has no unit, ends the command."""
    if any(int(each.code[2:]) in _OF_THE_FILE for each in errors(found)):
        raise Stopped(Exit.BAD_INPUT, *found)
    if not units:
        raise Stopped(Exit.BAD_INPUT, *found, Diagnostic("TD916", {"file": table.name}, Place(table.name)))


def is_long(units: Mapping[str, Sequence[UnitFacts]]) -> bool:
    """Whether somebody who waits wants to know that the work goes on."""
    return sum(map(len, units.values())) > _LONG
