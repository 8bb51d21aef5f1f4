"""A scheme's name and many units in; what the rule file makes of them, exactly, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random

from thangdiem.dsl.library import load
from thangdiem.engine import UnitResult, evaluate_all

HERE = Path(__file__).parent
SHIPPED = HERE.parents[2] / "rules"


def scored(name: str, units: Sequence[Mapping[str, object]], folder: Path = HERE) -> tuple[UnitResult, ...]:
    """The results of the units, each keyed as the columns of a data file are headed."""
    rules = load(folder / f"{name}.rubric").only().scale()
    return evaluate_all(rules, units).units


def parts(result: UnitResult) -> dict[str, Fraction | None]:
    """The score of every item by its code; None where it has none."""
    return {item.code: item.score for item in result.items}


def decimal(random: Random, low: float, high: float, digits: int) -> str:
    """A decimal text between the two, both possible."""
    step = 10**digits
    value = random.randint(round(low * step), round(high * step))
    sign, size = ("-" if value < 0 else ""), abs(value)
    return f"{sign}{size // step}.{size % step:0{digits}d}" if digits else str(value)
