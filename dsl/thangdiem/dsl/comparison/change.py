"""What a comparison is made of: changes, each with both sides, and which units it may touch."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from thangdiem.dsl.rulebook import Rulebook, Span


class ChangeKind(Enum):
    """What was changed, in the terms of a rubric."""

    DOCUMENT = "document"
    IN_FORCE = "in_force"
    PERIODS = "periods"
    DIALECT = "dialect"
    ARTICLE = "article"
    SCALE_ADDED = "scale_added"
    SCALE_REMOVED = "scale_removed"
    SCALE_RENAMED = "scale_renamed"
    SCALE_ORDER = "scale_order"
    ITEM_ADDED = "item_added"
    ITEM_REMOVED = "item_removed"
    ITEM_MOVED = "item_moved"
    ITEM_RENUMBERED = "item_renumbered"
    ITEM_ORDER = "item_order"
    TITLE = "title"
    KIND_WORD = "kind_word"
    MAXIMUM = "maximum"
    WEIGHT = "weight"
    METHOD = "method"
    FORMULA = "formula"
    LEVEL_ADDED = "level_added"
    LEVEL_REMOVED = "level_removed"
    LEVEL_POINTS = "level_points"
    LEVEL_LABEL = "level_label"
    THRESHOLD = "threshold"
    STEP_ADDED = "step_added"
    STEP_REMOVED = "step_removed"
    STEP_POINTS = "step_points"
    MARK_ADDED = "mark_added"
    MARK_REMOVED = "mark_removed"
    MARK_POINTS = "mark_points"
    MARK_CONDITION = "mark_condition"
    MARK_LABEL = "mark_label"
    CASE_ADDED = "case_added"
    CASE_REMOVED = "case_removed"
    CASE_CONDITION = "case_condition"
    CASE_VALUE = "case_value"
    ROW_ORDER = "row_order"
    LIMIT = "limit"
    LIMIT_ADDED = "limit_added"
    LIMIT_REMOVED = "limit_removed"
    NOT_APPLICABLE = "not_applicable"
    POLICY = "policy"
    MISSING = "missing"
    COUNTS_WHEN = "counts_when"
    REPLACEMENT = "replacement"
    BONUS_ADDED = "bonus_added"
    BONUS_REMOVED = "bonus_removed"
    BONUS_RENAMED = "bonus_renamed"
    NAME_ADDED = "name_added"
    NAME_REMOVED = "name_removed"
    DATUM_ADDED = "datum_added"
    DATUM_REMOVED = "datum_removed"
    DATUM_TYPE = "datum_type"
    DATUM_DOMAIN = "datum_domain"
    DATUM_OPTIONS = "datum_options"
    DATUM_UNIT = "datum_unit"
    AGGREGATION = "aggregation"
    ROUNDING = "rounding"
    GRADES_ADDED = "grades_added"
    GRADES_REMOVED = "grades_removed"
    GRADES = "grades"
    BAND_EDGE = "band_edge"
    BAND_ADDED = "band_added"
    BAND_REMOVED = "band_removed"
    BAND_RENAMED = "band_renamed"
    BAND_CONDITION = "band_condition"
    GRADE_RULE = "grade_rule"
    GRADE_RULE_ADDED = "grade_rule_added"
    GRADE_RULE_REMOVED = "grade_rule_removed"
    QUOTA = "quota"
    RANKING = "ranking"
    LAYERS = "layers"
    COUNTS = "counts"
    AUDIENCE = "audience"
    DIRECTION = "direction"
    WORDING = "wording"
    EXAMPLE = "example"


class SubjectForm(Enum):
    """What sort of thing a change is about."""

    DOCUMENT = "document"
    SCALE = "scale"
    ITEM = "item"
    BONUS = "bonus"
    NAME = "name"
    DATUM = "datum"
    GRADES = "grades"
    EXAMPLE = "example"


@frozen
class Subject:
    """What a change is about: an item by its code, a bonus by its key, a datum by its name …"""

    form: SubjectForm
    key: str = ""
    title: str = ""
    owner: str = ""


@frozen
class Side:
    """One side of a change: its words as the rule file writes them, where they stand, and the node they mean.

    ``code`` is the code of the item there, ``value`` the figure where the side is one.
    """

    text: str
    code: str = ""
    value: Fraction | None = None
    span: Span = field(default=Span(), eq=False, repr=False)
    node: object = field(default=None, eq=False, repr=False)


class Effect(Enum):
    """Whose points, grade or rank may become others."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


