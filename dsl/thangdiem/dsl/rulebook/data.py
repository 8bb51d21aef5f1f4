"""Data of units: what a cell must hold, and the layers of scores."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from thangdiem.dsl.rulebook.expressions import Range
from thangdiem.dsl.rulebook.spans import Span, where


class DataForm(Enum):
    """What a cell must hold."""

    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"
    YES_NO = "yes_no"
    DATE = "date"
    TEXT = "text"
    ONE_OF = "one_of"


@frozen
class DataField:
    """A datum of a unit; ``declared`` tells a written declaration from a type found by use."""

    name: str
    form: DataForm
    declared: bool = False
    options: tuple[str, ...] = ()
    domain: tuple[Range, ...] = ()
    unit: str = ""
    decimals: int | None = None
    source: str = ""
    evidence: str = ""
    used_by: tuple[str, ...] = ()
    span: Span = where()


class LayerRule(Enum):
    """Which layer of scores counts."""

    LAST_PRESENT = "last_present"
    REQUIRED = "required"


@frozen
class Layers:
    """``Lớp điểm: tự chấm, thẩm định; …``; ``required`` names the obligatory layer."""

    names: tuple[str, ...]
    rule: LayerRule = LayerRule.LAST_PRESENT
    required: str = ""
    span: Span = where()
