"""A scale made ready to score single units fast: straight code for the ordinary case, the plain interpreter for the rest.

The code holds nothing of the rule's text: names, labels and letters are constants that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from types import CodeType

from attrs import field, frozen

from thangdiem.dsl.letters import fold
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import Fact, FactValue, UnitFacts
from thangdiem.engine.result import UnitResult
from thangdiem.engine.straight.expressions import DECIMALS, Writer
from thangdiem.engine.straight.pairs import half_even
from thangdiem.engine.straight.program import Entry, Unsupported
from thangdiem.engine.straight.scale import ScaleWriter

Values = Mapping[str, FactValue]
"""Data by name, and under ``@`` and the code what an item is given: points, a level's label, ticked letters."""


class Leave(Exception):
    """The unit is out of the ordinary: the plain interpreter takes it."""


@frozen
class Score:
    """The total and the grade of a unit; None where there is none."""

    total: Fraction | None
    grade: str | None


@frozen
class Recording:
    """A score with its tape: every value computed on the way and every branch taken, in order."""

    score: Score
    values: Values = field(repr=False)
    tape: tuple[int | str | None, ...] = field(repr=False)
    scorer: Scorer = field(repr=False)

    def steps(self) -> tuple[tuple[Entry, Fraction | int | None], ...]:
        """The whole tape: what each entry is of, and its value (of a branch, its number from 0; None: not gone through)."""
        names = self.scorer.tape_names
        by_name = dict(zip(names, self.tape, strict=False))
        found: list[tuple[Entry, Fraction | int | None]] = []
        for entry in self.scorer.entries:
            value = by_name.get(entry.name)
            if not isinstance(value, int):
                found.append((entry, None))
            elif entry.kind == "branch":
                found.append((entry, value))
            else:
                divisor = by_name.get(entry.denominator) if isinstance(entry.denominator, str) else entry.denominator
                found.append((entry, Fraction(value, divisor) if isinstance(divisor, int) and divisor else None))
        return tuple(found)

    def result(self) -> UnitResult:
        """The result with the tree of its trace, laid out by the plain interpreter."""
        return self.scorer.plainly(self.values)


@frozen(eq=False)
class Scorer:
    """Scores units of one scale; ``straight`` tells whether it has straight code."""

    rules: ScaleRules = field(repr=False)
    period: int | None
    grades: tuple[str, ...]
    scored: Callable[[Values], tuple[int, int, int]] | None = field(repr=False)
    recorded: Callable[[Values], tuple[object, ...]] | None = field(repr=False)
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    tape_names: tuple[str, ...] = field(default=(), repr=False)

    @property
    def straight(self) -> bool:
        """Whether ordinary units are scored by straight code."""
        return self.scored is not None

    def score(self, values: Values) -> Score:
        """The total and the grade of a unit."""
        if self.scored is not None:
            try:
                n, d, grade = self.scored(values)
                return Score(Fraction(n, d), self.grades[grade] if grade >= 0 else None)
            except (Leave, KeyError, TypeError):
                pass
        return self._plain_score(values)

    def record(self, values: Values) -> Recording:
        """The score with everything that was computed on the way."""
        if self.recorded is not None:
            try:
                n, d, grade, *tape = self.recorded(values)
                assert isinstance(n, int)
                assert isinstance(d, int)
                assert isinstance(grade, int)
                score = Score(Fraction(n, d), self.grades[grade] if grade >= 0 else None)
                return Recording(score, values, tuple(tape), self)  # type: ignore[arg-type]
            except (Leave, KeyError, TypeError):
                pass
        return Recording(self._plain_score(values), values, (), self)

    def plainly(self, values: Values) -> UnitResult:
        """The unit evaluated by the plain interpreter."""
        data = {name: Fact(State.VALUE, _exact(value)) for name, value in values.items() if not name.startswith("@")}
        scores = {name[1:]: Fact(State.VALUE, _exact(value)) for name, value in values.items() if name.startswith("@")}
        facts = UnitFacts("", self.rules.scale.id, data, scores)
        return evaluate_all(self.rules, (facts,), period=self.period).units[0]

    def _plain_score(self, values: Values) -> Score:
        found = self.plainly(values)
        return Score(found.total, found.grade)


def prepare(rules: ScaleRules, period: int | None = None) -> Scorer:
    """A scorer for one scale; the code is kept for files of the same content."""
    grades = rules.scale.gradings[0].grades if rules.scale.gradings else ()
    writer = Writer(rules.scale, period)
    try:
        total, grade = ScaleWriter(rules.scale, writer).write()
    except Unsupported:
        return Scorer(rules, period, grades, None, None)
    program = writer.program
    space = {
        **program.constants, "Leave": Leave, "scaled": _scaled, "half_even": half_even, "day": _day, "yes": _yes, "fold": _folded,
    }  # fmt: skip
    names = tuple(dict.fromkeys(name for entry in program.entries for name in (entry.name, entry.denominator) if isinstance(name, str)))
    result = f"{total.n},{total.d},{grade}"
    bare = _function("\n".join(["def scored(D):", *program.prelude, *program.lines, f" return {result}"]))
    unset = [f" {'='.join(dict.fromkeys(program.branch_names))}=None"] if program.branch_names else []
    taped = _function("\n".join(["def scored(D):", *unset, *program.prelude, *program.lines, f" return {','.join([result, *names])}"]))
    return Scorer(rules, period, grades, _made(bare, space), _made(taped, space), tuple(program.entries), names)


@lru_cache(maxsize=64)
def _function(text: str) -> CodeType:
    return compile(text, "<scale>", "exec")


def _made(code: CodeType, space: dict[str, object]) -> Callable[[Values], tuple[int, int, int]]:
    made: dict[str, object] = {}
    exec(code, {"__builtins__": {"min": min, "max": max, "abs": abs, "int": int}, **space}, made)  # noqa: S102 — code of our own
    return made["scored"]  # type: ignore[return-value]


def _scaled(value: object) -> int:
    """A number of the data as whole parts; what has more decimals, or is no number, is left."""
    if value.__class__ is Fraction:
        assert isinstance(value, Fraction)
        parts, rest = divmod(DECIMALS, value.denominator)
        if not rest:
            return value.numerator * parts
    raise Leave


def _day(value: object) -> int:
    if value.__class__ is date:
        assert isinstance(value, date)
        return value.toordinal()
    raise Leave


def _yes(value: object) -> bool:
    if value.__class__ is bool:
        return bool(value)
    raise Leave


def _folded(value: object) -> str:
    if value.__class__ is str:
        return fold(str(value))
    raise Leave


def _exact(value: FactValue) -> FactValue:
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value
