"""Rules in; examples around each threshold printed for a person to confirm, the confirmed ones written, out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from attrs import frozen

from thangdiem.app import files
from thangdiem.app.columns import on_one_line
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.wording import messages
from thangdiem.dsl.checker import check_bytes
from thangdiem.dsl.diagnostic import Severity
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.engine.boundaries import Proposal, Proposals, example_text, propose

_ENCODINGS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""How a file that begins so is written; every other is UTF-8."""

_YES = frozenset(("y", "yes", "c", "có", "co"))


@frozen
class Proposed:
    """An example that the file does not hold yet, as rule text."""

    proposal: Proposal
    title: str
    text: str


@frozen
class Around:
    """What was proposed for a rulebook."""

    book: Rulebook
    found: tuple[Proposed, ...]
    proposals: Proposals


def around(book: Rulebook) -> Around:
    """Examples around the thresholds of a rulebook; those whose titles its examples bear already are left out."""
    proposals = propose(book)
    held = {example.title for example in book.examples}
    seen: dict[str, int] = {}
    found = []
    for each in proposals.found:
        title = title_of(each, book)
        seen[title] = seen.get(title, 0) + 1
        title = title if seen[title] == 1 else f"{title} ({seen[title]})"
        if title not in held:
            found.append(Proposed(each, title, example_text(each, title, book.dialect)))
    return Around(book, tuple(found), proposals)


def title_of(proposal: Proposal, book: Rulebook) -> str:
    """The threshold and the side of it, in the language of the rules."""
    words = messages("en" if book.dialect == "en" else "vi")
    text, span = book.source.text, proposal.threshold.span
    bound = " ".join(text[span.start : span.end].split()).replace('"', "")
    key = f"boundary-{proposal.side.name.lower()}"
    owner = proposal.threshold.item or proposal.scale
    return words(key, owner=owner, bound=bound, line=proposal.line)


def proposals_text(found: Around, run: Invocation) -> str:
    """Every example with the line of its threshold, then what no unit was found for."""
    lines = [f"# {on_one_line(found.book.source.name)}", ""]
    for each in found.found:
        lines.extend((f"# {run.words('line', line=each.proposal.line)}", each.text))
    lines.extend(_open(found, run))
    lines.append("# " + run.words("boundaries-summary", found=len(found.found), open=len(found.proposals.open)))
    return "\n".join((*lines, ""))


def _open(found: Around, run: Invocation) -> Iterator[str]:
    text = found.book.source.text
    for each in found.proposals.open:
        span = each.threshold.span
        words = " ".join(text[span.start : span.end].split())
        side = run.words(f"side-{each.side.name.lower()}")
        yield "# " + run.words("boundary-open", line=each.line, text=words, side=side)


def confirmed(found: Around, run: Invocation) -> Iterator[Proposed]:
    """Those a person says yes to; nothing more is asked once the input ends or says q."""
    for each in found.found:
        click.echo(each.text)
        click.echo(run.words("boundary-confirm"), nl=False, err=True)
        answer = sys.stdin.readline()
        said = answer.strip().lower()
        if not answer or said == "q":
            return
        if said in _YES:
            yield each


def append(found: Around, chosen: Sequence[Proposed], run: Invocation) -> None:
    """The chosen examples put behind the file's text under a comment, if the file then has no error it had not before.

    The bytes that are there stay as they are.
    """
    name = found.book.source.name
    if not chosen:
        return
    data = files.read(name)
    comment = messages("en" if found.book.dialect == "en" else "vi")("boundary-comment")
    added = "\n".join(("", f"# {comment}", *(each.text for each in chosen)))
    encoding = _ENCODINGS.get(data[:2], "utf-8")
    text = data.decode(encoding)
    ending = "\r\n" if "\r\n" in text else "\n"
    end = "" if text.endswith("\n") else ending
    whole = data + (end + added.replace("\n", ending)).encode(encoding)
    before = {each.code for each in check_bytes(data, name).diagnostics if each.severity is Severity.ERROR}
    after = [each for each in check_bytes(whole, name).diagnostics if each.severity is Severity.ERROR]
    worse = [each for each in after if each.code not in before]
    if worse:
        raise Stopped(Exit.FAILED, *worse)
    files.replace(Path(name), whole)
    click.echo(run.words("boundaries-written", count=len(chosen), file=name), err=True)
