"""Rules and a data file in, the results of every scale and what was found on the way out: what all commands share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from thangdiem.app import files
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.progress import waiting
from thangdiem.app.rule_sets import Chosen, errors
from thangdiem.dsl.diagnostic import Diagnostic, Language, Place
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.binding import bind
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.result import Mode, Results, Status
from thangdiem.engine.tables import Table, read_table

_OF_THE_FILE = range(400, 457)
"""Codes of findings after which the table or a column cannot be read: nothing is scored."""

OF_A_ROW = frozenset(("TD457", "TD458", "TD459", "TD483"))
"""Codes of findings about a row that is not scored; the others are."""

NO_PERIOD = "TD517"
"""What is found of a unit whose rules have days of the year assessed, where that is not known."""

_LONG = 2_000


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
    units, findings = _units(chosen, data, sheet, run)
    mode = Mode.DRAFT if draft else Mode.FINAL
    with waiting(run.words.count("scoring-units", sum(map(len, units.values()))), is_long(units)):
        results = tuple(
            evaluate_all(ScaleRules(chosen.book, scale), units.get(scale.id, ()), mode, chosen.period, units)
            for scale in chosen.book.scales
            if scale.id in units or (chosen.scale is scale)
        )
    if any(found.code == NO_PERIOD for each in results for unit in each.units for found in unit.diagnostics):
        year = chosen.book.document.first_period or 2024
        raise Stopped(Exit.MISUSE, Diagnostic("TD912", {"year": str(year)}))
    return Scored(results, findings)


def _units(
    chosen: Chosen, data: str, sheet: str | None, run: Invocation
) -> tuple[Mapping[str, Sequence[UnitFacts]], tuple[Diagnostic, ...]]:
    """The facts of the units by scale."""
    table, faults = the_table(data, chosen.book.dialect, sheet, run)
    units, slips = bind(table, chosen.book, chosen.scale.id if chosen.scale else None)
    refuse_unreadable(table, units, (*faults, *slips))
    return units, (*faults, *slips)


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
