"""Maximum points that a rule asks for although the file states none."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.checks.survey import Ground, grounds
from thangdiem.dsl.diagnostic import Diagnostic


def check_no_maximum(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD251 ``điểm tối đa`` of what has none, and grades by share of a scale that has none."""
    for ground in grounds(book):
        told: set[rb.Span] = set()
        for grading in ground.scale.gradings:
            if grading.basis is rb.GradeBasis.SHARE and _has_none("", ground):
                yield _finding("", grading.span, ground)
        for whole in walk.expressions_of(ground.scale):
            for part in walk.all_of(whole):
                for code in _asked(part):
                    if part.span not in told and _has_none(code, ground):
                        told.add(part.span)
                        yield _finding(code, part.span, ground)


def _asked(part: rb.Expression) -> tuple[str, ...]:
    """The nodes whose maximum an expression asks for: one, or each item that a condition looks at."""
    match part:
        case rb.MaximumOf() if part.code != "*":
            return (part.code,)
        case rb.SomeItem() | rb.ItemCount() if rb.MaximumOf("*") in tuple(walk.all_of(part)):
            return part.codes
        case _:
            return ()


def _has_none(code: str, ground: Ground) -> bool:
    """Whether nothing is stated; what the file says is not known is told where it stands."""
    node = _node(code, ground)
    points = ground.scale.points if node is None else node.points
    return points is None or (points.high is None and points.form is not rb.PointsForm.UNKNOWN)


def _finding(code: str, span: rb.Span, ground: Ground) -> Diagnostic:
    node, written = _node(code, ground), ground.book.source.text[span.start : span.end]
    first_line = " ".join(written.split("\n")[0].split())
    return ground.tell("TD251", span, node, item=ground.crumbs(node)[-1], expression=first_line)


def _node(code: str, ground: Ground) -> rb.Item | rb.Bonus | None:
    """The item or the bonus; None is the scale."""
    tables = ground.world.tables
    return tables.items.get(code) or tables.bonuses.get(code)
