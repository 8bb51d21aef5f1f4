"""Rule sets in; the proofs of each file or version, and the lines that tell them to a reader, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from attrs import evolve

from thangdiem.app.columns import on_one_line, visible
from thangdiem.app.invocation import Invocation
from thangdiem.app.rule_folders import Checked
from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.all_versions import all_versions
from thangdiem.dsl.diagnostic import Severity
from thangdiem.dsl.numerals import write_date, write_number, write_percent
from thangdiem.dsl.proofs import Cell, Claim, Outcome, Proof, Reason, Shown
from thangdiem.dsl.proofs.proving import year_assessed
from thangdiem.engine.witnesses import proofs_of, proofs_of_sameness
from thangdiem.engine.writing.proofs import Proved

MOST_CELLS = 6
"""So many data of a witness are shown; JSON has them all."""

_OF_VALUES = ("TD2", "TD3")
"""Errors that proofs are about, or that leave everything read: bands, steps, sums of points."""


def proved_of(one: Checked, run: Invocation) -> Iterator[Proved]:
    """Each version of an amended rule set, else each file."""
    if one.rules.amendments and not one.rules.has_errors:
        yield from _versions(one, run)
        return
    books = {book.source.name: book for book in one.rules.documents}
    for name in one.files:
        if name in books and _is_read(one, name):
            yield _proved(name, books[name])
        elif name in books or not one.rules.amendments:
            yield Proved(name, None, None, ())


def _versions(one: Checked, run: Invocation) -> Iterator[Proved]:
    """Each version, held against the one before it."""
    former: dict[str, rb.Rulebook] = {}
    for version in all_versions(one.rules):
        for book in version.books:
            found = _proved(book.source.name, book, version.why.message(run.language))
            before = former.get(book.document.number)
            former[book.document.number] = book
            same = () if before is None else proofs_of_sameness(before, book)
            yield evolve(found, proofs=(*found.proofs, *same))


def _proved(name: str, book: rb.Rulebook, version: str = "") -> Proved:
    return Proved(name, book, year_assessed(book), proofs_of(book), version)


def _is_read(one: Checked, name: str) -> bool:
    errors = [found for found in one.rules.diagnostics if found.severity is Severity.ERROR]
    about = [found for found in errors if found.place is None or found.place.file == name]
    return all(found.code.startswith(_OF_VALUES) for found in about)


def told(proved: Proved, run: Invocation) -> Iterator[str]:
    """The counts, then claim by claim, scale by scale."""
    yield on_one_line(f"{proved.file}: {proved.version}" if proved.version else proved.file)
    if proved.book is None:
        yield "  " + run.words("proofs-unread")
        return
    yield "  " + run.words("proofs-counts", **proved.counts)
    for scale in proved.book.scales:
        own = [proof for proof in proved.proofs if proof.scale == scale.id]
        if not own:
            continue
        yield visible("  " + run.words("proofs-of-scale", scale=scale.id))
        for proof in sorted(own, key=_place(scale)):
            yield visible("    " + _line(proof, scale, run))


def _place(scale: rb.Scale) -> Callable[[Proof], int]:
    order = {item.code: at for at, item in enumerate(scale.walk())}
    return lambda proof: order.get(proof.subject, len(order)) if proof.claim in _OF_ITEMS else len(order) + 1


_OF_ITEMS = (Claim.RANGE, Claim.MAXIMUM, Claim.MONOTONE, Claim.SAME)


def _line(proof: Proof, scale: rb.Scale, run: Invocation) -> str:
    words = run.words
    claim = words(
        f"proof-{proof.claim.value.replace('_', '-')}",
        subject=_subject(proof, scale), range=_range(proof, run), names=_names(proof, scale),
        high=_number(proof.high, run),
    )  # fmt: skip
    return words(f"proof-{proof.outcome.value}", claim=claim, why=_why(proof, scale, run))


def _subject(proof: Proof, scale: rb.Scale) -> str:
    item = next((item for item in scale.walk() if item.code == proof.subject), None)
    if proof.claim not in _OF_ITEMS or item is None:
        return proof.subject
    return f"{item.kind_word.lower()} {item.code}"


def _names(proof: Proof, scale: rb.Scale) -> str:
    shown = [f"[{name}]" if name in scale.data else name for name in proof.names]
    return ", ".join(shown[:5] + (["…"] if len(shown) > 5 else []))


def _range(proof: Proof, run: Invocation) -> str:
    low, high = _number(proof.low, run), _number(proof.high, run)
    key = "proof-at-most" if proof.low is None else "proof-at-least" if proof.high is None else "proof-between"
    return run.words(key, low=low, high=high)


def _number(value: Fraction | None, run: Invocation) -> str:
    return "…" if value is None else write_number(value, run.language)


def _why(proof: Proof, scale: rb.Scale, run: Invocation) -> str:
    """What follows the claim: the reason, and the unit that shows it."""
    found = ""
    key = f"why-{proof.why.value.replace('_', '-')}"
    if proof.why is Reason.BOUNDS and proof.outcome is Outcome.REFUTED:
        key = "why-at-most" if proof.claim is Claim.MAXIMUM else "why-never"
        found = run.words(key, found=_number(proof.found, run))
    elif run.words.has(key):
        found = run.words(key, names=_names(proof, scale))
    if proof.outcome is Outcome.REFUTED:
        found += "".join(_example(each, scale, run) for each in proof.witness)
    elif proof.claim is Claim.GRADE and proof.witness and proof.witness[0].value is not None:
        found += run.words("proof-with-total", value=_number(proof.witness[0].value, run))
    return found


def _example(shown: Shown, scale: rb.Scale, run: Invocation) -> str:
    cells = [_cell(each, scale, run) for each in shown.cells[:MOST_CELLS]]
    if len(shown.cells) > MOST_CELLS:
        cells.append(run.words("proof-more-cells", count=len(shown.cells) - MOST_CELLS))
    given = "; ".join(cells) or run.words("proof-no-cells")
    found = run.words("proof-example", cells=given)
    if shown.value is not None:
        found += run.words("proof-scored", value=_number(shown.value, run))
    return found if shown.grade is None else found + run.words("proof-graded", grade=shown.grade)


def _cell(cell: Cell, scale: rb.Scale, run: Invocation) -> str:
    declared = scale.data.get(cell.column.strip("[]"))
    percent = declared is not None and declared.form is rb.DataForm.PERCENT
    match cell.value:
        case None:
            shown = run.words("proof-exempt")
        case bool():
            shown = run.words("proof-yes" if cell.value else "proof-no")
        case Fraction():
            shown = write_percent(cell.value, run.language) if percent else write_number(cell.value, run.language)
        case date():
            shown = write_date(cell.value, run.language)
        case str():
            shown = f"“{cell.value}”"
        case letters:
            shown = ", ".join(letters) or run.words("proof-none-met")
    return f"{cell.column} = {shown}"
