"""Expressions and conditions: what is computed and compared."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from thangdiem.dsl.rounding import Rounding
from thangdiem.dsl.rulebook.spans import Kind, Span, where


@frozen
class Number:
    """A literal: points, a ratio (80% is 4/5) or a plain number; ``unit`` as written after it."""

    value: Fraction
    kind: Kind
    unit: str = ""
    span: Span = where()


@frozen
class Text:
    """A quoted text."""

    value: str
    span: Span = where()


@frozen
class YesNo:
    """``có`` or ``không``."""

    value: bool
    span: Span = where()


@frozen
class Day:
    """A date; ``year`` None means the day lies ``after`` years after the year assessed."""

    month: int
    day: int
    year: int | None = None
    after: int = 0
    span: Span = where()


@frozen
class Datum:
    """A datum of the unit: ``[Số hồ sơ]``; ``name`` is the key of ``Scale.data``."""

    name: str
    span: Span = where()


@frozen
class Present:
    """``có số liệu [x]``: whether the unit has a value for the datum."""

    name: str
    span: Span = where()


@frozen
class NameRef:
    """A named value; ``owner`` is the code of the item that defines it, or "" for the scale."""

    owner: str
    name: str
    span: Span = where()


@frozen
class ItemScore:
    """The score of an item of the same scale."""

    code: str
    span: Span = where()


@frozen
class MaximumOf:
    """The maximum points of an item; "" is the scale."""

    code: str
    span: Span = where()


@frozen
class Judged:
    """The points given directly by the assessor to an item (``điểm chấm``)."""

    code: str
    span: Span = where()


@frozen
class TotalPoints:
    """The total of the scale; ``before_bonus`` is the step before bonus and deduction."""

    before_bonus: bool = False
    span: Span = where()


@frozen
class BonusPoints:
    """The points of the bonus or deduction of that title (a deduction is a positive number here)."""

    title: str
    span: Span = where()


class Operator(Enum):
    """The four operations."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


@frozen
class Arithmetic:
    """``left operator right``; a difference of two dates is a number of days."""

    operator: Operator
    left: Expression
    right: Expression
    span: Span = where()


@frozen
class Negative:
    """``-value``."""

    value: Expression
    span: Span = where()


@frozen
class Power:
    """``base ^ exponent``: exact for whole exponents, else only inside a rounding."""

    base: Expression
    exponent: Fraction
    span: Span = where()


class Function(Enum):
    """The functions of the language."""

    LEAST = "min"
    GREATEST = "max"
    ABSOLUTE = "abs"
    ROOT = "root"
    LN = "ln"
    LOG10 = "log10"
    EXP = "exp"


@frozen
class Call:
    """``nhỏ nhất(a; b)`` and the like; ROOT takes (value, degree)."""

    function: Function
    arguments: tuple[Expression, ...]
    span: Span = where()


@frozen
class Rounded:
    """``làm tròn(x; 2; nửa lên)``: irrational parts inside are correctly rounded."""

    value: Expression
    rounding: Rounding
    span: Span = where()


class Gathering(Enum):
    """How many values are made one."""

    SUM = "sum"
    MEAN = "mean"
    HIGHEST = "highest"
    LOWEST = "lowest"


@frozen
class OverItems:
    """``cao nhất các chỉ số của nhóm 2``: the scores of ``codes`` as one; ``sign`` -1 or 1: those under or over 0."""

    gathering: Gathering
    codes: tuple[str, ...] = field(eq=frozenset)  # in whatever order
    sign: int = 0
    span: Span = where()


@frozen
class ItemCount:
    """``số chỉ số của nhóm 2 từ 3 điểm trở lên``: how many of ``codes`` lie within."""

    codes: tuple[str, ...] = field(eq=frozenset)  # in whatever order
    within: Range
    span: Span = where()


class Cohort(Enum):
    """Which units are looked at together (always of the same scale; subordinates of any scale)."""

    ALL = "all"
    BLOCK = "block"
    SUBORDINATE = "subordinate"


@frozen
class OverUnits:
    """``cao nhất [x] của các đơn vị``; units without the datum undecide it unless ``skip_missing``."""

    gathering: Gathering
    value: Expression
    cohort: Cohort
    skip_missing: bool = False
    span: Span = where()


@frozen
class RankAmong:
    """``hạng theo EXPR của các đơn vị``: 1 + the number of units with a greater value."""

    value: Expression
    cohort: Cohort
    skip_missing: bool = False
    span: Span = where()


@frozen
class UnitsGraded:
    """Units of the cohort graded ``grade`` (or better): their number, or their share of all."""

    grade: str
    or_better: bool
    cohort: Cohort
    share: bool
    span: Span = where()


@frozen
class Range:
    """One interval of values; ``low is high`` (the same expression) is equality; ``negated`` is ``khác``."""

    low: Expression | None = None
    high: Expression | None = None
    low_open: bool = False
    high_open: bool = False
    negated: bool = False
    span: Span = where()


@frozen
class Within:
    """The subject lies in one of the ranges."""

    subject: Expression
    ranges: tuple[Range, ...]
    span: Span = where()


@frozen
class AllOf:
    """``A và B``."""

    parts: tuple[Expression, ...]
    span: Span = where()


@frozen
class AnyOf:
    """``A hoặc B``."""

    parts: tuple[Expression, ...]
    span: Span = where()


@frozen
class Not:
    """``không phải A``."""

    part: Expression
    span: Span = where()


@frozen
class SomeItem:
    """``có chỉ số từ 3 điểm trở lên`` / ``mọi chỉ số …``: some, or every, item of ``codes`` lies within.

    ``MaximumOf("*")`` inside the range means the maximum of the item looked at.
    """

    codes: tuple[str, ...] = field(eq=frozenset)  # in whatever order
    within: Range
    every: bool = False
    span: Span = where()


Expression = (
    Number
    | Text
    | YesNo
    | Day
    | Datum
    | Present
    | NameRef
    | ItemScore
    | MaximumOf
    | Judged
    | TotalPoints
    | BonusPoints
    | Arithmetic
    | Negative
    | Power
    | Call
    | Rounded
    | OverItems
    | ItemCount
    | OverUnits
    | RankAmong
    | UnitsGraded
    | Within
    | AllOf
    | AnyOf
    | Not
    | SomeItem
)
