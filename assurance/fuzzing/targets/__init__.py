"""One file a target: the seeds it begins with, how an input is altered, and what must hold of any input.

Each has ``seeds() -> Iterator[bytes]``, ``altered(data, chance) -> bytes``, ``attempt(data) -> None`` and the
``LONGEST`` input in bytes; ``attempt`` raises, whatever it likes, where a law is broken.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

TARGETS = ("rules", "rule_sets", "data", "dossiers", "traces", "templates", "cases", "arguments")


def target(name: str) -> ModuleType:
    """The module of a target."""
    return import_module(f"{__name__}.{name}")
