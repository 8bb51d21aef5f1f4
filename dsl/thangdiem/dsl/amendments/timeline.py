"""Which clauses count on a day or for a period, and in which order: the amending documents in, their clauses out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby

from attrs import evolve, field, frozen
from lark import Token

from thangdiem.dsl.amendments.clauses import Amendment, Clause, Operation
from thangdiem.dsl.diagnostic import Diagnostic, Related
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.numerals import NumeralError, read_date
from thangdiem.dsl.rulebook import Deed, Document


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
    found += (_about(clause, "TD634", number=number) for clause in stated if _undetermined(clause, amendments, moment))
    counting = [clause for clause in stated if _counts(clause, amendments, moment)]
    if moment.period is not None:
        found += [_without_period(clause) for clause in stated if clause.first_period is None and not clause.correction]
    counting = _as_amended(counting, amendments, found)
    ordered, apart = _in_order(counting, amendments)
    found += _of_a_part_of_the_year(ordered, moment)
    running = _running(ordered, moment)
    return Timeline(tuple(clause for clause in running if clause.operations), apart, tuple(found))


def same_number(one: str, other: str) -> bool:
    """Whether two numbers of documents are one, spaces and tone marks aside."""
    return toneless("".join(one.split())) == toneless("".join(other.split()))


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
            if any(_is_any_of(clause.amends, numbers) for clause in each.clauses)
        }
    return tuple(clause for each in amendments for clause in each.clauses if _is_any_of(clause.amends, numbers))


def _is_any_of(number: str, numbers: Iterable[str]) -> bool:
    return any(same_number(number, each) for each in numbers)


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
    return _about(clause, "TD635")


def _about(clause: Clause, code: str, related: tuple[Related, ...] = (), /, **arguments: object) -> Diagnostic:
    place = clause.source.place(clause.span.start, clause.span.end)
    return Diagnostic(code, {"clause": clause.label, **arguments}, place, related)


# --- amending what amends


def _as_amended(clauses: Sequence[Clause], amendments: Sequence[Amendment], found: list[Diagnostic]) -> list[Clause]:
    """The clauses after those that repeal or replace clauses of other amending documents.

    What acts on a clause goes before what that clause does: a repeal that was repealed takes nothing away.
    """
    numbers = [each.document.number for each in amendments]
    kept = list(clauses)
    for stated in sorted(clauses, key=lambda each: (-_length(each.amends, amendments), each.in_force or date.min)):
        clause = next((each for each in kept if each.code == stated.code and each.source is stated.source), None)
        target = next((number for number in numbers if same_number(number, stated.amends)), None)
        if clause is None or target is None:
            continue
        for operation, following in _on_clauses(clause):
            assert operation.address is not None
            index = _of_clause(kept, amendments, target, operation.address.code)
            if index is None:
                known = next(each for each in amendments if each.document.number == target)
                if not any(each.code == operation.address.code for each in known.clauses):
                    nearest = ", ".join(each.label for each in known.clauses)
                    found.append(_about(clause, "TD620", target=operation.address.words, nearest=nearest))
                continue
            if operation.name == "repeal":
                found += _unless_revived(clause, operation, kept[index])
                del kept[index]
            else:
                kept[index] = evolve(kept[index], operations=following, label=_amended_label(kept[index], clause))
    return [evolve(each, operations=_on_text(each)) for each in kept]


def _amended_label(target: Clause, by: Clause) -> str:
    """A clause whose operations another one replaced is cited with that one."""
    words = dialect(by.operations[0].head.dialect).spell("AMENDED_BY")
    return f"{target.label} ({words} {by.label})"


def _length(amended: str, amendments: Sequence[Amendment], seen: frozenset[str] = frozenset()) -> int:
    """How many amending documents, the amended one first, lie in a row before the one that is amended in the end."""
    targets = [each for each in amendments if same_number(each.document.number, amended)]
    behind = {clause.amends for each in targets for clause in each.clauses} - seen
    return max((1 + _length(each, amendments, seen | {amended}) for each in behind), default=0)


def _on_clauses(clause: Clause) -> Iterator[tuple[Operation, tuple[Operation, ...]]]:
    """The operations on clauses, each with those that follow it: what the clause orders from then on."""
    for index, operation in enumerate(clause.operations):
        if operation.address is not None and operation.address.kind == "clause":
            following = clause.operations[index + 1 :]
            end = next((place for place, each in enumerate(following) if _is_on_clause(each)), len(following))
            yield operation, following[:end]


def _is_on_clause(operation: Operation) -> bool:
    return operation.address is not None and operation.address.kind == "clause"


def _on_text(clause: Clause) -> tuple[Operation, ...]:
    """The operations that act on the text itself: those before the first that acts on a clause."""
    if any(_is_on_clause(each) and each.name == "replace" for each in clause.operations):
        return tuple(each for each in clause.operations[: _first_on_clause(clause)])
    return tuple(each for each in clause.operations if not _is_on_clause(each))


def _first_on_clause(clause: Clause) -> int:
    return next(index for index, each in enumerate(clause.operations) if _is_on_clause(each))


def _of_clause(clauses: Sequence[Clause], amendments: Sequence[Amendment], number: str, code: str) -> int | None:
    source = next(each.source for each in amendments if each.document.number == number)
    return next((index for index, each in enumerate(clauses) if each.code == code and each.source is source), None)


def _unless_revived(clause: Clause, operation: Operation, target: Clause) -> Iterator[Diagnostic]:
    """What a clause replaced comes back only where the text says so."""
    revives = any(isinstance(child, Token) and child.type == "REVIVE" for child in operation.node.children)
    began = target.in_force is not None and clause.in_force is not None and target.in_force < clause.in_force
    if began and not revives:
        place = target.source.place(target.span.start, target.span.end)
        yield _about(
            clause, "TD637", (Related(place, "document-here", {"document": target.label}),), target=target.label
        )


# --- order


def _in_order(
    clauses: Sequence[Clause], amendments: Sequence[Amendment]
) -> tuple[list[Clause], tuple[tuple[str, str], ...]]:
    """Corrections right behind what they correct, then by the day, then by what follows what."""
    days = {each.document.number: each.document.in_force for each in amendments}

    def day(clause: Clause) -> tuple[date, int]:
        if not clause.correction:
            return clause.in_force or date.min, 0
        corrected = next((days[each] for each in days if same_number(each, clause.amends)), None)
        return corrected or date.min, 1

    ordered: list[Clause] = []
    apart: list[tuple[str, str]] = []
    for _, together in groupby(sorted(clauses, key=day), key=day):
        documents = _following(list(together), amendments)
        for earlier, later in _pairs(documents):
            if not _follows(later, earlier, amendments):
                apart.append((earlier, later))
        ordered += [clause for document in documents for clause in documents[document]]
    return ordered, tuple(apart)


def _following(together: list[Clause], amendments: Sequence[Amendment]) -> dict[str, list[Clause]]:
    """The clauses of one day by document, those that follow others behind them."""
    by_document: dict[str, list[Clause]] = {}
    for clause in together:
        by_document.setdefault(_number_of(clause, amendments), []).append(clause)
    names = sorted(by_document)
    placed: list[str] = []
    while names:
        free = next((each for each in names if not any(_follows(each, other, amendments) for other in names)), names[0])
        placed.append(free)
        names.remove(free)
    return {name: by_document[name] for name in placed}


def _number_of(clause: Clause, amendments: Sequence[Amendment]) -> str:
    return next(each.document.number for each in amendments if each.source is clause.source)


def _follows(later: str, earlier: str, amendments: Sequence[Amendment]) -> bool:
    """Whether a document says that it follows another, or amends it, or follows one that does."""
    behind, seen = [later], {later}
    while behind:
        cited = _said_before(behind.pop(), amendments)
        if later != earlier and earlier in cited:
            return True
        behind += cited - seen
        seen |= cited
    return False


def _said_before(number: str, amendments: Sequence[Amendment]) -> set[str]:
    """The documents one says that it follows or amends."""
    document = next(each.document for each in amendments if each.document.number == number)
    cited = [
        other.number
        for reference in document.references
        if reference.deed in (Deed.FOLLOWS, Deed.AMENDS, Deed.CORRECTS)
        for other in reference.documents
    ]
    return {each.document.number for each in amendments if _is_any_of(each.document.number, cited)}


def _pairs(documents: Iterable[str]) -> Iterator[tuple[str, str]]:
    names = list(documents)
    for index, earlier in enumerate(names):
        for later in names[index + 1 :]:
            yield earlier, later


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
                yield _about(clause, "TD656", target=target, period=str(moment.period))


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
