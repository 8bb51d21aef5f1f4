"""Which passage stands under what: the passages of a text in, its scales, items and their extents out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from attrs import frozen

from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.numbering import nest
from thangdiem.dsl.passages import Passage

EXAMPLES = "@examples"
"""Where examples stand: in no scale."""

_OF_SCALE = frozenset(("audience", "counts", "layers", "data_field", "grades", "ranking", "better"))
_AFTER_ITEMS = frozenset(("grades", "ranking"))


@frozen(eq=False)
class Outline:
    """For each passage the scale and the item or bonus it stands in; both empty for the document's own."""

    passages: Sequence[Passage]
    scale_of: tuple[str, ...]
    owner_of: tuple[str, ...]

    @cached_property
    def scales(self) -> dict[str, int]:
        """The scales by id, with where they begin."""
        return {each.code: index for index, each in enumerate(self.passages) if each.name == "scale"}

    @cached_property
    def heads(self) -> dict[tuple[str, str], int]:
        """Items and bonuses by scale and code, with where they begin."""
        return {
            (self.scale_of[index], each.code): index
            for index, each in enumerate(self.passages)
            if each.name in ("item", "bonus")
        }

    @cached_property
    def parents(self) -> dict[tuple[str, str], str]:
        """The item each item or bonus stands in, or nothing for the scale."""
        found: dict[tuple[str, str], str] = {}
        for scale in self.scales:
            items = [
                key for key, index in self.heads.items() if key[0] == scale and self.passages[index].name == "item"
            ]
            parents = nest([(code, self._kind(self.heads[scale, code])) for _, code in items])
            for key, parent in zip(items, parents, strict=True):
                found[key] = items[parent][1] if parent is not None and parent >= 0 else ""
        for key, index in self.heads.items():
            if self.passages[index].name == "bonus":
                found[key] = self.passages[index].head.token("CODE")
        return found

    def _kind(self, index: int) -> int:
        head = self.passages[index].head
        return dialect(head.dialect).spellings["KIND"].index(" ".join(head.token("KIND").lower().split()))

    def scale(self, wanted: str) -> str | None:
        """The scale of that id, tone marks optional."""
        return next((each for each in self.scales if toneless(each) == toneless(wanted)), None)

    def below(self, scale: str, code: str) -> tuple[str, ...]:
        """The codes of the items and bonuses right below an item, or below the scale, in the order of the text."""
        return tuple(key[1] for key in self.heads if key[0] == scale and self.parents[key] == code)

    def own(self, scale: str, code: str) -> list[int]:
        """Where the statements of an item itself stand, its head first; with no code those of the scale."""
        return [index for index, owner in enumerate(self.owner_of) if owner == code and self.scale_of[index] == scale]

    def extent(self, scale: str, code: str) -> list[int]:
        """Where an item stands with all that is below it."""
        codes = {code}
        for key, parent in self.parents.items():
            if key[0] == scale and parent in codes:
                codes.add(key[1])
        return [index for index, owner in enumerate(self.owner_of) if owner in codes and self.scale_of[index] == scale]

    def of_scale(self, scale: str) -> list[int]:
        """Where everything of a scale stands."""
        return [index for index, each in enumerate(self.scale_of) if each == scale]


def outline(passages: Sequence[Passage]) -> Outline:
    """The outline of a text."""
    scales: list[str] = []
    owners: list[str] = []
    scale = owner = ""
    for passage in passages:
        if passage.name == "example":
            scales.append(EXAMPLES)
            owners.append(passage.head.token("TEXT"))
            continue
        if passage.name == "scale":
            scale, owner = passage.code, ""
        elif passage.name in ("item", "bonus"):
            owner = passage.code
        elif passage.name in _AFTER_ITEMS:
            owner = ""
        scales.append(scale)
        owners.append("" if passage.name in _OF_SCALE else owner)
    return Outline(passages, tuple(scales), tuple(owners))
