"""A path or a document's number in; the documents there, and the version of a day or a period, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

from attrs import frozen

from thangdiem.dsl.diagnostic import Diagnostic, Place, Related, Severity, has_errors
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.numerals import NumeralError, read_date, write_date
from thangdiem.dsl.remembered import known
from thangdiem.dsl.rule_files import rule_files, shipped_folder
from thangdiem.dsl.rulebook import Document, Rulebook, Scale
from thangdiem.dsl.suggestion import closest

_BEGINNING, _END = date.min, date.max


class RuleSetError(Exception):
    """What was asked for cannot be had; ``diagnostics`` say why, in both languages."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(found.message("en") for found in diagnostics[:5]))
        self.diagnostics = diagnostics


@frozen
class ScaleRules:
    """One scale of one document: all that evaluation needs."""

    book: Rulebook
    scale: Scale


@frozen
class RuleVersion:
    """What holds on a day or in a period; ``why`` says which documents were taken and by what."""

    books: tuple[Rulebook, ...]
    why: Diagnostic
    period: int | None = None

    @property
    def book(self) -> Rulebook:
        """The one document; where several with different scales hold at once, a scale must be named."""
        if len(self.books) > 1:
            raise RuleSetError(_several(self.books))
        return self.books[0]

    def scale(self, wanted: str = "") -> ScaleRules:
        """The scale of that id, tone marks optional; without an id the only one there is."""
        every = [ScaleRules(book, scale) for book in self.books for scale in book.scales]
        if not wanted and len(every) == 1:
            return every[0]
        for same in (_exactly, toneless):
            found = [rules for rules in every if same(rules.scale.id) == same(wanted)]
            if len(found) == 1:
                return found[0]
        ids = [rules.scale.id for rules in every]
        place = _place(self.books[0])
        if not wanted:
            raise RuleSetError(Diagnostic("TD607", {"scales": ", ".join(ids)}, place))
        nearest = ", ".join(closest(wanted, ids) or ids)
        raise RuleSetError(Diagnostic("TD606", {"scale": wanted, "scales": nearest}, place))


