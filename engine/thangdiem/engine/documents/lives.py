"""Lives of nodes in, their report for a reader of a language out."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import dedent

from thangdiem.dsl.amendments.timeline import Moment
from thangdiem.dsl.diagnostic import Language
from thangdiem.dsl.history import Event, EventKind, Life
from thangdiem.dsl.resolve.documents import named
from thangdiem.engine.differences.words import marked
from thangdiem.engine.documents.parts import EventReport, HistoryReport, LifeReport
from thangdiem.engine.documents.quotation import printed
from thangdiem.engine.documents.times import in_force, periods, written
from thangdiem.engine.explanation.phrases import Phrases, phrases


def history_report(lives: Sequence[Life], wanted: str, shown: Moment, language: Language = "vi") -> HistoryReport:
    """The lives of what was asked for; what counts only after the moment shown is told to be later."""
    words = phrases(language)
    return HistoryReport(language, words("history_of", node=wanted), tuple(_life(each, shown, words) for each in lives))


def _life(life: Life, shown: Moment, words: Phrases) -> LifeReport:
    heading = printed(life.node.heading)
    if life.node.scale and life.node.form != "scale":
        heading = f"{heading} ({words('scale')} {life.node.scale})"
    return LifeReport(heading, named(life.book.document), tuple(_event(each, shown, words) for each in life.events))


def _event(event: Event, shown: Moment, words: Phrases) -> EventReport:
    before, after = (dedent(text).rstrip("\n") for text in (event.before, event.after))
    old, new = marked(before, after)
    later = words("not_yet", moment=_moment(shown, words)) if _is_later(event, shown) else ""
    within = words("history_within", node=printed(event.within)) if event.within else ""
    lines = tuple(before.splitlines()), tuple(after.splitlines())
    return EventReport(event.kind.value, _what(event, words), _when(event, words), within, later, old, new, *lines)


def _what(event: Event, words: Phrases) -> str:
    if event.clause is not None:
        return words(f"event_{event.kind.value}", clause=event.clause.label)
    if event.document is not None:
        return words(f"event_{event.kind.value}", clause=named(event.document))
    return words("event_expired")


def _when(event: Event, words: Phrases) -> str:
    """From which day, and for which periods; of a clause that counts no more, the day from which it does not."""
    day = words("from_day", since=written(event.day, words)) if event.day else words("day_undetermined")
    source = event.clause or event.document
    if source is None or event.kind in (EventKind.LAPSED, EventKind.ENDED):
        return day
    since = in_force(source, words) if source.undetermined or source.in_force == event.day else day
    applied = periods(source, words)
    return f"{since}; {words('applied_to', periods=applied)}" if applied else since


def _is_later(event: Event, shown: Moment) -> bool:
    if shown.day is not None:
        return event.day is None or event.day > shown.day
    source = event.clause or event.document
    first = source.first_period if source is not None else None
    if event.kind in (EventKind.LAPSED, EventKind.ENDED) or first is None:
        first = event.day.year if event.day is not None else None
    return first is None or (shown.period is not None and first > shown.period)


def _moment(shown: Moment, words: Phrases) -> str:
    if shown.day is not None:
        return words("on_day", day=written(shown.day, words))
    return words("in_period", year=shown.period)
