"""What a name, a code or a number means at one place of a rule file, and the findings on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, field
from lark import Token

from thangdiem.dsl import slips
from thangdiem.dsl.diagnostic import Diagnostic, Related
from thangdiem.dsl.dialect import Dialect
from thangdiem.dsl.letters import fold
from thangdiem.dsl.numerals import NumeralError
from thangdiem.dsl.rulebook import Span
from thangdiem.dsl.source import Source
from thangdiem.dsl.suggestion import suggest
from thangdiem.dsl.syntax import Node, end_of, start_of


@define
class Findings:
    """The diagnostics of one file, told with their places."""

    source: Source
    dialect: Dialect
    found: list[Diagnostic] = field(factory=list)
    breadcrumb: tuple[str, ...] = ()

    def tell(self, code: str, at: Node | Token | Span, /, **arguments: object) -> None:
        """Adds a finding about a stretch of the text."""
        self.tell_related(code, at, (), **arguments)

    def tell_related(
        self, code: str, at: Node | Token | Span, related: tuple[Related, ...], /, **arguments: object
    ) -> None:
        """Adds a finding that involves other places too."""
        span = at if isinstance(at, Span) else span_of(at)
        place = self.source.place(span.start, span.end)
        self.found.append(Diagnostic(code, arguments, place, related, self.breadcrumb))

    def is_taken_over(self, at: Node | Token) -> bool:
        """Whether the words stand in another file than the one that is read, which takes a scale of it over."""
        span = span_of(at)
        return self.source.place(span.start, span.end).file != self.source.name

    def related(self, label: str, span: Span, /, **arguments: object) -> Related:
        """Another place involved."""
        return Related(self.source.place(span.start, span.end), label, arguments)

    def tell_numeral(self, error: NumeralError, token: Token) -> None:
        """Adds a finding about a number or date that cannot be read."""
        span = span_of(token)
        place = self.source.place(span.start, span.end)
        self.found.append(slips.numeral_slip(error, str(token), place, self.dialect.name).within(self.breadcrumb))


@define
class Scope:
    """What can be referred to inside one scale, and from which node."""

    findings: Findings
    kinds: Mapping[str, int]
    """The codes of the scale's items, in order, with the position of their kind among the kinds."""
    parents: Mapping[str, str]
    uncounted: frozenset[str]
    bonuses: frozenset[str]
    names: Mapping[str, Mapping[str, str]]
    """By owner ("" for the scale): the fold key of each name, and the name as defined."""
    grades: tuple[str, ...]
    owner: str = ""
    node: str = ""
    subject: str | None = None
    """The item that ``điểm tối đa`` belongs to inside a comparison."""
    used: dict[str, list[str]] = field(factory=dict)
    """Data by name, with the owners that use them."""
    data_keys: dict[str, str] = field(factory=dict)

    def name(self, token: Token) -> tuple[str, str] | None:
        """The owner and the name a word refers to: first of the node, then of the scale."""
        key = fold(str(token))
        for owner in (self.owner, ""):
            defined = self.names.get(owner, {}).get(key)
            if defined is not None:
                return owner, defined
        known = [name for owner in (self.owner, "") for name in self.names.get(owner, {}).values()]
        if figures := number_in_words(str(token), self.findings.dialect):
            self.findings.tell("TD087", token, words=str(token), suggestion=figures)
            return None
        self.findings.tell("TD114", token, name=str(token), nearest=suggest(str(token), known))
        return None

    def datum(self, token: Token) -> str:
        """The data name a bracket refers to; its use is noted."""
        written = str(token)
        name = self.data_keys.setdefault(fold(written), written)
        owners = self.used.setdefault(name, [])
        if self.owner not in owners:
            owners.append(self.owner)
        return name

    def item(self, token: Token) -> str | None:
        """The code of an item that exists."""
        code = str(token)
        if code in self.kinds:
            return code
        self.findings.tell("TD115", token, code=code, nearest=suggest(code, list(self.kinds)))
        return None

    def of_kind(self, kinds: Token, under: str, matches: Callable[[int], bool]) -> tuple[str, ...]:
        """The counted items of a kind, of the whole scale or under a node."""
        codes = tuple(
            code
            for code, kind in self.kinds.items()
            if matches(kind) and code not in self.uncounted and (not under or self._is_under(code, under))
        )
        if not codes:
            self.findings.tell("TD120", kinds, kind=str(kinds))
        return codes

    def _is_under(self, code: str, ancestor: str) -> bool:
        while code := self.parents.get(code, ""):
            if code == ancestor:
                return True
        return False

    def grade(self, token: Token) -> str:
        """A grade of the scale, as its band spells it."""
        key = fold(str(token))
        for grade in self.grades:
            if fold(grade) == key:
                return grade
        self.findings.tell("TD122", token, grade=str(token), nearest=suggest(str(token), list(self.grades)))
        return str(token)


_NUMBERS = {
    "vi": ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}


def number_in_words(written: str, dialect: Dialect) -> str:
    """``2 điểm`` for ``hai điểm``; empty for what is no number."""
    first, _, rest = written.lower().partition(" ")
    numbers = _NUMBERS[dialect.name]
    if first not in numbers or (rest and rest not in dialect.spellings["POINTS"]):
        return ""
    return f"{numbers.index(first)} {rest or dialect.spell('POINTS')}"


def span_of(node: Node | Token) -> Span:
    """The stretch of text a node was read from."""
    return Span(start_of(node), end_of(node))


def operand_span_of(node: Node | Token) -> Span:
    """The stretch of an operand with the parentheses around it."""
    meta = None if isinstance(node, Token) else node.meta
    start, end = getattr(meta, "container_start_pos", None), getattr(meta, "container_end_pos", None)
    return Span(start_of(node) if start is None else start, end_of(node) if end is None else end)
