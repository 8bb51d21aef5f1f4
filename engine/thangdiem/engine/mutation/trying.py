"""A rulebook in; each mutation of its text tried on its examples, and what came of it, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from attrs import evolve, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checker import check
from thangdiem.dsl.diagnostic import Severity
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.mutations import Mutation, mutations_of, without_examples
from thangdiem.dsl.parser import parse
from thangdiem.dsl.source import Source, source_of
from thangdiem.engine.boundaries import Proposal
from thangdiem.engine.examples import run_example
from thangdiem.engine.mutation.witnesses import Witnesses


class Outcome(Enum):
    """What came of a mutation."""

    NOTICED = "noticed"  # by an example
    REFUSED = "refused"  # by the checks
    EQUIVALENT = "equivalent"  # the rules mean the same
    UNNOTICED = "unnoticed"


@frozen
class Tried:
    """A mutation and what came of it: the title of the example that noticed it, the code of the check that refused
    it, or an example that would notice it, where one was found."""

    mutation: Mutation
    outcome: Outcome
    by: str = ""
    witness: Proposal | None = None
    """What the rules as they are make of a unit that the changed rules judge otherwise."""


@frozen
class Mutated:
    """What was tried, of how many mutations there are; those that are no rule text any more are not counted."""

    book: rb.Rulebook
    tried: tuple[Tried, ...]
    possible: int

    @property
    def noticed(self) -> int:
        """How many an example or a check notices."""
        return sum(each.outcome in (Outcome.NOTICED, Outcome.REFUSED) for each in self.tried)

    @property
    def counted(self) -> int:
        """How many mean something else."""
        return sum(each.outcome is not Outcome.EQUIVALENT for each in self.tried)


def mutate(book: rb.Rulebook, most: int) -> Mutated:
    """At most ``most`` mutations, spread evenly over the text, in its order."""
    syntax, _ = parse(book.source)
    assert syntax is not None  # a book was made of it
    every = mutations_of(syntax)
    chosen = [every[index * len(every) // most] for index in range(most)] if len(every) > most else list(every)
    trial = _Trial(book, without_examples(syntax))
    found = [tried for mutation in chosen if (tried := trial.of(mutation)) is not None]
    return Mutated(book, tuple(found), len(every))


class _Trial:
    """The rules as they are, what their examples say, and one mutation after the other."""

    def __init__(self, book: rb.Rulebook, bare: str) -> None:
        self._book = book
        self._bare = bare
        self._passing = [each for each in book.examples if _passes(each, book)]
        self._known = {found.code for found in check(source_of(bare)).diagnostics if found.severity is Severity.ERROR}
        self._witnesses = Witnesses(book)

    def of(self, mutation: Mutation) -> Tried | None:
        """What comes of it; None where the text cannot be read any more."""
        source = source_of(self._changed(mutation))
        checked = check(source, checks=False)
        faults = {found.code for found in checked.diagnostics if found.severity is Severity.ERROR} - self._known
        if checked.book is None or (checked.syntax is not None and checked.syntax.dropped) or faults:
            return None
        changed = set(_changed_scales(self._book, checked.book))
        if not changed:
            return Tried(mutation, Outcome.EQUIVALENT)
        by = self._noticing(checked.book, changed)
        if by is not None:
            return Tried(mutation, Outcome.NOTICED, by)
        refused = next(iter(self._refusals(source)), None)
        if refused is not None:
            return Tried(mutation, Outcome.REFUSED, refused)
        mutant = evolve(checked.book, examples=self._book.examples)
        return Tried(mutation, Outcome.UNNOTICED, "", self._witnesses.of(mutant, mutation.line, changed))

    def _changed(self, mutation: Mutation) -> str:
        """The text without examples, changed: a place is found by its line, which is the same in both."""
        text = self._book.source.text
        line_start = text.rfind("\n", 0, mutation.start) + 1
        at = _start_of_line(self._bare, mutation.line) + mutation.start - line_start
        return self._bare[:at] + mutation.after + self._bare[at + mutation.end - mutation.start :]

    def _noticing(self, book: rb.Rulebook, changed: set[str]) -> str | None:
        for example in self._passing:
            if example.scale in changed and not _passes(example, book):
                return example.title
        return None

    def _refusals(self, source: Source) -> Iterator[str]:
        for found in check(source).diagnostics:
            if found.severity is Severity.ERROR and found.code not in self._known:
                yield found.code


def _start_of_line(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.index("\n", at) + 1
    return at


def _passes(example: rb.Example, book: rb.Rulebook) -> bool:
    scale = next((each for each in book.scales if each.id == example.scale), None)
    return scale is not None and run_example(example, ScaleRules(book, scale)).passed


def _changed_scales(book: rb.Rulebook, other: rb.Rulebook) -> Sequence[str]:
    theirs = {scale.id: scale for scale in other.scales}
    return [scale.id for scale in book.scales if theirs.get(scale.id) != scale]
