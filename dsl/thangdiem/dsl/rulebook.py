"""What a rule file means: the only contract between the language and everything that runs it.

Every class is frozen; ``span`` is where the text says it (offsets into ``Rulebook.source``) and is no part of equality.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from thangdiem.dsl.rounding import Rounding
from thangdiem.dsl.source import Source


@frozen
class Span:
    """A stretch of the normalised text: characters from ``start`` up to ``end``."""

    start: int = 0
    end: int = 0


def where() -> Span:
    """The field every node has for its place in the text."""
    return field(default=Span(), eq=False, repr=False, kw_only=True)  # type: ignore[no-any-return]


class Kind(Enum):
    """What a value is; only like is compared with like."""

    POINTS = "points"
    RATIO = "ratio"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    TEXT = "text"


# --- expressions ---------------------------------------------------------------------------------


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
    """``cao nhất các chỉ số của nhóm 2``: gathers the scores of ``codes``; ``sign`` -1 or 1 keeps those below or above 0."""

    gathering: Gathering
    codes: tuple[str, ...]
    sign: int = 0
    span: Span = where()


@frozen
class ItemCount:
    """``số chỉ số của nhóm 2 từ 3 điểm trở lên``: how many of ``codes`` lie within."""

    codes: tuple[str, ...]
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


# --- conditions ----------------------------------------------------------------------------------


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

    codes: tuple[str, ...]
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

# --- methods: how a value is found ---------------------------------------------------------------


@frozen
class NotApplicable:
    """An outcome: the row says ``không áp dụng``."""

    span: Span = where()


Outcome = Expression | NotApplicable


@frozen
class Limit:
    """``không quá N`` (``most``) or ``không dưới N``, perhaps under a condition."""

    bound: Expression
    most: bool
    when: Expression | None = None
    span: Span = where()


@frozen
class Formula:
    """``Điểm = EXPR, không quá …``."""

    value: Expression
    limits: tuple[Limit, ...] = ()
    span: Span = where()


@frozen
class Level:
    """One of several exclusive levels; ``aliases`` are former labels that data may still use."""

    label: str
    value: Outcome
    aliases: tuple[str, ...] = ()
    span: Span = where()


@frozen
class Choice:
    """``Chọn một:`` the unit's datum under the item's code is the label of a level."""

    levels: tuple[Level, ...]
    span: Span = where()


@frozen
class Mark:
    """One letter of a checklist: ticked in the data (``label``), or met under a condition."""

    letter: str
    value: Expression
    label: str = ""
    when: Expression | None = None
    span: Span = where()


@frozen
class Checklist:
    """``Cộng các ý đạt:`` the points of what is met are added."""

    marks: tuple[Mark, ...]
    span: Span = where()


@frozen
class Row:
    """A row of steps or of a table: a cell per subject (None: any value; () for ``còn lại``)."""

    cells: tuple[tuple[Range, ...] | None, ...]
    value: Outcome
    span: Span = where()


@frozen
class Steps:
    """``Theo [x]:`` / ``Theo [x] và [y]:`` the first row whose cells all hold."""

    subjects: tuple[Expression, ...]
    rows: tuple[Row, ...]
    span: Span = where()


@frozen
class PerMark:
    """``mỗi mốc vượt 5; 10; 15: 1 điểm``: each mark exceeded (or reached) counts ``value``."""

    marks: tuple[Expression, ...]
    reached: bool
    value: Expression
    span: Span = where()


@frozen
class Marks:
    """``Theo [x]:`` made only of ``mỗi mốc`` rows: their counts are added."""

    subject: Expression
    rows: tuple[PerMark, ...]
    span: Span = where()


@frozen
class Case:
    """A condition (None: ``còn lại``) and what holds under it."""

    when: Expression | None
    value: Outcome
    span: Span = where()


@frozen
class Cases:
    """``Theo trường hợp:`` the first case that holds; with ``best``, the highest value of all that hold."""

    cases: tuple[Case, ...]
    best: bool = False
    span: Span = where()


@frozen
class Direct:
    """``Chấm trực tiếp``: the points are given; ``written`` tells whether the file says so."""

    written: bool = True
    span: Span = where()


@frozen
class Guard:
    """One branch of a method under a condition (None: ``còn lại``)."""

    when: Expression | None
    method: Method
    span: Span = where()


@frozen
class Guarded:
    """``Khi …, theo [x]: … Còn lại, …``: the method of the first branch that holds."""

    guards: tuple[Guard, ...]
    span: Span = where()


Method = Formula | Choice | Checklist | Steps | Marks | Cases | Direct | Guarded


@frozen
class Named:
    """A named value of a scale or an item."""

    name: str
    owner: str
    method: Method
    span: Span = where()


# --- items ---------------------------------------------------------------------------------------


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
    """When an item does not apply, whether the data may say so, and what follows (None: the scale's policy)."""

    conditions: tuple[Expression, ...] = ()
    allowed: bool = False
    policy: Policy | None = None


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
    """What the text says of a node besides its rule: citations, quotations, evidence, sources, notes, readings."""

    citations: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    data_sources: tuple[str, ...] = ()
    verifiers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()


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


# --- data ----------------------------------------------------------------------------------------


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


# --- grades and ranking --------------------------------------------------------------------------


@frozen
class GradeMark:
    """One lettered condition of ``khi đạt tất cả:``."""

    letter: str
    when: Expression
    span: Span = where()


@frozen
class Band:
    """A grade: a range of the basis, conditions, both, what remains (``rest``), or only what a rule gives (``by_rule``)."""

    grade: str
    subject: str = ""
    within: Range | None = None
    when: Expression | None = None
    all_of: tuple[GradeMark, ...] = ()
    rest: bool = False
    by_rule: bool = False
    span: Span = where()


class GradeRuleForm(Enum):
    """What a grade condition does, in the order in which they are applied."""

    RAISE = "raise"
    CAP = "cap"
    EXCLUDE = "exclude"
    FORCE = "force"


@frozen
class GradeRule:
    """``Không xếp quá loại khá khi …`` and its like."""

    form: GradeRuleForm
    grade: str
    when: Expression
    span: Span = where()


class QuotaTies(Enum):
    """What becomes of units that tie across the edge of a quota."""

    ALL_MISS = "all_miss"
    ALL_PASS = "all_pass"


@frozen
class Quota:
    """At most ``share`` of the units (of those graded ``among`` or better, if named) may have ``grade``."""

    grade: str
    share: Fraction
    rounding: Rounding
    ties: QuotaTies
    otherwise: str
    among: str = ""
    per_block: bool = False
    span: Span = where()


class GradeBasis(Enum):
    """What bands are ranges of."""

    TOTAL = "total"
    SHARE = "share"
    EXPRESSION = "expression"


@frozen
class Grading:
    """Bands, best first, then what raises, caps, excludes, decides, and the quotas."""

    basis: GradeBasis
    bands: tuple[Band, ...]
    rules: tuple[GradeRule, ...] = ()
    quotas: tuple[Quota, ...] = ()
    expression: Expression | None = None
    lower_is_better: bool = False
    when: Expression | None = None
    span: Span = where()

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades, best first."""
        return tuple(band.grade for band in self.bands)


@frozen
class RankKey:
    """One link of the chain: greater first unless ``ascending``; ``decided_by`` names a column that decides."""

    value: Expression | None = None
    ascending: bool = False
    decided_by: str = ""
    span: Span = where()


@frozen
class Ranking:
    """``Xếp hạng theo …; trong mỗi khối``."""

    keys: tuple[RankKey, ...]
    per_block: bool = False
    span: Span = where()


# --- examples ------------------------------------------------------------------------------------


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
    NAME = "name"
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


# --- scales and documents ------------------------------------------------------------------------


@frozen
class DeclaredCount:
    """``Gồm 24 chỉ số thành phần``."""

    count: int
    kind_word: str
    span: Span = where()


@frozen
class Scale:
    """One rubric for one kind of unit: the top node, its data, its grades and its ranking."""

    id: str
    title: str
    points: Points
    items: tuple[Item, ...] = ()
    audience: tuple[str, ...] = ()
    counts: tuple[DeclaredCount, ...] = ()
    data: Mapping[str, DataField] = field(factory=dict)
    names: tuple[Named, ...] = ()
    roundings: tuple[RoundingRule, ...] = ()
    policy: Policy | None = None
    layers: Layers | None = None
    aggregation: Aggregation = Aggregation()
    total: Method | None = None
    limits: tuple[Limit, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    gradings: tuple[Grading, ...] = ()
    ranking: Ranking | None = None
    better: str = ""
    provision: Provision = Provision()
    head: Span = where()
    span: Span = where()

    def walk(self) -> Iterator[Item]:
        """Every item, in the order of the file."""
        for item in self.items:
            yield from item.walk()


@frozen
class Article:
    """An article that is only text."""

    number: str
    text: str
    span: Span = where()


@frozen
class Document:
    """Identity and dates of a decision; the three kinds of dates are different things."""

    kind_word: str
    number: str
    title: str = ""
    issuer: str = ""
    source: str = ""
    issued: date | None = None
    in_force: date | None = None
    until: date | None = None
    first_period: int | None = None
    last_period: int | None = None
    articles: tuple[Article, ...] = ()
    illustration: str = ""
    provision: Provision = Provision()
    span: Span = where()


@frozen
class Rulebook:
    """A document with its scales and examples, and the text it was read from."""

    document: Document
    scales: tuple[Scale, ...]
    examples: tuple[Example, ...] = ()
    dialect: str = "vi"
    source: Source = field(eq=False, repr=False, kw_only=True)
