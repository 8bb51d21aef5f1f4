"""The rules of a scale in; strategies for what one unit gives, keyed as the columns of a data file are headed, out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hypothesis import strategies as st

from thangdiem.dsl.letters import fold
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.proofs.proof import Given as Value
from thangdiem.dsl.rulebook import LayerRule, Layers, State
from thangdiem.engine.binding.columns import Column, MarkColumn, ScoreColumn, Special
from thangdiem.engine.binding.headings import heading_of
from thangdiem.engine.binding.mapping import Given
from thangdiem.engine.strategies.cells import spellings
from thangdiem.engine.strategies.material import Material, material_of
from thangdiem.engine.witnesses.inputs import Input

UNIT, TOTAL, BLOCK, SUPERIOR, KIND = "Đơn vị", "Tổng điểm", "Khối", "Trực thuộc", "Loại đơn vị"

Data = dict[str, Given]


def unit_data(
    rules: ScaleRules, *, complete: bool = True, period: int | None = None, name: str = "Đơn vị A"
) -> st.SearchStrategy[Data]:
    """What one unit gives, as ``thangdiem.engine.evaluate`` takes it: mostly just below, at and above what decides.

    Complete data bind without faults (points may still leave their range where the rules allow it); of others some
    columns are absent, empty, missing or not assessed. ``period`` is the year assessed, of which days such as 31/05 of
    that year speak: give the same to ``evaluate``; without one no day of the year assessed is aimed at.
    """
    return _units(material_of(rules, period), name, complete)


@st.composite
def _units(draw: st.DrawFn, material: Material, name: str, complete: bool) -> Data:
    cells = draw(cells_of(material))
    if not complete:
        cells = draw(_with_gaps(cells))
    return {UNIT: name, **cells}


@st.composite
def cells_of(draw: st.DrawFn, material: Material) -> Data:
    """Everything a unit gives but its name: its parts, a total where the rules leave points open, its own columns."""
    cells = dict(draw(_parts(material)))
    if material.totals and (not material.inputs or draw(_MOSTLY)):
        total = draw(st.sampled_from(material.totals))
        cells[TOTAL] = draw(_spelled(TOTAL, total, Special.TOTAL, material))
    if material.in_blocks:
        cells[BLOCK] = draw(_BLOCKS)
    if material.rules.scale.audience:
        cells[KIND] = draw(st.sampled_from(material.rules.scale.audience))
    for decision in material.columns.decisions.values():
        place = Fraction(draw(st.integers(1, 9)))
        cells[decision.name] = draw(_spelled(decision.name, place, decision, material))
    return cells


_MOSTLY = st.sampled_from((True, True, True, False))
_BLOCKS = st.sampled_from(("I", "II"))


@st.composite
def _parts(draw: st.DrawFn, material: Material) -> Data:
    cells: Data = {}
    for key, value in draw(_values(material)).items():
        for heading, column, part in draw(_columns(key, value, material)):
            cells[heading] = draw(_spelled(heading, part, column, material))
    return cells


@st.composite
def _values(draw: st.DrawFn, material: Material) -> dict[Input, Value]:
    """Each value by itself, then some items moved to a score of one quality, so that totals of every height are met."""
    chosen = {key: draw(st.sampled_from(values)) for key, values in material.inputs.items()}
    moved, quality, beside = draw(_MOVED), draw(_QUALITIES), draw(_STRAYING)
    for outcomes in material.outcomes if moved else ():
        if moved == _ALL or draw(st.booleans()):
            aim = min(max(quality + draw(st.sampled_from(beside)), 0), _BEST)
            chosen.update(outcomes[aim * (len(outcomes) - 1) // _BEST])
    return chosen


_ALL, _BEST = 2, 8
_MOVED = st.sampled_from((0, 1, _ALL, _ALL))
_QUALITIES = st.sampled_from((*range(_BEST + 1), 0, _BEST, _BEST))
_STRAYING = st.sampled_from(((0,), (0, 0, 0, 0, -1, 1), (0, 0, -4, 4)))
"""How far single items may lie from the quality of the whole."""

_Part = tuple[str, Column, Value]


@st.composite
def _columns(draw: st.DrawFn, key: Input, value: Value, material: Material) -> list[_Part]:
    """The columns in which a value stands: one, one for each letter, one for each layer."""
    kind, name = key
    if kind == "datum":
        return [(f"[{name}]", material.columns.data[fold(name)], value)]
    score = material.columns.scores[name]
    layers = material.rules.scale.layers
    values = {"": value} if layers is None else draw(_layered(key, value, layers, material))
    apart = bool(score.letters) and not name.startswith(("+", "-")) and draw(st.integers(0, 2)) == 0
    return [
        (f"{heading} ({layer})" if layer else heading, column, part)
        for layer, given in values.items()
        for heading, column, part in _letter_by_letter(score, given, apart)
    ]


@st.composite
def _layered(draw: st.DrawFn, key: Input, value: Value, layers: Layers, material: Material) -> dict[str, Value]:
    """The value in the layer that counts, perhaps others in those before it."""
    required = layers.rule is LayerRule.REQUIRED
    counts = layers.required if required else draw(st.sampled_from(layers.names[::-1]))
    others = [layer for layer in layers.names[: None if required else layers.names.index(counts)] if layer != counts]
    given = {layer: draw(st.sampled_from(material.inputs[key])) for layer in others if draw(st.booleans())}
    return {**given, counts: value}


def _letter_by_letter(score: ScoreColumn, value: Value, apart: bool) -> Iterator[_Part]:
    heading = heading_of(score.code)
    if not apart or not isinstance(value, tuple):
        yield heading, score, value
        return
    for letter in score.letters:
        yield f"{heading}.{letter}", MarkColumn(score.code, letter), letter in value


def _spelled(heading: str, value: Value, column: Column, material: Material) -> st.SearchStrategy[Given]:
    """Found once for each value of a column: most values are drawn again and again."""
    key = (heading, type(value), value)
    if key not in material.spelled:
        material.spelled[key] = st.sampled_from(spellings(value, column, material.rules.book.dialect))
    return material.spelled[key]


@st.composite
def _with_gaps(draw: st.DrawFn, cells: Data) -> Data:
    """Some columns left out, or saying that nothing is known."""
    found: Data = {}
    for heading, value in cells.items():
        gap = draw(_GAPS)
        if gap is _KEPT:
            found[heading] = value
        elif gap is not _LEFT_OUT and heading not in (BLOCK, SUPERIOR, KIND):
            found[heading] = gap
    return found


_KEPT, _LEFT_OUT = "kept", "left out"
_GAPS: st.SearchStrategy[Given] = st.sampled_from(
    (*[_KEPT] * 15, _LEFT_OUT, None, "", State.MISSING, State.NOT_ASSESSED, "chưa đánh giá")
)
