"""What is missing or wrong: the gaps of a unit in, each with its cell and what needs it out."""

from __future__ import annotations

from thangdiem.engine.explanation.arithmetic import MOST_LISTED
from thangdiem.engine.explanation.parts import Statement
from thangdiem.engine.explanation.subject import Subject


def gaps(subject: Subject) -> tuple[Statement, ...]:
    """Each gap that decides, then what else is to be said of the unit."""
    found = [_gap(gap, subject) for gap in subject.unit.gaps]
    for diagnostic in subject.unit.diagnostics:
        if not (diagnostic.code == "TD500" and found):
            found.append(
                Statement(
                    "gap",
                    diagnostic.code,
                    diagnostic.message(subject.language),
                    diagnostic.hint(subject.language),
                )
            )
    return tuple(found)


def _gap(gap: str, subject: Subject) -> Statement:
    words = subject.words
    fact = subject.fact(gap)
    label = gap if gap.startswith("[") or gap not in subject.items else subject.heading(subject.items[gap])
    text = words(fact.state.value)
    if fact.written and fact.state.value == "invalid":
        text = f"“{fact.written}”: {text}"
    place = subject.origin(fact.origin)
    if not place:
        row = subject.origin(subject.unit.facts.origin)
        place = words("in_row_of", place=row) if row else words("nowhere")
    known = subject.scale.data.get(gap[1:-1]) if gap.startswith("[") else None
    users = [*known.used_by][:MOST_LISTED] if known is not None else []
    note = words("needed_by", items=", ".join(users)) if users else ""
    return Statement("gap", label, text, note, place)
