"""What checks of values share: each scale's world with nothing known, and how a finding names its place."""

from __future__ import annotations

from functools import cached_property

from attrs import define

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.totals import extent, of_total
from thangdiem.dsl.bounds.world import Division, World, world_of
from thangdiem.dsl.diagnostic import Diagnostic, Related
from thangdiem.dsl.dialect import dialect

_NOMINAL_YEAR = 2024


@define(eq=False, slots=False)
class Ground:
    """A scale of a rulebook with the world of any unit of it."""

    book: rb.Rulebook
    scale: rb.Scale
    divisions: tuple[Division, ...] = ()
    """Every division that was met where it stands, once the world is there."""

    @cached_property
    def world(self) -> World:
        """The world of any unit; the year assessed is the first that the document applies to."""
        document = self.book.document
        year = document.first_period or (document.in_force.year if document.in_force else _NOMINAL_YEAR)
        found = world_of(self.scale, year=year)
        of_total(found)
        for grading in self.scale.gradings:
            if grading.expression is not None:
                extent(grading.expression, found)
        for key in self.scale.ranking.keys if self.scale.ranking is not None else ():
            if key.value is not None:
                extent(key.value, found)
        # What is asked later is asked without the conditions it stands under: its divisions tell nothing.
        self.divisions = tuple(found.tables.divisions.values())
        return found

    @cached_property
    def crumb(self) -> str:
        """``Thang điểm cấp-tỉnh``."""
        return f"{dialect(self.book.dialect).spell('SCALE').capitalize()} {self.scale.id}"

    def crumbs(self, node: rb.Item | rb.Bonus | None) -> tuple[str, ...]:
        """The scale, the topmost item with its kind, then the codes below it."""
        chain: list[str] = []
        code = "" if node is None else node.code if isinstance(node, rb.Item) else node.owner
        while code:
            item = self.world.tables.items[code]
            chain.insert(0, code if item.parent else f"{item.kind_word.capitalize()} {code}")
            code = item.parent
        return (self.crumb, *chain, *((f"“{node.title}”",) if isinstance(node, rb.Bonus) else ()))

    def tell(
        self,
        code: str,
        at: rb.Span,
        node: rb.Item | rb.Bonus | None = None,
        related: tuple[tuple[str, rb.Span], ...] = (),
        **arguments: object,
    ) -> Diagnostic:
        """A finding about a stretch of the text, inside an item or a bonus or at the scale."""
        place = self.book.source.place
        others = tuple(Related(place(span.start, span.end), label) for label, span in related)
        return Diagnostic(code, arguments, place(at.start, at.end), others, self.crumbs(node))

    def text(self, span: rb.Span) -> str:
        """The words of a stretch, on one line."""
        return " ".join(self.book.source.text[span.start : span.end].split())

    @cached_property
    def nodes(self) -> tuple[rb.Item | rb.Bonus, ...]:
        """Every item and every bonus."""
        found: list[rb.Item | rb.Bonus] = [
            *self.world.tables.items.values(),
            *self.world.tables.bonuses.values(),
        ]
        return tuple(found)

    @cached_property
    def methods(self) -> tuple[tuple[rb.Method, rb.Item | rb.Bonus | None], ...]:
        """Every method and named value with the node it stands at; branches under a condition one by one."""
        found: list[tuple[rb.Method, rb.Item | rb.Bonus | None]] = []
        found.extend((named.method, None) for named in self.scale.names)
        for node in self.nodes:
            found.extend((named.method, node) for named in node.names)
            if node.method is not None:
                found.append((node.method, node))
        if self.scale.total is not None:
            found.append((self.scale.total, None))
        return tuple((branch, node) for method, node in found for branch in branches(method))


def branches(method: rb.Method) -> tuple[rb.Method, ...]:
    """A method, or the methods of its branches."""
    if not isinstance(method, rb.Guarded):
        return (method,)
    return tuple(branch for guard in method.guards for branch in branches(guard.method))


_LATEST: list[tuple[Ground, ...]] = []
"""The grounds of the rulebook looked at last, so that the checks of one file share what one of them found."""


def grounds(book: rb.Rulebook) -> tuple[Ground, ...]:
    """The grounds of a rulebook, one a scale."""
    for found in _LATEST:
        if found and found[0].book is book:
            return found
    found = tuple(Ground(book, scale) for scale in book.scales)
    _LATEST[:] = [found]
    return found
