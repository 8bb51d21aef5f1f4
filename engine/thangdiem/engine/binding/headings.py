"""The heading of a column in, what it stands for in a scale out, or why it stands for nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from attrs import field, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.dialect import DIALECTS, dialect
from thangdiem.dsl.letters import fold
from thangdiem.dsl.suggestion import closest
from thangdiem.engine.binding import words
from thangdiem.engine.binding.columns import (
    Column,
    Columns,
    MarkColumn,
    ScoreColumn,
    Special,
    bonuses_of,
    counting_layer,
)

_LAYERED = re.compile(r"(.*\S)\s*\(([^()]+)\)")


@frozen
class Target:
    """What a column stands for, and which layer of points it holds."""

    column: Column
    layer: str = ""


@frozen
class Heading:
    """The targets of a heading; where there are none and it is not ``ignored``, ``fault`` says why."""

    targets: tuple[Target, ...] = ()
    ignored: bool = False
    fault: str = ""
    arguments: Mapping[str, object] = field(factory=dict)


def read_heading(text: str, columns: Columns) -> Heading:
    """What a heading stands for: a datum, an item, a letter of a checklist, or something about the unit."""
    text = " ".join(text.split())
    layers = columns.scale.layers
    if layers is not None and (found := _LAYERED.fullmatch(text)):
        layer = next((name for name in layers.names if fold(name) == fold(found[2])), None)
        heading = _plain(found[1], columns)
        scored = _has_scores(heading)
        if scored and layer is None:
            return Heading(
                fault="TD478",
                arguments={
                    "layers": ", ".join(layers.names),
                    "example": f"{found[1]} ({counting_layer(layers)})",
                },
            )
        if scored:
            return Heading(tuple(Target(target.column, layer or "") for target in heading.targets))
    heading = _plain(text, columns)
    if layers is not None and _has_scores(heading):
        example = f"{text} ({counting_layer(layers)})"
        return Heading(fault="TD478", arguments={"layers": ", ".join(layers.names), "example": example})
    return heading


def _has_scores(heading: Heading) -> bool:
    return any(isinstance(target.column, ScoreColumn | MarkColumn) for target in heading.targets)


def _plain(text: str, columns: Columns) -> Heading:
    key = fold(text)
    if key.startswith("[") and key.endswith("]"):
        known = columns.data.get(key[1:-1].strip())
        return Heading((Target(known),)) if known else _unknown(text, columns)
    coded = _coded(key, columns)
    if coded is not None:
        return coded
    found: list[Column] = []
    if (datum := columns.data.get(key)) is not None:
        found.append(datum)
    titled = tuple(code for code in columns.titles.get(key, ()) if code in columns.scores)
    if len(titled) > 1 or (titled and found):
        meanings = [f"[{datum.datum.name}]"] if datum is not None else []
        return Heading(fault="TD453", arguments={"meanings": ", ".join([*meanings, *titled])})
    found.extend(columns.scores[code] for code in titled)
    if (special := _special(key)) is not None:
        found.append(special)
    if (decision := _decision(key, columns)) is not None:
        found.append(decision)
    if found:
        return Heading(tuple(map(Target, found)))
    if key in words.IGNORED:
        return Heading(ignored=True)
    for code in columns.titles.get(key, ()):
        return _refused(code, columns)
    return _unknown(text, columns)


def _coded(key: str, columns: Columns) -> Heading | None:
    """``1.2``, ``Chỉ số 1.2``, ``1.2 Ban chỉ đạo họp``, ``1.4.a``."""
    for word in () if key[:1].isdigit() else _kind_words():
        if key.startswith(f"{word} ") and (found := _coded(key[len(word) + 1 :], columns)) is not None:
            return found
    code, _, rest = key.partition(" ")
    item = columns.items.get(code.rstrip("."))
    if item is not None and fold(rest.strip(' :-–"“”')) in ("", fold(item.title)):
        score = columns.scores.get(item.code)
        return Heading((Target(score),)) if score else _refused(item.code, columns)
    owner, _, letter = key.rpartition(".")
    item = columns.items.get(owner)
    if item is None:
        return _bonus(key, columns)
    mark = columns.marks.get((item.code, letter))
    if mark is not None:
        return Heading((Target(mark),))
    if _decided_by_condition(item, letter):
        return Heading(fault="TD451", arguments={"code": f"{item.code}.{letter}", "reads": "–"})
    return None


def _decided_by_condition(item: rb.Item, letter: str) -> bool:
    marks = item.method.marks if isinstance(item.method, rb.Checklist) else ()
    return any(fold(mark.letter) == letter for mark in marks)


def heading_of(key: str) -> str:
    """How a column is headed that holds what is given for an item, by its code, or for a bonus, by its key."""
    if key.startswith(("+", "-")):
        return f"{'Điểm trừ' if key.startswith('-') else 'Điểm thưởng'} {key[1:]}"
    return key


def _bonus(key: str, columns: Columns) -> Heading | None:
    """``Điểm thưởng Giải thưởng quốc gia``, with quotes or without."""
    for bonus in bonuses_of(columns.scale):
        title = fold(bonus.title)
        terminal = "DEDUCTION" if bonus.deduction else "BONUS"
        names = {f"{fold(each)} {title}" for name in DIALECTS for each in dialect(name).spellings[terminal]}
        if key.translate(_QUOTES) in names or key == fold(bonus.key):
            score = columns.scores.get(bonus.key)
            return Heading((Target(score),)) if score else _refused(bonus.key, columns)
    return None


_QUOTES = str.maketrans("", "", '"“”')


@cache
def _kind_words() -> tuple[str, ...]:
    spellings = {fold(word) for name in DIALECTS for word in dialect(name).spellings["KIND"]}
    return tuple(sorted(spellings, key=len, reverse=True))


def _special(key: str) -> Special | None:
    for names, special in (
        (words.TOTAL, Special.TOTAL),
        (words.KIND_OF_UNIT, Special.KIND),
        (words.BLOCK, Special.BLOCK),
        (words.SUPERIOR, Special.SUPERIOR),
    ):
        if key in names:
            return special
    return None


def _decision(key: str, columns: Columns) -> Column | None:
    for name in DIALECTS:
        for opening in dialect(name).spellings["DECIDED_BY"]:
            key = key.removeprefix(f"{fold(opening)} ")
    return columns.decisions.get(key)


def _refused(code: str, columns: Columns) -> Heading:
    """An item that takes no points from the data: they are computed, or made of its components."""
    item = columns.items.get(fold(code))
    if item is not None and item.children:
        codes = ", ".join(child.code for child in item.children[:8])
        return Heading(fault="TD452", arguments={"code": code, "codes": codes})
    reads = [f"[{name}]" for name, datum in columns.scale.data.items() if code in datum.used_by]
    return Heading(fault="TD451", arguments={"code": code, "reads": ", ".join(reads[:8]) or "–"})


def _unknown(text: str, columns: Columns) -> Heading:
    known = (
        *(column.datum.name for column in columns.data.values()),
        *columns.scores,
        *(f"{code}.{letter}" for code, letter in columns.marks),
        *(column.name for column in columns.decisions.values()),
        *_ABOUT_UNITS,
    )
    near = closest(text.strip("[]"), known) or tuple(known[:8])
    quoted = ", ".join(f"“[{name}]”" if fold(name) in columns.data else f"“{name}”" for name in near)
    return Heading(fault="TD450", arguments={"nearest": quoted})


_ABOUT_UNITS = ("Tổng điểm", "Loại đơn vị", "Khối", "Trực thuộc", "Ghi chú")
