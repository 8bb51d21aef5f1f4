"""Whether every interpretation has an id of its own."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import finding, related
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import Rulebook


def check_readings(book: Rulebook) -> Iterator[Diagnostic]:
    """Two different interpretations of one id; a scale that is like another has the same ones."""
    first: dict[str, rb.Reading] = {}
    for provision in provisions(book):
        for reading in provision.readings:
            known = first.setdefault(reading.id, reading)
            if known != reading:
                places = (related(book, "first-here", known.span),)
                yield finding(book, "TD317", reading.span, (), places, id=reading.id)


def provisions(book: Rulebook) -> Iterator[rb.Provision]:
    """What the text says besides its rules: of the document, the scales, items and bonuses."""
    yield book.document.provision
    for scale in book.scales:
        yield scale.provision
        yield from (bonus.provision for bonus in scale.bonuses)
        for item in scale.walk():
            yield item.provision
            yield from (bonus.provision for bonus in item.bonuses)
