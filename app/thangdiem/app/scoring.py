"""Rules and a data file in, the results of every scale and what was found on the way out: what all commands share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thangdiem.app import files
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.progress import waiting
from thangdiem.app.rule_sets import Chosen
from thangdiem.dsl.choosing import Choice
from thangdiem.dsl.diagnostic import Diagnostic, Language, Place
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.result import Mode
from thangdiem.engine.scoring import Scored, read_units, score_units, unreadable
from thangdiem.engine.tables import Table, read_table

_LONG = 2_000


def score(chosen: Chosen, data: str, sheet: str | None, draft: bool, run: Invocation) -> Scored:
    """Scores every unit of a data file."""
    choice = Choice(chosen.version, chosen.book, chosen.scale, chosen.period)
    if chosen.period is None and any(each.last_period is not None for each in chosen.version.transitions):
        raise Stopped(Exit.MISUSE, Diagnostic("TD912", {"year": str(chosen.book.document.first_period or 2024)}))
    table, faults = the_table(data, chosen.book.dialect, sheet, run)
    read = read_units(table, choice, chosen.documents)
    refuse_unreadable(table, read.units, (*faults, *read.findings))
    with waiting(run.words.count("scoring-units", read.count), is_long(read.units)):
        results = score_units(read, choice, Mode.DRAFT if draft else Mode.FINAL)
    scored = Scored(results, (*faults, *read.findings))
    if scored.lacks_period:
        year = chosen.book.document.first_period or 2024
        raise Stopped(Exit.MISUSE, Diagnostic("TD912", {"year": str(year)}))
    return scored


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
    if unreadable(found):
        raise Stopped(Exit.BAD_INPUT, *found)
    if not units:
        raise Stopped(Exit.BAD_INPUT, *found, Diagnostic("TD916", {"file": table.name}, Place(table.name)))


def is_long(units: Mapping[str, Sequence[UnitFacts]]) -> bool:
    """Whether somebody who waits wants to know that the work goes on."""
    return sum(map(len, units.values())) > _LONG
