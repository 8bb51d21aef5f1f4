"""A rule set in; what each of its files holds, in a few lines for its author, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from thangdiem.app.columns import visible
from thangdiem.app.invocation import Invocation
from thangdiem.app.wording import Words
from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.amendments.clauses import Amendment
from thangdiem.dsl.library import RuleSet
from thangdiem.dsl.numerals import write_number
from thangdiem.dsl.resolve.documents import named


def held_by(rules: RuleSet, run: Invocation) -> dict[str, tuple[str, ...]]:
    """What each file of a rule set holds, by its name."""
    books = {book.source.name: tuple(contents(book, run)) for book in (*rules.documents, *rules.official)}
    orders = {each.source.name: tuple(_ordered(each, run)) for each in rules.amendments}
    return {name: (*books.get(name, ()), *orders.get(name, ())) for name in {**books, **orders}}


def _ordered(amendment: Amendment, run: Invocation) -> Iterator[str]:
    """An amending document: its name, and how many clauses it has for each document it amends."""
    yield visible(named(amendment.document))
    for number, count in Counter(clause.amends for clause in amendment.clauses).items():
        yield visible(run.words.count("amends-by-clauses", count).replace("DOCUMENT", number))


def contents(book: rb.Rulebook, run: Invocation) -> Iterator[str]:
    """The document, each scale with its items, points and grades, and what is kept as text only."""
    words = run.words
    document = book.document
    yield visible(" ".join(filter(None, (document.kind_word, document.number, _quoted(document.title)))))
    for scale in book.scales:
        yield visible(
            words("scale-holds", scale=scale.id, points=_points(scale.points, run), items=_items(scale, words))
        )
        for grading in scale.gradings:
            yield "  " + visible(words("grades-are", grades=", ".join(grading.grades)))
    yield words.count("examples", len(book.examples))
    for line in _only_text(book, words):
        yield visible(line)


def _quoted(text: str) -> str:
    return f"“{text}”" if text else ""


def _points(points: rb.Points, run: Invocation) -> str:
    if points.form is rb.PointsForm.NO_TOTAL:
        return run.words("no-total")
    if points.high is None:
        return run.words("no-maximum")
    return run.words("at-most", points=write_number(points.high, run.language))


def _items(scale: rb.Scale, words: Words) -> str:
    kinds = Counter(item.kind_word.lower() for item in scale.walk())
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items()) or words("no-items")


def _only_text(book: rb.Rulebook, words: Words) -> Iterator[str]:
    """Provisions that are quoted and do not run, and points that are not known."""
    articles = [f"{words('article')} {article.number}" for article in book.document.articles]
    if articles:
        yield words("only-text", provisions=", ".join(articles))
    for scale in book.scales:
        unknown = [item.code for item in scale.walk() if item.points.form is rb.PointsForm.UNKNOWN]
        if unknown:
            yield words("points-unknown", scale=scale.id, codes=", ".join(unknown))
        quoted = [item.code for item in scale.walk() if item.provision.quotations and _has_no_rule(item)]
        if quoted:
            yield words("quoted-only", scale=scale.id, codes=", ".join(quoted))


def _has_no_rule(item: rb.Item) -> bool:
    return not item.children and isinstance(item.method, rb.Direct) and not item.method.written
