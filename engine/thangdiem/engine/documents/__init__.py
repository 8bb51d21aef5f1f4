"""The rules themselves told to a reader: a consolidated text, the life of a node, the register of readings."""

from thangdiem.engine.documents.consolidated import consolidated_report
from thangdiem.engine.documents.lives import history_report
from thangdiem.engine.documents.pages import render_consolidated, render_history, render_register
from thangdiem.engine.documents.readings import register_report

__all__ = [
    "consolidated_report",
    "history_report",
    "register_report",
    "render_consolidated",
    "render_history",
    "render_register",
]
