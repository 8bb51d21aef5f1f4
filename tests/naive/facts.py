"""What a unit gives: a datum, the points, level or ticks of an item, of the layer that counts."""

from __future__ import annotations

from naive import expressions, stages
from naive.cells import declared, state_of, typed, use_of
from naive.letters import fold
from naive.outline import Owner
from naive.place import Place
from naive.ranges import lies_in
from naive.states import INVALID, NOT_ASSESSED, Value
from naive.unit import Given, Unit
from naive.written import child, has, texts
from thangdiem.dsl.syntax import Node


def datum(name: str, unit: Unit) -> Value:
    """A datum, checked against its declaration and rounded where the scale rounds data."""
    return unit.value(("datum", fold(name)), lambda: _rounded(_datum(fold(name), unit), unit))


def _datum(name: str, unit: Unit) -> Value:
    cell = unit.column(f"[{name}]", name)
    declaration = unit.scale.data.get(name)
    if declaration is not None:
        return _in_its_domain(declared(cell, declaration, unit.dialect), declaration, unit)
    return state_of(cell) or typed(cell, use_of(name, unit.scale), unit.dialect)


def _in_its_domain(found: Value, declaration: Node, unit: Unit) -> Value:
    domain = child(declaration, "domain")
    if domain is None or not found.known:
        return found
    range_ = domain.children[0]
    assert not isinstance(range_, str)
    return found if lies_in(range_, found, Place(unit, unit.scale)).true else INVALID


def _rounded(found: Value, unit: Unit) -> Value:
    rounding = stages.rounding_step(unit.scale, "DATA_STEP", unit)
    if rounding is None or not found.known or isinstance(found.value, bool | str):
        return found
    return expressions.all_numbers([found], rounding.of) if not hasattr(found.value, "year") else found


# --- columns of items and bonuses


def cell_of(owner: Owner, unit: Unit) -> tuple[Given, bool]:
    """What stands in the column of an item or a bonus, and whether a layer that must be there is absent."""
    layers = unit.scale.every("layers")
    if not layers:
        return unit.column(*_headings(owner)), False
    if has(layers[-1], "LAST_LAYER"):
        cells = [_of_layer(owner, layer, unit) for layer in texts(layers[-1], "LAYER")]
        return next((cell for cell in reversed(cells) if not _is_empty(cell)), None), False
    cell = _of_layer(owner, texts(layers[-1], "LAYER")[-1], unit)
    return cell, _is_empty(cell)


def _of_layer(owner: Owner, layer: str, unit: Unit) -> Given:
    return unit.column(*(f"{heading} ({layer})" for heading in _headings(owner)))


def _is_empty(cell: Given) -> bool:
    state = state_of(cell)
    return state is not None and state.state.value == "missing"


def _headings(owner: Owner) -> tuple[str, ...]:
    if owner.form == "item":
        return (owner.code,)
    words = ("Điểm thưởng", "Bonus") if owner.form == "bonus" else ("Điểm trừ", "Deduction")
    return (*(f"{word} {owner.title}" for word in words), owner.title)


def points(owner: Owner, unit: Unit) -> Value:
    """Points given directly."""
    cell, absent = cell_of(owner, unit)
    if absent:
        return NOT_ASSESSED
    return state_of(cell) or typed(cell, "number", unit.dialect)
