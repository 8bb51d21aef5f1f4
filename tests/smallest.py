"""A rule file and units that show something in; the fewest lines, units, columns and words that still show it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import evolve

from generated.freely import Drawn

Shows = Callable[[Drawn], bool]


def smallest(found: Drawn, shows: Shows) -> Drawn:
    """What is left when nothing more can be left out."""
    smaller = True
    while smaller:
        smaller = False
        for candidate in _smaller(found):
            if shows(candidate):
                found, smaller = candidate, True
                break
    return found


def _smaller(found: Drawn) -> Iterator[Drawn]:
    for place in range(len(found.units)):
        if len(found.units) > 1:
            yield evolve(found, units=(*found.units[:place], *found.units[place + 1 :]))
    for place in range(len(found.others)):
        yield evolve(found, others=(*found.others[:place], *found.others[place + 1 :]))
    yield from _fewer_lines(found)
    yield from _fewer_words(found)
    for place, unit in enumerate(found.units):
        for key in unit:
            if key != "Đơn vị":
                fewer = {each: value for each, value in unit.items() if each != key}
                yield evolve(found, units=(*found.units[:place], fewer, *found.units[place + 1 :]))


def _fewer_lines(found: Drawn) -> Iterator[Drawn]:
    lines = found.text.split("\n")
    for size in (8, 4, 2, 1):
        for place in range(len(lines) - size, 1, -1):
            yield evolve(found, text="\n".join([*lines[:place], *lines[place + size :]]))


_BRACKETED = re.compile(r"\(([^()]*)\)")
_PARTS = (" và ", " hoặc ", " + ", " - ", " * ", " × ", " / ", ", ", "; ")


def _fewer_words(found: Drawn) -> Iterator[Drawn]:
    """One side of an operation, the inside of brackets, a head without its limits."""
    lines = found.text.split("\n")
    for place, line in enumerate(lines):
        for shorter in _shorter(line):
            yield evolve(found, text="\n".join([*lines[:place], shorter, *lines[place + 1 :]]))


def _shorter(line: str) -> Iterator[str]:
    for part in _PARTS:
        for match in re.finditer(re.escape(part), line):
            yield line[: match.start()]
            yield line[: match.start()] + line[match.end() + len(line[match.end() :].split(" ")[0]) :]
            head = max(
                line.rfind(each, 0, match.start()) + len(each) for each in ("= ", "khi ", "(", ": ", "- ", "theo ")
            )
            yield line[:head] + line[match.end() :]
    for match in _BRACKETED.finditer(line):
        yield line[: match.start()] + match[1] + line[match.end() :]
    for match in re.finditer(r"(?:làm tròn|căn|ln|lg|exp|nhỏ nhất|lớn nhất|trị tuyệt đối)\(([^();]*)[^()]*\)", line):
        yield line[: match.start()] + match[1] + line[match.end() :]
