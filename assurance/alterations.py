"""Traces of every example, case and scheme in; how many alterations of one figure the auditors' program notices out.

``python -m assurance alterations`` alters every figure of every document once, and one word or place of each category;
``--every 50`` every fiftieth figure. It fails where an alteration is not noticed at all. Beside what is noticed it
counts what is noticed without the digest: by a reader who computes again, though a forger had made the digest fit.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m assurance alterations", description=__doc__.split("\n\n")[0])
    parser.add_argument("--every", type=int, default=1)
    asked = parser.parse_args(arguments)
    from engine.alterations import altered
    from engine.checking import DIGEST, wrong
    from engine.test_trace_is_complete import documents

    made: Counter[str] = Counter()
    computed: Counter[str] = Counter()
    unnoticed = []
    for document, category, path in _places(documents(), asked.every):
        with altered(document, path):
            found = wrong(document)
        told = _told(document, category, path)
        made[told] += 1
        computed[told] += any(not where.startswith(DIGEST) for where, *_ in found)
        if not found:
            unnoticed.append((document["unit"], path))
    _tell(len(documents()), made, computed)
    print(f"Not noticed at all: {len(unnoticed)}", *unnoticed, sep="\n  ")
    return 1 if unnoticed else 0


def _told(document: dict[str, Any], category: str, path: tuple[Any, ...]) -> str:
    """The category; a value with the operation of its step, for a constant rests on nothing."""
    return f"{category} of {document['steps'][path[1]]['op']}" if category == "steps.*.value" else category


def _places(documents: Sequence[dict[str, Any]], every: int) -> Iterator[tuple[dict[str, Any], str, tuple[Any, ...]]]:
    """The figures of all documents, and of words the first of each category."""
    from engine.alterations import WORDS, places, within

    seen = set()
    at = 0
    for document in documents:
        for category, path in list(places(document)):
            if within(category, WORDS):
                if category not in seen:
                    yield document, category, path
                seen.add(category)
                continue
            if at % every == 0:
                yield document, category, path
            at += 1


def _tell(documents: int, made: Counter[str], computed: Counter[str]) -> None:
    from engine.alterations import WORDS, within

    figures = [each for each in sorted(made) if not within(each, WORDS)]
    print(f"{documents} traces; figures altered one by one, noticed without the digest, of:")
    for category in figures:
        print(f"  {computed[category]:>7} {made[category]:>7}  {category}")
    print(f"  {sum(computed[e] for e in figures):>7} {sum(made[e] for e in figures):>7}  all figures")
    words = [each for each in sorted(made) if within(each, WORDS)]
    noticed = [each for each in words if computed[each]]
    print(f"Words and places, one of each of {len(words)} categories: {len(noticed)} noticed without the digest:")
    print(*(f"  {each}" for each in noticed), sep="\n")
