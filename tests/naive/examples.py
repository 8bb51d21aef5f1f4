"""The examples of a rule file in; the units they give, as rows of data, out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from naive.literals import day, number, percentage
from naive.outline import outline
from naive.states import State
from naive.unit import Given, Share
from naive.written import child, has, nodes, texts, tokens
from thangdiem.dsl.syntax import Node

_STATES = {
    "NOT_APPLICABLE": State.NOT_APPLICABLE, "MISSING": State.MISSING, "NOT_ASSESSED": State.NOT_ASSESSED,
}  # fmt: skip


@frozen
class Population:
    """The units of an example, by name, with the scale and the year it names, if any."""

    title: str
    scale: str | None
    period: int | None
    units: dict[str, dict[str, Given]]


def examples(text: str) -> Iterator[Population]:
    """Every example of a rule file."""
    found = outline(text)
    for example in found.examples:
        yield _population(example, found.file.dialect)


def _population(example: Node, dialect: str) -> Population:
    title = texts(example, "TEXT")[0]
    scale, period = child(example, "of_scale"), child(example, "period")
    rows = {texts(line, "TEXT")[0]: _row(line, dialect) for line in nodes(example) if line.data == "unit_row"}
    if not rows:
        given = {}
        for line in nodes(example):
            given.update(_row(line, dialect))
        rows = {title: given}
    return Population(
        title,
        None if scale is None else texts(scale, "SCALE_ID")[0],
        None if period is None else int(texts(period, "NUMBER")[0]),
        rows,
    )


def _row(line: Node, dialect: str) -> dict[str, Given]:
    return dict(_assigned(each, dialect) for each in nodes(line) if each.data == "assignment")


def _assigned(assignment: Node, dialect: str) -> tuple[str, Given]:
    target, value = nodes(assignment)
    first, *layer = tokens(target)
    heading = {"DATUM": f"[{first}]", "TOTAL_POINTS": "Tổng điểm"}.get(first.type, str(first))
    return f"{heading} ({layer[0]})" if layer else heading, _value(value, dialect)


def _value(value: Node, dialect: str) -> Given:
    if tokens(value):
        token = tokens(value)[0]
        match token.type:
            case "MARKS":
                return tuple(part.strip() for part in str(token).split(","))
            case "NONE_MET":
                return ()
            case "TEXT":
                return str(token)
            case "DATE":
                return day(str(token))
            case "YES" | "NO":
                return token.type == "YES"
            case _:
                return _STATES[token.type]
    return _number(nodes(value)[0], dialect)


def _number(literal: Node, dialect: str) -> Given:
    minus = -1 if child(literal, "sign") is not None else 1
    if literal.data == "fraction":
        top, bottom = (number(each, dialect) for each in texts(literal, "NUMBER"))
        return minus * top / bottom
    if has(literal, "PERCENT"):
        return Share(minus * percentage(texts(literal, "PERCENT")[0], dialect))
    return minus * Fraction(number(texts(literal, "NUMBER")[0], dialect))
