"""The texts of each day in; for one node the events of its life, in their order, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from itertools import pairwise

from attrs import frozen

from thangdiem.dsl.amendments.clauses import Clause
from thangdiem.dsl.amendments.draft import Change
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.history.nodes import Node, names_of, nodes_called
from thangdiem.dsl.history.texts import DatedText, around, texts
from thangdiem.dsl.letters import fold
from thangdiem.dsl.library import RuleSet
from thangdiem.dsl.passages import Row
from thangdiem.dsl.rulebook import Document, Rulebook
from thangdiem.dsl.standing import END, Standing
from thangdiem.dsl.suggestion import suggest
from thangdiem.dsl.versions import RuleSetError


class EventKind(Enum):
    """What may happen to a node."""

    BORN = "born"
    AMENDED = "amended"
    INSERTED = "inserted"
    REPLACED = "replaced"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    CORRECTED = "corrected"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    REPEALED = "repealed"
    FOLLOWED = "followed"  # changed because something else was: a reference to another code
    LAPSED = "lapsed"  # a clause counts no more: its time is over, or it was repealed itself
    ENDED = "ended"  # the whole document was replaced, repealed or has expired


@frozen
class Event:
    """Something that happened: by which clause or document, on which day (None: not determined), and to what text.

    ``within`` names the node below where only that was spoken of.
    """

    kind: EventKind
    day: date | None
    clause: Clause | None = None
    document: Document | None = None
    within: str = ""
    before: str = ""
    after: str = ""


@frozen
class Life:
    """A node of a document and what happened to it."""

    node: Node
    book: Rulebook
    events: tuple[Event, ...]


def lives(rules: RuleSet, wanted: str, scale: str = "") -> tuple[Life, ...]:
    """The lives of everything that was ever called so: ``2.1``, a scale, the title of a bonus, ``[a datum]``.

    Raises ``RuleSetError`` where nothing was, with what may have been meant.
    """
    if rules.faults:
        raise RuleSetError(*rules.faults)
    found: list[Life] = []
    known: dict[str, None] = {}
    for standing in rules.standings:
        book = standing.book
        dated = texts(book, rules.amendments, rules.days())
        known |= dict.fromkeys(names_of(dated))
        called = nodes_called(wanted.strip(), dated, scale)
        found += [Life(node, book, tuple(_events(node, standing, dated))) for node in called]
    if not found:
        raise RuleSetError(Diagnostic("TD613", {"code": wanted, "nearest": suggest(wanted.strip("[]"), list(known))}))
    return tuple(found)


def _events(node: Node, standing: Standing, dated: Sequence[DatedText]) -> Iterator[Event]:
    first = dated[0]
    document = standing.book.document
    told = _lines_with(node.heading, first) if node.form == "datum" else first.own_text(node.identity)
    if told:
        yield Event(EventKind.BORN, document.in_force, document=document, after=told)
    for before, after in pairwise(dated):
        yield from _on_a_day(node, before, after)
    if standing.until < END:
        day = date.fromordinal(standing.until.toordinal() + 1)
        yield Event(EventKind.ENDED, day, document=standing.ended_by)


def _on_a_day(node: Node, before: DatedText, after: DatedText) -> Iterator[Event]:
    """What the clauses did that begin or cease to count."""
    came = [change for key, change in after.changes.items() if key not in before.changes]
    gone = [change for key, change in before.changes.items() if key not in after.changes]
    if node.form == "datum":
        yield from _of_datum(node, came, gone, after)
        return
    told = [*_lapsed(node, gone, before, after), *_changed(node, came, before, after)]
    yield from told
    old, new = before.own_text(node.identity), after.own_text(node.identity)
    if not told and old != new and old and new and came:
        renaming = [change for change in came if change.verb in ("renumbered", "moved")]
        yield _event(EventKind.FOLLOWED, (renaming or came)[0], after, before=old, after=new)


def _changed(node: Node, came: Sequence[Change], before: DatedText, after: DatedText) -> Iterator[Event]:
    for change in came:
        if node.identity not in change.identities:
            continue
        heads = _heads(change, before, after)
        if change.verb == "renumbered":
            place = change.identities.index(node.identity)
            old, new = (text.splitlines()[place] for text in (change.before, change.after))
            yield _event(EventKind.RENUMBERED, change, after, before=old, after=new)
        elif len(heads) > 1:
            below = [each for each in heads if each != node.identity and _is_below(each, node, before, after)]
            for each in (node.identity, *below):
                yield from _exactly(node, each, change, after)
        elif heads == [node.identity]:
            yield _event(_kind(change), change, after, before=change.before, after=change.after)
        elif heads and _is_below(heads[0], node, before, after):
            within = _heading(heads[0], before, after)
            yield _event(_kind(change), change, after, within, change.before, change.after)
        else:
            yield from _exactly(node, node.identity, change, after)


def _exactly(node: Node, identity: str, change: Change, after: DatedText) -> Iterator[Event]:
    """A change of more than one node: told of one of them, where it changed what that says itself."""
    former, fresh = around(after, change)
    old, new = former.own_text(identity), fresh.own_text(identity)
    if old == new:
        return
    kind = EventKind.INSERTED if not old else EventKind.REPEALED if not new else _kind(change)
    within = _heading(identity, former, fresh) if identity != node.identity else ""
    yield _event(kind, change, after, within, old, new)


def _lapsed(node: Node, gone: Sequence[Change], before: DatedText, after: DatedText) -> Iterator[Event]:
    for change in gone:
        if node.identity not in change.identities:
            continue
        below = [each for each in _heads(change, before, after) if _is_below(each, node, before, after)]
        for each in dict.fromkeys((node.identity, *below)):
            old, new = before.own_text(each), after.own_text(each)
            if old != new:
                within = _heading(each, before, after) if each != node.identity else ""
                yield _event(EventKind.LAPSED, change, after, within, old, new)


def _of_datum(node: Node, came: Sequence[Change], gone: Sequence[Change], after: DatedText) -> Iterator[Event]:
    """Changes of the lines that speak of a datum; examples only give it a value."""
    came, gone = ([each for each in changes if not _of_examples(each)] for changes in (came, gone))
    for change in came:
        old, new = _mentions(node.heading, change.before), _mentions(node.heading, change.after)
        if old != new:
            kind = EventKind.INSERTED if not old else EventKind.REPEALED if not new else _kind(change)
            yield _event(kind, change, after, before=old, after=new)
    for change in gone:
        old, new = _mentions(node.heading, change.after), _mentions(node.heading, change.before)
        if old != new:
            yield _event(EventKind.LAPSED, change, after, before=old, after=new)


def _of_examples(change: Change) -> bool:
    address = change.operation.address
    named = address is not None and address.kind == "example"
    return named or any(each.name == "example" for each in change.operation.content)


def _lines_with(name: str, text: DatedText) -> str:
    return "".join(f"{row.text(text.dialect)}\n" for row in _rows(text) if fold(name) in fold(row.text(text.dialect)))


def _rows(text: DatedText) -> Iterator[Row]:
    return (row for passage in text.passages if passage.name != "example" for row in passage.rows)


def _mentions(name: str, text: str) -> str:
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if fold(name) in fold(line))


def _heads(change: Change, *dated: DatedText) -> list[str]:
    """The nodes a change spoke of: of a phrase every node it stood in, else the first of those it changed."""
    found = [each for each in change.identities if any(_is_node(each, text) for text in dated)]
    if change.operation.name != "phrase":
        return found[:1]
    above = {owner for each in found for text in dated for owner in text.above(each)}
    return [each for each in found if each not in above]


def _is_below(identity: str, node: Node, *dated: DatedText) -> bool:
    return any(node.identity in text.above(identity) for text in dated)


def _is_node(identity: str, text: DatedText) -> bool:
    passage = text.passage(identity)
    return passage is not None and passage.name in ("scale", "item", "bonus")


def _heading(identity: str, *dated: DatedText) -> str:
    """A node as the text writes its head."""
    found = [passage.head.text(text.dialect) for text in dated if (passage := text.passage(identity)) is not None]
    return found[-1].rstrip(":") if found else ""


def _kind(change: Change) -> EventKind:
    return EventKind.RESUMED if change.operation.name == "resume" else EventKind(change.verb)


def _event(
    kind: EventKind, change: Change, text: DatedText, within: str = "", before: str = "", after: str = ""
) -> Event:
    day = None if text.day == date.max else text.day
    return Event(kind, day, change.clause, None, within, before, after)
