"""Texts a datum is compared with although it can never hold them: no option of it, no kind of unit."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.letters import fold
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.suggestion import closest
from thangdiem.dsl.walk import all_of, bounds, expressions_of

_KIND_OF_UNIT = frozenset(map(fold, ("loại đơn vị", "áp dụng cho", "unit kind", "kind of unit")))


def check_options(book: Rulebook) -> Iterator[Diagnostic]:
    """TD342 a text that is none of the options declared, or none of the kinds of unit the scales are for."""
    audiences = tuple(dict.fromkeys(name for scale in book.scales for name in scale.audience))
    for scale in book.scales:
        told: set[int] = set()
        for whole in expressions_of(scale):
            for part in all_of(whole):
                if not isinstance(part, rb.Within) or not isinstance(part.subject, rb.Datum):
                    continue
                name = part.subject.name
                known = _options(scale.data.get(name), name, audiences)
                for bound in (each for found in part.ranges for each in bounds(found)):
                    if not known or not isinstance(bound, rb.Text) or id(bound) in told:
                        continue
                    told.add(id(bound))
                    if fold(bound.value) not in {fold(option) for option in known}:
                        nearest = ", ".join(f"“{each}”" for each in closest(bound.value, known) or known[:8])
                        where = crumbs(book, scale)
                        yield finding(book, "TD342", bound.span, where, text=bound.value, name=name, nearest=nearest)


def _options(field: rb.DataField | None, name: str, audiences: tuple[str, ...]) -> tuple[str, ...]:
    """What a datum may hold, where that is known."""
    if field is not None and field.form is rb.DataForm.ONE_OF:
        return field.options
    return audiences if fold(name) in _KIND_OF_UNIT else ()
