"""A scheme's name and many units in; what the rule file makes of them, exactly, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random

from thangdiem.dsl.library import load
from thangdiem.dsl.rulebook import DataForm, Scale
from thangdiem.engine import UnitResult, evaluate_all
from thangdiem.engine.straight import Score, prepare

HERE = Path(__file__).parent
SHIPPED = HERE.parents[2] / "rules"


def scored(name: str, units: Sequence[Mapping[str, object]], folder: Path = HERE) -> tuple[UnitResult, ...]:
    """The results of the units, each keyed as the columns of a data file are headed."""
    rules = load(folder / f"{name}.rubric").only().scale()
    return evaluate_all(rules, units).units


def straightly(name: str, units: Sequence[Mapping[str, object]]) -> list[Score]:
    """The totals and grades of the same units by straight code, which is fast enough for thousands."""
    scorer = prepare(load(HERE / f"{name}.rubric").only().scale())
    assert scorer.straight
    return [scorer.score(_values(scorer.rules.scale, unit)) for unit in units]


def _values(scale: Scale, unit: Mapping[str, object]) -> dict[str, object]:
    values: dict[str, object] = {}
    for column, value in unit.items():
        datum = scale.data.get(column.strip("[]"))
        if datum is None:
            values[f"@{column}"] = Fraction(value) if isinstance(value, int) else value
        elif datum.form in (DataForm.NUMBER, DataForm.INTEGER):
            values[datum.name] = Fraction(str(value))
        else:
            values[datum.name] = value
    return values


def parts(result: UnitResult) -> dict[str, Fraction | None]:
    """The score of every item by its code; None where it has none."""
    return {item.code: item.score for item in result.items}


def decimal(random: Random, low: float, high: float, digits: int) -> str:
    """A decimal text between the two, both possible."""
    step = 10**digits
    value = random.randint(round(low * step), round(high * step))
    sign, size = ("-" if value < 0 else ""), abs(value)
    return f"{sign}{size // step}.{size % step:0{digits}d}" if digits else str(value)
