"""The versions of a rule set in; the register of readings out: where the text was open, how it is read, what else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.amendments.expansion import Alternative
from thangdiem.dsl.diagnostic import Place
from thangdiem.dsl.letters import fold
from thangdiem.dsl.library import RuleSet
from thangdiem.dsl.versions import RuleSetError, RuleVersion


@frozen
class Interpretation:
    """A reading that was taken: of which document, in which scale and at what of it, and the readings beside it.

    ``alternatives`` can be evaluated; those the reading only mentions stand in ``reading.alternatives``.
    """

    document: rb.Document
    scale: str
    owner: rb.Item | rb.Bonus | None
    reading: rb.Reading
    place: Place
    alternatives: tuple[Alternative, ...] = ()


def interpretations(rules: RuleSet, versions: Iterable[RuleVersion]) -> tuple[Interpretation, ...]:
    """Every reading of the versions, each once, in the order in which they came."""
    found: dict[tuple[object, ...], Interpretation] = {}
    for book in (book for version in versions for book in version.books):
        for scale, owner, provision in _provisions(book):
            for reading in provision.readings:
                key = (book.document.number, scale, _name(owner), reading)
                found.setdefault(key, _interpretation(rules, book, scale, owner, reading))
    return tuple(found.values())


def every_version(rules: RuleSet) -> Iterator[RuleVersion]:
    """The version of each day on which the rules change; of the one document there is where it has no days."""
    if not rules.days():
        yield rules.only()
    for day in rules.days():
        try:
            yield rules.on(day)
        except RuleSetError as error:
            if any(found.code != "TD603" for found in error.diagnostics):
                raise


def _interpretation(
    rules: RuleSet, book: rb.Rulebook, scale: str, owner: rb.Item | rb.Bonus | None, reading: rb.Reading
) -> Interpretation:
    place = book.source.place(reading.span.start, reading.span.end)
    beside = tuple(
        each
        for each in rules.alternatives
        if fold(each.reading) == fold(reading.id) and each.clause.source.name == book.source.name
    )
    return Interpretation(book.document, scale, owner, reading, place, beside)


def _name(owner: rb.Item | rb.Bonus | None) -> str:
    match owner:
        case rb.Item():
            return owner.code
        case rb.Bonus():
            return owner.key
        case None:
            return ""


def _provisions(book: rb.Rulebook) -> Iterator[tuple[str, rb.Item | rb.Bonus | None, rb.Provision]]:
    yield "", None, book.document.provision
    for scale in book.scales:
        yield scale.id, None, scale.provision
        for item in scale.walk():
            yield scale.id, item, item.provision
            for bonus in item.bonuses:
                yield scale.id, bonus, bonus.provision
        for bonus in scale.bonuses:
            yield scale.id, bonus, bonus.provision
