"""Findings about values of units, each with the place people look for it, up to a limit."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field, frozen

from thangdiem.dsl.diagnostic import Diagnostic, Place, Related

MOST_FINDINGS = 200


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
    _left_out: int = 0

    @property
    def full(self) -> bool:
        """Whether more findings are only counted."""
        return len(self._found) >= MOST_FINDINGS

    def add(self, code: str, spot: Spot, arguments: Mapping[str, object], related: tuple[Related, ...] = ()) -> None:
        """Note a finding; its message may use {where_vi} and {where_en} besides its arguments."""
        if self.full:
            self._left_out += 1
            return
        where = {"where_vi": spot.vi, "where_en": spot.en}
        self._found.append(Diagnostic(code, where | {**arguments}, spot.place, related))

    def count_only(self) -> None:
        """Note that there is one more finding than are listed."""
        self._left_out += 1

    def all(self) -> tuple[Diagnostic, ...]:
        """Every finding, and how many more there were."""
        if not self._left_out:
            return tuple(self._found)
        return (*self._found, Diagnostic("TD480", {"count": self._left_out}))
