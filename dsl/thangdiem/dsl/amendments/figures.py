"""One figure is changed, the former one stated: a maximum, a weight, a limit, a threshold, the edge of two grades."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from attrs import evolve
from lark import Token, Tree

from thangdiem.dsl.amendments.clauses import Operation
from thangdiem.dsl.amendments.draft import Draft, Refusal
from thangdiem.dsl.amendments.locating import Spot, locate
from thangdiem.dsl.diagnostic import Related
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.numerals import read_number
from thangdiem.dsl.passages import Row
from thangdiem.dsl.printer import row_text
from thangdiem.dsl.respelling import Respelling
from thangdiem.dsl.syntax import Node, end_of, start_of

_FIGURES = frozenset(("NUMBER", "PERCENT", "DATE", "DAY_MONTH"))
_EDGES = frozenset(
    ("_FROM", "_OVER", "_UNDER", "_TO", "_TO_UNDER", "_UNTIL", "_GE", "_GT", "_LE", "_LT", "EQ", "_BULLET")
)
_HEADS = frozenset(("item", "bonus", "scale"))
_UNITS = frozenset(("_POINTS", "NAME"))
"""What stands behind a figure and is no part of it: the word for points, or for what is counted."""
_UNWRITTEN = {1: "WEIGHT", 2: "AT_MOST", 3: "AT_LEAST"}
"""What may be written where there was nothing, by the position among the spellings of FIGURE."""

Stretch = tuple[int, int]
"""Some tokens of a row: from one up to another."""


def change_figure(draft: Draft, operation: Operation) -> None:
    """Carries out a change of one figure of what the address names."""
    assert operation.address is not None
    spot = locate(draft, operation.address)
    word = next(token for token in operation.node.children if isinstance(token, Token) and token.type == "FIGURE")
    spellings = dialect(operation.head.dialect).spellings["FIGURE"]
    form = spellings.index(" ".join(str(word).lower().split())) % len(FINDERS)
    old, fresh = _old_and_fresh(operation)
    find = FINDERS[form]
    places = list(_places(draft, spot, find))
    if old is None:
        _write(draft, operation, spot, form, places, fresh)
        return
    matching = [place for place in places if _same(draft, place, operation, old)]
    times = _times(operation)
    if not matching or (times is not None and len(matching) != times) or (form < 4 and len(matching) > 1):
        _refuse(draft, operation, spot, places, old, matching)
    if form == 5 and times is None and len(matching) > 1:
        raise _several(draft, operation, matching, old)
    _put(draft, operation, matching, fresh)
    if form == 4:
        _warn_of_others(draft, operation, spot, old)


def move_edge(draft: Draft, operation: Operation) -> None:
    """``Sửa đổi ngưỡng giữa loại xuất sắc và loại tốt từ 90 điểm thành 92 điểm`` changes both bands."""
    assert operation.address is not None
    grades = [
        str(token) for token in operation.node.children if isinstance(token, Token) and token.type == "GRADE_NAME"
    ]
    sums = [part for part in operation.node.children if isinstance(part, Tree) and part.data != "of_scale"]
    spots = [locate(draft, evolve(operation.address, kind="grade", text=grade)) for grade in grades]
    old, fresh = (_stretch(operation, part) for part in sums[-2:])
    found: list[tuple[int, int, Stretch]] = []
    for spot in spots:
        assert spot.rows is not None
        edges = list(_in_row(draft, spot.index, spot.rows.start, _threshold))
        matching = [place for place in edges if _same(draft, place, operation, old)]
        if len(matching) != 1:
            _refuse(draft, operation, spot, edges, old, matching)
        found += matching
    _put(draft, operation, found, fresh)


# --- what is stated


def _old_and_fresh(operation: Operation) -> tuple[Sequence[Token] | None, Sequence[Token]]:
    parts = [
        child
        for child in operation.node.children[2:]
        if isinstance(child, Tree) and not str(child.data).endswith("_address")
    ]
    if any(isinstance(child, Token) and child.type == "UNWRITTEN" for child in operation.node.children):
        return None, _stretch(operation, parts[-1])
    return _stretch(operation, parts[-2]), _stretch(operation, parts[-1])


def _stretch(operation: Operation, part: Node) -> tuple[Token, ...]:
    start, end = start_of(part), end_of(part)
    return tuple(token for token in operation.head.tokens if start <= start_of(token) < end)


def _times(operation: Operation) -> Fraction | None:
    stated = [token for token in operation.node.children if isinstance(token, Token) and token.type == "NUMBER"]
    return read_number(str(stated[0]), operation.head.dialect) if stated else None


# --- where figures are

Finder = Callable[[str, Sequence[Token], bool], Iterator[Stretch]]
"""Of a passage's name, a row's tokens and whether it is the head, the stretches that are figures of one sort."""


def _places(draft: Draft, spot: Spot, find: Finder) -> Iterator[tuple[int, int, Stretch]]:
    for index in spot.indexes:
        if spot.code and draft.outline.owner_of[index] != spot.code:
            continue
        if not spot.code and spot.rows is None and draft.passages[index].name in ("item", "bonus"):
            continue
        rows = spot.rows if spot.rows is not None else range(len(draft.passages[index].rows))
        for place in rows:
            yield from _in_row(draft, index, place, find)


def _in_row(draft: Draft, index: int, place: int, find: Finder) -> Iterator[tuple[int, int, Stretch]]:
    passage = draft.passages[index]
    for stretch in find(passage.name, passage.rows[place].tokens, place == 0):
        yield index, place, stretch


def _maximum(name: str, tokens: Sequence[Token], head: bool) -> Iterator[Stretch]:
    if name not in _HEADS or not head:
        return
    colon = next((place for place, token in enumerate(tokens) if token.type == "_COLON"), len(tokens))
    end = _until(tokens, colon + 1, "_COMMA")
    if colon + 1 < end and tokens[colon + 1].type not in ("AT_MOST", "AT_LEAST"):
        yield colon + 1, end


def _weight(name: str, tokens: Sequence[Token], head: bool) -> Iterator[Stretch]:
    for place, token in enumerate(tokens):
        if token.type == "_WEIGHT":
            yield place + 1, _until(tokens, place + 1, "_COMMA")


def _upper_limit(name: str, tokens: Sequence[Token], head: bool) -> Iterator[Stretch]:
    return _limit(tokens, "AT_MOST")


def _lower_limit(name: str, tokens: Sequence[Token], head: bool) -> Iterator[Stretch]:
    return _limit(tokens, "AT_LEAST")


def _limit(tokens: Sequence[Token], terminal: str) -> Iterator[Stretch]:
    for place, token in enumerate(tokens):
        if token.type == terminal:
            yield place + 1, _until(tokens, place + 1, "_COMMA", "_WHEN")


def _threshold(name: str, tokens: Sequence[Token], head: bool) -> Iterator[Stretch]:
    """Figures behind the words of a range, or that stand alone before the colon of a step."""
    if name in ("score", "let") and head:
        return
    for place, token in enumerate(tokens):
        if token.type in _FIGURES and place and tokens[place - 1].type in _EDGES:
            yield place, place + 1 + _unit(tokens, place + 1)


def _number(name: str, tokens: Sequence[Token], head: bool) -> Iterator[Stretch]:
    for place, token in enumerate(tokens):
        if token.type in _FIGURES:
            yield place, place + 1 + _unit(tokens, place + 1)


def _unit(tokens: Sequence[Token], place: int) -> int:
    return int(place < len(tokens) and tokens[place].type in _UNITS)


def _until(tokens: Sequence[Token], start: int, *ends: str) -> int:
    return next((place for place in range(start, len(tokens)) if tokens[place].type in ends), len(tokens))


FINDERS: tuple[Finder, ...] = (_maximum, _weight, _upper_limit, _lower_limit, _threshold, _number)
"""By the position among the spellings of FIGURE, which has several rounds of them."""


# --- the same figure, however it is written


def _same(draft: Draft, where: tuple[int, int, Stretch], operation: Operation, stated: Sequence[Token]) -> bool:
    row = draft.passages[where[0]].rows[where[1]]
    found = row.tokens[where[2][0] : where[2][1]]
    units = {unit.lower() for each in (found, stated) if (unit := _unit_of(each, draft.dialect))}
    return len(units) < 2 and _figures(found, row) == _figures(stated, operation.head)


def _unit_of(tokens: Sequence[Token], target: str) -> str:
    """The word behind a figure, as the text writes it; nothing where there is none."""
    unit = next((token for token in tokens if token.type in _UNITS), None)
    if unit is None:
        return ""
    return str(unit) if unit.type == "NAME" else dialect(target).spell("POINTS")


def _figures(tokens: Sequence[Token], row: Row) -> list[object]:
    """The tokens with numbers as numbers, without the words for points: 10, 10,0 and 10 điểm are one figure."""
    respelling = Respelling(dialect(row.dialect), dialect("vi"))
    found: list[object] = []
    for token in tokens:
        if token.type in _UNITS:
            continue
        if token.type in ("NUMBER", "PERCENT"):
            found.append((token.type, read_number(str(token), row.dialect)))
        else:
            found.append(respelling.write(token, None, row.source.text).lower())
    return found


# --- the change


def _put(
    draft: Draft, operation: Operation, places: Sequence[tuple[int, int, Stretch]], fresh: Sequence[Token]
) -> None:
    indexes = sorted({index for index, _, _ in places})
    before = draft.text_of(indexes)
    identities = draft.identities(indexes)
    for index, place, (start, end) in sorted(places, reverse=True):
        row = draft.passages[index].rows[place]
        figure = Token("NUMBER", _written(row.tokens[start:end], fresh, operation.head, draft.dialect))
        tokens = (*row.tokens[:start], figure, *row.tokens[end:])
        draft.reword(index, place, evolve(row, tokens=tokens).text(draft.dialect), "amended")
    draft.tell("amended", identities, before=before, after=draft.text_of(indexes))


def _written(old: Sequence[Token], fresh: Sequence[Token], row: Row, target: str) -> str:
    """What is put in the place of a figure, with the word behind it where one stood there before, and only there."""
    unit = _unit_of(old, target)
    figure = any(token.type in _FIGURES for token in old)
    kept = [token for token in fresh if unit or not figure or token.type not in _UNITS]
    written = row_text(kept, Respelling(dialect(row.dialect), dialect(target)), row.source.text)
    bare = unit and all(token.type in ("NUMBER", "MINUS", "_MINUS") for token in kept)
    return f"{written} {unit}" if bare else written


def _write(
    draft: Draft,
    operation: Operation,
    spot: Spot,
    form: int,
    places: Sequence[tuple[int, int, Stretch]],
    fresh: Sequence[Token],
) -> None:
    """``từ chưa quy định thành …``: a weight or a limit is written where none was."""
    if places:
        _refuse(draft, operation, spot, places, (), places)
    passage = draft.passages[spot.index]
    if form not in _UNWRITTEN or passage.name not in _HEADS:
        raise draft.refuse("TD624", target=operation.words, figure=_figure_word(operation))
    identities = draft.identities([spot.index])
    before = draft.text_of([spot.index])
    row = passage.head
    figure = row_text(
        fresh, Respelling(dialect(operation.head.dialect), dialect(draft.dialect)), operation.head.source.text
    )
    word = dialect(draft.dialect).spell(_UNWRITTEN[form])
    draft.reword(spot.index, 0, f"{row.text(draft.dialect)}, {word} {figure}", "amended")
    draft.tell("amended", identities, before=before, after=draft.text_of([spot.index]))


def _refuse(
    draft: Draft,
    operation: Operation,
    spot: Spot,
    places: Sequence[tuple[int, int, Stretch]],
    old: Sequence[Token],
    matching: Sequence[tuple[int, int, Stretch]],
) -> None:
    """Tells what is written there now, and which clause wrote it."""
    if len(matching) > 1 and old:
        raise _several(draft, operation, matching, old)
    if not places:
        raise draft.refuse("TD624", target=operation.words, figure=_figure_word(operation))
    rows = [draft.passages[index].rows[place] for index, place, _ in places]
    found = [
        row_text(row.tokens[start:end], Respelling(dialect(row.dialect), dialect(draft.dialect)), row.source.text)
        for row, (_, _, (start, end)) in zip(rows, places, strict=True)
    ]
    stated = _stated(draft, operation, old) or dialect(draft.dialect).spell("UNWRITTEN")
    where = Related(rows[0].source.place(rows[0].start, rows[0].end), "written-here", {})
    changed = draft.last_change(draft.passages[places[0][0]].identity) if rows[0].notes else ()
    raise draft.refuse(
        "TD623", (*changed, where), target=operation.words, stated=stated, found=", ".join(dict.fromkeys(found))
    )


def _several(
    draft: Draft, operation: Operation, places: Sequence[tuple[int, int, Stretch]], old: Sequence[Token]
) -> Refusal:
    """The figure stands more than once, and the clause does not say so."""
    rows = [draft.passages[index].rows[place] for index, place, _ in places]
    where = tuple(Related(row.source.place(row.start, row.end), "one-of", {}) for row in rows[:5])
    stated = _stated(draft, operation, old)
    return draft.refuse("TD650", where, target=operation.words, stated=stated, found=len(places))


def _stated(draft: Draft, operation: Operation, tokens: Sequence[Token]) -> str:
    respelling = Respelling(dialect(operation.head.dialect), dialect(draft.dialect))
    return row_text(tokens, respelling, operation.head.source.text)


def _warn_of_others(draft: Draft, operation: Operation, spot: Spot, old: Sequence[Token]) -> None:
    """The figure may stand in a formula too, where it is no threshold: the clause does not change it there."""
    left = [place for place in _places(draft, spot, _number) if _same(draft, place, operation, old)]
    if not left:
        return
    rows = [draft.passages[index].rows[place] for index, place, _ in left]
    lines = "; ".join(dict.fromkeys(row.text(draft.dialect) for row in rows))
    where = tuple(Related(row.source.place(row.start, row.end), "written-here", {}) for row in rows[:3])
    draft.warnings.append(draft.finding("TD646", where, target=operation.words, lines=lines))


def _figure_word(operation: Operation) -> str:
    return next(
        (str(token) for token in operation.head.tokens if token.type in ("FIGURE", "_THRESHOLD")), operation.words
    )
