"""A ``thangdiem/trace/1`` document in; every figure, condition and grade that does not follow from its parts out.

Written from docs/reference/json.md and the list of kinds alone: the standard library only, no code of the engine.
"""

from __future__ import annotations

from decimal import localcontext
from typing import Any

from engine.recomputation.grades import Grades

DIGITS = 90


def wrong(document: dict[str, Any]) -> list[str]:
    """What does not follow; nothing where the trace is right and complete."""
    with localcontext() as context:
        context.prec = DIGITS
        try:
            return Grades(document).run()
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            return [f"refers to what is not there: {error}"]
