"""Two rulebooks in, the text of an amending document out: its head as far as it is known, a clause for each change."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from attrs import frozen

from thangdiem.dsl.amendments.clauses import Amendment
from thangdiem.dsl.amendments.draft import Draft
from thangdiem.dsl.amendments.drafting.nodes import Reader
from thangdiem.dsl.amendments.drafting.scales import settle_scale
from thangdiem.dsl.amendments.drafting.sentences import Sentences
from thangdiem.dsl.amendments.drafting.settling import Settling
from thangdiem.dsl.amendments.drafting.trial import Trial
from thangdiem.dsl.amendments.outline import Outline, outline
from thangdiem.dsl.amendments.reading import read_amendment
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.numerals import write_date
from thangdiem.dsl.parser import Vocabulary, parse, vocabulary
from thangdiem.dsl.passages import passages_of
from thangdiem.dsl.printer import print_file
from thangdiem.dsl.resolve.scope import Findings
from thangdiem.dsl.rulebook import Document, Rulebook, Scale
from thangdiem.dsl.source import source_of
from thangdiem.dsl.syntax import SyntaxFile

BLANK = "…/…"
"""Where the number of a document is to be filled in."""

_COMMENTS = {
    "vi": (
        "# Dự thảo lập từ hai bản. Trước khi ban hành: điền số, ký hiệu (…/…), trích yếu, cơ quan và ngày ban hành,",
        "# ngày có hiệu lực, kỳ đánh giá được áp dụng.",
    ),
    "en": (
        "# Drafted from two versions. Before it is issued, fill in: number (…/…), title, issuer and date of issue,",
        "# the day it comes into force, the periods it applies to.",
    ),
}


@frozen
class Drafted:
    """A draft: its text; what it orders, read from that text; the words of each clause."""

    text: str
    amendment: Amendment
    orders: tuple[str, ...]


def draft_amendment(old: Rulebook, new: Rulebook, scales: Container[str] | None = None) -> Drafted:
    """What leads from one version to the other, in the language of the former; examples and the head are left alone.

    Of the scales only those named, where any are.
    """
    before, after = _parsed(old.source.text, old.dialect), _in_dialect(new, old.dialect)
    words = _both(vocabulary(old.source.text, old.dialect), vocabulary(after.source.text, old.dialect))
    passages = tuple(each for each in passages_of(before, "old") if each.name != "example")
    trial = Trial(Draft(passages, old.dialect, old.source.name, words))
    target = outline(passages_of(after, "new"))
    several = len({*trial.outline.scales, *target.scales}) > 1
    settling = Settling(trial, target, Sentences(old.dialect, several), Reader(old.dialect))
    _settle(settling, _of(old, scales), _of(new, scales))
    return _document(old, new, tuple(trial.orders), words)


def _parsed(text: str, language: str) -> SyntaxFile:
    syntax, _ = parse(source_of(text))
    assert syntax is not None and syntax.dialect == language
    return syntax


def _in_dialect(book: Rulebook, language: str) -> SyntaxFile:
    syntax = _parsed(book.source.text, book.dialect)
    return syntax if book.dialect == language else _parsed(print_file(syntax, language), language)


def _both(one: Vocabulary, other: Vocabulary) -> Vocabulary:
    names = dict.fromkeys((*one.names, *other.names))
    return Vocabulary(tuple(names), tuple(dict.fromkeys((*one.grades, *other.grades))))


# --- scales


def _of(book: Rulebook, scales: Container[str] | None) -> list[Scale]:
    return [scale for scale in book.scales if scales is None or scale.id in scales]


def _settle(settling: Settling, old: Sequence[Scale], new: Sequence[Scale]) -> None:
    """Scales that go, scales that stay, scales that come."""
    later = {scale.id: scale for scale in new}
    former = {scale.id: scale for scale in old}
    for scale in former:
        if scale not in later:
            _away(settling, scale)
    for scale in former:
        if scale in later:
            settle_scale(settling, former[scale], later[scale])
    ahead = ""
    for scale in later:
        standing = settling.trial.outline
        if not (scale in standing.scales and _follows(standing, ahead, scale, later) and settling.same(scale, "")):
            _bring(settling, scale, ahead)
        ahead = scale


def _follows(text: Outline, ahead: str, scale: str, wanted: Container[str]) -> bool:
    """Whether a scale stands right behind another, or first, among those that are wanted."""
    scales = [each for each in text.scales if each in wanted]
    return scales.index(scale) == (scales.index(ahead) + 1 if ahead else 0)


def _away(settling: Settling, scale: str) -> None:
    head = settling.trial.outline.passages[settling.trial.outline.scales[scale]]
    settling.trial.attempt(settling.sentences.repeal(settling.sentences.node(head, scale)))


def _bring(settling: Settling, scale: str, ahead: str) -> None:
    """A scale comes behind another, before the first, or to the end of a text that has none."""
    if scale in settling.trial.outline.scales:
        _away(settling, scale)
    sentences, standing = settling.sentences, settling.trial.outline
    content = [
        line
        for index in settling.target.of_scale(scale)
        if settling.target.passages[index].name != "amended"
        for line in settling.reader.lines(settling.target.passages[index])
    ]
    beside = ahead or next(iter(standing.scales), "")
    terminal = "INSERT_AFTER" if ahead else "INSERT_BEFORE" if beside else "INSERT_AT_END"
    where = sentences.spell("THE_DOCUMENT")
    if beside:
        where = sentences.node(standing.passages[standing.scales[beside]], beside)
    settling.trial.attempt(sentences.insert(terminal, where, content))


# --- the document


def _document(old: Rulebook, new: Rulebook, orders: tuple[str, ...], words: Vocabulary) -> Drafted:
    spell = dialect(old.dialect).spell
    lines = list(_head(old, new))
    for number, order in enumerate(orders, start=1):
        lines += ["", f"{_capital(spell('CLAUSE'))} {number} {_capital(spell('ARTICLE'))} 1", *order.split("\n")]
    syntax, slips = parse(source_of("\n".join((*lines, ""))), words)
    assert syntax is not None and not slips, slips
    text = print_file(syntax)
    return Drafted(text, _read(text, words), orders)


def _read(text: str, words: Vocabulary) -> Amendment:
    source = source_of(text)
    syntax, slips = parse(source, words)
    assert syntax is not None and not slips, slips
    amendment = read_amendment(syntax, Findings(source, dialect(syntax.dialect)))
    assert amendment is not None
    return amendment


def _head(old: Rulebook, new: Rulebook) -> Iterator[str]:
    """The head of the draft; of the dates those of the later version where they are its own."""
    spell = dialect(old.dialect).spell
    before, after = old.document, new.document
    if old.dialect == "en":
        yield "# language: en"
        yield ""
    yield from _COMMENTS[old.dialect]
    yield ""
    kind = before.kind_word if before.number else _capital(spell("DOCUMENT"))
    yield f"{kind} {BLANK} {spell('AMENDS')} {kind} {before.number or BLANK}"
    if after.issued is not None and after.issued != before.issued:
        yield f"{_capital(spell('ISSUED'))}: {write_date(after.issued, old.dialect)}"
    yield f"{_capital(spell('IN_FORCE'))}: {_in_force(old, after)}"
    if after.first_period is not None and _periods(before) != _periods(after):
        yield f"{_capital(spell('PERIODS'))}: {_period_words(old, after)}"


def _in_force(old: Rulebook, after: Document) -> str:
    spell = dialect(old.dialect).spell
    if after.in_force is None or after.in_force == old.document.in_force:
        return spell("UNDETERMINED")
    until = f" {spell('UNTIL')} {write_date(after.until, old.dialect)}" if after.until is not None else ""
    return f"{spell('FROM')} {write_date(after.in_force, old.dialect)}{until}"


def _periods(document: Document) -> tuple[int | None, int | None]:
    return document.first_period, document.last_period


def _period_words(old: Rulebook, after: Document) -> str:
    spell = dialect(old.dialect).spell
    first, last = _periods(after)
    year = f"{spell('PERIOD')} {spell('FROM')} {spell('YEAR')} {first}"
    if first == last:
        return f"{spell('PERIOD')} {spell('YEAR')} {first}"
    return year if last is None else f"{year} {spell('TO')} {spell('YEAR')} {last}"


def _capital(word: str) -> str:
    return f"{word[0].upper()}{word[1:]}"
