"""Items: the nodes of a scale, with their points, policies, roundings and provisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.rounding import Rounding
from thangdiem.dsl.rulebook.expressions import Expression
from thangdiem.dsl.rulebook.methods import Limit, Method, Named, Outcome
from thangdiem.dsl.rulebook.spans import Span, where


class PointsForm(Enum):
    """What the file says of an item's points."""

    FIXED = "fixed"  # 0 … high
    RANGE = "range"  # low … high, either may be open
    VALUE = "value"  # a plain number, low … high
    UNKNOWN = "unknown"  # chưa rõ điểm
    UNCOUNTED = "uncounted"  # không tính điểm
    NO_TOTAL = "no_total"  # không có tổng điểm (scales)


@frozen
class Points:
    """The stated points: ``low`` and ``high`` are None where open or unknown; in points, or plain for VALUE."""

    form: PointsForm
    low: Fraction | None = None
    high: Fraction | None = None
    span: Span = where()

    @property
    def counted(self) -> bool:
        """Whether the item enters its parent."""
        return self.form is not PointsForm.UNCOUNTED


class PolicyForm(Enum):
    """What becomes of an item that does not apply."""

    KEEP = "keep"
    EXCLUDE = "exclude"
    RESCALE = "rescale"
    FULL = "full"
    UNRANKED = "unranked"
    NO_TOTAL = "no_total"


@frozen
class Policy:
    """The policy for items that do not apply; ``scale_points`` only for RESCALE."""

    form: PolicyForm
    scale_points: Fraction | None = None
    span: Span = where()


class AggregationForm(Enum):
    """How a node is made of its children."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED_MEAN = "weighted_mean"
    GEOMETRIC_MEAN = "geometric_mean"
    LOWEST = "lowest"
    HIGHEST = "highest"


@frozen
class Aggregation:
    """How a node is made of its children; ``rounding`` is obligatory for the geometric mean."""

    form: AggregationForm = AggregationForm.SUM
    rounding: Rounding | None = None
    written: bool = False
    span: Span = where()


class RoundingStep(Enum):
    """Where a rounding of the scale takes place; KIND rounds the items of ``kind_word``."""

    DATA = "data"
    RATIO = "ratio"
    KIND = "kind"
    TOTAL = "total"


@frozen
class RoundingRule:
    """``Làm tròn: điểm chỉ số thành phần đến 2 chữ số thập phân, nửa lên``."""

    step: RoundingStep
    rounding: Rounding
    kind_word: str = ""
    span: Span = where()


@frozen
class Replacement:
    """``Thay bằng EXPR khi …``."""

    value: Expression
    when: Expression
    span: Span = where()


@frozen
class Applicability:
    """When an item does not apply, whether the data may say so, and what follows (None: the scale's policy).

    A suspended item has a condition that is always met.
    """

    conditions: tuple[Expression, ...] = ()
    allowed: bool = False
    policy: Policy | None = None
    suspended: bool = False


@frozen
class Reading:
    """An interpretation: what the text left open, how it is read, since when, and other readings."""

    id: str
    text: str
    since: date | None = None
    alternatives: tuple[str, ...] = ()
    span: Span = where()


@frozen
class Provision:
    """What the text says of a node besides its rule: citations, quotations, evidence, sources, notes, readings, and
    the clauses that amended it (``được sửa đổi bởi khoản 1 Điều 1 Quyết định 12/QĐ-UBND``)."""

    citations: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    data_sources: tuple[str, ...] = ()
    verifiers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    amendments: tuple[str, ...] = ()


@frozen
class Bonus:
    """``Điểm thưởng`` or ``Điểm trừ`` of a node: outside the maximum, with its own method and limits."""

    title: str
    deduction: bool
    owner: str
    method: Method
    points: Points | None = None
    limits: tuple[Limit, ...] = ()
    names: tuple[Named, ...] = ()
    missing: Outcome | None = None
    provision: Provision = Provision()
    span: Span = where()

    @property
    def key(self) -> str:
        """The code under which its method, names and direct points are found."""
        return f"{'-' if self.deduction else '+'}{self.title}"


@frozen
class Item:
    """A node of a scale: a leaf has a method, any other node is made of its children."""

    code: str
    kind_word: str
    title: str
    points: Points
    parent: str = ""
    weight: Fraction | None = None
    method: Method | None = None
    children: tuple[Item, ...] = ()
    aggregation: Aggregation = Aggregation()
    names: tuple[Named, ...] = ()
    applicability: Applicability = Applicability()
    counts_when: Expression | None = None
    replacements: tuple[Replacement, ...] = ()
    missing: Outcome | None = None
    limits: tuple[Limit, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    rounding: Rounding | None = None
    provision: Provision = Provision()
    head: Span = where()
    span: Span = where()

    def walk(self) -> Iterator[Item]:
        """The item and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()
