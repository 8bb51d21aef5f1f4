"""Two versions of the rules and a data file in, the impact on the units of every scale and what was found out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.progress import waiting
from thangdiem.app.rule_sets import Chosen
from thangdiem.app.scoring import NO_PERIOD, OF_A_ROW, is_long, refuse_unreadable, the_table
from thangdiem.app.stages import stages_between
from thangdiem.app.versions import Versions
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import Rulebook, Scale
from thangdiem.engine.binding import bind
from thangdiem.engine.binding.alike import reads_alike
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.impact import Impact, impact
from thangdiem.engine.tables import Table

Units = Mapping[str, Sequence[UnitFacts]]
"""The facts of the units by scale."""


@frozen
class Measured:
    """The impact on each scale that has units in either version, and what was found in the data and the rules."""

    impacts: tuple[Impact, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def open(self) -> bool:
        """Whether any unit, or any row of the data, could not be compared."""
        return any(found.code in OF_A_ROW for found in self.findings) or any(each.undecided for each in self.impacts)


def measure(versions: Versions, data: str, sheet: str | None, period: int | None, run: Invocation) -> Measured:
    """Scores every unit by both versions, and by each clause between them."""
    before, after = versions.before, versions.after
    scales, findings = _scales(versions)
    table, faults = the_table(data, before.book.dialect, sheet, run)
    units_old, units_new, slips = _bound(table, versions)
    year = next((each for each in (period, before.period, after.period) if each is not None), None)
    with waiting(run.words.count("scoring-units", len(table.rows)), is_long(units_new)):
        impacts = tuple(
            _impact(before, after, old, new, units_old, units_new, year)
            for old, new in scales
            if old.id in units_old or new.id in units_new
        )
    if any(_lacks_period(each) for each in impacts):
        known = before.book.document.first_period or after.book.document.first_period or 2024
        raise Stopped(Exit.MISUSE, Diagnostic("TD912", {"year": str(known)}))
    return Measured(impacts, (*faults, *slips, *findings))


def _scales(versions: Versions) -> tuple[list[tuple[Scale, Scale]], list[Diagnostic]]:
    """The scales that both versions have; those of one of them are told."""
    old, new = _wanted(versions.before), _wanted(versions.after)
    both = [scale_id for scale_id in new if scale_id in old]
    if not both:
        arguments = {"before": ", ".join(old), "after": ", ".join(new)}
        raise Stopped(Exit.MISUSE, Diagnostic("TD551", arguments))
    findings = [Diagnostic("TD552", {"scale": each}) for each in (*old, *new) if each not in both]
    if all(old[each] == new[each] for each in both):
        findings.append(Diagnostic("TD553"))
    return [(old[each], new[each]) for each in both], findings


def _wanted(chosen: Chosen) -> dict[str, Scale]:
    scales = chosen.book.scales if chosen.scale is None else (chosen.scale,)
    return {scale.id: scale for scale in scales}


def _bound(table: Table, versions: Versions) -> tuple[Units, Units, tuple[Diagnostic, ...]]:
    """The units as each version reads them: read once where both read the same."""
    before, after = versions.before.book, versions.after.book
    units_old, slips = bind(table, before, versions.scale, (after,))
    refuse_unreadable(table, units_old, slips)
    if reads_alike(before, after):
        return units_old, units_old, slips
    units_new, further = bind(table, after, versions.scale, (before,))
    refuse_unreadable(table, units_new, further)
    return units_old, units_new, (*slips, *(found for found in further if found not in slips))


def _impact(
    before: Chosen, after: Chosen, old: Scale, new: Scale, units_old: Units, units_new: Units, period: int | None
) -> Impact:
    return impact(
        ScaleRules(before.book, old),
        ScaleRules(after.book, new),
        units_old.get(old.id, ()),
        units_new.get(new.id, ()),
        stages_between(before, after, new.id),
        period=period,
        others_old=_others(before.book, old, units_old),
        others_new=_others(after.book, new, units_new),
    )


def _others(book: Rulebook, scale: Scale, units: Units) -> Units:
    return {each.id: units[each.id] for each in book.scales if each.id != scale.id and each.id in units}


def _lacks_period(found: Impact) -> bool:
    told = (each for unit in found.undecided for each in (*unit.before.diagnostics, *unit.after.diagnostics))
    return any(each.code == NO_PERIOD for each in told)
