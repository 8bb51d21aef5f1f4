"""Which clauses count on a day or for a period, and in which order: the amending documents in, their clauses out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date

from attrs import evolve, field, frozen

from thangdiem.dsl.amendments.amended_clauses import as_amended
from thangdiem.dsl.amendments.clauses import Amendment, Clause, Operation, is_any_of, same_number
from thangdiem.dsl.amendments.order import in_order
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.numerals import NumeralError, read_date
from thangdiem.dsl.rulebook import Document


@frozen
class Moment:
    """What is asked for: a day, or a period."""

    day: date | None = None
    period: int | None = None

    def covers(self, since: date | None, until: date | None) -> bool:
        """Whether it lies between two days; a period does where its year does."""
        if self.day is not None:
            return (since is None or since <= self.day) and (until is None or self.day <= until)
        assert self.period is not None
        return (since is None or since.year <= self.period) and (until is None or self.period <= until.year)


@frozen
class Timeline:
    """The clauses that count at a moment, document by document in the order of their effect.

    ``apart`` are pairs of documents of one day of which neither says that it follows the other.
    """

    clauses: tuple[Clause, ...]
    apart: tuple[tuple[str, str], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = field(default=())


def timeline(number: str, amendments: Sequence[Amendment], moment: Moment) -> Timeline:
    """What amends the document of that number at a moment."""
    found: list[Diagnostic] = []
    stated = _reaching(number, amendments)
    found += (clause.finding("TD634", number=number) for clause in stated if _undetermined(clause, amendments, moment))
    counting = [clause for clause in stated if _counts(clause, amendments, moment)]
    if moment.period is not None:
        found += [_without_period(clause) for clause in stated if clause.first_period is None and not clause.correction]
    counting = as_amended(counting, amendments, found)
    ordered, apart = in_order(counting, amendments)
    found += _of_a_part_of_the_year(ordered, moment)
    running = _running(ordered, moment)
    return Timeline(tuple(clause for clause in running if clause.operations), apart, tuple(found))


def days_of_change(amendments: Iterable[Amendment]) -> tuple[date, ...]:
    """Every day on which a clause comes into force, or is the first day after one ended."""
    days: set[date] = set()
    for clause in (clause for each in amendments for clause in each.clauses):
        if clause.in_force is not None and not clause.undetermined:
            days.add(clause.in_force)
        ends = [clause.until, *(_suspended(each)[1] for each in clause.operations if each.name == "suspend")]
        days.update(_day_after(day) for day in ends if day is not None and day < date.max)
        starts = (_suspended(each)[0] for each in clause.operations if each.name in ("suspend", "resume"))
        days.update(day for day in starts if day is not None)
    return tuple(sorted(days))


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _reaching(number: str, amendments: Sequence[Amendment]) -> tuple[Clause, ...]:
    """The clauses that amend the document of that number, or one that amends it, however long the row of them."""
    numbers, before = {number}, 0
    while before != len(numbers):
        before = len(numbers)
        numbers |= {
            each.document.number
            for each in amendments
            if any(is_any_of(clause.amends, numbers) for clause in each.clauses)
        }
    return tuple(clause for each in amendments for clause in each.clauses if is_any_of(clause.amends, numbers))


def _counts(clause: Clause, amendments: Sequence[Amendment], moment: Moment) -> bool:
    if clause.correction:
        corrected = (each.document for each in amendments if same_number(each.document.number, clause.amends))
        return all(_began(document, moment) for document in corrected)
    if clause.undetermined or clause.in_force is None:
        return False
    if moment.day is not None:
        return moment.covers(clause.in_force, clause.until)
    assert moment.period is not None
    ended = clause.until is not None and clause.until < clause.in_force
    first, last = clause.first_period, clause.last_period
    if last is None and clause.until is not None:
        last = clause.until.year
    return not ended and first is not None and first <= moment.period and (last is None or moment.period <= last)


def _began(document: Document, moment: Moment) -> bool:
    """Whether a document that amends, and is corrected, counts already."""
    if moment.period is not None:
        return document.first_period is None or document.first_period <= moment.period
    return moment.covers(document.in_force, None)


def _undetermined(clause: Clause, amendments: Sequence[Amendment], moment: Moment) -> bool:
    """Whether nobody can say if the clause counts: it was issued by then, but its day is not determined."""
    if not clause.undetermined:
        return False
    if moment.day is None:
        return clause.first_period is None or (moment.period or 0) >= clause.first_period
    document = next(each.document for each in amendments if each.source is clause.source)
    return document.issued is None or moment.day >= document.issued


def _without_period(clause: Clause) -> Diagnostic:
    return clause.finding("TD635")


# --- suspensions


def _running(clauses: Sequence[Clause], moment: Moment) -> Iterator[Clause]:
    """The clauses without suspensions that have not begun or are over, and without what would end such a one."""
    suspended: dict[tuple[str, str], bool] = {}
    for clause in clauses:
        kept = tuple(each for each in clause.operations if _runs(each, clause, moment, suspended))
        yield evolve(clause, operations=kept) if len(kept) < len(clause.operations) else clause


def _of_a_part_of_the_year(clauses: Sequence[Clause], moment: Moment) -> Iterator[Diagnostic]:
    """Suspensions of which it is open whether they count for a period: they begin or end within its year."""
    if moment.period is None:
        return
    first, last = date(moment.period, 1, 1), date(moment.period, 12, 31)
    for clause in clauses:
        for operation in clause.operations:
            since, until = _suspended(operation) if operation.name == "suspend" else (None, None)
            begins = since is not None and first < since <= last
            ends = until is not None and first <= until < last
            if operation.address is not None and (begins or ends):
                target = operation.address.words
                yield clause.finding("TD656", target=target, period=str(moment.period))


def _runs(operation: Operation, clause: Clause, moment: Moment, suspended: dict[tuple[str, str], bool]) -> bool:
    """Whether an operation counts at a moment; what was suspended, and whether it still is, is kept in a table."""
    if operation.name not in ("suspend", "resume") or operation.address is None:
        return True
    item = (toneless(operation.address.scale or clause.scale), operation.address.code)
    runs = moment.covers(*_suspended(operation))
    if operation.name == "suspend":
        suspended[item] = runs
        return runs
    return runs and suspended.get(item, True)


def _suspended(operation: Operation) -> tuple[date | None, date | None]:
    """From when until when a suspension says it lasts; from when one ends."""
    days: dict[str, date] = {}
    before = ""
    for token in operation.head.tokens:
        if token.type == "DATE":
            with suppress(NumeralError):  # told where the document was read
                days[before] = read_date(str(token), operation.head.dialect)
        before = token.type
    return days.get("_FROM"), days.get("_UNTIL")
