"""Every scale that ships, and every scheme of the tests, by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from drawing import drawn_anew
from thangdiem.dsl.all_versions import all_versions
from thangdiem.dsl.library import ScaleRules, load
from thangdiem.dsl.rulebook import Rulebook

_TESTS = Path(__file__).parent
RULES = _TESTS.parent / "rules"
SHIPPED = sorted(path for path in RULES.iterdir() if path.is_dir())
SCHEMES = sorted((_TESTS / "rules" / "schemes").glob("*.rubric"))
SETS = {path.stem if path.suffix == ".rubric" else path.name: path for path in (*SHIPPED, *SCHEMES)}
_LARGE = {"minh-hoa": RULES / "minh-hoa" / "minh-hoa.rubric"}
"""Sets of which few examples look at the first version alone: every test of it reads the same file."""


@cache
def scales_of(name: str) -> tuple[ScaleRules, ...]:
    """The scales of the documents of a set; of every version where many examples are asked for."""
    return tuple(ScaleRules(book, scale) for book in _books(name) for scale in book.scales)


def _books(name: str) -> tuple[Rulebook, ...]:
    if drawn_anew():
        rules = load(SETS[name])
        return tuple(book for version in all_versions(rules) for book in version.books) or rules.documents
    return load(_LARGE.get(name, SETS[name])).documents
