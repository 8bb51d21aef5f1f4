"""From the statements of an amending document to its clauses and operations, and what is misplaced among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import define, evolve, field
from lark import Token, Tree

from thangdiem.dsl.amendments.addresses import address, clause_code, is_address, placed
from thangdiem.dsl.amendments.clauses import Address, Amendment, Clause, Operation, Rest
from thangdiem.dsl.amendments.literals import tell_literals
from thangdiem.dsl.indentation import OPERATIONS
from thangdiem.dsl.passages import Passage, passages_of
from thangdiem.dsl.resolve.documents import day_of, document_of, named, year_of
from thangdiem.dsl.resolve.scope import Findings, span_of
from thangdiem.dsl.rulebook import Deed, Document, Span
from thangdiem.dsl.source import Source
from thangdiem.dsl.syntax import Node, SyntaxFile, end_of, start_of, tree

_OF_DOCUMENT = frozenset(
    ("document", "text_field", "issued", "in_force", "periods", "one_period", "article", "citation", "reading")
)
_HEADS_OF_NODES = {"amend_item": "item", "amend_scale": "scale", "amend_bonus": "bonus", "amend_data": "data_field"}
CLAUSES = frozenset(("clause", "plain_clause"))
"""Lines that head a clause."""

_BRINGS_NOTHING = frozenset(
    ("repeal", "figure", "edge", "phrase", "retitle", "renumber", "move", "suspend", "resume", "transition")
)


@define
class _OpenOperation:
    node: Node
    passage: Passage
    content: list[Passage] = field(factory=list)
    rest: Rest = Rest.UNSAID


def read_amendment(syntax: SyntaxFile, findings: Findings) -> Amendment | None:
    """The amending document a file states, or None where it names none."""
    tell_literals(syntax.tokens, findings)
    passages = passages_of(syntax, "")
    heading = [node for node in _before_clauses(syntax) if node.data in _OF_DOCUMENT]
    if not heading or heading[0].data != "document":
        findings.tell("TD125", Span(0, 0))
        return None
    for extra in (node for node in heading[1:] if node.data == "document"):
        findings.tell_related("TD153", extra, (findings.related("first-here", span_of(heading[0])),))
    document = document_of([heading[0], *(node for node in heading[1:] if node.data != "document")], findings)
    label = named(document)
    passages = tuple(evolve(each, identity=f"{label}{each.identity}") for each in passages)
    clauses: list[Clause] = []
    head: Node | None = None
    inside: list[tuple[Node, Passage]] = []
    for node, passage in zip(syntax.statements, passages, strict=True):
        if node.data in CLAUSES:
            if head is not None:
                clauses.append(_clause(head, inside, document, syntax, findings))
            head, inside = node, []
        elif head is not None:
            inside.append((node, passage))
        elif node.data not in _OF_DOCUMENT:
            findings.tell("TD630", node)
    if head is not None:
        clauses.append(_clause(head, inside, document, syntax, findings))
    _tell_twins(clauses, findings)
    if not clauses and any(reference.deed.amends for reference in document.references):
        findings.tell("TD639", document.span)
    return Amendment(document, tuple(clauses), syntax.dialect, source=syntax.source)


def operations_in(inside: Sequence[tuple[Node, Passage]], findings: Findings) -> tuple[Operation, ...]:
    """The operations among statements, each with what follows it."""
    return tuple(_closed(each, findings) for each in _operations(inside, findings))


def _before_clauses(syntax: SyntaxFile) -> Iterator[Node]:
    for node in syntax.statements:
        if node.data in CLAUSES:
            return
        yield node


def _clause(
    head: Node, inside: Sequence[tuple[Node, Passage]], document: Document, syntax: SyntaxFile, findings: Findings
) -> Clause:
    provision, *terms = (head,) if head.data == "plain_clause" else head.children
    wording = next((str(each) for each in terms if isinstance(each, Token)), "")
    source = syntax.source
    span = span_of(tree(provision))
    cited = " ".join(source.text[span.start : span.end].split()).rstrip(" :")
    findings.breadcrumb = (cited,)
    amended = [
        each.number for reference in document.references if reference.deed.amends for each in reference.documents
    ]
    clause = Clause(
        clause_code(tree(provision)),
        f"{cited[0].lower()}{cited[1:]} {named(document)}",
        named(document),
        operations_in(inside, findings),
        amended[0] if len(amended) == 1 else "",
        document.in_force,
        document.until,
        document.undetermined,
        document.first_period,
        document.last_period,
        wording=wording,
        span=span,
        source=source,
    )
    if any(reference.deed is Deed.CORRECTS for reference in document.references):
        clause = evolve(clause, operations=tuple(evolve(each, correction=True) for each in clause.operations))
    for term in (each for each in terms if isinstance(each, Tree)):
        clause = _with_term(clause, term, findings)
    if not clause.operations and not inside and not syntax.dropped:
        findings.tell("TD639", head)
    elif clause.operations and not clause.amends:
        findings.tell("TD648", head, documents=", ".join(amended))
    findings.breadcrumb = ()
    return clause


def _with_term(clause: Clause, term: Node, findings: Findings) -> Clause:
    tokens = [child for child in term.children if isinstance(child, Token)]
    match str(term.data):
        case "periods" | "one_period":
            years = [year_of(token, findings) for token in tokens]
            last = years[-1] if len(years) > 1 or term.data == "one_period" else None
            return evolve(clause, first_period=years[0], last_period=last)
        case "in_force":
            if tokens[0].type == "UNDETERMINED":
                return evolve(clause, undetermined=True)
            dates: list[date | None] = [day_of(token, findings) for token in tokens]
            return evolve(clause, undetermined=False, in_force=dates[0], until=dates[1] if dates[1:] else None)
        case "clause_amends":
            return evolve(clause, amends=str(tree(term.children[-1]).children[-1]))
        case _:
            return evolve(clause, scale=str(tokens[-1]))


def _operations(inside: Sequence[tuple[Node, Passage]], findings: Findings) -> list[_OpenOperation]:
    """The operations, each with what it brings; of lines that belong to none the first is told."""
    found: list[_OpenOperation] = []
    misplaced = False
    for node, passage in inside:
        name = str(node.data)
        if name in OPERATIONS:
            found.append(_OpenOperation(node, passage))
            misplaced = False
        elif not found or str(found[-1].node.data) in _BRINGS_NOTHING:
            if not misplaced:
                findings.tell("TD631", node)
            misplaced = True
        elif name == "rest":
            token = node.children[0]
            assert isinstance(token, Token)
            found[-1].rest = Rest.KEEP if token.type == "KEEP_REST" else Rest.DROP
        else:
            found[-1].content.append(passage)
    return found


def _closed(found: _OpenOperation, findings: Findings) -> Operation:
    node, passage = found.node, found.passage
    source = findings.source
    name = str(node.data)
    content = tuple(found.content)
    where: Address | None = None
    first = node.children[0]
    if name in _HEADS_OF_NODES:
        head, where = _node_head(passage, name, node, source)
        content = (head, *content)
    elif parts := [tree(child) for child in node.children if is_address(child)]:
        where = address(parts[0], source)
    elif name in ("edge", "renumber", "move"):
        parts = [tree(child) for child in node.children if isinstance(child, Tree)]
        span = span_of(node)
        where = placed(Address("scale", _words(node, source), span=span), parts)
    if name == "suspend" and not any(token.type == "_UNTIL" for token in passage.head.tokens):
        findings.tell("TD641", node)
    dates = [token for token in node.children if isinstance(token, Token) and token.type == "DATE"]
    if len(dates) == 2 and day_of(dates[0], findings) > day_of(dates[1], findings):
        findings.tell("TD155", node)
    correction = isinstance(first, Token) and first.type in ("CORRECT", "CORRECT_PHRASE")
    return Operation(node, passage.head, where, content, passage.rows[1:], found.rest, correction)


def _words(node: Node, source: Source) -> str:
    """What the operation says; of an edge of two grades what it calls it: ``ngưỡng giữa loại tốt và loại đạt``."""
    span = span_of(node)
    if node.data == "edge":
        grades = [token for token in node.children if isinstance(token, Token) and token.type == "GRADE_NAME"]
        span = Span(span.start + len(str(node.children[0])), end_of(grades[-1]))
    return " ".join(source.text[span.start : span.end].split())


def _node_head(passage: Passage, name: str, node: Node, source: Source) -> tuple[Passage, Address]:
    """The head of the node that takes the place of another, without the words that order it."""
    of = [tree(child) for child in node.children if isinstance(child, Tree) and str(child.data).startswith("of_")]
    hidden = [(start_of(part), span_of(part).end) for part in of]
    tokens = [
        token
        for token in passage.head.tokens[1:]
        if not any(start <= (token.start_pos or 0) < end for start, end in hidden)
    ]
    head = evolve(passage.head, tokens=tuple(tokens), above=(), beside="")
    made = evolve(passage, name=_HEADS_OF_NODES[name], rows=(head, *passage.rows[1:]))
    span = Span(head.start, end=max(head.start, span_of(node).end))
    words = " ".join(source.text[span.start : span.end].split()).split(":")[0]
    where = Address(
        {"amend_item": "item", "amend_scale": "scale", "amend_bonus": "bonus"}.get(name, "data"),  # type: ignore[arg-type]
        words,
        code=made.code if name == "amend_item" else "",
        text=head.token("TEXT") if name == "amend_bonus" else head.token("DATUM"),
        deduction=bool(head.token("DEDUCTION")),
        scale=made.code if name == "amend_scale" else "",
        span=span,
    )
    return made, placed(where, of)


def _tell_twins(clauses: Sequence[Clause], findings: Findings) -> None:
    seen: dict[str, Clause] = {}
    for clause in clauses:
        first = seen.setdefault(clause.code, clause)
        if first is not clause:
            findings.tell_related(
                "TD638", clause.span, (findings.related("first-here", first.span),), clause=clause.label
            )


def is_amending(syntax: SyntaxFile) -> bool:
    """Whether a file only acts on other documents: it has clauses, or a head that says so, and no scale of its own."""
    names = {str(node.data) for node in syntax.statements}
    acts = any(
        isinstance(child, Tree) and child.data == "relation"
        for node in syntax.statements
        if node.data == "document"
        for child in node.children
    )
    return not CLAUSES.isdisjoint(names) or (acts and "scale" not in names)
