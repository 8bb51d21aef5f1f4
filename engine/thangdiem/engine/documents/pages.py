"""Reports on rules in; text, Markdown or a page out, by the templates of the package."""

from __future__ import annotations

from thangdiem.engine.documents.parts import ConsolidatedReports, HistoryReport, RegisterReport
from thangdiem.engine.layout import Form, Layout


def render_consolidated(version: ConsolidatedReports, form: Form = "html") -> str:
    """The documents by the template ``consolidated.html`` or ``consolidated.md``; as text they are rule files."""
    return _rendered("consolidated", form, version.language, {"version": version.to_data()})


def render_history(history: HistoryReport, form: Form = "html") -> str:
    """The lives by the template ``history.html``, ``history.md`` or ``history.txt``."""
    return _rendered("history", form, history.language, {"history": history.to_data()})


def render_register(register: RegisterReport, form: Form = "html") -> str:
    """The readings by the template ``interpretations.html``, ``interpretations.md`` or ``interpretations.txt``."""
    return _rendered("interpretations", form, register.language, {"register": register.to_data()})


def _rendered(name: str, form: Form, language: str, data: dict[str, object]) -> str:
    text, diagnostics = Layout().render(name, form, language, data)
    if text is None:  # unreached: our own templates are right, and what they write is bounded by the data
        raise AssertionError(diagnostics)
    return text
