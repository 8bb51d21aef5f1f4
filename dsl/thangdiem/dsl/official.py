"""The official consolidated texts of a rule set in; where each first differs from what the clauses come to, out."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl.amendments.clauses import same_number
from thangdiem.dsl.comparison import Change, ChangeKind, Side, Subject, SubjectForm, compare
from thangdiem.dsl.diagnostic import Diagnostic, Language, Place, Related, entry
from thangdiem.dsl.library import RuleSet
from thangdiem.dsl.resolve.documents import named
from thangdiem.dsl.rulebook import Cited, Deed, Rulebook
from thangdiem.dsl.versions import RuleSetError, place_of

_OF_THE_FILE = frozenset(
    (
        ChangeKind.DOCUMENT,
        ChangeKind.IN_FORCE,
        ChangeKind.PERIODS,
        ChangeKind.DIALECT,
        ChangeKind.ARTICLE,
        ChangeKind.WORDING,
        ChangeKind.EXAMPLE,
    )
)
"""What a consolidated text may say otherwise: who issued it and when, and its notes."""


def official_differences(rules: RuleSet) -> Iterator[Diagnostic]:
    """One finding for each official text that says something else than the clauses of its day come to."""
    for official in rules.official:
        for cited in _consolidated_in(official):
            if not any(same_number(book.document.number, cited.number) for book in rules.documents):
                arguments = {"document": named(official.document), "cited": f"{cited.kind_word} {cited.number}"}
                yield Diagnostic("TD632", arguments, place_of(official))
            elif (ours := _of_its_day(rules, official, cited.number)) is not None:
                changes = compare(ours, official).changes
                first = next((each for each in changes if each.kind not in _OF_THE_FILE), None)
                if first is not None:
                    yield _finding(first, ours, official)


def _consolidated_in(official: Rulebook) -> Iterator[Cited]:
    """The document that is consolidated; those behind it are what amended it."""
    for reference in official.document.references:
        if reference.deed is Deed.CONSOLIDATES:
            yield from reference.documents[:1]


def _of_its_day(rules: RuleSet, official: Rulebook, number: str) -> Rulebook | None:
    """What the clauses come to on the day of the text; nothing where that cannot be had: it is told elsewhere."""
    day = official.document.in_force or official.document.issued
    try:
        version = rules.on(day) if day is not None else rules.only()
    except RuleSetError:
        return None
    return next((book for book in version.books if same_number(book.document.number, number)), None)


def _finding(change: Change, ours: Rulebook, official: Rulebook) -> Diagnostic:
    arguments: dict[str, object] = {
        "document": named(official.document),
        "difference": _words(change, official if change.new is not None else ours),
    }
    languages: tuple[Language, ...] = ("vi", "en")
    for language in languages:
        arguments[f"stated_{language}"] = _quoted(change.new, language)
        arguments[f"found_{language}"] = _quoted(change.old, language)
    here = _place(change.old, ours)
    related = (Related(here, "consolidated-here"),) if here is not None else ()
    return Diagnostic("TD640", arguments, _place(change.new, official) or _scale_place(change, official), related)


def _quoted(side: Side | None, language: Language) -> str:
    text = " ".join(side.text.split()) if side is not None else ""
    return f"“{text}”" if text else entry("nothing-there")[language]


def _place(side: Side | None, book: Rulebook) -> Place | None:
    if side is None or side.span.end <= side.span.start:
        return None
    return book.source.place(side.span.start, side.span.end)


def _scale_place(change: Change, official: Rulebook) -> Place:
    """Where what is missing should stand: in its scale."""
    scale = next((each for each in official.scales if each.id == change.scale), None)
    return official.source.place(scale.head.start, scale.head.end) if scale is not None else place_of(official)


def _words(change: Change, book: Rulebook) -> str:
    """What the difference is about, as the text calls it: ``chỉ số thành phần 2.1``."""
    subject: Subject = change.subject
    match subject.form:
        case SubjectForm.ITEM:
            items = (item for scale in book.scales if scale.id == change.scale for item in scale.walk())
            kind = next((item.kind_word for item in items if item.code == subject.key), "")
            return f"{kind} {subject.key}".strip().lower()
        case SubjectForm.BONUS:
            return f"“{subject.title}”"
        case SubjectForm.DATUM:
            return f"[{subject.key}]"
        case _:
            return subject.title or change.scale or subject.key
