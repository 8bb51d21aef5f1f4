"""Examples in the file, and the five states of a value."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.rulebook.expressions import Day, Number, Text, YesNo
from thangdiem.dsl.rulebook.spans import Span, where


class State(Enum):
    """The five states of a value; nothing is ever turned from one into another."""

    VALUE = "value"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    NOT_ASSESSED = "not_assessed"
    INVALID = "invalid"


CellValue = Number | Text | YesNo | Day | State | tuple[str, ...]


@frozen
class Given:
    """A datum of an example: ``column`` as a data file would head it (codes bare, data in brackets), and its value.

    A tuple holds the letters of a checklist that are met.
    """

    column: str
    value: CellValue
    layer: str = ""
    span: Span = where()


class Aspect(Enum):
    """What an expectation is about."""

    ITEM = "item"
    TOTAL = "total"
    SHARE = "share"
    MAXIMUM = "maximum"
    GRADE = "grade"
    RANK = "rank"
    REFUSED = "refused"
    UNGRADED = "ungraded"
    DIAGNOSTIC = "diagnostic"


@frozen
class Expectation:
    """``1.3 = 5 điểm``, ``tổng 78 điểm``, ``loại khá`` (``subject``), ``hạng 2`` …"""

    aspect: Aspect
    subject: str = ""
    value: CellValue | None = None
    span: Span = where()


@frozen
class ExampleUnit:
    """A unit of an example."""

    name: str
    given: tuple[Given, ...]
    expected: tuple[Expectation, ...]
    span: Span = where()


@frozen
class Example:
    """A test in the file: one unit, or a population; ``tolerance`` 0 is exact."""

    title: str
    scale: str
    units: tuple[ExampleUnit, ...]
    period: int | None = None
    tolerance: Fraction = Fraction(0)
    span: Span = where()
