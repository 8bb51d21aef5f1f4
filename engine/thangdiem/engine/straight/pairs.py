"""Exact numbers in generated code: a numerator and a denominator, each known now or computed by a line of code."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from attrs import frozen

from thangdiem.dsl.rounding import Rounding, Tie

Code = str | int
"""An integer known now, or the code of an integer: a name, or an expression in parentheses."""


@frozen
class Pair:
    """``n / d``; the denominator is always positive. Both known: a constant."""

    n: Code
    d: Code = 1

    @property
    def constant(self) -> Fraction | None:
        """The value, where it is known now."""
        return Fraction(self.n, self.d) if isinstance(self.n, int) and isinstance(self.d, int) else None


def fixed(value: Fraction) -> Pair:
    """A constant."""
    return Pair(value.numerator, value.denominator)


def times(left: Code, right: Code) -> Code:
    """The code of a product, folded where it can be."""
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    if left == 1:
        return right
    if right == 1:
        return left
    if left == 0 or right == 0:
        return 0
    return f"({left}*{right})"


def _plus(left: Code, operator: str, right: Code) -> Code:
    if isinstance(left, int) and isinstance(right, int):
        return left + right if operator == "+" else left - right
    if right == 0:
        return left
    if left == 0 and operator == "+":
        return right
    return f"({left}{operator}{right})"


def add(left: Pair, right: Pair, operator: str = "+") -> Pair:
    """A sum or difference over the least common denominator that is known now."""
    if isinstance(left.d, int) and isinstance(right.d, int):
        common = left.d * right.d // gcd(left.d, right.d)
        return Pair(_plus(times(left.n, common // left.d), operator, times(right.n, common // right.d)), common)
    if left.d == right.d:
        return Pair(_plus(left.n, operator, right.n), left.d)
    return Pair(_plus(times(left.n, right.d), operator, times(right.n, left.d)), times(left.d, right.d))


def multiply(left: Pair, right: Pair) -> Pair:
    """A product; constants are reduced against each other."""
    return _reduced(Pair(times(left.n, right.n), times(left.d, right.d)), left, right)


def _reduced(product: Pair, left: Pair, right: Pair) -> Pair:
    """``(n * 10) / (d * 5)`` with the constant factor taken out before any code runs."""
    for factor, other in ((left, right), (right, left)):
        if isinstance(factor.n, int) and isinstance(factor.d, int) and isinstance(other.d, int):
            common = gcd(factor.n, other.d)
            if common > 1:
                return Pair(times(other.n, factor.n // common), other.d // common * factor.d)
    return product


def divide(left: Pair, right: Pair) -> Pair:
    """A quotient by a positive divisor (the caller sees to that)."""
    if left.d == right.d:
        return Pair(left.n, right.n)
    return Pair(times(left.n, right.d), times(left.d, right.n))


def compare(left: Pair, operator: str, right: Pair) -> str:
    """The code of a comparison by cross multiplication."""
    if isinstance(left.d, int) and isinstance(right.d, int):
        common = gcd(left.d, right.d)
        return f"{times(left.n, right.d // common)}{operator}{times(right.n, left.d // common)}"
    if left.d == right.d:
        return f"{left.n}{operator}{right.n}"
    return f"{times(left.n, right.d)}{operator}{times(right.n, left.d)}"


def rounded(value: Pair, rounding: Rounding, name: str) -> tuple[str, Pair]:
    """The code of the rounded multiple of the unit, to be kept under ``name``, and the pair it makes."""
    unit = rounding.unit
    whole, parts = times(value.n, unit.denominator), times(value.d, unit.numerator)
    return _TIES[rounding.tie].format(w=whole, p=parts), Pair(times(name, unit.numerator), unit.denominator)


_TIES = {
    Tie.UP: "-(-{w}//{p})",
    Tie.DOWN: "{w}//{p}",
    Tie.TRUNCATE: "({w}//{p} if {w}>=0 else -(-{w}//{p}))",
    Tie.HALF_UP: "((2*{w}+{p})//(2*{p}) if {w}>=0 else -((-2*{w}+{p})//(2*{p})))",
    Tie.HALF_DOWN: "(-((-2*{w}+{p})//(2*{p})) if {w}>=0 else (2*{w}+{p})//(2*{p}))",
    Tie.HALF_EVEN: "half_even({w},{p})",
}


def half_even(whole: int, parts: int) -> int:
    """``whole / parts`` to the nearest integer, halves to the even one."""
    quotient, rest = divmod(whole, parts)
    return quotient + (2 * rest > parts or (2 * rest == parts and quotient % 2 == 1))
