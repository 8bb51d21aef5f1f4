"""Numbers that are no fractions, to 520 digits: roots, logarithms, powers, and what is computed of them."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, DecimalException, localcontext
from fractions import Fraction

from attrs import frozen

CONTEXT = Context(prec=520, Emax=MAX_EMAX, Emin=MIN_EMIN)
_NOTHING = Decimal(10) ** -480
LARGEST = 4_000
MOST_BITS = 13_000
"""So many digits a number has at most, about: in the engine it is counted in bits."""


class NoNumber(Exception):
    """The number is not defined, or too large, or cannot be told from a neighbour."""


@frozen
class Real:
    """A number by its first digits."""

    digits: Decimal


Number = Fraction | Real


def decimal(number: Number) -> Decimal:
    """Its digits."""
    if isinstance(number, Real):
        return number.digits
    with localcontext(CONTEXT):
        return Decimal(number.numerator) / Decimal(number.denominator)


def combined(one: Number, sign: str, other: Number) -> Number:
    """One number plus, minus, times or divided by another."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return bounded(_exact(one, sign, other))
    if sign == "/" and isinstance(other, Fraction) and other == 0:
        raise NoNumber
    if sign == "*" and Fraction(0) in (one, other):
        return Fraction(0)
    with localcontext(CONTEXT):
        left, right = decimal(one), decimal(other)
        if sign == "/" and abs(right) < _NOTHING:
            raise NoNumber
        found = {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right}.get(
            sign, lambda: left / right
        )
        return Real(found())


def _exact(one: Fraction, sign: str, other: Fraction) -> Fraction:
    match sign:
        case "+":
            return one + other
        case "-":
            return one - other
        case "*":
            return one * other
        case _:
            if other == 0:
                raise NoNumber
            return one / other


def bounded(number: Fraction) -> Fraction:
    """The number, unless it is too long to be one."""
    if max(abs(number.numerator), number.denominator).bit_length() > MOST_BITS:
        raise NoNumber
    return number


def sign_of(number: Number) -> int:
    """-1, 0 or 1."""
    if isinstance(number, Fraction):
        return (number > 0) - (number < 0)
    if abs(number.digits) < _NOTHING:
        raise NoNumber
    return 1 if number.digits > 0 else -1


def compared(one: Number, other: Number) -> int:
    """-1 where the first is less, 1 where it is more, 0 where they are equal."""
    return sign_of(combined(one, "-", other))


# --- functions


def root(number: Number, degree: int) -> Number:
    """The root of that degree: of a negative number only an odd one."""
    if degree < 1 or degree > 1_000:
        raise NoNumber
    if sign_of(number) < 0:
        if degree % 2 == 0:
            raise NoNumber
        return combined(Fraction(0), "-", root(combined(Fraction(0), "-", number), degree))
    if isinstance(number, Fraction):
        top, bottom = _whole_root(number.numerator, degree), _whole_root(number.denominator, degree)
        if top is not None and bottom is not None:
            return Fraction(top, bottom)
    with localcontext(CONTEXT):
        return Real((decimal(number).ln() / degree).exp())


def _whole_root(number: int, degree: int) -> int | None:
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**degree < number:
            low = middle + 1
        else:
            high = middle
    return low if low**degree == number else None


def power(base: Number, exponent: Number) -> Number:
    """The base to that exponent."""
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        return _whole_power(base, exponent.numerator)
    sign = sign_of(base)
    if sign < 0 or (sign == 0 and sign_of(exponent) < 0):
        raise NoNumber
    if sign == 0:
        return Fraction(0)
    if isinstance(exponent, Fraction) and exponent.denominator <= 1_000:
        taken = root(base, exponent.denominator)
        if isinstance(taken, Fraction):
            return _whole_power(taken, exponent.numerator)
    with localcontext(CONTEXT):
        return Real((decimal(base).ln() * decimal(exponent)).exp())


def _whole_power(base: Number, exponent: int) -> Number:
    if isinstance(base, Real) and exponent == 0:
        return Fraction(abs(sign_of(base)))
    if isinstance(base, Real):
        with localcontext(CONTEXT):
            return Real(base.digits**exponent)
    if base == 0 and exponent <= 0:
        raise NoNumber
    size = max(abs(base.numerator), base.denominator)
    if size > 1 and (size.bit_length() - 1) * abs(exponent) > 4 * LARGEST:
        raise NoNumber
    return bounded(base**exponent)


def natural_logarithm(number: Number) -> Number:
    """ln: of 1 it is exactly 0."""
    if sign_of(number) <= 0:
        raise NoNumber
    if number == 1:
        return Fraction(0)
    with localcontext(CONTEXT):
        return Real(decimal(number).ln())


def common_logarithm(number: Number) -> Number:
    """log10: exact for the powers of ten."""
    if sign_of(number) <= 0:
        raise NoNumber
    if isinstance(number, Fraction):
        for exponent in range(-40, 41):
            if number == Fraction(10) ** exponent:
                return Fraction(exponent)
    with localcontext(CONTEXT):
        return Real(decimal(number).log10())


def exponential(number: Number) -> Number:
    """e to that power: of 0 it is exactly 1."""
    if number == 0:
        return Fraction(1)
    if abs(decimal(number)) > 3 * LARGEST:
        raise NoNumber
    try:
        with localcontext(CONTEXT):
            return Real(decimal(number).exp())
    except DecimalException:
        raise NoNumber from None


def size(number: Number) -> Number:
    """The number without its sign."""
    return combined(Fraction(0), "-", number) if sign_of(number) < 0 else number
