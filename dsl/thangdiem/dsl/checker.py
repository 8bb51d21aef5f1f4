"""A rule file's source in; its syntax, its rulebook and everything that is wrong with it, in order, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from attrs import evolve, field, frozen

from thangdiem.dsl.amendments.clauses import Amendment
from thangdiem.dsl.amendments.consolidation import consolidate
from thangdiem.dsl.amendments.expansion import Alternative, Expanded, expand
from thangdiem.dsl.amendments.reading import is_amending, read_amendment
from thangdiem.dsl.checks import CHECKS, PART_CHECKS
from thangdiem.dsl.checks.readings import provisions
from thangdiem.dsl.checks.size import check_size
from thangdiem.dsl.diagnostic import Diagnostic, Place, Severity, has_errors
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.parser import Vocabulary, parse
from thangdiem.dsl.resolve.scope import Findings
from thangdiem.dsl.resolver import resolve
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.source import Source, read_source
from thangdiem.dsl.suggestion import suggest
from thangdiem.dsl.syntax import SyntaxFile
from thangdiem.dsl.unread import without_consequences

_GAPS = frozenset(
    [
        f"TD{number:03}"
        for number in (
            *range(66, 75),
            87,
            *range(110, 116),
            117,
            118,
            120,
            121,
            124,
            126,
            127,
            130,
            133,
            139,
            142,
            147,
            152,
            160,
        )
    ],
)
"""Findings after which the rulebook lacks something that is written – a number, a date, a name, a line – or has it
other than it was meant: what is not written cannot be judged."""


@frozen
class Beside:
    """What is known of other documents: the words of those a file amends, the texts it may take scales from."""

    words: Vocabulary | None = None
    texts: Mapping[str, SyntaxFile] = field(factory=dict)
    """By number."""


@frozen
class Checked:
    """A checked file; the syntax or the rulebook is None where there is nothing to read.

    A document that only amends others has no rulebook of its own.
    """

    syntax: SyntaxFile | None
    book: Rulebook | None
    diagnostics: tuple[Diagnostic, ...]
    amendment: Amendment | None = None
    alternatives: tuple[Alternative, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return has_errors(self.diagnostics)


def check(source: Source, *, checks: bool = True, beside: Beside = Beside()) -> Checked:
    """Reads and checks a rule file; without ``checks`` it is only read and resolved."""
    syntax, slips = parse(source, beside.words)
    if syntax is None:
        return Checked(None, None, in_order(slips))
    if is_amending(syntax):
        findings = Findings(syntax.source, dialect(syntax.dialect))
        amendment = read_amendment(syntax, findings)
        return Checked(syntax, None, in_order(chain(slips, findings.found)), amendment)
    findings = Findings(syntax.source, dialect(syntax.dialect))
    expanded = expand(syntax, beside.texts, findings)
    book, faults = resolve(expanded.syntax)
    found = () if book is None or not checks else tuple(_checks(book, expanded.syntax, faults))
    others = () if book is None else _alternatives(expanded, book, (*faults, *found), checks=checks)
    causes = without_consequences(in_order(chain(findings.found, faults, found, others)), syntax)
    told = in_order(chain(slips, causes))
    return Checked(syntax, book, told, alternatives=expanded.alternatives)


def _alternatives(
    expanded: Expanded, book: Rulebook, own: Iterable[Diagnostic], *, checks: bool
) -> Iterator[Diagnostic]:
    """What is wrong with the other readings and not with the file's ``own``: each is tried on the text."""
    told = {(found.code, str(found.arguments)) for found in own}
    known = [reading.id for each in provisions(book) for reading in each.readings]
    for other in expanded.alternatives:
        source = other.clause.source
        if other.reading not in known:
            arguments = {"reading": other.reading, "nearest": suggest(other.reading, known)}
            yield Diagnostic("TD645", arguments, source.place(other.span.start, other.span.end))
        text = consolidate(expanded.syntax, book.document, (other.clause,))
        yield from text.diagnostics
        if not has_errors(text.diagnostics):
            trail = (other.clause.label,)
            for found in check(text.source, checks=checks).diagnostics:
                if (found.code, str(found.arguments)) not in told:
                    yield found.within((*trail, *found.breadcrumb))


def check_text(text: str, name: str = "…") -> Checked:
    """Checks the text of a rule file."""
    return check_bytes(text.encode("utf-8", "surrogatepass"), name)


def check_bytes(data: bytes, name: str, *, checks: bool = True, beside: Beside = Beside()) -> Checked:
    """Checks a rule file as it was read; what is wrong with its bytes is told first."""
    source, faults = read_source(name, data)
    if source is None:
        return Checked(None, None, faults)
    checked = check(source, checks=checks, beside=beside)
    return evolve(checked, diagnostics=in_order(chain(faults, checked.diagnostics)))


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings by place, each once; at one place errors stand first, then the smaller code."""
    once = {(found.code, _position(found.place), str(found.arguments)): found for found in diagnostics}
    ranked = {key: (_position(found.place), _RANK[found.severity], found.code) for key, found in once.items()}
    return tuple(once[key] for key in sorted(once, key=ranked.__getitem__))


_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def _position(place: Place | None) -> tuple[int, int]:
    return (-1, -1) if place is None or place.start is None else (place.start.line, place.start.column)


def _checks(book: Rulebook, syntax: SyntaxFile, faults: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What the checks find; of a file with gaps only what its written lines show."""
    if too_large := tuple(check_size(book)):  # the other checks compare every row, and follow every chain
        yield from too_large
        return
    whole = not syntax.dropped and not any(found.code in _GAPS for found in faults)
    dropped = frozenset(syntax.dropped)
    for each in CHECKS if whole else PART_CHECKS:
        for found in each(book):
            if not dropped or _position(found.place)[0] not in dropped:
                yield found
