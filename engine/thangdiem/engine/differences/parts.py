"""What a report of differences is made of: plain texts in the order in which a reader meets them."""

from __future__ import annotations

from typing import Any

from attrs import asdict, frozen

from thangdiem.dsl.diagnostic import Language


@frozen
class Words:
    """A run of words of one side; ``changed`` tells that the other side has others there."""

    text: str
    changed: bool


@frozen
class ChangeReport:
    """One change: what was changed, the words of both sides, who may be touched (``effect``: none, some, all)."""

    kind: str
    what: str
    old: tuple[Words, ...]
    new: tuple[Words, ...]
    old_lines: tuple[str, ...]
    new_lines: tuple[str, ...]
    effect: str
    effect_text: str
    follows: tuple[str, ...]


@frozen
class SubjectReport:
    """All changes of one thing."""

    heading: str
    changes: tuple[ChangeReport, ...]


@frozen
class ScaleReport:
    """All changes of one scale, or of the document itself."""

    heading: str
    subjects: tuple[SubjectReport, ...]


@frozen
class DifferenceReport:
    """Two versions by name, how many changes touch nobody, some, all, and the changes."""

    language: Language
    old: str
    new: str
    summary: str
    remarks: tuple[str, ...]
    scales: tuple[ScaleReport, ...]

    def to_data(self) -> dict[str, Any]:
        """Plain data, as templates take them."""
        return asdict(self)
