"""Findings about values of units, each with the place people look for it, up to a limit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import define, evolve, field, frozen

from thangdiem.dsl.diagnostic import Diagnostic, Place, Related

MOST_FINDINGS = 200
MOST_ALIKE = 3
"""So many cells of a column with the same fault are told one by one; of more only the first, with their number."""


@frozen
class Spot:
    """A place of the data: for a program, and in words of either language."""

    place: Place | None
    vi: str
    en: str


def spot_of(place: Place) -> Spot:
    """The words for a cell of a file."""
    vi, en = [f"Tệp “{place.file}”"], [f"File “{place.file}”"]
    if place.sheet:
        vi.append(f"trang “{place.sheet}”")
        en.append(f"sheet “{place.sheet}”")
    if place.cell:
        vi.append(f"ô {place.cell}")
        en.append(f"cell {place.cell}")
    return Spot(place, ", ".join(vi), ", ".join(en))


@define
class Findings:
    """What is wrong with the data, in the order it was met."""

    _found: list[Diagnostic] = field(factory=list)
    _groups: list[str] = field(factory=list)
    _alike: Counter[tuple[str, str]] = field(factory=Counter)
    _left_out: int = 0

    @property
    def full(self) -> bool:
        """Whether more findings are only counted."""
        return len(self._found) >= MOST_FINDINGS

    def add(
        self,
        code: str,
        spot: Spot,
        arguments: Mapping[str, object],
        related: tuple[Related, ...] = (),
        column: str = "",
    ) -> None:
        """Note a finding; its message may use {where_vi} and {where_en} besides its arguments.

        Findings of one code in the same ``column`` are told once where there are many.
        """
        if column:
            self._alike[code, column] += 1
            if self._alike[code, column] > MOST_ALIKE:
                return
        if self.full:
            self._left_out += 1
            return
        where = {"where_vi": spot.vi, "where_en": spot.en}
        self._found.append(Diagnostic(code, where | {**arguments}, spot.place, related))
        self._groups.append(column)

    def count_only(self, code: str, column: str) -> None:
        """Note that there is one more finding than are listed, or one more of those told together."""
        self._alike[code, column] += 1
        if self._alike[code, column] <= MOST_ALIKE:
            self._left_out += 1

    def all(self) -> tuple[Diagnostic, ...]:
        """Every finding, and how many more there were."""
        found = tuple(self._grouped())
        return (*found, Diagnostic("TD480", {"count": self._left_out})) if self._left_out else found

    def _grouped(self) -> Iterator[Diagnostic]:
        told: set[tuple[str, str]] = set()
        for found, column in zip(self._found, self._groups, strict=True):
            key = (found.code, column)
            if self._alike[key] <= MOST_ALIKE:
                yield found
            elif key not in told:
                told.add(key)
                others = self._alike[key] - 1
                where = {
                    "where_vi": f"{found.arguments['where_vi']} (và {others} ô khác của cột này có cùng lỗi)",
                    "where_en": f"{found.arguments['where_en']} (and {others} other cells of this column alike)",
                }
                yield evolve(found, arguments={**found.arguments, **where})
