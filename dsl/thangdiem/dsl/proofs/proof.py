"""A proof: what is claimed of which part of a scale, what became of it and why, and the units that show it."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from thangdiem.dsl.rulebook import Span


class Claim(Enum):
    """What is claimed."""

    RANGE = "range"
    """The score of an item lies within its stated points."""
    MAXIMUM = "maximum"
    """An item can reach its maximum."""
    TOTAL = "total"
    """Every total lies within the points of the scale."""
    COVER = "cover"
    """Every attainable value has a band."""
    DISJOINT = "disjoint"
    """No attainable value has two bands."""
    GRADE = "grade"
    """A unit can be given the grade."""
    MONOTONE = "monotone"
    """An item's score moves one way as a datum grows."""
    MONOTONE_GRADE = "monotone_grade"
    """More points of an item never lower the grade."""
    SAME = "same"
    """An item that no change names is scored alike in both versions."""


class Outcome(Enum):
    """What became of a claim."""

    PROVED = "proved"
    REFUTED = "refuted"
    OPEN = "open"


class Reason(Enum):
    """Why an outcome is what it is."""

    BOUNDS = "bounds"  # the values that are possible show it
    WITNESS = "witness"  # a unit that was evaluated shows it
    GIVEN = "given"  # points given directly are taken only within the range
    WITHOUT_BONUS = "without_bonus"  # proved of the score without bonus and deduction
    REST = "rest"  # a band takes all the rest
    STRUCTURE = "structure"  # the rules are the same word for word, or move one way part by part
    UNDECLARED = "undeclared"  # the domain of data is not declared
    UNKNOWN_POINTS = "unknown_points"  # the file does not say the points of items
    NO_WITNESS = "no_witness"  # the bounds leave it open, and no unit was found that shows it
    NOT_CONSTANT = "not_constant"  # bands or levels whose ends are not constant
    CONDITIONS = "conditions"  # it hangs on conditions of which not every combination can be told
    OTHER_UNITS = "other_units"  # it hangs on the grades of other units, or on units of other scales


Given = Fraction | bool | date | str | tuple[str, ...] | None
"""What a unit gives; None: the item does not apply to it."""


@frozen
class Cell:
    """What a unit gives in a column, headed as in a file of data."""

    column: str
    value: Given


@frozen
class Shown:
    """A unit that was evaluated, and what came out: the score of the subject (or the total) and the grade."""

    cells: tuple[Cell, ...]
    value: Fraction | None = None
    grade: str | None = None


@frozen
class Proof:
    """One claim about one subject: an item's code, a grade, or "" for the scale.

    ``low`` and ``high`` are the ends the claim is about; ``names`` the data, or the grades, that it or its reason
    names; ``found`` the end that the bounds come to.
    """

    claim: Claim
    scale: str
    subject: str
    outcome: Outcome
    why: Reason
    witness: tuple[Shown, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    found: Fraction | None = None
    names: tuple[str, ...] = ()
    block: int = 0
    """Which block of grades."""
    span: Span = field(default=Span(), eq=False, repr=False)
