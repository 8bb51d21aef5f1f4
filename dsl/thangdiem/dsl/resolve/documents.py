"""From the statements about a document to the document: identity, dates, what it does to others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve
from lark import Token, Tree

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.resolve.clauses import Clauses, amended, read_clauses, reading
from thangdiem.dsl.resolve.literals import day
from thangdiem.dsl.resolve.scope import Findings, Scope, span_of
from thangdiem.dsl.syntax import Node, first_token, tree


def document_of(statements: Sequence[Node], findings: Findings) -> rb.Document:
    """The document that the first statement heads and the others describe."""
    head = statements[0]
    kind, name = (child for child in head.children[:2] if isinstance(child, Token))
    titles = [str(child) for child in head.children if isinstance(child, Token) and child.type == "TEXT"]
    numbered = kind.type == "DOCUMENT"
    document = rb.Document(
        str(kind),
        str(name) if numbered else "",
        titles[0] if titles else "",
        references=tuple(_reference(tree(child)) for child in head.children if isinstance(child, Tree)),
        span=span_of(head),
    )
    scope = _empty(findings)
    clauses = Clauses()
    once: dict[str, Node] = {}
    for node in statements[1:]:
        key = f"{node.data} {first_token(node).type}" if node.data == "text_field" else str(node.data)
        key = "periods" if key == "one_period" else key
        if (
            key not in ("article", "citation", "reading", "amended")
            and (first := once.setdefault(key, node)) is not node
        ):
            findings.tell_related("TD121", node, (findings.related("first-here", span_of(first)),))
            continue
        document = _with_statement(document, node, clauses, scope)
    if document.until is not None and document.in_force is not None and document.until < document.in_force:
        findings.tell("TD155", once["in_force"])
    return evolve(document, provision=clauses.provision())


def _with_statement(document: rb.Document, node: Node, clauses: Clauses, scope: Scope) -> rb.Document:
    tokens = [child for child in node.children if isinstance(child, Token)]
    match str(node.data):
        case "text_field":
            return _with_text(document, node, tokens, scope)
        case "issued":
            return evolve(document, issued=day_of(tokens[0], scope.findings))
        case "in_force":
            if tokens[0].type == "UNDETERMINED":
                return evolve(document, undetermined=True)
            until = day_of(tokens[1], scope.findings) if len(tokens) > 1 else None
            return evolve(document, in_force=day_of(tokens[0], scope.findings), until=until)
        case "periods" | "one_period":
            years = [year_of(token, scope.findings) for token in tokens]
            last = years[-1] if len(years) > 1 or node.data == "one_period" else None
            return evolve(document, first_period=years[0], last_period=last)
        case "article":
            article = rb.Article(str(tokens[0]), str(tokens[1]), span=span_of(node))
            return evolve(document, articles=(*document.articles, article))
        case "citation":
            clauses.citations.append(str(tokens[0]))
        case "amended":
            clauses.amendments.append(amended(node))
        case _:
            clauses.readings.append(reading(node, scope))
    return document


def _with_text(document: rb.Document, node: Node, tokens: list[Token], scope: Scope) -> rb.Document:
    text = str(tokens[1])
    match tokens[0].type:
        case "TITLE":
            return evolve(document, title=text)
        case "ISSUER":
            return evolve(document, issuer=text)
        case "SOURCE":
            return evolve(document, source=text)
        case "ILLUSTRATION":
            return evolve(document, illustration=text)
        case _:
            read_clauses([node], scope)
            return document


def day_of(token: Token, findings: Findings) -> date:
    """A date with its year."""
    found = day(token, _empty(findings))
    return date(found.year or 2000, found.month, found.day)


def year_of(token: Token, findings: Findings) -> int:
    """A year is written without separators: 2024 is no 2.024."""
    if str(token).isdigit() and len(token) == 4:
        return int(token)
    findings.tell("TD156", token, found=str(token))
    return 2000


def named(document: rb.Document) -> str:
    """``Quyết định 99/QĐ-UBND``; the title in quotation marks where there is no number."""
    return f"{document.kind_word} {document.number or f'“{document.title}”'}"


def _reference(node: Node) -> rb.Reference:
    deed = first_token(node)
    cited = [tree(child) for child in node.children[1:]]
    documents = tuple(rb.Cited(str(each.children[0]), str(each.children[1])) for each in cited)
    return rb.Reference(rb.Deed(deed.type.lower()), documents, span=span_of(node))


def _empty(findings: Findings) -> Scope:
    return Scope(findings, {}, {}, frozenset(), frozenset(), {}, ())
