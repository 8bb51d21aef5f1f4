"""A table of unit data and a rulebook in, the facts of every unit by scale and every finding out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from fractions import Fraction

from attrs import define, field, frozen

from thangdiem.dsl.diagnostic import Diagnostic, Place, Related
from thangdiem.dsl.letters import fold, toneless
from thangdiem.dsl.rulebook import DataForm, Rulebook, Scale, State
from thangdiem.dsl.suggestion import closest
from thangdiem.engine.binding import words
from thangdiem.engine.binding.columns import Columns, DatumColumn, ScoreColumn, Special, columns_of
from thangdiem.engine.binding.findings import Findings, Spot, spot_of
from thangdiem.engine.binding.gathering import Gathering
from thangdiem.engine.binding.headings import Heading, Target, read_heading
from thangdiem.engine.binding.values import Raw, Typed, typed
from thangdiem.engine.facts import Fact, Origin, UnitFacts
from thangdiem.engine.tables import Cell, Form, Table
from thangdiem.engine.tables.table import column_letters

Row = tuple[Cell, ...]

_NOTHING = Typed(State.MISSING)

MOST_LACKING = 12
"""So many columns that are lacking are named."""


def bind(
    table: Table, book: Rulebook, scale_id: str | None = None, beside: tuple[Rulebook, ...] = ()
) -> tuple[Mapping[str, tuple[UnitFacts, ...]], tuple[Diagnostic, ...]]:
    """The units of a table by the id of their scale, and what is wrong with their data.

    A wrong cell makes its fact invalid and is told; other units go on. ``scale_id`` chooses one scale. ``beside`` are
    other versions of the rules that read the same table: a column that only they know is ignored here.
    """
    reading = _Reading(table, book, beside)
    wanted = reading.wanted(scale_id)
    if wanted:
        reading.read(wanted, chosen=scale_id is not None)
    units = {scale: tuple(found) for scale, found in reading.units.items() if found}
    return units, reading.findings.all()


@frozen(eq=False)
class _Placed:
    """One column of the table as one scale reads it."""

    index: int
    title: str
    target: Target
    letters: str
    score: str = ""
    """The code of an item without layers: most columns of a large table, put in their place at once."""
    seen: dict[object, Typed] = field(factory=dict)


@define(eq=False)
class _Reading:
    table: Table
    book: Rulebook
    beside: tuple[Rulebook, ...] = ()
    findings: Findings = field(factory=Findings)
    units: dict[str, list[UnitFacts]] = field(factory=dict)
    names: dict[str, Cell] = field(factory=dict)
    looks: dict[str, Cell] = field(factory=dict)
    kinds: dict[str, Scale | None] = field(factory=dict)
    twice: frozenset[str] = frozenset()
    left_out: int = 0

    @property
    def sheet(self) -> str:
        """The name of the sheet; none for a text file."""
        return self.table.sheet or ""

    def wanted(self, scale_id: str | None) -> tuple[Scale, ...]:
        """The scales a unit may have; none, with a finding, where the name of a scale is not known."""
        if scale_id is None:
            return self.book.scales
        found = tuple(scale for scale in self.book.scales if toneless(scale.id) == toneless(scale_id))
        if not found:
            ids = tuple(scale.id for scale in self.book.scales)
            near = ", ".join(closest(scale_id, ids) or ids)
            self.findings.add("TD606", self.spot(None), {"scale": scale_id, "scales": near})
        return found

    def spot(self, cell: Cell | None) -> Spot:
        """Where a cell, or the table, is found."""
        return spot_of(self.table.place(cell) if cell else Place(self.table.name, sheet=self.table.sheet))

    def read(self, scales: tuple[Scale, ...], chosen: bool) -> None:
        """Every row under the scale it belongs to."""
        unit_index = _unit_index(self.table)
        plans = self.plans(scales, unit_index)
        kinds = (index for index, title in enumerate(self.table.header) if _is_kind(title) and index != unit_index)
        kind_index = next(kinds, None)
        if kind_index is None and len(scales) > 1:
            ids = ", ".join(scale.id for scale in scales)
            self.findings.add("TD455", self.spot(None), {"scales": ids})
            return
        names = Counter(fold(row[unit_index].text) for row in self.table.rows)
        self.twice = frozenset(name for name, count in names.items() if count > 1)
        for named in scales if kind_index is None else self.scales_named(kind_index):
            if named.id in plans:
                self.lacking(plans[named.id])
        for row in self.table.rows:
            name = self.name(row, unit_index)
            if name is None:
                continue
            scale = scales[0] if kind_index is None else self.scale(row, kind_index, scales, name, chosen)
            if scale is not None:
                facts = self.unit(row, name, row[unit_index], plans[scale.id])
                self.units.setdefault(scale.id, []).append(facts)
        for plan in plans.values():
            self.mixed(plan)
        if self.left_out:
            self.findings.add("TD481", self.spot(None), {"count": self.left_out, "scale": scales[0].id})

    def plans(self, scales: tuple[Scale, ...], unit_index: int) -> dict[str, _Plan]:
        """What each column is to each scale; one that is nothing to any of them is told."""
        known = {scale.id: columns_of(scale) for scale in scales}
        plans = {scale.id: _Plan(scale, known[scale.id]) for scale in scales}
        others = self.columns_beside(known.keys())
        for index, title in enumerate(self.table.header):
            if index == unit_index or not title.text:
                continue
            headings = {scale_id: read_heading(title.text, columns) for scale_id, columns in known.items()}
            elsewhere = {scale_id for scale_id, columns in others if read_heading(title.text, columns).targets}
            useful = any(heading.targets or heading.ignored for heading in headings.values())
            if not useful and not elsewhere:
                self.unknown(title, headings)
            for scale_id, heading in headings.items():
                self.place(plans[scale_id], index, title, heading, useful and scale_id not in elsewhere)
        return plans

    def columns_beside(self, ids: Container[str]) -> tuple[tuple[str, Columns], ...]:
        """What the other versions read, by scale; scales that are not read here are none of them."""
        return tuple((scale.id, columns_of(scale)) for book in self.beside for scale in book.scales if scale.id in ids)

    def lacking(self, plan: _Plan) -> None:
        """Say once which data that the rules read have no column at all."""
        there = {placed.target.column for placed in plan.columns if placed.target.column is Special.TOTAL}
        given = {
            placed.target.column.datum.name for placed in plan.columns if isinstance(placed.target.column, DatumColumn)
        }
        lacking = [f"[{name}]" for name, datum in plan.scale.data.items() if datum.used_by and name not in given]
        if lacking and not there:
            shown = ", ".join(lacking[:MOST_LACKING]) + (", …" if len(lacking) > MOST_LACKING else "")
            arguments = {"columns": shown, "count": len(lacking), "scale": plan.scale.id}
            self.findings.add("TD484", self.spot(None), arguments)

    def unknown(self, title: Cell, headings: Mapping[str, Heading]) -> None:
        """Say why a column is nothing to the scales: the reason that knows most about it."""
        heading = min(headings.values(), key=lambda each: each.fault == "TD450")
        self.findings.add(heading.fault, self.spot(title), {"column": title.text, **heading.arguments})

    def place(self, plan: _Plan, index: int, title: Cell, heading: Heading, useful: bool) -> None:
        """Note a column in the plan of a scale; two that stand for the same are told."""
        if not heading.targets and not heading.ignored and useful:
            plan.foreign.append(index)
        for target in heading.targets:
            key = (_identity(target), target.layer)
            first = plan.taken.setdefault(key, title)
            if first is not title:
                related = (Related(self.table.place(first), "column-of-that-name"),)
                self.findings.add("TD454", self.spot(title), {"column": title.text, "first": first.text}, related)
                continue
            column = target.column
            score = column.code if isinstance(column, ScoreColumn) and not target.layer else ""
            plan.columns.append(_Placed(index, title.text, target, column_letters(title.column), score))

    def name(self, row: Row, index: int) -> str | None:
        """The unit a row is about, or None where it has none or several rows are about it."""
        cell = row[index]
        name = " ".join(cell.text.split())
        if not name:
            filled = next(each for each in row if each.value is not None)
            self.findings.add("TD459", self.spot(cell), {"filled": filled.name})
            return None
        if words.is_no_unit(name):
            self.findings.add("TD483", self.spot(cell), {"found": name})
            return None
        first = self.names.setdefault(fold(name), cell)
        if first is not cell:
            related = (Related(self.table.place(first), "first-here"),)
            arguments = {"unit": name, "row": str(cell.row), "first": str(first.row)}
            self.findings.add("TD458", self.spot(cell), arguments, related)
            return None
        self.alike(name, cell)
        # Nobody can tell which of the rows is right, so none of them is scored.
        return None if fold(name) in self.twice else name

    def alike(self, name: str, cell: Cell) -> None:
        """Say where a name differs from another by what hardly shows; both are scored, for both may be right."""
        first = self.looks.setdefault(words.look(name), cell)
        if first is not cell and fold(first.text) != fold(name):
            related = (Related(self.table.place(first), "looks-like-here"),)
            arguments = {"unit": name, "other": first.text, "first": str(first.row)}
            self.findings.add("TD485", self.spot(cell), arguments, related)

    def mixed(self, plan: _Plan) -> None:
        """Say where some cells of a column of percentages have the sign and others do not."""
        for placed in plan.columns:
            column = placed.target.column
            if isinstance(column, DatumColumn) and column.datum.form is DataForm.PERCENT and _is_mixed(placed.seen):
                cells = [row[placed.index] for row in self.table.rows]
                bare = [cell for cell in cells if cell.value is not None and not cell.text.endswith("%")]
                bare = [cell for cell in bare if placed.seen.get(_key(cell), _NOTHING).value]
                title = self.table.header[placed.index].text
                arguments = {"column": title, "found": bare[0].text, "count": len(bare)}
                self.findings.add("TD486", self.spot(bare[0]), arguments)

    def scale(self, row: Row, index: int, scales: tuple[Scale, ...], unit: str, chosen: bool) -> Scale | None:
        """The scale for the kind of unit a row names."""
        cell = row[index]
        found = self.scale_for(cell.text)
        if found is None:
            kinds = tuple(dict.fromkeys(kind for scale in scales for kind in (*scale.audience, scale.id)))
            near = ", ".join(f"“{kind}”" for kind in (closest(cell.text, kinds) or kinds[:8]))
            self.findings.add("TD457", self.spot(cell), {"unit": unit, "found": cell.text, "nearest": near})
        elif chosen and found is not scales[0]:
            self.left_out += 1
            return None
        return found

    def scales_named(self, index: int) -> list[Scale]:
        """The scales that some row names, each once, in the order of the rules."""
        ids = {found.id for row in self.table.rows if (found := self.scale_for(row[index].text)) is not None}
        return [scale for scale in self.book.scales if scale.id in ids]

    def scale_for(self, text: str) -> Scale | None:
        """The scale by the kind of unit it is for, its id (tones aside) or its title."""
        if text not in self.kinds:
            key, loose = fold(text), toneless(text)
            self.kinds[text] = next(
                (
                    scale
                    for scale in self.book.scales
                    if loose == toneless(scale.id) or key in map(fold, (scale.title, *scale.audience))
                ),
                None,
            )
        return self.kinds[text]

    def unit(self, row: Row, name: str, cell: Cell, plan: _Plan) -> UnitFacts:
        """The facts of one row."""
        gathering = Gathering()
        for placed in plan.columns:
            fact = self.fact(row[placed.index], placed, name)
            if placed.score:
                gathering.scores[placed.score] = fact
            else:
                gathering.take(placed.target.column, placed.target.layer, fact)
        for index in plan.foreign:
            if row[index].value is not None:
                title = self.table.header[index].text
                arguments = {"unit": name, "column": title, "scale": plan.scale.id}
                self.findings.add("TD482", self.spot(row[index]), arguments)

        def tell(code: str, arguments: Mapping[str, object]) -> None:
            self.findings.add(code, self.spot(cell), {"unit": name, **arguments})

        return gathering.facts(name, plan.scale, plan.known.scores, self.origin(cell, cell.name), tell)

    def fact(self, cell: Cell, placed: _Placed, unit: str) -> Fact:
        """What a cell says; the same content of a column is read once."""
        key = _key(cell)
        found = placed.seen.get(key)
        if found is None:
            raw = Raw(cell.value, cell.text, cell.percent)
            found = placed.seen[key] = typed(raw, placed.target.column, self.book.dialect)
        if found.fault:
            if self.findings.full:
                self.findings.count_only(found.fault, placed.title)
            else:
                arguments = {"unit": unit, "column": placed.title, **found.arguments}
                self.findings.add(found.fault, self.spot(cell), arguments, column=placed.title)
        if self.table.form is Form.GRID:
            row = cell.row
            origin = Origin(self.table.name, self.sheet, row, cell.column, f"{placed.letters}{row}")
        else:
            origin = self.origin(cell, "")
        return Fact(found.state, found.value, cell.text, origin)

    def origin(self, cell: Cell, name: str) -> Origin:
        """Where a fact comes from."""
        if self.table.form is not Form.GRID:
            name = self.table.place(cell).cell or ""
        return Origin(self.table.name, self.sheet, cell.row, cell.column, name)


@define(eq=False)
class _Plan:
    """The columns of the table as one scale reads them; ``foreign`` ones belong to other scales only."""

    scale: Scale
    known: Columns
    columns: list[_Placed] = field(factory=list)
    foreign: list[int] = field(factory=list)
    taken: dict[tuple[object, str], Cell] = field(factory=dict)


def _key(cell: Cell) -> object:
    """What a cell is read by: a text is its own key; a number or a date may show the same text in two ways."""
    return cell.text if type(cell.value) is str else (cell.value, cell.percent, cell.text)


def _is_mixed(seen: Mapping[object, Typed]) -> bool:
    """Whether numbers other than 0 stand there with the sign of percent and without it."""
    keys = [key for key, found in seen.items() if isinstance(found.value, Fraction) and found.value]
    signed = [str(key if isinstance(key, str) else key[2]).endswith("%") for key in keys]  # type: ignore[index]
    return any(signed) and not all(signed)


def _identity(target: Target) -> object:
    column = target.column
    return column if isinstance(column, Special) else (type(column).__name__, *_names(column))


def _names(column: object) -> tuple[object, ...]:
    datum = getattr(column, "datum", None)
    named = ("code", "letter", "name")
    return (datum.name,) if datum else tuple(getattr(column, each) for each in named if hasattr(column, each))


def _unit_index(table: Table) -> int:
    """The column of names: the one headed so, else the first that is no running number."""
    keys = [fold(title.text) for title in table.header]
    named = next((index for index, key in enumerate(keys) if key in words.UNIT), None)
    if named is not None:
        return named
    return next((index for index, key in enumerate(keys) if key not in words.IGNORED), 0)


def _is_kind(title: Cell) -> bool:
    return fold(title.text) in words.KIND_OF_UNIT
