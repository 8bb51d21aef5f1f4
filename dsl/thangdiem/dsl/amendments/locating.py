"""From an address to where it is in the text: nothing there, or more than one, is refused with what is near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from thangdiem.dsl.amendments.clauses import Address
from thangdiem.dsl.amendments.draft import Draft, Refusal, related
from thangdiem.dsl.amendments.outline import EXAMPLES
from thangdiem.dsl.diagnostic import Related
from thangdiem.dsl.letters import fold
from thangdiem.dsl.passages import Row
from thangdiem.dsl.suggestion import suggest
from thangdiem.dsl.wording import WORD

_HEADS = frozenset(("document", "scale", "item", "bonus", "example"))
_BEFORE_WORDS = frozenset(("_BULLET", "LETTER"))
_BAND_FORMS = frozenset(("_COLON", "_WHEN", "_WHEN_ALL"))


@frozen
class Spot:
    """Where an address leads: passages, or some lines of one of them; and what they stand in."""

    indexes: tuple[int, ...]
    rows: range | None = None
    scale: str = ""
    code: str = ""

    @property
    def index(self) -> int:
        """The first passage."""
        return self.indexes[0]

    @property
    def end(self) -> int:
        """Behind what stands together with the first passage: a bonus of an item may be written elsewhere."""
        there = frozenset(self.indexes)
        return next(index for index in range(self.index, self.indexes[-1] + 2) if index not in there)


def locate(draft: Draft, address: Address) -> Spot:
    """The one place an address leads to."""
    match address.kind:
        case "item":
            return _item(draft, address, address.code)
        case "listed":
            raise draft.refuse("TD652", target=address.words)
        case "several":
            return _several(draft, address)
        case "bonus":
            return _bonus(draft, address)
        case "scale":
            scale = _scale(draft, address)
            return Spot(tuple(draft.outline.of_scale(scale)), None, scale)
        case "document":
            return Spot(tuple(range(len(draft.passages))))
        case "example":
            found = [index for index, each in enumerate(draft.passages) if _is_example(draft, index, address.text)]
            return _one(draft, address, [Spot((index,)) for index in found], _examples(draft))
        case "data":
            return _data(draft, address)
        case "grades":
            return _one(
                draft,
                address,
                [Spot((index,), None, draft.outline.scale_of[index]) for index in _gradings(draft, address)],
            )
        case "grade":
            return _grade(draft, address)
        case "mark":
            return _mark(draft, address)
        case _:
            return _line(draft, address)


def scales_of(draft: Draft, address: Address) -> tuple[str, ...]:
    """The scales an address may speak of: the one it names, the one its clause names, or all."""
    assert draft.clause is not None
    wanted = address.scale or draft.clause.scale
    if not wanted:
        return tuple(draft.outline.scales)
    found = draft.outline.scale(wanted)
    if found is None:
        nearest = suggest(wanted, list(draft.outline.scales))
        raise draft.refuse("TD620", _gone(draft, "", wanted), target=address.words, nearest=nearest)
    return (found,)


def _scale(draft: Draft, address: Address) -> str:
    """The one scale that is named."""
    (scale,) = scales_of(draft, address)
    return scale


def _item(draft: Draft, address: Address, code: str) -> Spot:
    scales = scales_of(draft, address)
    found = [scale for scale in scales if (scale, code) in draft.outline.heads]
    if len(found) == 1:
        return Spot(tuple(draft.outline.extent(found[0], code)), None, found[0], code)
    if found:
        raise draft.refuse("TD622", target=address.words, places=", ".join(found))
    gone = tuple(place for scale in scales for place in _gone(draft, scale, code))
    known = [each.lstrip("+-") for scale, each in draft.outline.heads if scale in scales]
    raise draft.refuse(
        "TD621" if gone else "TD620", gone, target=address.words, nearest=suggest(code.lstrip("+-"), known)
    )


def _bonus(draft: Draft, address: Address) -> Spot:
    """A bonus or a deduction, of the item it is said to be of."""
    spot = _item(draft, address, f"{'-' if address.deduction else '+'}{address.text}")
    owner = draft.outline.parents[spot.scale, spot.code]
    if address.item and address.item != owner:
        raise draft.refuse("TD620", target=address.words, nearest=f"“{owner or spot.scale}”")
    return spot


def _gone(draft: Draft, scale: str, code: str) -> tuple[Related, ...]:
    """The clause that took a code away."""
    return tuple(related(change) for change in reversed(draft.changes) if (scale, code) in change.gone)[:1]


def _several(draft: Draft, address: Address) -> Spot:
    first, last = (_item(draft, address, code) for code in (address.code, address.last))
    siblings = draft.outline.below(first.scale, draft.outline.parents[first.scale, address.code])
    if address.last not in siblings or siblings.index(address.last) < siblings.index(address.code):
        raise draft.refuse("TD620", target=address.words, nearest=suggest(address.last, list(siblings)))
    wanted = siblings[siblings.index(address.code) : siblings.index(address.last) + 1]
    indexes = [index for code in wanted for index in draft.outline.extent(first.scale, code)]
    assert last.scale == first.scale
    return Spot(tuple(sorted(indexes)), None, first.scale, address.code)


def _is_example(draft: Draft, index: int, title: str) -> bool:
    return draft.outline.scale_of[index] == EXAMPLES and fold(draft.outline.owner_of[index]) == fold(title)


def _examples(draft: Draft) -> list[str]:
    return [
        owner for scale, owner in zip(draft.outline.scale_of, draft.outline.owner_of, strict=True) if scale == EXAMPLES
    ]


def _data(draft: Draft, address: Address) -> Spot:
    scales = scales_of(draft, address)
    fields = [
        index
        for index, each in enumerate(draft.passages)
        if each.name == "data_field" and draft.outline.scale_of[index] in scales
    ]
    found = [index for index in fields if fold(draft.passages[index].head.token("DATUM")) == fold(address.text)]
    known = [draft.passages[index].head.token("DATUM") for index in fields]
    return _one(draft, address, [Spot((index,), None, draft.outline.scale_of[index]) for index in found], known)


def _gradings(draft: Draft, address: Address) -> list[int]:
    scales = scales_of(draft, address)
    return [
        index
        for index, each in enumerate(draft.passages)
        if each.name == "grades" and draft.outline.scale_of[index] in scales
    ]


def band_rows(row: Row) -> str:
    """The grade a line gives a band to, or nothing."""
    tokens = row.tokens
    is_band = len(tokens) > 2 and tokens[0].type == "_GRADE" and tokens[2].type in _BAND_FORMS
    return str(tokens[1]) if is_band else ""


def _grade(draft: Draft, address: Address) -> Spot:
    found: list[Spot] = []
    known: list[str] = []
    for index in _gradings(draft, address):
        rows = draft.passages[index].rows
        for place, row in enumerate(rows):
            if not (grade := band_rows(row)):
                continue
            known.append(grade)
            if fold(grade) == fold(address.text):
                found.append(Spot((index,), range(place, _after_letters(rows, place)), draft.outline.scale_of[index]))
    return _one(draft, address, found, known)


def _after_letters(rows: tuple[Row, ...], place: int) -> int:
    """Where the conditions of a grade that are listed below it end."""
    end = place + 1
    while end < len(rows) and rows[end].tokens[0].type == "LETTER":
        end += 1
    return end


def _mark(draft: Draft, address: Address) -> Spot:
    found = [
        Spot((index,), range(place, place + 1), draft.outline.scale_of[index], draft.outline.owner_of[index])
        for index, place, row in _rows(draft, address)
        if row.tokens[0].type == "LETTER" and str(row.tokens[0]) == address.code
    ]
    return _one(draft, address, found)


def _line(draft: Draft, address: Address) -> Spot:
    opening = fold(" ".join(address.text.split()))
    begun: list[Spot] = []
    whole: list[Spot] = []
    for index, place, row in _rows(draft, address):
        if place == 0 and draft.passages[index].name in _HEADS:
            continue
        words = fold(words_of(row, draft.dialect))
        if not words.startswith(opening) or (WORD.match(words, len(opening)) and WORD.match(opening, len(opening) - 1)):
            continue
        rows = draft.passages[index].rows
        lines = range(place, _after_letters(rows, place) if band_rows(row) else place + 1) if place else None
        spot = Spot((index,), lines, draft.outline.scale_of[index], draft.outline.owner_of[index])
        begun.append(spot)
        if words == opening or words[len(opening) :].lstrip().startswith(":"):
            whole.append(spot)
    return _one(draft, address, whole if len(whole) == 1 else begun)


def words_of(row: Row, target: str) -> str:
    """A line without its bullet or letter."""
    written = row.text(target)
    if row.tokens[0].type not in _BEFORE_WORDS:
        return written
    return written.split(" ", 1)[1] if " " in written else ""


def _rows(draft: Draft, address: Address) -> Iterator[tuple[int, int, Row]]:
    """The lines an address may lead to: those of the item, the bonus or the scale it names, or of all."""
    for index in _scope(draft, address):
        for place, row in enumerate(draft.passages[index].rows):
            yield index, place, row


def _scope(draft: Draft, address: Address) -> Iterable[int]:
    assert draft.clause is not None
    code = address.bonus or address.item
    if code:
        return [index for index in _item(draft, address, code).indexes if draft.outline.owner_of[index] == code]
    if address.scale:
        return draft.outline.own(_scale(draft, address), "")
    if draft.clause.scale:
        return draft.outline.of_scale(_scale(draft, address))
    return range(len(draft.passages))


def _one(draft: Draft, address: Address, found: list[Spot], known: Iterable[str] = ()) -> Spot:
    if len(found) == 1:
        return found[0]
    if not found:
        raise draft.refuse("TD620", target=address.words, nearest=suggest(address.text, list(known)))
    places = tuple(_place(draft, spot) for spot in found[:5])
    raise draft.refuse("TD622", places, target=address.words, places=str(len(found)))


def _place(draft: Draft, spot: Spot) -> Related:
    rows = draft.passages[spot.index].rows
    row = rows[spot.rows.start] if spot.rows is not None else rows[0]
    return Related(row.source.place(row.start, row.end), "one-of", {})


__all__ = ["Refusal", "Spot", "band_rows", "locate", "scales_of", "words_of"]
