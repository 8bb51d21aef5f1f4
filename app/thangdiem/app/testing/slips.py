"""Texts of rules with their examples in; the small changes that no example notices, in words, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from thangdiem.app.columns import on_one_line, visible
from thangdiem.app.invocation import Invocation
from thangdiem.app.testing.covered import same_rules
from thangdiem.app.testing.proposals import title_of
from thangdiem.app.testing.runs import Run
from thangdiem.engine.boundaries import example_text
from thangdiem.engine.mutation import Mutated, Outcome, Tried, mutate


def slips(runs: Sequence[Run], most: int) -> tuple[tuple[str, Mutated], ...]:
    """The changes of each text, under its heading; cases beside it count as its examples."""
    found = []
    for text in runs:
        if not text.beside and (text.reports or not text.version):
            cases = [
                example for each in runs if each.beside and same_rules(each, text) for example in each.book.examples
            ]
            book = evolve(text.book, examples=(*text.book.examples, *cases))
            found.append((text.heading, mutate(book, most)))
    return tuple(found)


def slips_text(found: Sequence[tuple[str, Mutated]], run: Invocation) -> str:
    """What is not noticed, with an example that would notice it; what means the same; the score."""
    words = run.words
    lines: list[str] = []
    for heading, one in found:
        lines.append(on_one_line(heading))
        lines.extend(line for each in one.tried for line in _tried(each, one, run))
        refused = sum(each.outcome is Outcome.REFUSED for each in one.tried)
        score = words("slips-summary", noticed=one.noticed, counted=one.counted, refused=refused)
        lines.append(f"  {score}")
        if one.possible > len(one.tried):
            lines.append("  " + words("slips-bounded", tried=len(one.tried), possible=one.possible))
    return "\n".join((*lines, ""))


def _tried(each: Tried, one: Mutated, run: Invocation) -> Iterator[str]:
    if each.outcome not in (Outcome.UNNOTICED, Outcome.EQUIVALENT):
        return
    words, mutation = run.words, each.mutation
    before, after = (visible(" ".join(text.split())) for text in (mutation.before, mutation.after))
    change = words("slip", before=before, after=after) if after else words("slip-removed", before=before)
    what = words(f"slip-{mutation.operator.value}")
    yield f"  {words('line', line=mutation.line)}: {what}: {change}: {words(f'slip-{each.outcome.value}')}"
    if each.witness is not None:
        yield f"    {words('slip-witness')}"
        text = example_text(each.witness, title_of(each.witness, one.book), one.book.dialect)
        yield from (f"      {line}" for line in text.rstrip("\n").split("\n"))
    elif each.outcome is Outcome.UNNOTICED:
        yield f"    {words('slip-no-witness')}"
