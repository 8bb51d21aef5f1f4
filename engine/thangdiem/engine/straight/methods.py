"""The code of methods: each branch computes its own pair, and all branches leave it under the same names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import assert_never

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.letters import fold
from thangdiem.engine.straight import pairs
from thangdiem.engine.straight.expressions import Writer
from thangdiem.engine.straight.pairs import ZERO, Pair
from thangdiem.engine.straight.program import Unsupported

Branch = tuple[str | None, Callable[[], Pair], int]
"""The condition of a branch (None: all else), what writes its code, and its number in the rule, from 0."""


def method(found: rb.Method, owner: str, writer: Writer) -> Pair:
    """The code of a method."""
    match found:
        case rb.Formula():
            return limited(writer.number(found.value), found.limits, writer)
        case rb.Direct():
            return writer.points(owner)
        case rb.Choice():
            return _choice(found, owner, writer)
        case rb.Checklist():
            return _checklist(found, owner, writer)
        case rb.Steps():
            return _steps(found, owner, writer)
        case rb.Cases():
            return _best(found, owner, writer) if found.best else _first(found, owner, writer)
        case rb.Marks():
            return _marks(found, writer)
        case rb.Guarded():
            guards: list[Branch] = [
                (_test(guard.when, writer), _guarded(guard.method, owner, writer), number)
                for number, guard in enumerate(found.guards)
            ]
            return branched(guards, found.span, owner, writer)
        case _:
            assert_never(found)


def _guarded(found: rb.Method, owner: str, writer: Writer) -> Callable[[], Pair]:
    return lambda: method(found, owner, writer)


def _test(when: rb.Expression | None, writer: Writer) -> str | None:
    return None if when is None else writer.holds(when)


def _outcome(value: rb.Outcome, writer: Writer) -> Callable[[], Pair]:
    def write() -> Pair:
        if isinstance(value, rb.NotApplicable):
            writer.program.write("raise Leave")
            return ZERO
        return writer.number(value)

    return write


def is_(value: Pair) -> Callable[[], Pair]:
    """The branch of a value that is there already."""
    return lambda: value


def either(test: str, met: Callable[[], Pair], otherwise: Pair, span: rb.Span, of: str, writer: Writer) -> Pair:
    """The code of a value that depends on one condition; on the tape 0 is met, 1 not met."""
    return branched([(test, met, 0), (None, is_(otherwise), 1)], span, of, writer)


def branched(branches: Sequence[Branch], span: rb.Span, of: str, writer: Writer) -> Pair:
    """``if … elif … else``; no branch that holds is left to the plain interpreter."""
    program = writer.program
    n, d, taken = program.fresh(), program.fresh(), program.fresh()
    program.branch_names.update(dict.fromkeys((n, d, taken)) if program.depth > 1 else {})
    slots: list[tuple[int, int, Pair]] = []
    for place, (condition, write, number) in enumerate(branches):
        head = (
            f"{'elif' if place else 'if'} {condition}:" if condition is not None else "else:" if place else "if True:"
        )
        with program.inside(head):
            value = writer.kept(write())
            program.write(f"{taken}={number}", tape=True)
            slots.append((len(program.lines), program.depth, value))
            program.write("pass")
        if condition is None:
            break
    else:
        with program.inside("else:"):
            program.write("raise Leave")
    values = [value for _, _, value in slots]
    common, size = pairs.common_denominator(values), max(value.size for value in values)
    for at, depth, value in slots:
        if common is not None:
            assert isinstance(value.d, int)
            line = f"{n}={pairs.times(value.n, common // value.d)}"
        else:
            line = f"{n}={value.n};{d}={value.d}"
        program.lines[at] = (f"{' ' * depth}{line}", False)
    program.note("branch", of, taken, 0, span)
    return Pair(n, d, size) if common is None else Pair(n, common, size + common.bit_length())


def limited(value: Pair, limits: tuple[rb.Limit, ...], writer: Writer) -> Pair:
    """The code of ``không quá``, ``không dưới``; on the tape 0 is a limit that was applied."""
    for limit in limits:
        value = writer.kept(value)
        bound = writer.kept(writer.number(limit.bound))
        test = pairs.compare(value, ">" if limit.most else "<", bound)
        if limit.when is not None:
            test = f"{writer.holds(limit.when)} and {test}"
        value = either(test, is_(bound), value, limit.span, "", writer)
    return value


def _choice(found: rb.Choice, owner: str, writer: Writer) -> Pair:
    levels: dict[str, int] = {}
    for number, level in enumerate(found.levels):
        for label in (level.label, *level.aliases):
            levels.setdefault(label, levels.setdefault(fold(label), number))
    table, given = writer.program.constant(levels), writer.read(f"@{owner}")
    chosen = writer.program.keep(f"{table}[{given}] if {given} in {table} else level({table},{given})")
    branches: list[Branch] = [
        (f"{chosen}=={number}", _outcome(level.value, writer), number) for number, level in enumerate(found.levels)
    ]
    return branched(branches, found.span, owner, writer)


def _checklist(found: rb.Checklist, owner: str, writer: Writer) -> Pair:
    marks = []
    ticked = writer.converted_by("ticks", f"@{owner}") if any(mark.when is None for mark in found.marks) else ""
    for mark in found.marks:
        test = f"{writer.program.constant(mark.letter)} in {ticked}" if mark.when is None else writer.holds(mark.when)
        marks.append(either(test, _outcome(mark.value, writer), ZERO, mark.span, owner, writer))
    return writer.sum(marks)


def _steps(found: rb.Steps, owner: str, writer: Writer) -> Pair:
    subjects = [writer.subject(subject) for subject in found.subjects]
    branches: list[Branch] = []
    for number, row in enumerate(found.rows):
        cells = zip(subjects, row.cells, strict=False)
        tests = [writer.tested(subject, cell) for subject, cell in cells if cell is not None]
        branches.append((" and ".join(tests) or None, _outcome(row.value, writer), number))
    return branched(branches, found.span, owner, writer)


def _first(found: rb.Cases, owner: str, writer: Writer) -> Pair:
    cases: list[Branch] = [
        (_test(case.when, writer), _outcome(case.value, writer), number) for number, case in enumerate(found.cases)
    ]
    return branched(cases, found.span, owner, writer)


def _best(found: rb.Cases, owner: str, writer: Writer) -> Pair:
    """The greatest of the cases that hold; their values must be known now, so that the first that holds is the best."""
    held: list[tuple[Fraction, int, str]] = []
    rest: list[Branch] = []
    for number, case in enumerate(found.cases):
        if case.when is None:
            rest.append((None, _outcome(case.value, writer), number))
            continue
        value = None if isinstance(case.value, rb.NotApplicable) else writer.number(case.value).constant
        if value is None:
            raise Unsupported
        held.append((-value, number, writer.holds(case.when)))
    branches: list[Branch] = [(test, is_(pairs.fixed(-value)), number) for value, number, test in sorted(held)]
    return branched([*branches, *rest[:1]], found.span, owner, writer)


def _marks(found: rb.Marks, writer: Writer) -> Pair:
    subject = writer.subject(found.subject)
    rows = []
    for row in found.rows:
        ranges = [rb.Range(low=mark, low_open=not row.reached) for mark in row.marks]
        tests = [writer.tested(subject, (each,)) for each in ranges]
        count = Pair(writer.program.keep(f"{'+'.join(tests)}+0"), 1, len(tests).bit_length())
        rows.append(pairs.multiply(count, writer.number(row.value)))
    return writer.sum(rows)
