"""The code of methods: each branch computes its own pair, and all branches leave it under the same names."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm

from thangdiem.dsl import rulebook as rb
from thangdiem.engine.straight import pairs
from thangdiem.engine.straight.expressions import DECIMALS, Writer, scaled
from thangdiem.engine.straight.pairs import Pair
from thangdiem.engine.straight.program import Unsupported

Branch = tuple[str | None, Callable[[], Pair]]
"""The condition of a branch (None: all else), and what writes its code."""


def method(found: rb.Method, owner: str, writer: Writer) -> Pair:
    """The code of a method."""
    match found:
        case rb.Formula():
            return limited(writer.number(found.value), found.limits, writer)
        case rb.Direct():
            return Pair(writer.read(f"@{owner}", scaled), DECIMALS)
        case rb.Choice():
            return _choice(found, owner, writer)
        case rb.Checklist():
            return _checklist(found, owner, writer)
        case rb.Steps():
            subjects = [writer.subject(subject) for subject in found.subjects]
            branches: list[Branch] = []
            for row in found.rows:
                tests = [writer.tested(subject, cell) for subject, cell in zip(subjects, row.cells, strict=False) if cell is not None]
                branches.append((" and ".join(tests) or None, _outcome(row.value, writer)))
            return branched(branches, found.span, owner, writer)
        case rb.Cases() if not found.best:
            cases: list[Branch] = [
                (None if case.when is None else writer.holds(case.when), _outcome(case.value, writer)) for case in found.cases
            ]
            return branched(cases, found.span, owner, writer)
        case rb.Cases():
            return _best(found, owner, writer)
        case rb.Marks():
            return _marks(found, writer)
        case rb.Guarded():
            guards: list[Branch] = [
                (None if guard.when is None else writer.holds(guard.when), _guarded(guard.method, owner, writer))
                for guard in found.guards
            ]
            return branched(guards, found.span, owner, writer)


def _guarded(found: rb.Method, owner: str, writer: Writer) -> Callable[[], Pair]:
    return lambda: method(found, owner, writer)


def _outcome(value: rb.Outcome, writer: Writer) -> Callable[[], Pair]:
    def write() -> Pair:
        if isinstance(value, rb.NotApplicable):
            writer.program.write("raise Leave")
            return Pair(0)
        return writer.number(value)

    return write


def branched(branches: list[Branch], span: rb.Span, of: str, writer: Writer) -> Pair:
    """``if … elif … else``; no branch that holds is left to the plain interpreter."""
    program = writer.program
    n, d, taken = program.fresh(), program.fresh(), program.fresh()
    program.branch_names += [n, d, taken] if program.depth > 1 else []
    slots: list[tuple[int, int, Pair]] = []
    for index, (condition, write) in enumerate(branches):
        head = "else:" if condition is None and index else "if True:" if condition is None else f"{'if' if not index else 'elif'} {condition}:"
        with program.inside(head):
            value = writer.kept(write())
            program.write(f"{taken}={index}")
            slots.append((len(program.lines), program.depth, value))
            program.write("")
        if condition is None:
            break
    else:
        with program.inside("else:"):
            program.write("raise Leave")
    common = _common([value for _, _, value in slots])
    for at, depth, value in slots:
        if common is not None:
            assert isinstance(value.d, int)
            program.lines[at] = f"{' ' * depth}{n}={pairs.times(value.n, common // value.d)}"
        else:
            program.lines[at] = f"{' ' * depth}{n}={value.n};{d}={value.d}"
    program.note("branch", of, taken, 1, span)
    return Pair(n, common if common is not None else d)


def _common(values: list[Pair]) -> int | None:
    if all(isinstance(value.d, int) for value in values):
        return lcm(*(value.d for value in values if isinstance(value.d, int)))
    return None


def limited(value: Pair, limits: tuple[rb.Limit, ...], writer: Writer) -> Pair:
    """The code of ``không quá``, ``không dưới``."""
    for limit in limits:
        value = writer.kept(value)
        bound = writer.kept(writer.number(limit.bound))
        test = pairs.compare(value, ">" if limit.most else "<", bound)
        if limit.when is not None:
            test = f"{writer.holds(limit.when)} and {test}"
        value = branched([(test, _is(bound)), (None, _is(value))], limit.span, "", writer)
    return value


def _is(value: Pair) -> Callable[[], Pair]:
    return lambda: value


def _choice(found: rb.Choice, owner: str, writer: Writer) -> Pair:
    labels = {label: index for index, level in enumerate(found.levels) for label in (level.label, *level.aliases)}
    table = writer.program.constant(labels)
    chosen = writer.program.keep(f"{table}[{writer.read(f'@{owner}', str)}]")
    branches: list[Branch] = [(f"{chosen}=={index}", _outcome(level.value, writer)) for index, level in enumerate(found.levels)]
    return branched(branches, found.span, owner, writer)


def _checklist(found: rb.Checklist, owner: str, writer: Writer) -> Pair:
    total = Pair(0)
    ticked = writer.read(f"@{owner}", str) if any(mark.when is None for mark in found.marks) else ""
    for mark in found.marks:
        test = f"{writer.program.constant(mark.letter)} in {ticked}" if mark.when is None else writer.holds(mark.when)
        points = branched([(test, _outcome(mark.value, writer)), (None, _is(Pair(0)))], mark.span, owner, writer)
        total = pairs.add(total, points)
    return total


def _best(found: rb.Cases, owner: str, writer: Writer) -> Pair:
    """The greatest of the cases that hold; their values must be known now, so that the first that holds is the best."""
    rest = [case for case in found.cases if case.when is None]
    held = [case for case in found.cases if case.when is not None]
    values: list[tuple[Fraction, rb.Case]] = []
    for case in held:
        value = None if isinstance(case.value, rb.NotApplicable) else writer.number(case.value).constant
        if value is None:
            raise Unsupported
        values.append((value, case))
    values.sort(key=lambda pair: -pair[0])
    branches: list[Branch] = [
        (writer.holds(case.when), _is(pairs.fixed(value))) for value, case in values if case.when is not None
    ]
    if rest:
        branches.append((None, _outcome(rest[0].value, writer)))
    return branched(branches, found.span, owner, writer)


def _marks(found: rb.Marks, writer: Writer) -> Pair:
    subject = writer.subject(found.subject)
    total = Pair(0)
    for row in found.rows:
        tests = [
            writer.tested(subject, (rb.Range(low=mark, low_open=not row.reached),)) for mark in row.marks
        ]
        count = Pair(writer.program.keep("+".join(tests)))
        total = pairs.add(total, pairs.multiply(count, writer.number(row.value)))
    return total
