"""Units as two versions read them in, the same units as any version between them reads them out."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, evolve, field

from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import Scale
from thangdiem.engine.binding.alike import column_means, reading_of
from thangdiem.engine.binding.columns import columns_of
from thangdiem.engine.facts import Fact, UnitFacts
from thangdiem.engine.impact.outcomes import Others, Units


@define(eq=False)
class Readings:
    """The units of every scale as the old and the new version read them."""

    old: ScaleRules
    new: ScaleRules
    units_old: Others
    units_new: Others
    _found: list[tuple[Scale, Units]] = field(factory=list)

    def of(self, scale: Scale) -> Units:
        """The units of a scale, each cell as the version whose column the scale has; the new one's else."""
        for known, units in self._found:
            if known == scale:
                return units
        units = self._read(scale)
        self._found.append((scale, units))
        return units

    def others(self, rules: ScaleRules) -> Others:
        """The units of the other scales of a version between."""
        return {
            scale.id: self.of(scale)
            for scale in rules.book.scales
            if scale.id != rules.scale.id and (scale.id in self.units_old or scale.id in self.units_new)
        }

    def _read(self, scale: Scale) -> Units:
        old, new = _named(self.old, scale.id), _named(self.new, scale.id)
        units_old, units_new = self.units_old.get(scale.id, ()), self.units_new.get(scale.id, ())
        reading = reading_of(scale)
        if new is not None and reading == reading_of(new):
            return units_new
        if old is not None and reading == reading_of(old):
            return units_old
        return _joined(scale, old, new, units_old, units_new)


def _named(rules: ScaleRules, scale_id: str) -> Scale | None:
    if rules.scale.id == scale_id:
        return rules.scale
    return next((scale for scale in rules.book.scales if scale.id == scale_id), None)


def _joined(scale: Scale, old: Scale | None, new: Scale | None, units_old: Units, units_new: Units) -> Units:
    """Each fact as the new version reads it, or as the old one where only that reads the column as the scale does."""
    meant, before, after = (column_means(columns_of(each)) if each is not None else {} for each in (scale, old, new))
    from_old = {key for key, column in meant.items() if after.get(key) != column and before.get(key) == column}
    formerly = {unit.unit: unit for unit in units_old}
    found = [_unit(unit, formerly.pop(unit.unit, None), from_old) for unit in units_new]
    return (*found, *formerly.values())


def _unit(new: UnitFacts, old: UnitFacts | None, from_old: set[tuple[str, str]]) -> UnitFacts:
    if old is None:
        return new

    def joined(kind: str, formerly: Mapping[str, Fact], now: Mapping[str, Fact]) -> Mapping[str, Fact]:
        kept = {name: fact for name, fact in formerly.items() if name not in now or (kind, name) in from_old}
        return {**now, **kept}

    return evolve(
        new,
        data=joined("data", old.data, new.data),
        scores=joined("scores", old.scores, new.scores),
        columns=joined("columns", old.columns, new.columns),
    )
