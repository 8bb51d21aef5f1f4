"""Operations on values that are there: numbers exact or still to be rounded, dates, texts, yes and no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from thangdiem.dsl.enclosure import DomainError, Real, TooLargeError, greatest, least
from thangdiem.dsl.rulebook import Function, Operator
from thangdiem.dsl.transcendental import UndecidableError, exp, ln, log10, power, root
from thangdiem.engine.trace import Value
from thangdiem.engine.unrounded import Number, Unrounded, combined, compare, real, told

MOST_BITS = 13_000
"""Numerators and denominators grow no further: a rule that multiplies without end is refused, not computed."""


class NotANumberError(ArithmeticError):
    """A text, a date or a yes/no where a number is needed; told by the kinds check, refused here."""


Fault = ZeroDivisionError | TooLargeError | UndecidableError | NotANumberError | DomainError
FAULTS = (ZeroDivisionError, TooLargeError, UndecidableError, NotANumberError, DomainError)
"""Why an operation has no value; any other error is one of ours."""


def fault(error: Fault) -> str:
    """The code of the finding that tells why an operation has no value."""
    match error:
        case ZeroDivisionError():
            return "TD501"
        case TooLargeError():
            return "TD503"
        case UndecidableError():
            return "TD504"
        case NotANumberError():
            return "TD505"
        case DomainError():
            return "TD502"


def fault_of_comparison(error: Fault) -> str:
    """The same of a comparison: what is no number is of another type than what it is held against."""
    return "TD507" if isinstance(error, NotANumberError) else fault(error)


def calculate(operator: Operator, left: Value, right: Value) -> Value:
    """``left operator right``; a difference of two dates is a number of days."""
    if isinstance(left, date) and isinstance(right, date) and operator is Operator.SUBTRACT:
        return Fraction((left - right).days)
    one, two = number(left), number(right)
    match operator:
        case Operator.ADD:
            return _kept_small(combined(lambda digits: real(one, digits) + real(two, digits), one, two))
        case Operator.SUBTRACT:
            return _kept_small(combined(lambda digits: real(one, digits) - real(two, digits), one, two))
        case Operator.MULTIPLY if Fraction(0) in (one, two):
            return Fraction(0)
        case Operator.MULTIPLY:
            return _kept_small(combined(lambda digits: real(one, digits) * real(two, digits), one, two))
        case Operator.DIVIDE:
            if isinstance(two, Fraction) and not two:
                raise ZeroDivisionError
            return _kept_small(combined(lambda digits: real(one, digits) / real(two, digits), one, two))


def total(values: Sequence[Value]) -> Number:
    """Values added up."""
    numbers = [number(value) for value in values]
    return combined(lambda digits: sum((real(each, digits) for each in numbers), Fraction(0)), *numbers)


def negative(value: Value) -> Number:
    """``-value``."""
    inner = number(value)
    return combined(lambda digits: -real(inner, digits), inner)


def raised(base: Value, exponent: Fraction) -> Value:
    """``base ^ exponent``; to the power 0 only the sign of a number counts, so that the result is exact."""
    inner = number(base)
    if not exponent:
        inner = Fraction(compare(inner, Fraction(0)))
    return _kept_small(_real(lambda digits: power(real(inner, digits), exponent, digits)))


def call(function: Function, arguments: Sequence[Value]) -> Value:
    """A function of the language."""
    values = [number(argument) for argument in arguments]
    first = values[0]
    match function:
        case Function.LEAST:
            return _extreme(values, least, -1)
        case Function.GREATEST:
            return _extreme(values, greatest, 1)
        case Function.ABSOLUTE:
            return _extreme([first, negative(first)], greatest, 1)
        case Function.ROOT:
            degree = values[1]
            if not isinstance(degree, Fraction) or degree.denominator != 1:
                raise DomainError
            return _real(lambda digits: root(real(first, digits), int(degree), digits))
        case Function.LN:
            return _real(lambda digits: ln(real(first, digits), digits))
        case Function.LOG10:
            return _real(lambda digits: log10(real(first, digits), digits))
        case Function.EXP:
            return _real(lambda digits: exp(real(first, digits), digits))


def number(value: Value) -> Number:
    """The value as a number."""
    if isinstance(value, Fraction | Unrounded):
        return value
    raise NotANumberError


def distance(value: Value, low: Value | None, high: Value | None) -> Fraction | None:
    """How far a number lies from the nearer end of a range; None where that is no exact number."""
    if not isinstance(value, Fraction):
        return None
    gaps = [abs(bound - value) for bound in (low, high) if isinstance(bound, Fraction)]
    return min(gaps) if gaps else None


def order(left: Value, right: Value) -> int:
    """-1, 0 or 1 of two numbers or two dates."""
    if isinstance(left, date) and isinstance(right, date):
        return (left > right) - (left < right)
    return compare(number(left), number(right))


def _real(compute: Callable[[int], Real]) -> Number:
    """A function that may leave the rationals: its domain is tried at once, so that a wrong argument is told here."""
    first = told(compute)
    return first if isinstance(first, Fraction) else Unrounded(compute)


def _extreme(values: Sequence[Number], choose: Callable[..., Real], sign: int) -> Number:
    """The value itself where its digits tell which it is: an exact one among roots stays exact."""
    best = values[0]
    try:
        for value in values[1:]:
            if compare(value, best) == sign:
                best = value
    except UndecidableError:
        return Unrounded(lambda digits: choose(*(real(value, digits) for value in values)))
    return best


def too_large(value: Fraction) -> bool:
    """Whether a number has grown beyond what is computed with."""
    return value.numerator.bit_length() > MOST_BITS or value.denominator.bit_length() > MOST_BITS


def _kept_small(value: Number) -> Number:
    if isinstance(value, Fraction) and too_large(value):
        raise TooLargeError
    return value
