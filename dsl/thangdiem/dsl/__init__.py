"""The language: the text of a decision in, a rulebook and diagnostics out.

Names are loaded when they are first asked for: importing this package does not load the parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thangdiem.dsl.checker import Checked, check, check_text
    from thangdiem.dsl.diagnostic import Diagnostic, Severity
    from thangdiem.dsl.library import RuleSet, RuleSetError, RuleVersion, ScaleRules, load
    from thangdiem.dsl.parser import parse
    from thangdiem.dsl.printer import print_file
    from thangdiem.dsl.resolver import resolve
    from thangdiem.dsl.rulebook import Document, Item, Rulebook, Scale
    from thangdiem.dsl.source import Source, read_source, source_of

__all__ = [
    "Checked",
    "Diagnostic",
    "Document",
    "Item",
    "RuleSet",
    "RuleSetError",
    "RuleVersion",
    "Rulebook",
    "Scale",
    "ScaleRules",
    "Severity",
    "Source",
    "check",
    "check_text",
    "load",
    "parse",
    "print_file",
    "read_source",
    "resolve",
    "source_of",
]

_HOMES = {
    "checker": ("Checked", "check", "check_text"),
    "diagnostic": ("Diagnostic", "Severity"),
    "library": ("RuleSet", "RuleSetError", "RuleVersion", "ScaleRules", "load"),
    "parser": ("parse",),
    "printer": ("print_file",),
    "resolver": ("resolve",),
    "rulebook": ("Document", "Item", "Rulebook", "Scale"),
    "source": ("Source", "read_source", "source_of"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    module = _HOME_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