class About(Enum):
    """What tells the units a change touches from the others."""

    VALUE = "value"  # the value of an expression lies in a stretch
    TOTAL = "total"  # the total does
    SHARE = "share"  # the share of the maximum does
    POINTS = "points"  # the points before a limit do
    LEVEL = "level"  # the level chosen
    TICKED = "ticked"  # a letter of a checklist is met
    HOLDS = "holds"  # a condition holds
    DIFFERS = "differs"  # one of two conditions holds and not both
    MISSING = "missing"  # data are missing
    EXEMPT = "exempt"  # something does not apply
    SCALE = "scale"  # the unit is scored by the scale
    AUDIENCE = "audience"  # the unit is of a kind
    GRADE = "grade"  # the unit is in a band
    TIED = "tied"  # the unit ties with another
    DAY = "day"  # the day asked for lies in a stretch
    PERIOD = "period"  # the year assessed does


@frozen
class Stretch:
    """Values from ``low`` to ``high`` (None: no end), with the ends as the rule files write them."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False
    low_text: str = ""
    high_text: str = ""


@frozen
class Condition:
    """Which units: what is looked at, where it lies or what it is, and what only one of the versions asks for.

    A unit for which something of ``lacking`` is not known may be touched, too.
    """

    about: About
    subject: str = ""
    stretches: tuple[Stretch, ...] = ()
    texts: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


Given = Fraction | bool | date | str | tuple[str, ...]


@frozen
class Instance:
    """A value that is touched; ``column`` is how a data file would head it, "" where it is computed."""

    text: str
    column: str = ""
    value: Given | None = None


@frozen
class Consequence:
    """Who may be touched; ``through_others``: a rule over units carries it from the units of the condition to all."""

    effect: Effect
    condition: Condition | None = None
    instance: Instance | None = None
    through_others: bool = False


NOBODY = Consequence(Effect.NONE)
"""No unit can change."""
EVERYBODY = Consequence(Effect.ALL)
"""Every unit may."""


def some(about: About, subject: str = "", *texts: str, lacking: tuple[str, ...] = ()) -> Consequence:
    """Only units for which something holds."""
    return Consequence(Effect.SOME, Condition(about, subject, (), texts, lacking))


@frozen
class Change:
    """One change: what of, of which scale, and of what part of it; a side is None where there is nothing.

    ``follows`` are the lines whose meaning changes with it though their words do not.
    """

    kind: ChangeKind
    subject: Subject
    old: Side | None
    new: Side | None
    consequence: Consequence
    scale: str = ""
    parts: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()


@frozen
class Comparison:
    """Two rulebooks, and every change from one to the other in the order of the later file."""

    old: Rulebook = field(eq=False, repr=False)
    new: Rulebook = field(eq=False, repr=False)
    changes: tuple[Change, ...]

    @property
    def effect(self) -> Effect:
        """The widest consequence of all changes."""
        found = {change.consequence.effect for change in self.changes}
        return next((effect for effect in (Effect.ALL, Effect.SOME) if effect in found), Effect.NONE)

    def of_scale(self, *names: str) -> Comparison:
        """The changes of one scale, by any of its ids, and those of the whole document."""
        kept = tuple(change for change in self.changes if change.scale in ("", *names))
        return Comparison(self.old, self.new, kept)
