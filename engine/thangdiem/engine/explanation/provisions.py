"""What the text says besides its rule: a provision in; citations, quotations, evidence and readings, out."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl.numerals import write_date
from thangdiem.dsl.rulebook import Provision
from thangdiem.engine.explanation.parts import Statement
from thangdiem.engine.explanation.subject import Subject


def citations(said: Provision, subject: Subject) -> Iterator[Statement]:
    """The provisions a rule rests on, then the clauses that made it what it is."""
    for text in said.citations:
        yield Statement("citation", subject.words("citation"), text)
    for text in said.amendments:
        yield Statement("citation", subject.words("amendment"), text)


def provision(said: Provision, subject: Subject) -> Iterator[Statement]:
    """Quotations, evidence, sources and notes; interpretations last, marked as no words of the text."""
    words = subject.words
    for role, key, texts in (
        ("quotation", "quotation", said.quotations),
        ("evidence", "evidence", said.evidence),
        ("evidence", "data_source", said.data_sources),
        ("evidence", "verifier", said.verifiers),
        ("quotation", "note", said.notes),
    ):
        for text in texts:
            yield Statement(role, words(key), text)
    for reading in said.readings:
        day = write_date(reading.since, subject.language) if reading.since else ""
        text = words("reading_since", text=reading.text, day=day) if day else reading.text
        yield Statement("reading", words("reading"), text, reading.id, subject.place(reading.span))
        for other in reading.alternatives:
            yield Statement("reading", words("alternative"), other, reading.id)
