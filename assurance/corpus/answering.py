"""A folder with the files of a case and a question in, the answer of this implementation out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import chdir
from fractions import Fraction
from pathlib import Path
from typing import Any

from assurance.corpus.case import Answer, Question
from assurance.corpus.command_lines import commanded
from assurance.corpus.machines import MACHINES
from thangdiem.dsl.checker import check_bytes
from thangdiem.dsl.choosing import Choice, choice
from thangdiem.dsl.diagnostic import Diagnostic, Place, has_errors
from thangdiem.dsl.library import RuleSet, RuleSetError, RuleVersion, load
from thangdiem.dsl.numerals import write_plain
from thangdiem.dsl.rulebook import Rulebook, State
from thangdiem.dsl.version_findings import with_versions
from thangdiem.engine.examples import run_examples
from thangdiem.engine.explanation import explain
from thangdiem.engine.rendering import Renderer
from thangdiem.engine.result import ItemResult, Mode, Results, UnitResult
from thangdiem.engine.scoring import read_units, score_units, unreadable
from thangdiem.engine.tables import Table, read_table

Json = dict[str, Any]


def answer(folder: Path, question: Question) -> Answer:
    """What is found, and what every unit comes to."""
    with chdir(folder), MACHINES[question.get("machine", "")]():
        if "commands" in question:
            exits, found = commanded(question["commands"])
            return _answer(found, accepted=not any(exits), exits=exits)
        if "template" in question:
            return _laid_out(question)
        if "rules" not in question:
            return _table(question)
        if "data" in question:
            return _scored(question)
        if not {"on", "period", "only"}.isdisjoint(question):
            return _version(question)
        return _rules(question["rules"], question.get("anyway", False))


def _rules(path: str, anyway: bool) -> Answer:
    """A file or a folder checked; where nothing is wrong, its examples evaluated; ``anyway`` though something is."""
    if os.path.isdir(path):
        rules = with_versions(load(path))
        return _answer(rules.diagnostics)
    checked = check_bytes(Path(path).read_bytes(), path)
    if checked.book is None or (checked.has_errors and not anyway):
        return _answer(checked.diagnostics)
    return _of_examples((checked.book,), checked.diagnostics)


def _of_examples(books: Iterable[Rulebook], found: Iterable[Diagnostic], **more: Any) -> Answer:
    reports = [report for book in books for report in run_examples(book)]
    units = [{"example": each.example.title, **_unit(unit)} for each in reports for unit in each.units]
    told = [one for each in reports for one in each.findings]
    unmet = [each.written for report in reports for each in report.comparisons if not each.met]
    if unmet:
        more["unmet"] = unmet
    return _answer((*found, *told), units=units, **more)


def _version(question: Question) -> Answer:
    """The text in force on a day or for a period, its findings and its examples."""
    documents = load(question["rules"])
    try:
        version = _asked(documents, question)
    except RuleSetError as error:
        return _answer(error.diagnostics)
    text = [line for book in version.books for line in book.source.text.splitlines()]
    why = _diagnostic(version.why)
    return _of_examples(version.books, version.diagnostics, why=why, **({"text": text} if documents.amendments else {}))


def _asked(documents: RuleSet, question: Question) -> RuleVersion:
    if "on" in question:
        return documents.on(question["on"])
    if "period" in question:
        return documents.for_period(question["period"])
    return documents.only()


def _scored(question: Question) -> Answer:
    documents = load(question["rules"])
    try:
        chosen = choice(documents, question.get("scale"), question.get("period"), question.get("on"))
    except RuleSetError as error:
        return _answer(error.diagnostics)
    table, faults = _read(question, chosen.book.dialect)
    if table is None:
        return _answer(faults)
    return _of_units(table, chosen, documents, faults, Mode(question.get("mode", "final")))


def _of_units(table: Table, chosen: Choice, documents: RuleSet, faults: tuple[Diagnostic, ...], mode: Mode) -> Answer:
    read = read_units(table, chosen, documents)
    found = (*faults, *read.findings)
    if unreadable(found):
        return _answer(found)
    results = score_units(read, chosen, mode)
    told = [one for each in results for one in (*each.diagnostics, *_told(each))]
    return _answer((*found, *told), units=[_unit(unit) for each in results for unit in each.units])


def _told(results: Results) -> Iterator[Diagnostic]:
    for unit in results.units:
        yield from unit.diagnostics


def _read(question: Question, dialect: str) -> tuple[Table | None, tuple[Diagnostic, ...]]:
    name = question["data"]
    language = "en" if dialect == "en" else "vi"
    return read_table(name, Path(name).read_bytes(), dialect=language, sheet=question.get("sheet"))  # type: ignore[arg-type]


def _table(question: Question) -> Answer:
    """A data file read by itself: the texts of its cells."""
    table, found = _read(question, question.get("dialect", "vi"))
    if table is None:
        return _answer(found)
    return _answer(found, table=[[cell.text for cell in row] for row in (table.header, *table.rows)])


def _laid_out(question: Question) -> Answer:
    """The first unit of the first example explained by an office's own template."""
    checked = check_bytes(Path(question["rules"]).read_bytes(), question["rules"])
    assert checked.book is not None
    unit = run_examples(checked.book)[0].units[0]
    assert unit.rules is not None
    results = Results(unit.rules.book, unit.rules.scale, Mode.FINAL, (unit,))
    text, found = Renderer(Path(question["template"])).explanation(explain(results, unit, "vi"))
    return _answer(found) if text is None else _answer(found, text=text.splitlines())


def _answer(found: Iterable[Diagnostic], accepted: bool | None = None, **more: Any) -> Answer:
    told = tuple(found)
    fine = not has_errors(told) if accepted is None else accepted
    return {"accepted": fine, **more, "diagnostics": [_diagnostic(each) for each in told]}


def _diagnostic(found: Diagnostic) -> Json:
    return {"code": found.code, "severity": found.severity.value, **_place(found.place)}


def _place(place: Place | None) -> Json:
    """Lines and columns from 1, in characters; ``to`` is behind the last one."""
    if place is None:
        return {}
    shown: Json = {"file": place.file}
    if place.start is not None:
        shown["from"] = [place.start.line + 1, place.start.column + 1]
    if place.end is not None and place.end != place.start:
        shown["to"] = [place.end.line + 1, place.end.column + 1]
    if place.sheet is not None:
        shown["sheet"] = place.sheet
    if place.cell is not None:
        shown["cell"] = place.cell
    return shown


def _unit(unit: UnitResult) -> Json:
    low, high = unit.range or (None, None)
    shown = {
        "unit": unit.unit,
        "scale": unit.scale,
        "status": unit.status.value,
        "total": _number(unit.total),
        "maximum": _number(unit.maximum),
        "grade": unit.grade,
        "rank": unit.rank,
        "range": [_number(low), _number(high)] if unit.range else None,
        "grades": list(unit.grades) if unit.range else None,
        "items": [_item(each) for each in unit.items],
    }
    return {key: value for key, value in shown.items() if value is not None}


def _item(item: ItemResult) -> list[Any]:
    return [item.code, _number(item.score) if item.state is State.VALUE else item.state.value]


def _number(value: Fraction | None) -> str | None:
    return None if value is None else write_plain(value)
