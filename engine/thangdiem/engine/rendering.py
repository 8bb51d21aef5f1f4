"""Explanations and rankings laid out: what they hold in, text, Markdown or a page out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from thangdiem.dsl.diagnostic import Diagnostic, Language
from thangdiem.engine.explanation.parts import Explanation
from thangdiem.engine.explanation.standings import Standings, standings
from thangdiem.engine.explanation.table import render_table
from thangdiem.engine.layout import Form, Layout
from thangdiem.engine.result import Results

if TYPE_CHECKING:
    from thangdiem.engine.differences.parts import DifferenceReport

__all__ = ["Form", "Renderer", "render_ranking", "render_table"]


@frozen
class Renderer(Layout):
    """Lays out explanations and rankings, with the package's templates or an office's own."""

    def explanation(self, explanation: Explanation, form: Form = "html") -> tuple[str | None, tuple[Diagnostic, ...]]:
        """An explanation, by the template ``explanation.html``, ``explanation.md`` or ``explanation.txt``."""
        return self.render("explanation", form, explanation.language, {"explanation": explanation.to_data()})

    def difference(self, report: DifferenceReport, form: Form = "html") -> tuple[str | None, tuple[Diagnostic, ...]]:
        """A comparison of rules, by the template ``difference.html``, ``difference.md`` or ``difference.txt``."""
        return self.render("difference", form, report.language, {"difference": report.to_data()})

    def ranking(self, standings: Standings, form: Form = "html") -> tuple[str | None, tuple[Diagnostic, ...]]:
        """A ranking, by the template ``ranking.html``, ``ranking.md`` or ``ranking.txt``."""
        return self.render("ranking", form, standings.language, {"ranking": standings.to_data()})


def render_ranking(results: Results | Sequence[Results], language: Language = "vi", form: Form = "html") -> str:
    """The ranking of one scale, or of all scales of a document, by the templates of the package."""
    text, diagnostics = Renderer().ranking(standings(results, language), form)
    if text is None:  # unreached: our own templates are right, and what they write is bounded by the data
        raise AssertionError(diagnostics)
    return text
