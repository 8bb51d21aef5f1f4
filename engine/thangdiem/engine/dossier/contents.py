"""The question, the rule files and the data file as read in; everything a dossier holds, computed, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import field, frozen

from thangdiem.dsl.choosing import Choice, choice
from thangdiem.dsl.diagnostic import Diagnostic, Language, Place
from thangdiem.dsl.library import RuleSet, rules_of
from thangdiem.dsl.rule_files import RuleFile
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.engine.dossier.canonical import canonical
from thangdiem.engine.dossier.members import Member, Role, safe_names
from thangdiem.engine.dossier.question import Question
from thangdiem.engine.explanation import explain
from thangdiem.engine.rendering import Renderer, render_ranking
from thangdiem.engine.result import Results, UnitResult
from thangdiem.engine.scoring import Scored, read_units, score_units, unreadable
from thangdiem.engine.tables import read_table
from thangdiem.engine.writing import result_json, trace_json
from thangdiem.engine.writing.plain import diagnostic, diagnostics


@frozen
class Given:
    """What a result is computed from; the rule and data files are members already."""

    question: Question
    rules: tuple[Member, ...]
    data: Member


@frozen
class Computed:
    """What was given, and what came of it."""

    given: Given
    documents: RuleSet = field(repr=False)
    choice: Choice = field(repr=False)
    scored: Scored = field(repr=False)

    @property
    def language(self) -> Language:
        """The language of the rules: no machine's."""
        return _language(self.choice)

    @property
    def units(self) -> int:
        """How many units have been scored."""
        return sum(len(each.units) for each in self.scored.results)

    def members(self) -> Iterator[Member]:
        """Every member, what was given first; the later ones are made when they are asked for."""
        yield from self.given.rules
        yield self.given.data
        yield from self.derived()

    def derived(self) -> Iterator[Member]:
        """The members that are computed."""
        results, language = self.scored.results, self.language
        yield Member("result.json", Role.RESULT, canonical(result_json(results, language)))
        yield from _texts("consolidated", Role.CONSOLIDATED, self.choice.version.books)
        yield from _texts("former", Role.FORMER, [each.book for each in self.choice.version.transitions])
        yield Member("diagnostics.json", Role.DIAGNOSTICS, self._findings())
        yield Member("ranking.html", Role.RANKING, _encoded(render_ranking(results, language)))
        renderer = Renderer()
        numbered = enumerate(((each, unit) for each in results for unit in each.units), 1)
        for number, (each, unit) in numbered:
            trace = canonical(trace_json(unit, each.book, each.scale))
            yield Member(f"traces/{number:05}.json", Role.TRACE, trace, unit.unit)
            page = _encoded(_explanation(renderer, each, unit, language))
            yield Member(f"explanations/{number:05}.html", Role.EXPLANATION, page, unit.unit)

    def _findings(self) -> bytes:
        version = self.choice.version
        return canonical(
            {
                "version": diagnostic(version.why, self.language),
                "rules": diagnostics((*self.documents.diagnostics, *version.diagnostics), self.language),
                "data": diagnostics(self.scored.told(), self.language),
            }
        )


def given_of(question: Question, rules: Sequence[RuleFile], data: RuleFile) -> Given:
    """Files as they were read, under names of their own: no folder of a machine stays in them."""
    names = safe_names(file.name for file in rules)
    members = (Member(f"rules/{name}", Role.RULES, file.data) for name, file in zip(names, rules, strict=True))
    (name,) = safe_names((data.name,))
    return Given(question, tuple(members), Member(f"data/{name}", Role.DATA, data.data))


def compute(given: Given) -> tuple[Computed | None, tuple[Diagnostic, ...]]:
    """What comes of what was given, or why nothing does. Raises ``RuleSetError`` where the rules cannot be had."""
    question = given.question
    documents = rules_of([RuleFile(each.file, each.content) for each in given.rules])
    chosen = choice(documents, question.scale, question.period, question.day)
    table, faults = read_table(given.data.file, given.data.content, dialect=_language(chosen), sheet=question.sheet)
    if table is None:
        return None, faults
    read = read_units(table, chosen, documents)
    found = (*faults, *read.findings)
    if unreadable(found):
        return None, found
    if not read.units:
        return None, (*found, Diagnostic("TD916", {"file": table.name}, Place(table.name)))
    scored = Scored(score_units(read, chosen, question.mode), found)
    if scored.lacks_period:
        year = chosen.book.document.first_period or 2024
        return None, (Diagnostic("TD912", {"year": str(year)}),)
    return Computed(given, documents, chosen, scored), ()


def _texts(folder: str, role: Role, books: Sequence[Rulebook]) -> Iterator[Member]:
    """The text in force of each document, those of former rules each once."""
    texts = {book.source.text: book.source.name for book in books}
    for name, text in zip(safe_names(texts.values()), texts, strict=True):
        yield Member(f"{folder}/{name}", role, _encoded(text))


def _explanation(renderer: Renderer, results: Results, unit: UnitResult, language: Language) -> str:
    page, findings = renderer.explanation(explain(results, unit, language))
    assert page is not None, findings  # our own templates are right
    return page


def _language(chosen: Choice) -> Language:
    return "en" if chosen.book.dialect == "en" else "vi"


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
