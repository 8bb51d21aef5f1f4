"""Days and periods of documents and clauses in, the words for them out."""

from __future__ import annotations

from datetime import date

from thangdiem.dsl.amendments.clauses import Clause
from thangdiem.dsl.numerals import write_date
from thangdiem.dsl.rulebook import Document
from thangdiem.engine.explanation.phrases import Phrases


def written(day: date | None, words: Phrases) -> str:
    """A day, or nothing."""
    return write_date(day, words.language) if day is not None else ""


def in_force(of: Document | Clause, words: Phrases) -> str:
    """``từ 01/01/2025 đến hết 31/12/2026``, ``chưa xác định``, or nothing."""
    if of.undetermined:
        return words("day_undetermined")
    if of.in_force is None:
        return ""
    since, until = written(of.in_force, words), written(of.until, words)
    return words("from_to_day", since=since, until=until) if until else words("from_day", since=since)


def periods(of: Document | Clause, words: Phrases) -> str:
    """``từ năm 2025``, ``năm 2025``, ``từ năm 2025 đến năm 2026``, or nothing."""
    first, last = of.first_period, of.last_period
    if first is None:
        return ""
    if last is None:
        return words("from_year", first=first)
    return words("one_year", first=first) if first == last else words("from_to_year", first=first, last=last)
