"""Impacts in, a page or Markdown out, by the templates of the package."""

from __future__ import annotations

from collections.abc import Sequence

from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.impact.effect import Impact
from thangdiem.engine.impact.report import report
from thangdiem.engine.layout import Form, Layout


def render_impact(impacts: Sequence[Impact], language: Language = "vi", form: Form = "html") -> str:
    """The report by the template ``impact.html`` or ``impact.md``."""
    data: dict[str, object] = {"impact": report(impacts, language).to_data()}
    text, diagnostics = Layout().render("impact", form, language, data)
    if text is None:  # unreached: our own templates are right, and what they write is bounded by the data
        raise AssertionError(diagnostics)
    return text
