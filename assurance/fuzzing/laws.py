"""Findings, texts and results of any stage in; BrokenLawError where one does not keep what holds of all of them."""

from __future__ import annotations

from collections.abc import Iterable

from thangdiem.app.terminal import told
from thangdiem.app.wording import messages
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.letters import hidden_controls
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.explanation import explain
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.rendering import Renderer, render_ranking
from thangdiem.engine.result import Mode, Results
from thangdiem.engine.writing import result_json, to_csv, trace_json


class BrokenLawError(Exception):
    """Something that must hold of every input does not."""


def hold(fine: object, law: str) -> None:
    """The law, in words, where it does not hold."""
    if not fine:
        raise BrokenLawError(law)


def tell(found: Iterable[Diagnostic]) -> None:
    """Every finding can be told in both languages, and does nothing to a terminal."""
    for each in found:
        for language in ("vi", "en"):
            shown = told(each, language, messages(language))
            harmful = set(shown) & {"\x1b", "\x9b", "\x07", "\u202e", "\r"}
            hold(not harmful, f"a finding moves the terminal: {each.code} {harmful}")


def score_nothing(book: Rulebook) -> None:
    """A unit of which nothing is known, and one that has a superior and a block, is scored and told by every scale."""
    for scale in book.scales[:3]:
        units = (UnitFacts("A", scale.id), UnitFacts("B", scale.id, superior="A", block="K"))
        for mode in Mode:
            lay_out(evaluate_all(ScaleRules(book, scale), units, mode, 2025))


def lay_out(results: Results) -> None:
    """Results take every form there is; what a browser or a spreadsheet reads does nothing there."""
    unit = results.units[0] if results.units else None
    tell(found for each in results.units for found in each.diagnostics)
    result_json((results,), "vi")
    for line in to_csv((results,), "vi").splitlines():
        hold(not line.startswith(("=", "+", "@")), "a cell of a CSV file is a formula")
    texts = [render_ranking(results, "vi", "html"), render_ranking(results, "en", "md")]
    if unit is not None:
        if unit.trace is not None:
            trace_json(unit, results.book, results.scale)
        for form in ("html", "txt"):
            text, wrong = Renderer().explanation(explain(results, unit), form)
            hold(text is not None, f"an explanation cannot be laid out: {wrong}")
            texts.append(text or "")
    for text in texts:
        hold(not hidden_controls(text), "a page has hidden controls")
        hold("<script" not in text.casefold(), "a page has a script")
