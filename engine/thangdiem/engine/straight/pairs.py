"""Exact numbers in generated code: a numerator and a denominator, each known now or computed by a line of code."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from attrs import frozen

from thangdiem.dsl.rounding import Rounding, Tie
from thangdiem.engine.evaluation.arithmetic import MOST_BITS
from thangdiem.engine.straight.program import Unsupported

Code = str | int
"""An integer known now, or the code of an integer: a name, or an expression in parentheses."""

_TERMS = 50  # of a sum in one line: Python's own parser nests no deeper than a few hundred


@frozen
class Pair:
    """``n / d``; the denominator is always positive. Both known: a constant.

    ``size`` bounds the bits of either whatever the data are: where the plain interpreter might find a number too
    large, there is no straight code.
    """

    n: Code
    d: Code
    size: int

    def __attrs_post_init__(self) -> None:
        if self.size > MOST_BITS:
            raise Unsupported

    @property
    def constant(self) -> Fraction | None:
        """The value, where it is known now."""
        return Fraction(self.n, self.d) if isinstance(self.n, int) and isinstance(self.d, int) else None


def fixed(value: Fraction | int) -> Pair:
    """A constant."""
    n, d = value.numerator, value.denominator
    return Pair(n, d, max(n.bit_length(), d.bit_length()))


ZERO = fixed(0)


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
        common = lcm(left.d, right.d)
        up, other = common // left.d, common // right.d
        size = max(left.size + up.bit_length(), right.size + other.bit_length()) + 1
        return Pair(_plus(times(left.n, up), operator, times(right.n, other)), common, size)
    if left.d == right.d:
        return Pair(_plus(left.n, operator, right.n), left.d, max(left.size, right.size) + 1)
    n = _plus(times(left.n, right.d), operator, times(right.n, left.d))
    return Pair(n, times(left.d, right.d), left.size + right.size + 1)


def sums(values: Sequence[Pair]) -> list[tuple[str, Pair]]:
    """The lines of a sum of values whose denominators are known: each a code and what it is, to be kept and added."""
    common = common_denominator(values)
    assert common is not None
    found = []
    for start in range(0, len(values), _TERMS):
        part = values[start : start + _TERMS]
        terms = [times(value.n, common // value.d) for value in part if isinstance(value.d, int)]
        size = max(value.size for value in part) + common.bit_length() + len(part).bit_length()
        found.append((f"({'+'.join(map(str, terms))})", Pair(0, common, size)))
    return found


def common_denominator(values: Sequence[Pair]) -> int | None:
    """The least common denominator, where all are known now."""
    known = [value.d for value in values if isinstance(value.d, int)]
    return lcm(*known) if len(known) == len(values) else None


def multiply(left: Pair, right: Pair) -> Pair:
    """A product; constants are reduced against each other before any code runs: ``(n * 10) / (d * 5)``."""
    size = left.size + right.size
    for factor, other in ((left, right), (right, left)):
        if isinstance(factor.n, int) and isinstance(factor.d, int) and isinstance(other.d, int):
            common = gcd(factor.n, other.d)
            if common > 1:
                return Pair(times(other.n, factor.n // common), other.d // common * factor.d, size)
    return Pair(times(left.n, right.n), times(left.d, right.d), size)


def divide(left: Pair, right: Pair) -> Pair:
    """A quotient by a positive divisor (the caller sees to that)."""
    size = left.size + right.size
    if left.d == right.d:
        return Pair(left.n, right.n, size)
    return Pair(times(left.n, right.d), times(left.d, right.n), size)


def compare(left: Pair, operator: str, right: Pair) -> str:
    """The code of a comparison by cross multiplication."""
    if isinstance(left.d, int) and isinstance(right.d, int):
        common = gcd(left.d, right.d)
        return f"{times(left.n, right.d // common)}{operator}{times(right.n, left.d // common)}"
    if left.d == right.d:
        return f"{left.n}{operator}{right.n}"
    return f"{times(left.n, right.d)}{operator}{times(right.n, left.d)}"


def rounded(value: Pair, rounding: Rounding, name: str) -> tuple[str, Pair]:
    """The code that rounds so many units (``value / unit``) to a whole number, and the pair it makes under ``name``."""
    unit = rounding.unit
    size = value.size + unit.denominator.bit_length() + unit.numerator.bit_length() + 2
    return _TIES[rounding.tie].format(w=value.n, p=value.d), Pair(times(name, unit.numerator), unit.denominator, size)


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
