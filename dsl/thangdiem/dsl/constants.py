"""What an expression of literals alone comes to."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb


def constant(value: rb.Expression) -> Fraction | None:
    """The value of an expression made of literals only."""
    match value:
        case rb.Number():
            return value.value
        case rb.Negative():
            inner = constant(value.value)
            return None if inner is None else -inner
        case rb.Arithmetic():
            left, right = constant(value.left), constant(value.right)
            if left is None or right is None:
                return None
            match value.operator:
                case rb.Operator.ADD:
                    return left + right
                case rb.Operator.SUBTRACT:
                    return left - right
                case rb.Operator.MULTIPLY:
                    return left * right
                case rb.Operator.DIVIDE:
                    return left / right if right else None
        case _:
            return None
