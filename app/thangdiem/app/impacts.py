"""Two versions of the rules and a data file in, the impact on the units of every scale and what was found out."""

from __future__ import annotations

from collections.abc import Container

from attrs import frozen

from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.progress import waiting
from thangdiem.app.rule_sets import Chosen
from thangdiem.app.scoring import is_long, refuse_unreadable, the_table
from thangdiem.app.stages import stages_between
from thangdiem.app.versions import Versions
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import Rulebook, Scale
from thangdiem.dsl.versions import Transition
from thangdiem.engine.binding import bind
from thangdiem.engine.binding.alike import reads_alike
from thangdiem.engine.impact import Division, Impact, Kept, impact
from thangdiem.engine.scoring import NO_PERIOD, OF_A_ROW, Former, Units, of_every_version
from thangdiem.engine.tables import Table
from thangdiem.engine.transition import divide


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
    former = _former(table, versions)
    year = next((each for each in (period, before.period, after.period) if each is not None), None)
    with waiting(run.words.count("scoring-units", len(table.rows)), is_long(units_new)):
        impacts = tuple(
            _impact(versions, old, new, units_old, units_new, former, year)
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
    before, after, every = versions.before.book, versions.after.book, _books(versions)
    units_old, slips = bind(table, before, versions.scale, every)
    if others := of_every_version(versions.after.documents, slips):
        every = (*every, *others)
        units_old, slips = bind(table, before, versions.scale, every)
    refuse_unreadable(table, units_old, slips)
    if reads_alike(before, after):
        return units_old, units_old, slips
    units_new, further = bind(table, after, versions.scale, every)
    refuse_unreadable(table, units_new, further)
    return units_old, units_new, (*slips, *(found for found in further if found not in slips))


def _former(table: Table, versions: Versions) -> Former:
    """The units as the former rules of each transitional clause read them."""
    every = _books(versions)
    return {id(each): bind(table, each.book, versions.scale, every)[0] for each in _transitions(versions)}


def _books(versions: Versions) -> tuple[Rulebook, ...]:
    """All rules that read the table."""
    former = (each.book for each in _transitions(versions))
    return (versions.before.book, versions.after.book, *former)


def _transitions(versions: Versions) -> tuple[Transition, ...]:
    return (*versions.before.version.transitions, *versions.after.version.transitions)


def _impact(
    versions: Versions, old: Scale, new: Scale, units_old: Units, units_new: Units, former: Former, period: int | None
) -> Impact:
    before, after = versions.before, versions.after
    return impact(
        ScaleRules(before.book, old),
        ScaleRules(after.book, new),
        units_old.get(old.id, ()),
        units_new.get(new.id, ()),
        stages_between(before, after, new.id),
        period=period,
        others_old=_others(before.book, old, units_old),
        others_new=_others(after.book, new, units_new),
        division_old=_division(before, old, units_old, former, period),
        division_new=_division(after, new, units_new, former, period),
    )


def _division(chosen: Chosen, scale: Scale, units: Units, former: Former, period: int | None) -> Division:
    """Who stays under the former rules by the transitional clauses of a version."""
    together = units.get(scale.id, ())
    divided = divide(ScaleRules(chosen.book, scale), together, chosen.version.transitions, period)
    kept = (
        _kept(transition, scale, {together[place].unit for place in places}, former[id(transition)])
        for transition, places in divided.former
    )
    waiting = {
        together[place].unit: found for place, found in zip(sorted(divided.open), divided.diagnostics, strict=True)
    }
    return Division(tuple(kept), waiting)


def _kept(transition: Transition, scale: Scale, names: Container[str], units: Units) -> Kept:
    earlier = next(each for each in transition.book.scales if toneless(each.id) == toneless(scale.id))
    every = units.get(earlier.id, ())
    staying = [facts for facts in every if facts.unit in names]
    around = [facts for facts in every if facts.unit not in names]
    others = _others(transition.book, earlier, units)
    return Kept(transition.clause, ScaleRules(transition.book, earlier), staying, others, around)


def _others(book: Rulebook, scale: Scale, units: Units) -> Units:
    return {each.id: units[each.id] for each in book.scales if each.id != scale.id and each.id in units}


def _lacks_period(found: Impact) -> bool:
    told = (each for unit in found.undecided for each in (*unit.before.diagnostics, *unit.after.diagnostics))
    return any(each.code == NO_PERIOD for each in told)
