"""Where a node stands in the text, and what kind of value it is."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen


@frozen
class Span:
    """A stretch of the normalised text: characters from ``start`` up to ``end``."""

    start: int = 0
    end: int = 0


def where() -> Span:
    """The field every node has for its place in the text."""
    return field(default=Span(), eq=False, repr=False, kw_only=True)


class Kind(Enum):
    """What a value is; only like is compared with like."""

    POINTS = "points"
    RATIO = "ratio"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    TEXT = "text"
