"""Which names and declared data nothing uses, and which name hides another."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, related
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.letters import fold
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.walk import all_of, expressions_of


def check_names(book: Rulebook) -> Iterator[Diagnostic]:
    """Unused named values, unused declared data."""
    for scale in book.scales:
        used_names, used_data = _used(scale)
        where = crumbs(book, scale)
        for named in _defined(scale):
            if (named.owner, named.name) not in used_names:
                yield finding(book, "TD306", named.span, where, name=named.name)
        for field in scale.data.values():
            if field.declared and field.name not in used_data:
                yield finding(book, "TD307", field.span, where, name=field.name)


def check_shadows(book: Rulebook) -> Iterator[Diagnostic]:
    """Names of items that hide a name of the scale."""
    for scale in book.scales:
        of_scale = {fold(named.name): named for named in scale.names}
        for named in _defined(scale) if of_scale else ():
            hidden = of_scale.get(fold(named.name))
            if named.owner and hidden is not None:
                places = (related(book, "hidden-here", hidden.span),)
                yield finding(book, "TD308", named.span, crumbs(book, scale), places, name=named.name)


def _defined(scale: rb.Scale) -> Iterator[rb.Named]:
    yield from scale.names
    for bonus in scale.bonuses:
        yield from bonus.names
    for item in scale.walk():
        yield from item.names
        for bonus in item.bonuses:
            yield from bonus.names


def _used(scale: rb.Scale) -> tuple[set[tuple[str, str]], set[str]]:
    names: set[tuple[str, str]] = set()
    data: set[str] = set()
    for whole in expressions_of(scale):
        for part in all_of(whole):
            match part:
                case rb.NameRef():
                    names.add((part.owner, part.name))
                case rb.Datum() | rb.Present():
                    data.add(part.name)
                case _:
                    pass
    return names, data
