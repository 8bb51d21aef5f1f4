"""The code of expressions and conditions over values that are all there."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import define, field

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.letters import fold
from thangdiem.dsl.rounding import Rounding
from thangdiem.engine.straight import pairs
from thangdiem.engine.straight.given import DECIMALS, MOST, SIZE, WHOLE_SIZE
from thangdiem.engine.straight.pairs import ZERO, Pair
from thangdiem.engine.straight.program import Program, Unsupported

_SIGNS = {rb.Operator.ADD: "+", rb.Operator.SUBTRACT: "-"}
_NUMERIC = (rb.DataForm.INTEGER, rb.DataForm.NUMBER, rb.DataForm.PERCENT)
_DAYS = 24  # bits of a day's number

Subject = Pair | tuple[str, str]
"""What is compared: a number, or the kind and the code of a day, a text or a yes/no."""


@define
class Writer:
    """Writes the code of expressions of one scale; whatever is given is read once."""

    scale: rb.Scale
    period: int | None
    program: Program = field(factory=Program)
    values: dict[str, Pair] = field(factory=dict)
    """Items by code, named values by owner and name, bonuses by key: all that is found before it is referred to."""
    maxima: dict[str, Fraction | None] = field(factory=dict)
    stated: dict[str, rb.Points | None] = field(factory=dict)
    """The points the file states for items by code and bonuses by key."""
    converted: dict[tuple[str, str], str] = field(factory=dict)

    # --- numbers

    def number(self, value: rb.Expression) -> Pair:
        """The code of a number."""
        match value:
            case rb.Number():
                return pairs.fixed(value.value)
            case rb.Datum():
                return self._datum(value.name)
            case rb.Judged():
                return self._judged(value.code)
            case rb.NameRef() | rb.ItemScore() | rb.BonusPoints() | rb.TotalPoints():
                return self.values[key_of(value)]
            case rb.MaximumOf():
                high = self.maxima.get(value.code)
                if high is None:
                    raise Unsupported
                return pairs.fixed(high)
            case rb.Negative():
                return pairs.multiply(pairs.fixed(-1), self.number(value.value))
            case rb.Arithmetic():
                return self._noted("arithmetic", self._arithmetic(value), value.span)
            case rb.Rounded():
                return self.rounded(self.number(value.value), value.rounding, value.span)
            case rb.Call(function=rb.Function.LEAST | rb.Function.GREATEST):
                return self.extreme(
                    [self.number(each) for each in value.arguments], value.function is rb.Function.LEAST
                )
            case rb.Call(function=rb.Function.ABSOLUTE):
                inner = self.kept(self.number(value.arguments[0]))
                return Pair(f"abs({inner.n})", inner.d, inner.size)
            case rb.Power() if value.exponent.denominator == 1 and 0 <= value.exponent <= 4:
                return self._power(value.base, int(value.exponent))
            case rb.OverItems():
                return self._over_items(value)
            case rb.ItemCount():
                tests = self._of_items(value.codes, value.within)
                return Pair(f"({'+'.join(tests)}+0)", 1, len(tests).bit_length()) if tests else ZERO
            case _:
                raise Unsupported

    def _power(self, base: rb.Expression, exponent: int) -> Pair:
        kept, found = self.kept(self.number(base)), pairs.fixed(1)
        for _ in range(exponent):
            found = pairs.multiply(found, kept)
        return found

    def _arithmetic(self, value: rb.Arithmetic) -> Pair:
        if value.operator is rb.Operator.SUBTRACT and self._is_day(value.left):
            return Pair(f"({self.day(value.left)}-{self.day(value.right)})", 1, _DAYS)
        left, right = self.number(value.left), self.number(value.right)
        if value.operator in _SIGNS:
            return pairs.add(left, right, _SIGNS[value.operator])
        if value.operator is rb.Operator.MULTIPLY:
            return pairs.multiply(left, right)
        known = right.constant
        if known is not None:
            if not known:
                raise Unsupported
            return pairs.multiply(left, pairs.fixed(1 / known))
        right = self.kept(right)
        self.leave_if(f"{right.n}<=0")
        return pairs.divide(left, right)

    def _over_items(self, value: rb.OverItems) -> Pair:
        found = [self.values[code] for code in value.codes]
        if value.sign:
            choose = "max" if value.sign > 0 else "min"
            found = [Pair(f"{choose}({each.n},0)", each.d, each.size) for each in found]
        match value.gathering:
            case rb.Gathering.SUM:
                return self.sum(found)
            case rb.Gathering.MEAN:
                return pairs.multiply(self.sum(found), pairs.fixed(Fraction(1, len(found))))
            case rb.Gathering.LOWEST | rb.Gathering.HIGHEST:
                return self.extreme(found, value.gathering is rb.Gathering.LOWEST)

    def sum(self, values: list[Pair]) -> Pair:
        """The code of a sum: terms of denominators known now first, so that it grows only where it must."""
        known = [value for value in values if isinstance(value.d, int)]
        parts = [(code, found) for code, found in pairs.sums(known)] if known else []
        total = ZERO
        for code, found in parts:
            total = pairs.add(total, Pair(self.program.keep(code), found.d, found.size))
        for value in values:
            if not isinstance(value.d, int):
                total = self.kept(pairs.add(total, value))
        return total

    def extreme(self, values: list[Pair], least: bool) -> Pair:
        """The code of the least or greatest of several."""
        common, choose = pairs.common_denominator(values), "min" if least else "max"
        if common is not None:
            scaled = [pairs.times(value.n, common // value.d) for value in values if isinstance(value.d, int)]
            size = max(value.size for value in values) + common.bit_length()
            return Pair(f"{choose}({','.join(map(str, scaled))})" if len(scaled) > 1 else scaled[0], common, size)
        best = self.kept(values[0])
        for value in values[1:]:
            other = self.kept(value)
            better = pairs.compare(other, "<" if least else ">", best)
            n = self.program.keep(f"{other.n} if {better} else {best.n}")
            d = self.program.keep(f"{other.d} if {better} else {best.d}")
            best = Pair(n, d, max(best.size, other.size))
        return best

    def rounded(self, value: Pair, rounding: Rounding, span: rb.Span) -> Pair:
        """The code of a rounding."""
        if isinstance(value.d, int) and (Fraction(1, value.d) / rounding.unit).denominator == 1:
            return value
        units = self.kept(pairs.multiply(value, pairs.fixed(1 / rounding.unit)))
        name = self.program.fresh()
        code, after = pairs.rounded(units, rounding, name)
        self.program.write(f"{name}={code}")
        if self.program.depth > 1:
            self.program.branch_names[name] = None
        return self._noted("round", after, span)

    def kept(self, value: Pair) -> Pair:
        """The same value with its parts under names, where they are code."""
        n = value.n if isinstance(value.n, int) or value.n.isidentifier() else self.program.keep(value.n)
        d = value.d if isinstance(value.d, int) or value.d.isidentifier() else self.program.keep(value.d)
        return Pair(n, d, value.size)

    def _noted(self, kind: str, value: Pair, span: rb.Span) -> Pair:
        kept = self.kept(value)
        if isinstance(kept.n, str):
            # In a branch the tape must not show what stands outside it under another name.
            inside = self.program.depth == 1 or kept.n in self.program.branch_names
            name = kept.n if inside else self.program.keep(kept.n)
            self.program.note(kind, "", name, kept.d, span)
        return kept

    def leave_if(self, condition: str) -> None:
        """Whatever is out of the ordinary is left to the plain interpreter."""
        self.program.write(f"if {condition}: raise Leave")

    # --- what is given

    def _datum(self, name: str) -> Pair:
        form = self._form(name)
        if form not in _NUMERIC:
            raise Unsupported
        if form is rb.DataForm.INTEGER:
            return Pair(self.converted_by("whole", name), 1, WHOLE_SIZE)
        return Pair(self.converted_by("scaled", name), DECIMALS, SIZE)

    def _form(self, name: str) -> rb.DataForm | None:
        field_of = self.scale.data.get(name)
        return None if field_of is None else field_of.form

    def points(self, owner: str) -> Pair:
        """The points given directly to an item or a bonus."""
        return Pair(self.converted_by("scaled", f"@{owner}"), DECIMALS, SIZE)

    def _judged(self, code: str) -> Pair:
        """The points given, in a formula: held to the item's own range."""
        value = self.points(code)
        if (stated := self.stated.get(code)) is not None:
            self.stay_within(value, stated)
        return value

    def stay_within(self, value: Pair, points: rb.Points) -> None:
        """Points outside the range the file states are an error, and told by the plain interpreter."""
        tests = []
        if points.low is not None:
            tests.append(pairs.compare(value, "<", pairs.fixed(points.low)))
        if points.high is not None:
            tests.append(pairs.compare(value, ">", pairs.fixed(points.high)))
        if tests:
            self.leave_if(" or ".join(tests))

    def read(self, key: str) -> str:
        """The name of something given, as it is."""
        if key not in self.program.given:
            name = self.program.given[key] = f"x{len(self.program.given)}"
            self.program.note("datum", key, name, 0, rb.Span())
        return self.program.given[key]

    def converted_by(self, converter: str, key: str) -> str:
        """The name of something given, turned into what the code computes with before everything else."""
        if (converter, key) not in self.converted:
            given, name = self.read(key), self.program.fresh()
            self.program.prelude.append(f" {name}={_CONVERSIONS[converter].format(x=given)}")
            self.converted[converter, key] = name
        return self.converted[converter, key]

    def _is_day(self, value: rb.Expression) -> bool:
        return isinstance(value, rb.Day) or (isinstance(value, rb.Datum) and self._form(value.name) is rb.DataForm.DATE)

    def day(self, value: rb.Expression) -> str:
        """The number of a day."""
        if isinstance(value, rb.Datum):
            return self.converted_by("day", value.name)
        if isinstance(value, rb.Day) and (value.month, value.day) != (2, 29):
            year = (
                value.year if value.year is not None else self.period + value.after if self.period is not None else None
            )
            if year is not None and date.min.year <= year <= date.max.year:
                return str(date(year, value.month, value.day).toordinal())
        raise Unsupported

    # --- conditions

    def holds(self, value: rb.Expression) -> str:
        """The code of a condition."""
        match value:
            case rb.Within():
                return self.tested(self.subject(value.subject), value.ranges)
            case rb.AllOf():
                return "(" + " and ".join(self.holds(part) for part in value.parts) + ")"
            case rb.AnyOf():
                return "(" + " or ".join(self.holds(part) for part in value.parts) + ")"
            case rb.Not():
                return f"(not {self.holds(value.part)})"
            case rb.Datum():
                return self.converted_by("yes", value.name)
            case rb.YesNo():
                return "True" if value.value else "False"
            case rb.SomeItem():
                tests = self._of_items(value.codes, value.within)
                return f"({(' and ' if value.every else ' or ').join(tests)})" if tests else str(bool(value.every))
            case _:
                raise Unsupported

    def _of_items(self, codes: tuple[str, ...], found: rb.Range) -> list[str]:
        """For each item the code that tells whether its score lies within; ``MaximumOf("*")`` is its own maximum."""
        tests = []
        for code in codes:
            self.maxima["*"] = self.maxima.get(code)
            tests.append(self.in_range(self.values[code], found))
        return tests

    def subject(self, subject: rb.Expression) -> Subject:
        """What is compared."""
        if self._is_day(subject):
            return "day", self.day(subject)
        if isinstance(subject, rb.Datum) and (form := self._form(subject.name)) not in _NUMERIC:
            kind = "yes" if form is rb.DataForm.YES_NO else "text"
            return kind, self.converted_by(kind, subject.name)
        return self.kept(self.number(subject))

    def tested(self, subject: Subject, ranges: tuple[rb.Range, ...]) -> str:
        """The code that tells whether what is compared lies in one of the ranges."""
        tests = [self.in_range(subject, found) for found in ranges]
        return tests[0] if len(tests) == 1 else "(" + " or ".join(tests) + ")" if tests else "False"

    def in_range(self, subject: Subject, found: rb.Range) -> str:
        """The code of one range."""
        if found.low is found.high and found.low is not None:
            return "(" + self._compared(subject, "!=" if found.negated else "==", found.low) + ")"
        if found.negated or (not isinstance(subject, Pair) and subject[0] != "day"):
            raise Unsupported
        tests = []
        if found.low is not None:
            tests.append(self._compared(subject, ">" if found.low_open else ">=", found.low))
        if found.high is not None:
            tests.append(self._compared(subject, "<" if found.high_open else "<=", found.high))
        return "(" + " and ".join(tests) + ")" if tests else "True"

    def _compared(self, subject: Subject, operator: str, bound: rb.Expression) -> str:
        if isinstance(subject, Pair):
            return pairs.compare(subject, operator, self.number(bound))
        kind, code = subject
        match bound:
            case rb.YesNo() if kind == "yes":
                return code if bound.value is (operator == "==") else f"not {code}"
            case rb.Text() if kind == "text":
                return f"{code}{operator}{self.program.constant(fold(bound.value))}"
            case _ if kind == "day":
                return f"{code}{operator}{self.day(bound)}"
            case _:
                raise Unsupported


_CONVERSIONS = {
    "scaled": f"{{x}}*{DECIMALS} if {{x}}.__class__ is int and -{MOST}<{{x}}<{MOST} else scaled({{x}})",
    "whole": f"{{x}} if {{x}}.__class__ is int and -{MOST}<{{x}}<{MOST} else whole({{x}})",
    "day": "day({x})",
    "yes": "{x} if {x} is True or {x} is False else yes({x})",
    "text": "text({x})",
    "ticks": "ticks({x})",
}


def key_of(value: rb.NameRef | rb.ItemScore | rb.BonusPoints | rb.TotalPoints) -> str:
    """The key of what is referred to among all values."""
    match value:
        case rb.NameRef():
            return named_key(value.owner, value.name)
        case rb.ItemScore():
            return value.code
        case rb.BonusPoints():
            return value.title
        case rb.TotalPoints():
            return SUBTOTAL if value.before_bonus else TOTAL


SUBTOTAL, TOTAL = "@subtotal", "@total"


def named_key(owner: str, name: str) -> str:
    """The key of a named value among all values."""
    return f"={owner}\x00{name}"
