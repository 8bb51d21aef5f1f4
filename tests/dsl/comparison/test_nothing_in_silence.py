"""Two rulebooks that differ have a change; two that are equal have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields, has
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from altered import alterations, sound
from generated import rule_files
from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison import compare
from thangdiem.dsl.comparison.data import DATUM
from thangdiem.dsl.comparison.documents import DOCUMENT
from thangdiem.dsl.comparison.grading import GRADING
from thangdiem.dsl.comparison.items import BONUS, ITEM
from thangdiem.dsl.comparison.scales import SCALE

TESTS = Path(__file__).parents[2]
PATTERNS = (TESTS / "rules" / "patterns.rubric").read_text(encoding="utf-8")
METHODS = (Path(__file__).parent / "methods.rubric").read_text(encoding="utf-8")
_quiet = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        (rb.Item, ITEM),
        (rb.Bonus, BONUS),
        (rb.Scale, SCALE),
        (rb.DataField, DATUM),
        (rb.Grading, GRADING),
        (rb.Document, DOCUMENT),
    ],
)
def test_every_field_that_makes_a_node_has_a_rule(kind: type, rules: Mapping[str, object]) -> None:
    assert sorted(rules) == sorted(each.name for each in fields(kind) if each.eq)


@pytest.mark.parametrize("text", [PATTERNS, METHODS])
def test_comments_and_layout_are_no_change(text: str) -> None:
    once, again = sound(text), sound("# một ghi chú\n\n" + text.replace("\n  ", "\n    "))
    assert once is not None
    assert again is not None
    assert compare(once, again).changes == ()


@_quiet
@given(st.data())
def test_an_altered_text_that_means_something_else_has_a_change(data: st.DataObject) -> None:
    text = data.draw(st.one_of(st.just(PATTERNS), rule_files(scales=1, indicators=2).map(lambda file: file.text)))
    old, new = sound(text), sound(data.draw(alterations(text)))
    if old is not None and new is not None:
        assert bool(compare(old, new).changes) is (old != new)


@cache
def nodes(text: str) -> tuple[tuple[tuple[str | int, ...], Any], ...]:
    """Every value of a rulebook that can be made another, with the way to it."""
    return tuple(_below(book_of(text), ()))


def book_of(text: str) -> rb.Rulebook:
    found = sound(text)
    assert found is not None
    return found


def _below(node: Any, way: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(node, tuple | Mapping):
        if isinstance(node, tuple) and node:
            yield way, node[:-1]
        if isinstance(node, tuple) and len(node) > 1:
            yield way, (*node[1:], node[0])
        for key, each in node.items() if isinstance(node, Mapping) else enumerate(node):
            yield from _below(each, (*way, key))
    elif has(type(node)):
        for each in fields(type(node)):
            if each.eq and (type(node), each.name) not in APART:
                yield from _below(getattr(node, each.name), (*way, each.name))
    elif (other := _other(node)) is not None:
        yield way, other


APART = {
    (rb.Day, "day"),
    (rb.Day, "month"),
    (rb.DataField, "used_by"),
    (rb.DataField, "name"),
    (rb.Item, "code"),
    (rb.Item, "parent"),
    (rb.Scale, "id"),
}
"""What follows from the rest; what would leave no day, or a rulebook that contradicts itself."""


def _other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case Fraction() | int():
            return value + 1
        case str():
            return value + "x"
        case date():
            return value.replace(year=value.year + 1)
        case Enum():
            every = list(type(value))
            return every[(every.index(value) + 1) % len(every)]
        case _:
            return None


def _with(node: Any, way: tuple[str | int, ...], value: Any) -> Any:
    if not way:
        return value
    key, *rest = way
    if isinstance(node, Mapping):
        return {**node, key: _with(node[key], tuple(rest), value)}
    if isinstance(node, tuple):
        assert isinstance(key, int)
        return (*node[:key], _with(node[key], tuple(rest), value), *node[key + 1 :])
    return evolve(node, **{str(key): _with(getattr(node, str(key)), tuple(rest), value)})


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_rulebook_with_any_one_value_another_has_a_change(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from((PATTERNS, METHODS)))
    book = book_of(text)
    way, value = data.draw(st.sampled_from(nodes(text)))
    for one, other in ((book, _with(book, way, value)), (_with(book, way, value), book)):
        assert one == other or compare(one, other).changes, way