@frozen
class RuleSet:
    """The documents of one folder, in the order of their dates, and everything that is wrong with them."""

    documents: tuple[Rulebook, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error; then no version can be taken."""
        return has_errors(self.diagnostics)

    def on(self, day: str | date) -> RuleVersion:
        """What is in force on a day: ``2023-01-01``, ``01/01/2023`` or a date."""
        wanted = _day(day)
        books = self._sound(lambda book: _in_force(book.document)[0] <= wanted <= _in_force(book.document)[1])
        if not books:
            before = [book for book in self.documents if _in_force(book.document)[1] < wanted]
            after = [book for book in self.documents if _in_force(book.document)[0] > wanted]
            arguments = {**_both(wanted), **_neighbours(before, after)}
            raise RuleSetError(Diagnostic("TD603", arguments, None, _related((*before[-1:], *after[:1]))))
        arguments = {"documents": _named(books), **_both(wanted)}
        return RuleVersion(books, Diagnostic("TD600", arguments, _place(books[0])), wanted.year)

    def for_period(self, year: int) -> RuleVersion:
        """What applies to the assessment of a year."""
        books = self._sound(lambda book: _periods(book.document)[0] <= year <= _periods(book.document)[1])
        if not books:
            before = [book for book in self.documents if _periods(book.document)[1] < year]
            after = [book for book in self.documents if _periods(book.document)[0] > year]
            arguments = {"period": str(year), **_neighbours(before, after)}
            raise RuleSetError(Diagnostic("TD604", arguments, None, _related((*before[-1:], *after[:1]))))
        for one, other in combinations(books, 2):
            for scale in _common(one, other):
                arguments = {"period": str(year), "scale": scale, "one": _name(one), "other": _name(other)}
                raise RuleSetError(Diagnostic("TD608", arguments, _place(one), _related((other,))))
        arguments = {"documents": _named(books), "period": str(year)}
        return RuleVersion(books, Diagnostic("TD609", arguments, _place(books[0])), year)

    def only(self) -> RuleVersion:
        """The one document there is, whatever the day."""
        books = self._sound(lambda book: True)
        if len(books) != 1:
            raise RuleSetError(_several(books))
        return RuleVersion(books, Diagnostic("TD610", {"documents": _named(books)}, _place(books[0])))

    def _sound(self, chosen: Callable[[Rulebook], bool]) -> tuple[Rulebook, ...]:
        """The chosen documents of a set without errors."""
        if self.has_errors:
            raise RuleSetError(*(found for found in self.diagnostics if found.severity is Severity.ERROR))
        return tuple(book for book in self.documents if chosen(book))


def load(path: str | Path, *, checks: bool = True, shipped: tuple[Path, ...] = ()) -> RuleSet:
    """A rule file, a folder of them, or a folder's name or document's number below the ``shipped`` folders.

    Raises ``RuleSetError`` where nothing can be read; what is wrong with the rules is in ``diagnostics``.
    """
    files, faults = rule_files(Path(path))
    if any(found.code == "TD900" for found in faults) and (folder := shipped_folder(str(path), shipped)):
        files, faults = rule_files(folder)
    if not files:
        raise RuleSetError(*faults)
    checked = [known(file.data, file.name, checks=checks) for file in files]
    books = sorted((each.book for each in checked if each.book is not None), key=_by_date)
    found = [*faults, *(each for one in checked for each in one.diagnostics), *_fits(books)]
    return RuleSet(tuple(books), tuple(found))


def _by_date(book: Rulebook) -> tuple[date, int, str]:
    document = book.document
    return document.in_force or document.issued or _BEGINNING, document.first_period or 0, book.source.name


def _fits(books: list[Rulebook]) -> Iterator[Diagnostic]:
    """Two documents of one number; two versions of one scale in force at once."""
    for one, other in combinations(books, 2):
        number = other.document.number
        if number and _squeezed(number) == _squeezed(one.document.number):
            yield Diagnostic("TD601", {"number": number}, _place(other), _related((one,)))
        elif _overlap(one.document, other.document):
            for scale in _common(one, other):
                arguments = {"scale": scale, "one": _name(one), "other": _name(other)}
                yield Diagnostic("TD602", arguments, _place(other), _related((one,)))


def _overlap(one: Document, other: Document) -> bool:
    (first, last), (since, until) = _in_force(one), _in_force(other)
    return first <= until and since <= last


def _common(one: Rulebook, other: Rulebook) -> list[str]:
    known = {toneless(scale.id) for scale in one.scales}
    return [scale.id for scale in other.scales if toneless(scale.id) in known]


def _in_force(document: Document) -> tuple[date, date]:
    return document.in_force or _BEGINNING, document.until or _END


def _periods(document: Document) -> tuple[int, int]:
    """The periods a document applies to; the year in which it ends is the last where it names none."""
    last = document.last_period
    if last is None:
        last = document.until.year if document.until is not None else _END.year
    return document.first_period or _BEGINNING.year, last


def _day(day: str | date) -> date:
    if isinstance(day, date):
        return day
    for dialect in ("en", "vi"):
        try:
            return read_date(day.strip(), dialect)
        except NumeralError:
            continue
    raise RuleSetError(Diagnostic("TD605", {"found": day}))


def _both(day: date) -> dict[str, str]:
    return {f"date_{language}": write_date(day, language) for language in ("vi", "en")}


def _neighbours(before: Iterable[Rulebook], after: Iterable[Rulebook]) -> dict[str, str]:
    """The last document before a gap and the first behind it."""
    earlier, later = list(before), list(after)
    return {"before": _name(earlier[-1]) if earlier else "–", "after": _name(later[0]) if later else "–"}


def _several(books: tuple[Rulebook, ...]) -> Diagnostic:
    return Diagnostic("TD611", {"count": len(books), "documents": _named(books)}, None, _related(books))


def _related(books: Iterable[Rulebook]) -> tuple[Related, ...]:
    return tuple(Related(_place(book), "document-here", {"document": _name(book)}) for book in books)


def _place(book: Rulebook) -> Place:
    return book.source.place(book.document.span.start, book.document.span.end)


def _named(books: Iterable[Rulebook]) -> str:
    return ", ".join(map(_name, books))


def _name(book: Rulebook) -> str:
    document = book.document
    return f"{document.kind_word} {document.number or f'“{document.title}”'}"


def _exactly(text: str) -> str:
    return text


def _squeezed(number: str) -> str:
    return toneless("".join(number.split()))
