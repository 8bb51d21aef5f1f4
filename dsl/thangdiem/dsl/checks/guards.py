"""Branches and cases under conditions: one of them always holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.totals import truth
from thangdiem.dsl.checks import steps
from thangdiem.dsl.checks.survey import Ground, grounds
from thangdiem.dsl.diagnostic import Diagnostic

_NO_VALUE = rb.YesNo(True)


def check_guards(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD260 a method or the grades have no branch that always holds; TD261 neither have cases."""
    for ground in grounds(book):
        for method, node in _guarded(ground):
            whens = [guard.when for guard in method.guards]
            if not always(whens, ground):
                related = tuple(("branch", guard.span) for guard in method.guards[:-1])
                yield ground.tell("TD260", _head(method.guards[-1].when, method.span), node, related)
        whens = [grading.when for grading in ground.scale.gradings]
        if whens and not always(whens, ground):
            yield ground.tell("TD260", _head(whens[-1], ground.scale.gradings[-1].span))
        for cases, node in ground.methods:
            if isinstance(cases, rb.Cases) and cases.cases and not always([case.when for case in cases.cases], ground):
                yield ground.tell("TD261", cases.cases[-1].span, node)


def _head(when: rb.Expression | None, otherwise: rb.Span) -> rb.Span:
    return otherwise if when is None else when.span


def _guarded(ground: Ground) -> Iterator[tuple[rb.Guarded, rb.Item | rb.Bonus | None]]:
    for node in ground.nodes:
        if isinstance(node.method, rb.Guarded):
            yield node.method, node
    if isinstance(ground.scale.total, rb.Guarded):
        yield ground.scale.total, None


def always(whens: Sequence[rb.Expression | None], ground: Ground) -> bool:
    """Whether one of the conditions provably holds in every case."""
    conditions = [when for when in whens if when is not None]
    if len(conditions) < len(whens) or any(truth(when, ground.world) is True for when in conditions):
        return True
    denied = [when.part for when in conditions if isinstance(when, rb.Not)]
    if any(when in denied for when in conditions):
        return True
    parts = [part for when in conditions for part in (when.parts if isinstance(when, rb.AnyOf) else (when,))]
    return _tile(parts, ground)


def _tile(parts: list[rb.Expression], ground: Ground) -> bool:
    """Whether comparisons of one and the same subject leave nothing out."""
    rows = []
    subject: rb.Expression | None = None
    for part in parts:
        this, cell = (part.subject, part.ranges) if isinstance(part, rb.Within) else (part, (_yes(True),))
        if isinstance(part, rb.Not):
            this, cell = part.part, (_yes(False),)
        subject = this if subject is None else subject
        if this != subject:
            return False
        rows.append(rb.Row((cell,), _NO_VALUE))
    table = None if subject is None else steps.read(rb.Steps((subject,), tuple(rows)), ground)
    return table is not None and not table.left


def _yes(value: bool) -> rb.Range:
    answer = rb.YesNo(value)
    return rb.Range(answer, answer)
