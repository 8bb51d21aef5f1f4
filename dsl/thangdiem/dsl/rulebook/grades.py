"""Grades and ranking: bands, conditions, quotas, the chain of keys."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.rounding import Rounding
from thangdiem.dsl.rulebook.expressions import Expression, Range
from thangdiem.dsl.rulebook.spans import Span, where


@frozen
class GradeMark:
    """One lettered condition of ``khi đạt tất cả:``."""

    letter: str
    when: Expression
    span: Span = where()


@frozen
class Band:
    """A grade: a range of the basis, conditions, both, what remains (``rest``), or only by rule (``by_rule``)."""

    grade: str
    subject: str = ""
    within: Range | None = None
    when: Expression | None = None
    all_of: tuple[GradeMark, ...] = ()
    rest: bool = False
    by_rule: bool = False
    span: Span = where()

    @property
    def conditions(self) -> tuple[Expression, ...]:
        """What must hold besides the range."""
        own = () if self.when is None else (self.when,)
        return (*own, *(mark.when for mark in self.all_of))


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

    @property
    def ordered_rules(self) -> tuple[GradeRule, ...]:
        """The grade conditions in the order in which they are applied, those of one form in the file's."""
        return tuple(rule for form in GradeRuleForm for rule in self.rules if rule.form is form)

    def after(self, rule: GradeRule, grade: str) -> str:
        """What a grade condition that holds makes of a grade."""
        grades = self.grades
        now, named = grades.index(grade), grades.index(rule.grade)
        match rule.form:
            case GradeRuleForm.RAISE:
                return grades[min(now, named)]
            case GradeRuleForm.CAP:
                return grades[max(now, named)]
            case GradeRuleForm.EXCLUDE:
                return grades[min(named + 1, len(grades) - 1)] if now == named else grade
            case GradeRuleForm.FORCE:
                return rule.grade


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
