"""A rulebook and cases in; the same rulebook with the examples of each case instead of its own out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import accumulate, pairwise

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checker import check
from thangdiem.dsl.diagnostic import Diagnostic, Severity
from thangdiem.dsl.dialect import Dialect, dialect
from thangdiem.dsl.letters import fold, toneless
from thangdiem.dsl.mutations import without_examples
from thangdiem.dsl.parser import parse
from thangdiem.dsl.source import Origin, Source
from thangdiem.dsl.suggestion import suggest
from thangdiem.engine.cases.reading import Block

_RESULTS = frozenset(("kết quả", "result"))


def scale_named(books: Sequence[rb.Rulebook], name: str) -> tuple[rb.Rulebook, rb.Scale] | None:
    """The scale of that id, tone marks or not; the only one there is where none is named."""
    every = [(book, scale) for book in books for scale in book.scales]
    if not name and len(every) == 1:
        return every[0]
    return next((each for each in every if toneless(each[1].id) == toneless(name)), None)


def books_with(
    book: rb.Rulebook, cases: Sequence[tuple[rb.Scale, Block]], file: Source, versions: Sequence[rb.Rulebook] = ()
) -> tuple[tuple[rb.Rulebook, ...], tuple[Diagnostic, ...]]:
    """For each case the rulebook with its examples instead of the file's own; what is wrong with cases, by lines.

    There are no rulebooks where a case has errors. The rules are read once for all. An example that a case is like may
    stand in other ``versions`` of the document.
    """
    books = (book, *versions)
    likes = [_like(books, scale, block.like) for scale, block in cases]
    unknown = tuple(
        _unknown(books, scale, block, file)
        for (scale, block), like in zip(cases, likes, strict=True)
        if block.like and like is None
    )
    if unknown:
        return (), unknown
    syntax, _ = parse(book.source)
    assert syntax is not None
    bare = without_examples(syntax).rstrip("\n").split("\n")
    written = [
        list(_written(block, scale, dialect(book.dialect), like or {}))
        for (scale, block), like in zip(cases, likes, strict=True)
    ]
    lines = [line for each in written for line in each]
    text = "\n".join((*bare, "", *(line for line, _ in lines), ""))
    of_rules, of_file = _lines(book.source), _lines(file)
    origins = (*of_rules[: len(bare)], None, *(of_file[row] for _, row in lines), None)
    source = Source(file.name, text, text, sha256(text.encode()).hexdigest(), origins=origins)
    checked = check(source, checks=False)
    faults = tuple(found for found in checked.diagnostics if found.severity is Severity.ERROR)
    if faults or checked.book is None:
        return (), faults
    ends = accumulate(map(len, written), initial=len(bare) + 1)
    return tuple(_between(checked.book, first, last) for first, last in pairwise(ends)), ()


def _between(book: rb.Rulebook, first: int, last: int) -> rb.Rulebook:
    """The rulebook with those of its examples that begin on one of these lines."""
    starts = [origin.start for origin in _lines(book.source)]
    begin, end = starts[first], starts[last] if last < len(starts) else len(book.source.text)
    return evolve(book, examples=tuple(each for each in book.examples if begin <= each.span.start < end))


def _like(books: Sequence[rb.Rulebook], scale: rb.Scale, title: str) -> Mapping[str, str] | None:
    """What the one unit of that example gives, as it is written, by the folded heading of its column."""
    for book in books:
        for example in _of_one_unit(book, scale):
            if fold(example.title) == fold(title):
                return {_heading(each): _text_of(each, book) for each in example.units[0].given}
    return None


def _of_one_unit(book: rb.Rulebook, scale: rb.Scale) -> Iterator[rb.Example]:
    return (each for each in book.examples if each.scale == scale.id and len(each.units) == 1)


def _heading(given: rb.Given) -> str:
    return fold(f"{given.column} ({given.layer})" if given.layer else given.column)


def _text_of(given: rb.Given, book: rb.Rulebook) -> str:
    return book.source.text[given.span.start : given.span.end]


def _unknown(books: Sequence[rb.Rulebook], scale: rb.Scale, block: Block, file: Source) -> Diagnostic:
    titles = dict.fromkeys(each.title for book in books for each in _of_one_unit(book, scale))
    line = _lines(file)[block.said]
    arguments = {"title": block.like, "scale": scale.id, "nearest": suggest(block.like, list(titles))}
    return Diagnostic("TD554", arguments, file.place(line.start, line.end))


def _lines(source: Source) -> list[Origin]:
    """Each line of a text as the origin of another that is assembled of it."""
    starts = [0, *accumulate(len(line) + 1 for line in source.text.split("\n"))]
    return [Origin(source, start, end - 1, 0, exact=False, assembled=True) for start, end in pairwise(starts)]


def _written(block: Block, scale: rb.Scale, words: Dialect, like: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The lines of rule text with the line of the file each comes from."""
    if block.lines:
        yield from zip(block.lines, block.rows, strict=True)
        return
    named = scale.id if toneless(scale.id) == toneless(block.scale) else block.scale
    terms = ", ".join(filter(None, (named, block.terms)))
    population = words.spell("POPULATION")
    head = f'{words.spell("EXAMPLE")} "{_quotable(block.title)}" {words.spell("EXAMPLE_BY")} {terms}, {population}:'
    yield head, block.rows[0]
    columns = [_column(name, scale) for name in block.cells[0]]
    headed = {fold(column) for column in columns}
    others = [text for column, text in like.items() if column not in headed]
    for cells, row in zip(block.cells[1:], block.rows[1:], strict=True):
        given = [
            f"{words.spell('RESULT')}: {cell}"
            if column.lower() in _RESULTS
            else f"{column} = {_value(cell, column, scale)}"
            for column, cell in zip(columns[1:], cells[1:], strict=False)
            if cell
        ]
        yield f'  - "{_quotable(cells[0])}": {"; ".join((*others, *given))}', row


def _quotable(text: str) -> str:
    """Without what would end a quotation."""
    return text.replace('"', "'")


def _column(name: str, scale: rb.Scale) -> str:
    """A datum may be headed without its brackets."""
    return f"[{name}]" if name in scale.data else name


def _value(cell: str, column: str, scale: rb.Scale) -> str:
    """A label or a text may stand without quotation marks."""
    if cell.startswith('"'):
        return cell
    declared = scale.data.get(column[1:-1]) if column.startswith("[") else None
    if declared is not None and declared.form in (rb.DataForm.TEXT, rb.DataForm.ONE_OF):
        return f'"{cell}"'
    code = column.split(" (")[0]
    item = next((each for each in scale.walk() if each.code == code), None)
    return f'"{cell}"' if item is not None and isinstance(item.method, rb.Choice) else cell
