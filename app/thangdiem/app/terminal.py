"""Findings in; what a terminal shows of them (message, line, underlined place, what to do) out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import click
from attrs import frozen

from thangdiem.app.columns import expanded, on_one_line, visible, width
from thangdiem.app.invocation import Invocation, coloured
from thangdiem.app.wording import Words
from thangdiem.dsl.diagnostic import Diagnostic, Language, Place, Severity, entry, fill
from thangdiem.dsl.excerpt import excerpt

WIDEST = 100
"""A longer line is shown from a little before its place on."""

_BEFORE = 30
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.HINT: "36;1"}


def tell(findings: Sequence[Diagnostic], run: Invocation) -> None:
    """Prints findings, not too many of one code, and their number to standard error."""
    if not findings:
        return
    colour = coloured(sys.stderr)
    for found in excerpt(findings):
        say(told(found, run.language, run.words, colour) + "\n", colour)
    say(summary(findings, run.words), colour)


def say(text: str, colour: bool = False) -> None:
    """Prints a message to standard error: results alone go to standard output."""
    click.echo(text, err=True, color=colour)


def told(found: Diagnostic, language: Language, words: Words, colour: bool = False) -> str:
    """One finding in full."""
    paint = _Paint(_COLOURS[found.severity] if colour else "")
    head = paint(f"{words(found.severity.value)} {found.code}")
    message = found.message(language)
    lines = [f"{head}: {on_one_line(message)}"]
    places = [(found.place, "")] if found.place is not None and not _is_named(found.place, message) else []
    places += [(each.place, fill(entry(each.label)[language], each.arguments, language)) for each in found.related]
    margin = max((len(str(place.start.line + 1)) for place, _ in places if place.start), default=1)
    for index, (place, label) in enumerate(places):
        lines += _shown(place, label, margin, paint, words, places[index - 1][0] if index else None)
    if found.breadcrumb:
        lines.append(f"{' ' * margin} = {on_one_line(' › '.join(found.breadcrumb))}")
    hint = found.hint(language)
    if hint:
        lines.append(f"{' ' * margin} = {words('hint-line', hint=hint)}")
    return "\n".join(lines)


def summary(findings: Iterable[Diagnostic], words: Words) -> str:
    """How many findings of each severity there are; empty where there are none."""
    severities = [found.severity for found in findings]
    counts = [(severity, severities.count(severity)) for severity in Severity]
    return ", ".join(words.count(f"{severity.value}s", count) for severity, count in counts if count)


def _is_named(place: Place, message: str) -> bool:
    """Whether the message itself says where to look, and no line can be shown besides."""
    return not place.line_text and place.file in message and (place.cell or "") in message


@frozen
class _Paint:
    code: str

    def __call__(self, text: str) -> str:
        return f"\x1b[{self.code}m{text}\x1b[0m" if self.code and text else text


def where(place: Place, words: Words) -> str:
    """File, line and column, or file, sheet and cell, as people count them."""
    parts = [on_one_line(place.file)]
    if place.start is not None:
        column = f":{place.start.column + 1}" if place.line_text else ""
        parts[0] += f":{place.start.line + 1}{column}"
    if place.sheet:
        parts.append(words("sheet", sheet=place.sheet))
    if place.cell:
        parts.append(words("cell", cell=place.cell))
    return ", ".join(parts)


def _shown(place: Place, label: str, margin: int, paint: _Paint, words: Words, before: Place | None) -> list[str]:
    """A place with its line, underlined; the label says what is there, the file is named where it changes."""
    blank = " " * margin
    arrow = f"{blank}--> {where(place, words)}"
    if place.start is None or not place.line_text:
        return [f"{arrow}  {visible(label)}".rstrip()]
    line, indent, marked = _window(place)
    number = str(place.start.line + 1).rjust(margin)
    caret = f"{' ' * indent}{paint('^' * max(marked, 1))} {visible(label)}".rstrip()
    shown = [f"{number} | {line}", f"{blank} | {caret}"]
    if before is not None and before.file == place.file and before.line_text:
        return shown
    return [arrow, f"{blank} |", *shown]


def _window(place: Place) -> tuple[str, int, int]:
    """The line as shown, the columns before the place, the columns of the place."""
    assert place.start is not None
    text = place.line_text
    start = min(place.start.column, len(text))
    ends_here = place.end is not None and place.end.line == place.start.line
    end = max(min(place.end.column, len(text)), start) if ends_here and place.end else len(text.rstrip())
    first = 0
    if width(text) > WIDEST and start > _BEFORE:
        first = start - _BEFORE
    shown = expanded(visible(text[first:]))
    before = width(expanded(visible(text[first:start])))
    marked = width(expanded(visible(text[first:end]))) - before
    opening, closing = "…" if first else "", ""
    if width(shown) > WIDEST:
        shown, closing = _cut(shown, WIDEST), "…"
    before += width(opening)
    line = f"{opening}{shown}{closing}".rstrip()
    return line, before, min(marked, max(width(line) - before, 1))


def _cut(text: str, columns: int) -> str:
    taken = 0
    for index, char in enumerate(text):
        taken += width(char)
        if taken > columns:
            return text[:index]
    return text
