"""Tables of steps: every row can be reached, every value has one, and more is not worth less by oversight."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from typing import Literal, cast

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.totals import extent
from thangdiem.dsl.checks.regions import Column, column
from thangdiem.dsl.checks.survey import Ground, grounds
from thangdiem.dsl.diagnostic import Diagnostic

_MOST_CASES = 2_000
_MOST_TRIALS = 60_000

Node = rb.Item | rb.Bonus | None


@frozen
class Table:
    """Steps with their columns, and for each combination of samples the row that counts."""

    steps: rb.Steps
    columns: tuple[Column, ...]
    taken: dict[tuple[int, ...], int]
    reached: tuple[bool, ...]
    left: tuple[tuple[int, ...], ...]


def check_steps(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD210 a row never reached; TD211 values without a row; TD212–TD214 what grows and then falls."""
    for ground in grounds(book):
        for method, node in ground.methods:
            if isinstance(method, rb.Steps) and (table := read(method, ground)) is not None:
                yield from _unreachable(table, node, ground)
                yield from _uncovered(table, node, ground)
                yield from _falling(table, node, ground)


def read(method: rb.Steps, ground: Ground) -> Table | None:
    """The table of steps; None where its cells are not constant or it is too large to be tried out."""
    days = {end.year is None for row in method.rows for cell in row.cells for each in cell or ()
            for end in (each.low, each.high) if isinstance(end, rb.Day)}  # fmt: skip
    if len(days) > 1:
        return None
    language = cast(Literal["vi", "en"], ground.book.dialect)
    columns = []
    for at, subject in enumerate(method.subjects):
        found = column(subject, [row.cells[at] if row.cells else None for row in method.rows], ground.world, language)
        if found is None:
            return None
        columns.append(found)
    cases = 1
    for each in columns:
        cases *= len(each.samples)
    if cases > _MOST_CASES or cases * len(method.rows) > _MOST_TRIALS:
        return None
    return _tried(method, tuple(columns))


def _tried(method: rb.Steps, columns: tuple[Column, ...]) -> Table:
    left = list(product(*(range(len(each.samples)) for each in columns)))
    taken: dict[tuple[int, ...], int] = {}
    reached = []
    for number in range(len(method.rows)):
        held = [each.held[number] for each in columns]
        met = [case for case in left if all(at in each for at, each in zip(case, held, strict=True))]
        taken.update((case, number) for case in met)
        reached.append(bool(met))
        if met:
            left = [case for case in left if case not in taken]
    return Table(method, columns, taken, tuple(reached), tuple(left))


def _unreachable(table: Table, node: Node, ground: Ground) -> Iterator[Diagnostic]:
    for number, row in enumerate(table.steps.rows):
        if table.reached[number]:
            continue
        held = [each.held[number] for each in table.columns]
        if not all(held):
            yield ground.tell("TD210", row.span, node, row=ground.text(row.span))
            continue
        takers = {table.taken[case] for case in product(*held) if case in table.taken}
        related = tuple(("taken-here", table.steps.rows[each].span) for each in sorted(takers)[:3])
        yield ground.tell("TD210", row.span, node, related, row=ground.text(row.span))


def _uncovered(table: Table, node: Node, ground: Ground) -> Iterator[Diagnostic]:
    for case in table.left:
        samples = [each.samples[at] for at, each in zip(case, table.columns, strict=True)]
        if any(sample.doubtful for sample in samples):
            continue
        example = ", ".join(
            f"{ground.text(subject.span)} = {each.written(sample)}"
            for subject, each, sample in zip(table.steps.subjects, table.columns, samples, strict=True)
        )
        yield ground.tell("TD211", table.steps.subjects[0].span, node, example=example)
        return


def _falling(table: Table, node: Node, ground: Ground) -> Iterator[Diagnostic]:
    """Values along the one numeric subject: where ``còn lại`` cuts into them, or they rise and fall."""
    found = along(table, ground)
    if found is None:
        return
    line, worth = found
    rest = next((number for number, row in enumerate(table.steps.rows) if not any(row.cells)), None)
    swallowed = None if rest is None else _swallowed(line, rest, worth, table.columns[0])
    if rest is not None and swallowed is not None:
        sample, beside = swallowed
        related = (("beside-rest", table.steps.rows[beside].span),)
        column_ = table.columns[0]
        value = column_.written(column_.samples[sample])
        example = f"{ground.text(table.steps.subjects[0].span)} = {value}"
        yield ground.tell(
            "TD214",
            table.steps.rows[rest].span,
            node,
            related,
            example=example,
            points=worth[rest],
            more=worth[beside],
        )
        return
    written = [row for _, row in line if row != rest]
    changes = [(one, two) for one, two in pairwise(written) if worth[one] != worth[two]]
    ups = [pair for pair in changes if cast(Fraction, worth[pair[0]]) < cast(Fraction, worth[pair[1]])]
    downs = [pair for pair in changes if pair not in ups]
    if ups and downs:
        odd = min((ups, downs), key=len)[0]
        code = "TD213" if ground.scale.better else "TD212"
        related = (("beside-row", table.steps.rows[odd[0]].span),)
        yield ground.tell(
            code, table.steps.rows[odd[1]].span, node, related, row=ground.text(table.steps.rows[odd[1]].span)
        )


def along(table: Table, ground: Ground) -> tuple[list[tuple[int, int]], list[Fraction | None]] | None:
    """The samples of the one numeric subject, least first, each with its row; and what each row is worth.

    None where there are several subjects, or a row taken is worth no constant.
    """
    if len(table.columns) != 1 or not table.columns[0].numeric:
        return None
    worth = [_worth(row.value, ground) for row in table.steps.rows]
    line = [(at, table.taken[(at,)]) for at in range(len(table.columns[0].samples)) if (at,) in table.taken]
    return None if any(worth[row] is None for _, row in line) else (line, worth)


def _swallowed(
    line: list[tuple[int, int]], rest: int, worth: list[Fraction | None], subject: Column
) -> tuple[int, int] | None:
    """A sample of the rest although both sides, or the levels that grow up to it, are worth more."""
    written = [cast(Fraction, worth[row]) for _, row in line if row != rest]
    grows = len(set(written)) > 1 and written == sorted(written)
    falls = len(set(written)) > 1 and written == sorted(written, reverse=True)
    for place, (at, row) in enumerate(line):
        if row != rest or subject.samples[at].doubtful:
            continue
        before = next((each for _, each in reversed(line[:place]) if each != rest), None)
        after = next((each for _, each in line[place + 1 :] if each != rest), None)
        own = cast(Fraction, worth[rest])
        less_before = before is not None and own < cast(Fraction, worth[before])
        less_after = after is not None and own < cast(Fraction, worth[after])
        top = after is None and less_before and grows and subject.samples[at].above_all
        bottom = before is None and less_after and falls and _declared_below(subject, at)
        if (less_before and less_after) or top:
            return at, cast(int, before)
        if bottom:
            return at, cast(int, after)
    return None


def _declared_below(subject: Column, at: int) -> bool:
    sample = subject.samples[at]
    return sample.below_all and isinstance(sample.value, Fraction) and sample.value >= 0


def _worth(value: rb.Outcome, ground: Ground) -> Fraction | None:
    found = None if isinstance(value, rb.NotApplicable) else extent(value, ground.world)
    return None if found is None else found.exact
