"""Every form the grammar knows is read in some case of the corpus whose rules are right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assurance.corpus.files import written_cases

from thangdiem.dsl import parser
from thangdiem.dsl.source import read_source

ROOT = Path(__file__).parents[1]
Form = tuple[str, str | None, str]
"""A symbol in an alternative: the rule it stands in, the name of the alternative, the symbol."""

NEVER_RIGHT = {("outcome", "unknown_points", "UNKNOWN")}
"""Read only so that TD145 can say what is written instead: the points of a row cannot be left open."""


def forms_of(rule: Any) -> Iterator[Form]:
    return ((rule.origin.name, rule.alias, symbol.name) for symbol in rule.expansion)


@contextmanager
def recorded(met: set[Form]) -> Iterator[set[Form]]:
    """While it lasts the parser notes each alternative it completes; gives every form there is."""
    callbacks = parser._grammar().parser.parser.parser.callbacks
    kept = dict(callbacks)

    def noting(rule: Any, made: Callable[[list[Any]], Any]) -> Callable[[list[Any]], Any]:
        def completed(children: list[Any]) -> Any:
            met.update(forms_of(rule))
            return made(children)

        return completed

    try:
        callbacks.update({rule: noting(rule, made) for rule, made in kept.items()})
        yield {form for rule in kept for form in forms_of(rule)}
    finally:
        callbacks.update(kept)


def right_texts() -> Iterator[bytes]:
    """The rule files of cases that are accepted, or whose units were evaluated, each once."""
    right = (case for case in written_cases(ROOT) if case.expected["accepted"] or "units" in case.expected)
    texts = (data for case in right for name, data in case.bytes().items() if name.endswith(".rubric"))
    return iter(dict.fromkeys(texts))


def test_every_form_of_the_grammar_is_read_in_a_case_that_is_right() -> None:
    met: set[Form] = set()
    with recorded(met) as every:
        for text in right_texts():
            source, _ = read_source("case.rubric", text)
            if source is not None:
                parser.parse(source)
    assert len(every) > 1000
    assert sorted(every - met, key=str) == sorted(NEVER_RIGHT)
