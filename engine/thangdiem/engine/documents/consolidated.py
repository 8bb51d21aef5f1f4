"""A version of the rules in; each of its documents as a reader of consolidated texts knows them, with notes, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

from thangdiem.dsl.amendments.clauses import Amendment, Clause
from thangdiem.dsl.amendments.consolidation import Consolidated
from thangdiem.dsl.amendments.draft import VERBS
from thangdiem.dsl.amendments.outline import EXAMPLES, Outline, outline
from thangdiem.dsl.consolidating import syntax_of
from thangdiem.dsl.diagnostic import Language
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.passages import Passage, passages_of
from thangdiem.dsl.resolve.documents import named
from thangdiem.dsl.rulebook import Document, Rulebook
from thangdiem.dsl.versions import RuleVersion
from thangdiem.engine.documents.parts import ConsolidatedReport, ConsolidatedReports, DocumentRow, Note, TextLine
from thangdiem.engine.documents.quotation import printed
from thangdiem.engine.documents.times import in_force, periods, written
from thangdiem.engine.explanation.phrases import Phrases, phrases

_TOP = 2  # the level of a scale's heading; items stand below it
_DEEPEST = 6
_OF_SCALE = ("grades", "ranking")
_HEADINGS = ("scale", "item", "bonus", *_OF_SCALE)
_BULLET = "- "


def consolidated_report(
    version: RuleVersion, books: Sequence[Rulebook], amendments: Sequence[Amendment], language: Language = "vi"
) -> ConsolidatedReports:
    """The documents of a version that are to be shown."""
    reports = []
    for index, book in enumerate(version.books):
        if book in books:
            text = version.consolidated[index] if version.consolidated else None
            reports.append(_report(version, book, text, amendments, phrases(language)))
    return ConsolidatedReports(language, tuple(reports))


def _report(
    version: RuleVersion, book: Rulebook, text: Consolidated | None, amendments: Sequence[Amendment], words: Phrases
) -> ConsolidatedReport:
    document = book.document
    clauses = text.clauses if text is not None else ()
    passages = text.passages if text is not None and text.passages else _as_written(book)
    writing = _Writing(book.dialect, outline(passages), {clause.label: clause for clause in clauses}, words)
    lines = (*writing.lines(), *writing.repealed(text.tail if text is not None else (), _TOP))
    kind = words("consolidated") if clauses else words("text_of_rules")
    return ConsolidatedReport(
        words.language,
        document.title or named(document),
        f"{kind}: {named(document)}" if document.number else kind,
        version.why.message(words.language),
        (_row(document, (), words), *_amending(clauses, text, amendments, words)),
        lines,
        tuple(Note(number, note) for note, number in writing.notes.items()),
    )


def _as_written(book: Rulebook) -> tuple[Passage, ...]:
    return passages_of(syntax_of(book.source), named(book.document))


# --- the documents


def _row(document: Document, orders: Sequence[str], words: Phrases) -> DocumentRow:
    return DocumentRow(
        named(document),
        document.title,
        written(document.issued, words),
        in_force(document, words),
        periods(document, words),
        tuple(orders),
    )


def _amending(
    clauses: Sequence[Clause], text: Consolidated | None, amendments: Sequence[Amendment], words: Phrases
) -> Iterator[DocumentRow]:
    """Every document with a clause that counts, and what each of these orders."""
    for name in dict.fromkeys(clause.document for clause in clauses):
        own = [clause for clause in clauses if clause.document == name]
        document = next(each.document for each in amendments if each.source.name == own[0].source.name)
        yield _row(document, [order for clause in own for order in _orders(clause, document, words)], words)


def _orders(clause: Clause, document: Document, words: Phrases) -> Iterator[str]:
    label = clause.label.removesuffix(clause.document).strip()
    label = f"{label[:1].upper()}{label[1:]}"
    if (clause.in_force, clause.first_period) != (document.in_force, document.first_period):
        own = (in_force(clause, words), _applied(clause, words))
        label = f"{label} ({'; '.join(part for part in own if part)})"
    for operation in clause.operations:
        yield f"{label}: {printed(operation.head.text(operation.head.dialect)).rstrip(':')}"


def _applied(clause: Clause, words: Phrases) -> str:
    stated = periods(clause, words)
    return words("applied_to", periods=stated) if stated else ""


# --- the text


@define
class _Writing:
    """The text line by line, and the notes met so far with their numbers."""

    dialect: str
    outline: Outline
    clauses: dict[str, Clause]
    words: Phrases
    notes: dict[str, int] = field(factory=dict)

    def lines(self) -> Iterator[TextLine]:
        """Every line but examples and the remarks of whoever wrote the file."""
        level = _TOP
        for index, passage in enumerate(self.outline.passages):
            yield from self.repealed(passage.head.above, level)
            if self.outline.scale_of[index] == EXAMPLES:
                continue
            if passage.name in _HEADINGS:
                level = self._level(index)
                yield TextLine("heading", level, self._text(passage, 0), self._noted(passage, 0))
            elif passage.name != "document":
                yield TextLine("line", level, self._text(passage, 0), self._noted(passage, 0))
            for place in range(1, len(passage.rows)):
                yield from self.repealed(passage.rows[place].above, level)
                text = self._text(passage, place)
                form = "bullet" if text.startswith(_BULLET) else "row"
                yield TextLine(form, level, text.removeprefix(_BULLET), self._noted(passage, place))

    def _level(self, index: int) -> int:
        scale, owner = self.outline.scale_of[index], self.outline.owner_of[index]
        level = _TOP + (self.outline.passages[index].name in _OF_SCALE)
        while owner:
            level += 1
            owner = self.outline.parents.get((scale, owner), "")
        return min(level, _DEEPEST)

    def _text(self, passage: Passage, place: int) -> str:
        text = printed(passage.rows[place].text(self.dialect))
        return text.rstrip(":") if passage.name in _HEADINGS and place == 0 else text

    def _noted(self, passage: Passage, place: int) -> tuple[int, ...]:
        """The numbers of the notes that tell what happened to a line."""
        return tuple(
            self._number(VERBS[spellings.index(verb)], _subject(passage, place, self), label)
            for spellings in (dialect(self.dialect).spellings["AMENDED_BY"],)
            for verb, label in passage.rows[place].notes
        )

    def _number(self, verb: str, subject: str, label: str) -> int:
        clause = self.clauses.get(label)
        # a correction counts as if it had always been so
        day = written(clause.in_force, self.words) if clause is not None and not clause.correction else ""
        note = self.words(f"note_{verb}", subject=subject, clause=label)
        if day:
            note += self.words("note_since", day=day)
        return self.notes.setdefault(f"{note}.", len(self.notes) + 1)

    def repealed(self, comments: Sequence[str], level: int) -> Iterator[TextLine]:
        """What stood there until a clause repealed it, but for examples."""
        known = dialect(self.dialect)
        for comment in comments:
            title, found, label = comment.removeprefix("#").strip().rpartition(f": {known.spell('REPEALED_BY')} ")
            if found and label in self.clauses and not title.lower().startswith(tuple(known.spellings["EXAMPLE"])):
                number = self._number("repealed", self.words("note_this"), label)
                yield TextLine("repealed", level, printed(title.removeprefix(_BULLET)), (number,))


def _subject(passage: Passage, place: int, writing: _Writing) -> str:
    """``Chỉ số thành phần này``; of other lines and for readers of another language the plain word."""
    words = writing.words
    if place or passage.name not in ("scale", "item", "bonus"):
        return words("note_this")
    if passage.name == "item" and writing.dialect == words.language:
        kind = " ".join(passage.head.token("KIND").split()).lower()
        subject = words("note_this_kind", kind=kind)
        return f"{subject[:1].upper()}{subject[1:]}"
    return words(f"note_this_{passage.name}")
