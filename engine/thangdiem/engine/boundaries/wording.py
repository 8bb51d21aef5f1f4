"""A proposed example in; the lines a rule file writes for it, in its dialect, out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.dialect import Dialect, dialect
from thangdiem.dsl.numerals import write_date, write_number, write_percent
from thangdiem.dsl.resolve.examples import TOTAL_COLUMN
from thangdiem.engine.boundaries.proposing import Proposal


def example_text(proposal: Proposal, title: str, dialect_name: str) -> str:
    """The example as rule text, ending in a line feed; ``title`` is free text without quotation marks."""
    words = dialect(dialect_name)
    head = f'{_head(words, "EXAMPLE")} "{title}" {words.spell("EXAMPLE_BY")} {proposal.scale}'
    lines = [f"{head}, {words.spell('EXAMPLE_PERIOD')} {proposal.period}"]
    lines.extend(f"  {line}" for line in _given(proposal, words))
    lines.append(f"  {_head(words, 'RESULT')}: {', '.join(_expected(proposal, words))}")
    return "\n".join((*lines, ""))


def _head(words: Dialect, terminal: str) -> str:
    spelled = words.spell(terminal)
    return spelled[0].upper() + spelled[1:]


def _given(proposal: Proposal, words: Dialect) -> Iterator[str]:
    for (column, layer), value in proposal.given.items():
        name = _head(words, "TOTAL_POINTS") if column == TOTAL_COLUMN else column
        yield f"{name}{f' ({layer})' if layer else ''} = {_cell(value, words)}"


def _cell(value: rb.CellValue, words: Dialect) -> str:
    match value:
        case rb.Number():
            write = write_percent if value.kind is rb.Kind.RATIO else write_number
            return write(value.value, words.name, grouping=False)
        case rb.Text():
            return f'"{value.value}"'
        case rb.YesNo():
            return words.spell("YES" if value.value else "NO")
        case rb.Day():
            return write_date(date(value.year or 1, value.month, value.day), words.name)
        case rb.State():
            return words.spell(_STATES[value])
        case _:
            return ", ".join(value) or words.spell("NONE_MET")


_STATES = {
    rb.State.NOT_APPLICABLE: "NOT_APPLICABLE",
    rb.State.MISSING: "MISSING",
    rb.State.INVALID: "MISSING",
    rb.State.NOT_ASSESSED: "NOT_ASSESSED",
    rb.State.VALUE: "MISSING",
}


def _expected(proposal: Proposal, words: Dialect) -> Iterator[str]:
    result, code = proposal.result, proposal.threshold.item
    item = next((each for each in result.items if each.code == code), None)
    if item is not None and item.state is rb.State.VALUE and item.score is not None:
        yield f"{code} = {_number(item.score, words)}"
    elif item is not None and item.state is rb.State.NOT_APPLICABLE:
        yield f"{code} = {words.spell('NOT_APPLICABLE')}"
    if result.total is not None:
        yield f"{words.spell('EXPECT_TOTAL')} {_number(result.total, words)}"
    if result.maximum is not None:
        yield f"{words.spell('EXPECT_MAXIMUM')} {_number(result.maximum, words)}"
    yield f"{words.spell('EXPECT_GRADE')} {_grade(result.grade)}" if result.grade else words.spell("UNGRADED")


def _grade(grade: str) -> str:
    return grade if all(each.isalpha() or each == " " for each in grade) else f'"{grade}"'


def _number(value: Fraction, words: Dialect) -> str:
    return write_number(value, words.name, grouping=False)
