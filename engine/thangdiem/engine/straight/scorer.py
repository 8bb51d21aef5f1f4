"""A scale in; a scorer of single units out: straight code for the ordinary, the plain interpreter for the rest.

The code holds nothing of the rule's text: names, labels and letters are constants that it is given.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from operator import itemgetter
from types import CodeType
from typing import Any

from attrs import field, frozen

from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import MISSING, Fact, FactValue, UnitFacts
from thangdiem.engine.result import UnitResult
from thangdiem.engine.straight import given
from thangdiem.engine.straight.expressions import Writer
from thangdiem.engine.straight.given import Leave, Values
from thangdiem.engine.straight.pairs import half_even
from thangdiem.engine.straight.program import Entry, Program, Unsupported
from thangdiem.engine.straight.scale import ScaleWriter

_FACTS = (Fraction, bool, date, str, tuple)
_OF_THE_CODE: dict[str, object] = {
    "__builtins__": {"min": min, "max": max, "abs": abs, "int": int},
    "Leave": Leave,
    "half_even": half_even,
    **{
        each.__name__: each
        for each in (given.scaled, given.whole, given.day, given.yes, given.text, given.ticks, given.level)
    },
}


@frozen
class Score:
    """The total and the grade of a unit; None where there is none."""

    total: Fraction | None
    grade: str | None


TapeValue = FactValue | int | None
"""A number, something given as it was given, or of a branch the number of its row from 0; None: not gone through."""


@frozen
class Recording:
    """A score with its tape: every value computed on the way and every branch taken, in order.

    ``tape`` is None where the plain interpreter scored the unit; ``result`` has the tree of its trace in any case.
    """

    score: Score
    values: Values = field(repr=False)
    tape: tuple[object, ...] | None = field(repr=False)
    scorer: Scorer = field(repr=False)

    def steps(self) -> tuple[tuple[Entry, TapeValue], ...]:
        """The whole tape: what each entry is of, and its value."""
        if self.tape is None:
            return ()
        by_name = dict(zip(self.scorer.tape_names, self.tape, strict=True))
        return tuple((entry, _tape_value(entry, by_name)) for entry in self.scorer.entries)

    def result(self) -> UnitResult:
        """The result with the tree of its trace, laid out by the plain interpreter."""
        return self.scorer.plainly(self.values)


def _tape_value(entry: Entry, by_name: dict[str, object]) -> TapeValue:
    value = by_name[entry.name]
    if value is None or entry.denominator == 0:
        return value  # type: ignore[return-value]  # what code of ours writes down
    divisor = by_name[entry.denominator] if isinstance(entry.denominator, str) else entry.denominator
    assert isinstance(value, int)
    assert isinstance(divisor, int)
    return Fraction(value, divisor)


@frozen
class Straight:
    """The text of the straight code of a scale, without a tape and with it, and the constants it is given."""

    bare: str
    taped: str
    constants: dict[str, object]
    entries: tuple[Entry, ...]
    tape_names: tuple[str, ...]


@frozen(eq=False)
class Scorer:
    """Scores units of one scale."""

    rules: ScaleRules = field(repr=False)
    period: int | None
    grades: tuple[str, ...]
    code: Straight | None = field(repr=False)

    @property
    def straight(self) -> bool:
        """Whether ordinary units are scored by straight code."""
        return self.code is not None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the tape holds, in order."""
        return self.code.entries if self.code is not None else ()

    @property
    def tape_names(self) -> tuple[str, ...]:
        """The names in the code of what the tape holds."""
        return self.code.tape_names if self.code is not None else ()

    @cached_property
    def scored(self) -> Callable[[Values], tuple[int, int, int]] | None:
        """The straight code: the total's numerator and denominator, and the grade's index (-1: there are none)."""
        return None if self.code is None else _made(self.code.bare, self.code.constants)

    @cached_property
    def recorded(self) -> Callable[[Values], tuple[int, int, int, tuple[object, ...]]] | None:
        """The same with the tape."""
        return None if self.code is None else _made(self.code.taped, self.code.constants)

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
                n, d, grade, tape = self.recorded(values)
                score = Score(Fraction(n, d), self.grades[grade] if grade >= 0 else None)
                return Recording(score, values, tape, self)
            except (Leave, KeyError, TypeError):
                pass
        return Recording(self._plain_score(values), values, None, self)

    def plainly(self, values: Values) -> UnitResult:
        """The unit evaluated by the plain interpreter."""
        facts = {name: _fact(name, value) for name, value in values.items()}
        data = {name: fact for name, fact in facts.items() if not name.startswith("@")}
        scores = {name[1:]: fact for name, fact in facts.items() if name.startswith("@")}
        unit = UnitFacts("", self.rules.scale.id, data, scores)
        return evaluate_all(self.rules, (unit,), period=self.period).units[0]

    def _plain_score(self, values: Values) -> Score:
        found = self.plainly(values)
        return Score(found.total, found.grade)


def _fact(name: str, value: FactValue | int | None) -> Fact:
    """A given value as a fact; a float is never taken, for it has forgotten what was written."""
    if value is None:
        return MISSING
    exact = Fraction(value) if value.__class__ is int else value
    if not isinstance(exact, _FACTS):
        raise TypeError(f"{name}: {value.__class__.__name__} is no value of a datum")
    return Fact(State.VALUE, exact)


def prepare(rules: ScaleRules, period: int | None = None) -> Scorer:
    """A scorer for one scale; what is compiled is kept for rules that make the same code."""
    grades = rules.scale.gradings[0].grades if rules.scale.gradings else ()
    writer = Writer(rules.scale, period)
    try:
        total, grade = ScaleWriter(rules.scale, writer).write()
        code = _straight(writer.program, f"{total.n},{total.d},{grade}")
        for text in (code.bare, code.taped):
            _compiled(text)
    except (Unsupported, RecursionError, MemoryError):
        return Scorer(rules, period, grades, None)
    return Scorer(rules, period, grades, code)


def _straight(program: Program, result: str) -> Straight:
    entries = program.entries
    names = dict.fromkeys(
        name for entry in entries for name in (entry.name, entry.denominator) if isinstance(name, str)
    )
    constants = dict(program.constants)
    reading = _reading(program, constants)
    unset = [f" {'='.join(program.branch_names)}=None"] if program.branch_names else []

    def text(before: list[str], lines: list[str], returned: str) -> str:
        return "\n".join(["def scored(D):", *before, *reading, *program.prelude, *lines, f" return {returned}", ""])

    bare = text([], [line for line, only_tape in program.lines if not only_tape], result)
    tape = "".join(f"{name}," for name in names)
    taped = text(unset, [line for line, _ in program.lines], f"{result},({tape})")
    return Straight(bare, taped, constants, tuple(entries), tuple(names))


def _reading(program: Program, constants: dict[str, object]) -> list[str]:
    """Everything given is fetched at once."""
    if not program.given:
        return []
    constants["given"] = itemgetter(*program.given)
    names = ",".join(program.given.values())
    return [f" {names}=given(D)"]


@lru_cache(maxsize=64)
def _compiled(text: str) -> CodeType:
    try:
        return compile(text, "<scale>", "exec")
    except SyntaxError as error:  # unreached: Python nests deeper than the language lets parentheses and branches nest
        raise Unsupported from error


def _made(text: str, constants: dict[str, object]) -> Callable[[Values], tuple[Any, ...]]:
    made: dict[str, Callable[[Values], tuple[Any, ...]]] = {}
    exec(_compiled(text), {**_OF_THE_CODE, **constants}, made)
    return made["scored"]
