"""Units that were scored in; the lines a case file records of them, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thangdiem.dsl.dialect import Dialect, dialect
from thangdiem.dsl.numerals import write_number
from thangdiem.dsl.rulebook import State
from thangdiem.engine.result import ItemResult, Status, UnitResult


def recorded_text(units: Iterable[UnitResult], dialect_name: str) -> str:
    """One line a unit: total, grade, rank, then every item, in the words of the rules."""
    words = dialect(dialect_name)
    return "\n".join(f"{unit.unit}: {', '.join(_said(unit, words))}" for unit in units)


def _said(unit: UnitResult, words: Dialect) -> Iterator[str]:
    if unit.status is Status.REFUSED:
        yield words.spell("REFUSED")
        yield from dict.fromkeys(found.code for found in unit.diagnostics)
        return
    if unit.total is not None:
        yield f"{words.spell('EXPECT_TOTAL')} {write_number(unit.total, words.name)}"
    yield f"{words.spell('EXPECT_GRADE')} {unit.grade}" if unit.grade else words.spell("UNGRADED")
    if unit.rank is not None:
        yield f"{words.spell('EXPECT_RANK')} {unit.rank}"
    yield from (f"{item.code} = {_item(item, words)}" for item in unit.items)


def _item(item: ItemResult, words: Dialect) -> str:
    if item.state is State.VALUE and item.score is not None:
        return write_number(item.score, words.name)
    return words.spell(
        {State.NOT_APPLICABLE: "NOT_APPLICABLE", State.NOT_ASSESSED: "NOT_ASSESSED"}.get(item.state, "MISSING")
    )
