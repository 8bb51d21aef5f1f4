"""A path or a document's number in; the documents there, and the version of a day or a period, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from thangdiem.dsl.amendments.clauses import Amendment, same_number
from thangdiem.dsl.amendments.expansion import Alternative
from thangdiem.dsl.amendments.order import follows
from thangdiem.dsl.amendments.timeline import Moment, days_of_change
from thangdiem.dsl.consolidating import versions_of, with_reading
from thangdiem.dsl.diagnostic import Diagnostic, Related, Severity, has_errors
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.numerals import NumeralError, read_date, write_date
from thangdiem.dsl.remembered import Known, known, known_beside
from thangdiem.dsl.resolve.documents import named
from thangdiem.dsl.rule_files import RuleFile, files_of
from thangdiem.dsl.rulebook import Deed, Rulebook
from thangdiem.dsl.standing import BEGINNING, Standing, standings
from thangdiem.dsl.versions import RuleSetError, RuleVersion, ScaleRules, all_named, place_of, places_of, several

if TYPE_CHECKING:
    from thangdiem.dsl.checker import Checked

__all__ = ["RuleSet", "RuleSetError", "RuleVersion", "ScaleRules", "load", "rules_of"]

MOST_AT_HAND = 4
"""So many sets of rule files are remembered within a run."""


@frozen
class RuleSet:
    """The documents of one folder, in the order of their dates, and everything that is wrong with them.

    ``amendments`` are the documents that amend, replace or repeal others; ``official`` those that only repeat what
    is in force, consolidated by somebody else; ``alternatives`` are the other readings the files state. Of documents
    ``aside`` no version is taken, but they may end others.
    """

    documents: tuple[Rulebook, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    official: tuple[Rulebook, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    aside: tuple[Rulebook, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return has_errors(self.diagnostics)

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """The errors for which no version can be taken; those of official texts, of which none is made, are not."""
        official = {book.source.name for book in self.official}
        errors = (found for found in self.diagnostics if found.severity is Severity.ERROR)
        return tuple(found for found in errors if found.place is None or found.place.file not in official)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """When each document holds."""
        return standings(self.documents, tuple(each.document for each in self._every))

    def on(self, day: str | date) -> RuleVersion:
        """What is in force on a day: ``2023-01-01``, ``01/01/2023`` or a date."""
        wanted = day_of(day)
        books = self._sound(lambda each: each.on(wanted))
        if not books:
            before = [each.book for each in self.standings if each.until < wanted]
            after = [each.book for each in self.standings if each.since > wanted]
            arguments = {**_both(wanted), **_neighbours(before, after)}
            raise RuleSetError(Diagnostic("TD603", arguments, None, self._around(before, after)))
        why = Diagnostic("TD600", {"documents": all_named(books), **_both(wanted)}, place_of(books[0]))
        return versions_of(books, self.amendments, Moment(day=wanted), why, wanted.year)

    def for_period(self, year: int) -> RuleVersion:
        """What applies to the assessment of a year."""
        books = self._sound(lambda each: each.for_period(year))
        if not books:
            before = [each.book for each in self.standings if each.last_period < year]
            after = [each.book for each in self.standings if each.first_period > year]
            arguments = {"period": str(year), **_neighbours(before, after)}
            raise RuleSetError(Diagnostic("TD604", arguments, None, self._around(before, after)))
        for one, other in combinations(books, 2):
            for scale in _common(one, other):
                arguments = {"period": str(year), "scale": scale, "one": _name(one), "other": _name(other)}
                raise RuleSetError(Diagnostic("TD608", arguments, place_of(one), places_of((other,))))
        why = Diagnostic("TD609", {"documents": all_named(books), "period": str(year)}, place_of(books[0]))
        return versions_of(books, self.amendments, Moment(period=year), why, year)

    def only(self) -> RuleVersion:
        """The one document there is, whatever the day; where it was amended a day or a period must be named."""
        books = self._sound(lambda each: True)
        if len(books) != 1 or self.amendments:
            raise RuleSetError(several(books))
        return RuleVersion(books, Diagnostic("TD610", {"documents": all_named(books)}, place_of(books[0])))

    def reading(self, version: RuleVersion, wanted: str) -> RuleVersion:
        """The version under another reading, named by its id. Raises ``RuleSetError`` where there is none."""
        return with_reading(version, self.alternatives, wanted)

    def days(self) -> tuple[date, ...]:
        """The days on which the rules change, the first day of each document among them."""
        starts = {each.since for each in self.standings if each.since > BEGINNING}
        return tuple(sorted(starts | set(days_of_change(self.amendments))))

    @property
    def _every(self) -> tuple[Rulebook | Amendment, ...]:
        """Every document that may end another."""
        return (*self.documents, *self.aside, *self.amendments)

    def _around(self, before: Sequence[Rulebook], after: Sequence[Rulebook]) -> tuple[Related, ...]:
        """The neighbours of a gap, and what ended the earlier one."""
        places = [*places_of(before[-1:])]
        for standing in self.standings:
            if before and standing.book is before[-1] and standing.ended_by is not None:
                ending = standing.ended_by
                source = next(each.source for each in self._every if each.document is ending)
                place = source.place(ending.span.start, ending.span.end)
                places.append(Related(place, "ended-by", {"document": named(ending)}))
        return (*places, *places_of(after[:1]))

    def _sound(self, chosen: Callable[[Standing], bool]) -> tuple[Rulebook, ...]:
        """The chosen documents of a set without errors."""
        if faults := self.faults:
            raise RuleSetError(*faults)
        return tuple(each.book for each in self.standings if chosen(each))


def load(path: str | Path, *, checks: bool = True, shipped: tuple[Path, ...] = ()) -> RuleSet:
    """A rule file, a folder of them, or a folder's name or document's number below the ``shipped`` folders.

    Raises ``RuleSetError`` where nothing can be read; what is wrong with the rules is in ``diagnostics``.
    """
    files, faults = files_of(Path(path), shipped)
    if not files:
        raise RuleSetError(*faults)
    return rules_of(files, faults, checks=checks)


def rules_of(files: Sequence[RuleFile], faults: Sequence[Diagnostic] = (), *, checks: bool = True) -> RuleSet:
    """The documents of rule files that were read; ``faults`` is what was found at reading them."""
    rules = _rules_of(tuple(files), checks)
    return evolve(rules, diagnostics=(*faults, *rules.diagnostics)) if faults else rules


@lru_cache(maxsize=MOST_AT_HAND)
def _rules_of(files: tuple[RuleFile, ...], checks: bool) -> RuleSet:
    """Within a run the same files are the same documents."""
    checked = [known(file.data, file.name, checks=checks) for file in files]
    books = sorted((each.book for each in checked if each.book is not None), key=_by_date)
    checked = [_beside(each, file, books, checks=checks) for each, file in zip(checked, files, strict=True)]
    books = sorted((each.book for each in checked if each.book is not None), key=_by_date)
    amendments = tuple(each.amendment for each in checked if each.amendment is not None)
    official = tuple(book for book in books if _deeds(book, Deed.CONSOLIDATES))
    documents = tuple(book for book in books if book not in official)
    found = tuple(each for one in checked for each in one.diagnostics)
    alternatives = tuple(other for each in checked for other in each.alternatives)
    rules = RuleSet(documents, (), amendments, official, alternatives)
    return evolve(rules, diagnostics=(*found, *_fits(rules)))


def _by_date(book: Rulebook) -> tuple[date, int, str]:
    document = book.document
    return document.in_force or document.issued or BEGINNING, document.first_period or 0, book.source.name


def _beside(checked: Known, file: RuleFile, books: Sequence[Rulebook], *, checks: bool) -> Known:
    """A file that cannot be read without another is read again with it: with the names of what it amends, or with the
    scales it takes over."""
    amendment = checked.amendment
    amended = [book for book in books if amendment is not None and _amends(amendment, book)]
    takes_over = any(found.code == "TD644" for found in checked.diagnostics)
    if not takes_over and (not amended or not checked.diagnostics):
        return checked

    def now() -> Checked:
        from thangdiem.dsl.checker import Beside, check_bytes
        from thangdiem.dsl.parser import parse, vocabulary

        words = None
        if amendment is not None:
            words = vocabulary("\n".join(book.source.text for book in amended), amendment.dialect)
        texts = {book.document.number: parse(book.source)[0] for book in books if takes_over}
        beside = Beside(words, {number: text for number, text in texts.items() if text is not None})
        return check_bytes(file.data, file.name, checks=checks, beside=beside)

    others = (*amended, *books) if takes_over else amended
    return known_beside(file.data, file.name, [book.source for book in others], checks=checks, now=now)


def _amends(amendment: Amendment, book: Rulebook) -> bool:
    return any(same_number(clause.amends, book.document.number) for clause in amendment.clauses)


def _deeds(book: Rulebook, deed: Deed) -> bool:
    return any(reference.deed is deed for reference in book.document.references)


def _fits(rules: RuleSet) -> Iterator[Diagnostic]:
    """Two documents of one number; two versions of one scale in force at once; amendments of what is not there."""
    for one, other in combinations(rules.standings, 2):
        number = other.book.document.number
        if number and same_number(number, one.book.document.number):
            yield Diagnostic("TD601", {"number": number}, place_of(other.book), places_of((one.book,)))
        elif one.since <= other.until and other.since <= one.until:
            for scale in _common(one.book, other.book):
                arguments = {"scale": scale, "one": _name(one.book), "other": _name(other.book)}
                yield Diagnostic("TD602", arguments, place_of(other.book), places_of((one.book,)))
    yield from _amendments_fit(rules)


def _amendments_fit(rules: RuleSet) -> Iterator[Diagnostic]:
    numbers = [book.document.number for book in rules.documents]
    numbers += [each.document.number for each in rules.amendments]
    for amendment in rules.amendments:
        document, source = amendment.document, amendment.source
        place = source.place(document.span.start, document.span.end)
        twins = [each.document for each in rules.amendments if same_number(each.document.number, document.number)]
        if document.number and twins[0] is not document:
            yield Diagnostic("TD601", {"number": document.number}, place)
        for reference in document.references:
            for cited in reference.documents:
                amending = any(same_number(cited.number, each.document.number) for each in rules.amendments)
                if reference.deed is Deed.REPEALS and amending:
                    arguments = {"document": named(document), "cited": f"{cited.kind_word} {cited.number}"}
                    yield Diagnostic("TD654", arguments, source.place(reference.span.start, reference.span.end))
                if not any(same_number(cited.number, number) for number in numbers):
                    arguments = {"document": named(document), "cited": f"{cited.kind_word} {cited.number}"}
                    yield Diagnostic("TD632", arguments, source.place(reference.span.start, reference.span.end))
        undated = [each for each in amendment.clauses if each.in_force is None and not each.undetermined]
        if any(not clause.correction for clause in undated):
            yield Diagnostic("TD636", {"document": named(document)}, place)
        yield from _too_late(amendment, rules.standings)
    for one, other in combinations([each for each in rules.amendments if each.document.number], 2):
        first, second = one.document.number, other.document.number
        if follows(first, second, rules.amendments) and follows(second, first, rules.amendments):
            place = other.source.place(other.document.span.start, other.document.span.end)
            yield Diagnostic("TD659", {"one": named(one.document), "other": named(other.document)}, place)


def _too_late(amendment: Amendment, every: Sequence[Standing]) -> Iterator[Diagnostic]:
    """Clauses that come into force when the document they amend no longer holds, or does not hold yet."""
    for clause in amendment.clauses:
        for each in every:
            early = clause.in_force is not None and not clause.correction and clause.in_force < each.since
            if early and clause.in_force is not None and same_number(clause.amends, each.book.document.number):
                told = {"clause": clause.label, "document": _name(each.book), **_both(clause.in_force)}
                yield Diagnostic("TD657", told, clause.source.place(clause.span.start, clause.span.end))
            if clause.in_force is None or clause.correction or clause.in_force <= each.until:
                continue
            if same_number(clause.amends, each.book.document.number):
                arguments = {"clause": clause.label, "document": _name(each.book), **_both(clause.in_force)}
                ended = (Related(place_of(each.book), "document-here", {"document": _name(each.book)}),)
                yield Diagnostic("TD653", arguments, clause.source.place(clause.span.start, clause.span.end), ended)


def _common(one: Rulebook, other: Rulebook) -> list[str]:
    known_ids = {toneless(scale.id) for scale in one.scales}
    return [scale.id for scale in other.scales if toneless(scale.id) in known_ids]


def day_of(day: str | date) -> date:
    """A day as somebody writes it: ``2023-01-01``, ``01/01/2023``, or a date. Raises ``RuleSetError`` for no day."""
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


def _name(book: Rulebook) -> str:
    return named(book.document)
