"""From the syntax of a rule file to its rulebook: names, codes and numbering become the tree they mean."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from attrs import evolve
from lark import Token, Tree

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.letters import fold, toneless
from thangdiem.dsl.resolve import data_types, examples, grading, items
from thangdiem.dsl.resolve.clauses import kind_word, read_clauses
from thangdiem.dsl.resolve.documents import document_of
from thangdiem.dsl.resolve.drafts import FileDraft, ItemDraft, ScaleDraft, gather
from thangdiem.dsl.resolve.expressions import expression
from thangdiem.dsl.resolve.limits import limit
from thangdiem.dsl.resolve.literals import number
from thangdiem.dsl.resolve.methods import points
from thangdiem.dsl.resolve.scope import Findings, Scope, span_of
from thangdiem.dsl.syntax import Node, SyntaxFile


def resolve(syntax: SyntaxFile) -> tuple[rb.Rulebook | None, tuple[Diagnostic, ...]]:
    """The rulebook of a parsed file, or None where it holds no document or no scale, and what is wrong with it."""
    findings = Findings(syntax.source, dialect(syntax.dialect))
    draft = gather(syntax.statements, findings)
    if not draft.documents:
        findings.tell("TD125", rb.Span(0, 0))
        return None, tuple(findings.found)
    for extra in draft.documents[1:]:
        findings.tell_related("TD153", extra, (findings.related("first-here", span_of(draft.documents[0])),))
    if not draft.scales:
        findings.tell("TD154", draft.documents[0])
        return None, tuple(findings.found)
    scopes: dict[str, tuple[rb.Scale, Scope]] = {}
    for scale_draft in draft.scales:
        scale, scope = _scale(scale_draft, findings)
        twin = next((known for known in scopes if toneless(known) == toneless(scale.id)), None)
        if twin is not None:
            related = (findings.related("first-here", scopes[twin][0].head),)
            findings.tell_related("TD124", scale.head, related, scale=scale.id)
            continue
        scopes[scale.id] = (scale, scope)
    book = rb.Rulebook(
        document_of([draft.documents[0], *draft.statements], findings),
        tuple(scale for scale, _ in scopes.values()),
        _examples(draft, scopes, findings),
        syntax.dialect,
        source=syntax.source,
    )
    return book, tuple(findings.found)


def _examples(
    draft: FileDraft, scopes: dict[str, tuple[rb.Scale, Scope]], findings: Findings
) -> tuple[rb.Example, ...]:
    found = []
    for node in draft.examples:
        findings.breadcrumb = (f"{findings.dialect.spell('EXAMPLE').capitalize()} “{node.children[0]}”",)
        for _, scope in scopes.values():
            scope.findings.breadcrumb = findings.breadcrumb
        example = examples.example(node, scopes, findings)
        if example is not None:
            found.append(example)
    findings.breadcrumb = ()
    return tuple(found)


# --- a scale


def _scale(draft: ScaleDraft, findings: Findings) -> tuple[rb.Scale, Scope]:
    name, title = draft.head.children[:2]
    findings.breadcrumb = (f"{findings.dialect.spell('SCALE').capitalize()} {name}",)
    scope = Scope(
        findings,
        {found.code: found.kind for found in draft.items},
        {found.code: found.parent for found in draft.items if found.parent},
        frozenset(found.code for found in draft.items if _uncounted(found)),
        frozenset(found.code for found in draft.bonuses),
        _names(draft, findings),
        tuple(grade for node in draft.statements for grade in _grades(node)),
    )
    fields = _fields(draft, scope)
    stated = points(draft.head.children[2], scope, scale=True)
    own = [node for node in draft.statements if str(node.data) not in _SCALE_STATEMENTS and not _is_grading(node)]
    clauses = read_clauses(items.in_place(own, items.NOT_OF_A_SCALE, scope), scope)
    limits = [
        limit(child, scope) for child in draft.head.children[3:] if isinstance(child, Tree) and child.data == "limit"
    ]
    if clauses.rounding is not None:
        findings.tell("TD158", next(node for node in own if node.data == "rounding"))
    bonuses = _bonuses(draft, scope)
    scale = rb.Scale(
        str(name),
        str(title),
        stated,
        _children("", draft, bonuses, scope),
        names=tuple(clauses.names),
        roundings=tuple(clauses.roundings),
        policy=clauses.policy,
        aggregation=clauses.aggregation,
        total=clauses.total,
        limits=(*limits, *clauses.limits),
        bonuses=tuple(bonuses.get("", ())),
        provision=clauses.provision(),
        head=span_of(draft.head),
        span=_span(draft),
    )
    scope.owner = scope.node = ""
    findings.breadcrumb = findings.breadcrumb[:1]
    scale = _with_statements(scale, draft, scope)
    data = data_types.with_inferred(scale, fields, scope)
    findings.breadcrumb = ()
    return evolve(scale, data=data), scope


_SCALE_STATEMENTS = frozenset(("audience", "counts", "layers", "data_field", "grades", "ranking", "better"))


def _uncounted(draft: ItemDraft) -> bool:
    written = draft.head.children[3]
    return isinstance(written, Tree) and written.data == "uncounted_points"


def _names(draft: ScaleDraft, findings: Findings) -> dict[str, dict[str, str]]:
    """The names each node defines; a name defined twice at one node is told."""
    owners = [
        ("", draft.statements),
        *((found.code, found.statements) for found in (*draft.items, *draft.bonuses)),
    ]
    names: dict[str, dict[str, str]] = {}
    for owner, statements in owners:
        seen: dict[str, Token] = {}
        for node in statements:
            if node.data != "let":
                continue
            token = node.children[0]
            assert isinstance(token, Token)
            key = fold(str(token))
            if (first := seen.get(key)) is not None:
                related = (findings.related("first-here", span_of(first)),)
                findings.tell_related("TD116", token, related, name=str(token))
            seen[key] = token
            names.setdefault(owner, {})[key] = " ".join(str(token).split())
    return names


def _grades(node: Node) -> list[str]:
    if node.data == "grades":
        return grading.grades_in(node)
    last = node.children[-1] if node.data == "guard" else None
    return grading.grades_in(last) if isinstance(last, Tree) and last.data == "grades" else []


def _is_grading(node: Node) -> bool:
    last = node.children[-1] if node.children else None
    return node.data == "guard" and isinstance(last, Tree) and last.data == "grades"


def _fields(draft: ScaleDraft, scope: Scope) -> dict[str, rb.DataField]:
    fields: dict[str, rb.DataField] = {}
    for node in draft.statements:
        if node.data != "data_field":
            continue
        field = data_types.declared(node, scope)
        if (first := fields.get(field.name)) is not None:
            related = (scope.findings.related("first-here", first.span),)
            scope.findings.tell_related("TD136", field.span, related, name=field.name)
        fields[field.name] = field
    return fields


def _bonuses(draft: ScaleDraft, scope: Scope) -> dict[str, list[rb.Bonus]]:
    found: dict[str, list[rb.Bonus]] = {}
    for bonus in draft.bonuses:
        scope.owner, scope.node = bonus.code, bonus.parent
        found.setdefault(bonus.parent, []).append(items.bonus(bonus, scope))
    return found


def _children(parent: str, draft: ScaleDraft, bonuses: dict[str, list[rb.Bonus]], scope: Scope) -> tuple[rb.Item, ...]:
    below: dict[str, list[ItemDraft]] = {}
    by_code = {found.code: found for found in draft.items}
    for found in draft.items:
        below.setdefault(found.parent, []).append(found)

    def made(item_draft: ItemDraft) -> rb.Item:
        children = tuple(made(child) for child in below.get(item_draft.code, ()))
        scope.owner = scope.node = item_draft.code
        outer = scope.findings.breadcrumb
        scope.findings.breadcrumb = (*outer[:1], *_crumbs(item_draft, by_code))
        item = items.item(item_draft, children, tuple(bonuses.get(item_draft.code, ())), scope)
        scope.findings.breadcrumb = outer
        return item

    return tuple(made(found) for found in below.get(parent, ()))


def _crumbs(item_draft: ItemDraft, by_code: Mapping[str, ItemDraft]) -> tuple[str, ...]:
    """``Chỉ số 1 › 1.2``: the topmost item with its kind, then the codes below it."""
    chain = [item_draft]
    while chain[0].parent:
        chain.insert(0, by_code[chain[0].parent])
    top = f"{chain[0].head.children[0]} {chain[0].code}"
    return (top, *(found.code for found in chain[1:]))


def _with_statements(scale: rb.Scale, draft: ScaleDraft, scope: Scope) -> rb.Scale:
    gradings: list[rb.Grading] = []
    once: dict[str, Node] = {}
    for node in draft.statements:
        name = str(node.data)
        if (
            name in ("ranking", "layers", "counts", "audience", "better")
            and (first := once.setdefault(name, node)) is not node
        ):
            scope.findings.tell_related("TD121", node, (scope.findings.related("first-here", span_of(first)),))
            continue
        tokens = [child for child in node.children if isinstance(child, Token)]
        match name:
            case "audience":
                scale = evolve(scale, audience=tuple(str(token) for token in tokens))
            case "counts":
                scale = evolve(scale, counts=_counts(tokens, scope))
            case "better":
                scale = evolve(scale, better="higher" if tokens[0].type == "HIGHER_BETTER" else "lower")
            case "layers":
                scale = evolve(scale, layers=_layers(tokens, node, scope))
            case "ranking":
                scale = evolve(scale, ranking=grading.ranking(node, scope))
            case "grades":
                gradings.append(grading.grading(node, scope))
            case "guard" if _is_grading(node):
                condition, block = node.children
                assert isinstance(block, Tree)
                when = None if isinstance(condition, Token) else expression(condition, scope)
                gradings.append(grading.grading(block, scope, when))
            case _:
                pass
    _gradings_fit(gradings, scope)
    return evolve(scale, gradings=tuple(gradings))


def _gradings_fit(gradings: list[rb.Grading], scope: Scope) -> None:
    """Only the last block may stand without a condition."""
    for earlier, later in pairwise(gradings):
        if earlier.when is None:
            scope.findings.tell_related("TD118", later.span, (scope.findings.related("rest-here", earlier.span),))


def _counts(tokens: list[Token], scope: Scope) -> tuple[rb.DeclaredCount, ...]:
    return tuple(
        rb.DeclaredCount(int(number(count, scope)), kind_word(kind, scope), span=span_of(count))
        for count, kind in zip(tokens[::2], tokens[1::2], strict=True)
    )


def _layers(tokens: list[Token], node: Node, scope: Scope) -> rb.Layers:
    names = [str(token) for token in tokens if token.type == "LAYER"]
    if any(token.type == "LAST_LAYER" for token in tokens):
        return rb.Layers(tuple(names), span=span_of(node))
    *names, required = names
    known = next((name for name in names if fold(name) == fold(required)), None)
    if known is None:
        scope.findings.tell("TD135", tokens[-1], layer=required)
    return rb.Layers(tuple(names), rb.LayerRule.REQUIRED, known or required, span=span_of(node))


def _span(draft: ScaleDraft) -> rb.Span:
    nodes = [draft.head, *draft.statements, *(found.head for found in draft.items)]
    nodes.extend(node for found in (*draft.items, *draft.bonuses) for node in found.statements)
    spans = [span_of(node) for node in nodes]
    return rb.Span(min(span.start for span in spans), max(span.end for span in spans))
