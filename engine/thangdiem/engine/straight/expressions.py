"""The code of expressions, conditions and methods over values that are all there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import lcm

from attrs import define, field

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.letters import fold
from thangdiem.engine.straight import pairs
from thangdiem.engine.straight.pairs import Pair
from thangdiem.engine.straight.program import Program, Unsupported

DECIMALS = 10_000
"""Numbers of the data are held as whole numbers of this part of one; data with more decimals are left to the law."""

_OPERATORS = {rb.Operator.ADD: "+", rb.Operator.SUBTRACT: "-"}
_NUMERIC = (rb.DataForm.INTEGER, rb.DataForm.NUMBER, rb.DataForm.PERCENT)


@define
class Writer:
    """Writes the code of one scale; ``data`` and ``scores`` are read at most once each."""

    scale: rb.Scale
    period: int | None
    program: Program = field(factory=Program)
    data: dict[str, str] = field(factory=dict)
    values: dict[str, Pair] = field(factory=dict)
    """Items by code, named values by owner and name, bonuses by key."""
    maxima: dict[str, Fraction | None] = field(factory=dict)

    def number(self, value: rb.Expression) -> Pair:
        """The code of a number."""
        match value:
            case rb.Number():
                return pairs.fixed(value.value)
            case rb.Datum():
                return Pair(self.datum(value.name), DECIMALS)
            case rb.NameRef():
                return self.values[named_key(value.owner, value.name)]
            case rb.ItemScore():
                return self.values[value.code]
            case rb.BonusPoints():
                return self.values[value.title]
            case rb.MaximumOf():
                high = self.maxima.get(value.code)
                if high is None:
                    raise Unsupported
                return pairs.fixed(high)
            case rb.TotalPoints():
                return self.values["@subtotal" if value.before_bonus else "@total"]
            case rb.Negative():
                inner = self.number(value.value)
                return Pair(pairs.times(-1, inner.n), inner.d)
            case rb.Arithmetic():
                return self._noted("arithmetic", self._arithmetic(value), value.span)
            case rb.Rounded():
                return self.rounded(self.number(value.value), value.rounding, value.span)
            case rb.Call(function=rb.Function.LEAST | rb.Function.GREATEST):
                return self.extreme([self.number(each) for each in value.arguments], value.function is rb.Function.LEAST)
            case rb.Call(function=rb.Function.ABSOLUTE):
                inner = self.kept(self.number(value.arguments[0]))
                return Pair(f"abs({inner.n})", inner.d)
            case rb.Power() if value.exponent.denominator == 1 and 0 <= value.exponent <= 4:
                base = self.kept(self.number(value.base))
                found = Pair(1)
                for _ in range(int(value.exponent)):
                    found = pairs.multiply(found, base)
                return found
            case _:
                raise Unsupported

    def _arithmetic(self, value: rb.Arithmetic) -> Pair:
        if value.operator is rb.Operator.SUBTRACT and self._is_day(value.left):
            return Pair(f"({self.day(value.left)}-{self.day(value.right)})")
        left, right = self.number(value.left), self.number(value.right)
        if value.operator in _OPERATORS:
            return pairs.add(left, right, _OPERATORS[value.operator])
        if value.operator is rb.Operator.MULTIPLY:
            return pairs.multiply(left, right)
        known = right.constant
        if known is not None:
            if known <= 0:
                raise Unsupported
            return pairs.multiply(left, pairs.fixed(1 / known))
        right = self.kept(right)
        self.leave_if(f"{right.n}<=0")
        return pairs.divide(left, right)

    def kept(self, value: Pair) -> Pair:
        """The same value with its parts under names, where they are code."""
        n = value.n if isinstance(value.n, int) or value.n.isidentifier() else self.program.keep(value.n)
        d = value.d if isinstance(value.d, int) or value.d.isidentifier() else self.program.keep(value.d)
        return Pair(n, d)

    def _noted(self, kind: str, value: Pair, span: rb.Span, of: str = "") -> Pair:
        kept = self.kept(value)
        if isinstance(kept.n, str):
            self.program.note(kind, of, kept.n, kept.d, span)
        return kept

    def rounded(self, value: Pair, rounding: rb.Rounding, span: rb.Span) -> Pair:
        """The code of a rounding."""
        value = self.kept(value)
        if isinstance(value.d, int) and (Fraction(1, value.d) / rounding.unit).denominator == 1:
            return value
        name = self.program.fresh()
        code, after = pairs.rounded(value, rounding, name)
        self.program.write(f"{name}={code}")
        if self.program.depth > 1:
            self.program.branch_names.append(name)
        return self._noted("round", after, span)

    def extreme(self, values: list[Pair], least: bool) -> Pair:
        """The code of the least or greatest of several."""
        if all(isinstance(value.d, int) for value in values):
            common = lcm(*(value.d for value in values if isinstance(value.d, int)))
            scaled = [pairs.times(value.n, common // value.d) for value in values if isinstance(value.d, int)]
            return Pair(f"{'min' if least else 'max'}({','.join(map(str, scaled))})", common)
        best = self.kept(values[0])
        for value in values[1:]:
            other = self.kept(value)
            better = pairs.compare(other, "<" if least else ">", best)
            n = self.program.keep(f"{other.n} if {better} else {best.n}")
            best = Pair(n, self.program.keep(f"{other.d} if {better} else {best.d}"))
        return best

    def leave_if(self, condition: str) -> None:
        """Whatever is out of the ordinary is left to the plain interpreter."""
        self.program.write(f"if {condition}: raise Leave")

    # --- data

    def datum(self, name: str) -> str:
        """The scaled whole number of a numeric datum."""
        field_of = self.scale.data.get(name)
        if field_of is None or field_of.form not in _NUMERIC:
            raise Unsupported
        return self.read(name, scaled)

    def read(self, name: str, convert: Callable[[str], str]) -> str:
        """The name of something given, read once, before everything else."""
        if name not in self.data:
            code = self.program.fresh()
            self.program.prelude += [f" x=D[{self.program.constant(name)}]", f" {code}={convert('x')}"]
            self.data[name] = code
            self.program.note("datum", name, code, DECIMALS, rb.Span())
        return self.data[name]

    def _is_day(self, value: rb.Expression) -> bool:
        if isinstance(value, rb.Datum):
            field_of = self.scale.data.get(value.name)
            return field_of is not None and field_of.form is rb.DataForm.DATE
        return isinstance(value, rb.Day)

    def day(self, value: rb.Expression) -> str:
        """The day of a date, counted."""
        if isinstance(value, rb.Datum):
            return self.read(value.name, lambda code: f"day({code})")
        if isinstance(value, rb.Day) and (value.month, value.day) != (2, 29):
            year = value.year if value.year is not None else self.period + value.after if self.period is not None else None
            if year is not None:
                return str(date(year, value.month, value.day).toordinal())
        raise Unsupported

    # --- conditions

    def holds(self, value: rb.Expression) -> str:
        """The code of a condition."""
        match value:
            case rb.Within():
                return self.within(value.subject, value.ranges)
            case rb.AllOf():
                return "(" + " and ".join(self.holds(part) for part in value.parts) + ")"
            case rb.AnyOf():
                return "(" + " or ".join(self.holds(part) for part in value.parts) + ")"
            case rb.Not():
                return f"(not {self.holds(value.part)})"
            case rb.Datum():
                return self.read(value.name, lambda code: f"yes({code})")
            case rb.YesNo():
                return str(value.value)
            case rb.SomeItem():
                return self._some(value)
            case _:
                raise Unsupported

    def _some(self, value: rb.SomeItem) -> str:
        tests = []
        for code in value.codes:
            self.maxima["*"] = self.maxima.get(code)
            tests.append(self.in_range(self.kept(self.values[code]), value.within))
        return f"({(' and ' if value.every else ' or ').join(tests)})"

    def within(self, subject: rb.Expression, ranges: tuple[rb.Range, ...]) -> str:
        """The code of ``subject`` lying in one of the ranges."""
        return self.tested(self.subject(subject), ranges)

    def subject(self, subject: rb.Expression) -> Pair | tuple[str, str]:
        """What is compared: a number, or the code of a text, a day or a yes/no with its kind."""
        if self._is_day(subject):
            return "day", self.day(subject)
        form = self.scale.data[subject.name].form if isinstance(subject, rb.Datum) else None
        if isinstance(subject, rb.Datum) and form is rb.DataForm.YES_NO:
            return "yes", self.read(subject.name, lambda code: f"yes({code})")
        if isinstance(subject, rb.Datum) and form not in _NUMERIC:
            return "text", self.read(subject.name, lambda code: f"fold({code})")
        return self.kept(self.number(subject))

    def tested(self, subject: Pair | tuple[str, str], ranges: tuple[rb.Range, ...]) -> str:
        """The code that tells whether what is compared lies in one of the ranges."""
        if isinstance(subject, Pair):
            tests = [self.in_range(subject, found) for found in ranges]
        else:
            tests = [self._other(*subject, found) for found in ranges]
        return tests[0] if len(tests) == 1 else "(" + " or ".join(tests) + ")"

    def in_range(self, subject: Pair, found: rb.Range) -> str:
        """The code of one range of numbers."""
        if found.low is found.high and found.low is not None:
            return "(" + pairs.compare(subject, "!=" if found.negated else "==", self.number(found.low)) + ")"
        tests = []
        if found.low is not None:
            tests.append(pairs.compare(subject, ">" if found.low_open else ">=", self.number(found.low)))
        if found.high is not None:
            tests.append(pairs.compare(subject, "<" if found.high_open else "<=", self.number(found.high)))
        return "(" + " and ".join(tests) + ")"

    def _other(self, kind: str, subject: str, found: rb.Range) -> str:
        def bound(value: rb.Expression) -> str:
            match value:
                case rb.YesNo() if kind == "yes":
                    return str(value.value)
                case rb.Text() if kind == "text":
                    return self.program.constant(fold(value.value))
                case _ if kind == "day":
                    return self.day(value)
                case _:
                    raise Unsupported

        if found.low is found.high and found.low is not None:
            return f"({subject}{'!=' if found.negated else '=='}{bound(found.low)})"
        if kind != "day":
            raise Unsupported
        tests = []
        if found.low is not None:
            tests.append(f"{subject}{'>' if found.low_open else '>='}{bound(found.low)}")
        if found.high is not None:
            tests.append(f"{subject}{'<' if found.high_open else '<='}{bound(found.high)}")
        return "(" + " and ".join(tests) + ")"


def scaled(code: str) -> str:
    """The code that makes a number of the data a whole number of small parts."""
    return f"{code}*{DECIMALS} if {code}.__class__ is int else scaled({code})"


def named_key(owner: str, name: str) -> str:
    """The key of a named value among all values."""
    return f"={owner}\x00{name}"
