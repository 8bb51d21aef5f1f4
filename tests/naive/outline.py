"""The flat list of statements in; scales with their items and bonuses, each with the clauses that belong to it, out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attrs import define, field
from lark import Token

from naive.kinds import height, kind
from naive.letters import fold
from naive.unsupported import Unsupported
from naive.written import File, child, has, nodes, read, texts, tokens
from thangdiem.dsl.syntax import Node

METHODS = {"choose", "checklist", "steps", "cases", "best", "score", "direct"}
_TEXT_ONLY = {"document", "text_field", "issued", "in_force", "periods", "one_period", "article", "citation", "reading"}
_NO_RULE = _TEXT_ONLY | {"audience", "counts", "better", "amended"}


@define(eq=False)
class Guarded:
    """A line and the condition it stands under: a node, ``otherwise``, or None where it always holds."""

    node: Node
    condition: Node | str | None = None


@define(eq=False)
class Owner:
    """A scale, an item or a bonus: whatever clauses belong to."""

    form: str
    code: str
    title: str
    scale: Owner | None = field(default=None, repr=False)
    parent: Owner | None = field(default=None, repr=False)
    kind: str = ""
    height: int = -1
    points: Node | None = None
    weight: Node | None = None
    limits: list[Guarded] = field(factory=list)
    children: list[Owner] = field(factory=list)
    written: list[Owner] = field(factory=list, repr=False)
    statements: list[Node] = field(factory=list, repr=False)
    bonuses: list[Owner] = field(factory=list)
    methods: list[Guarded] = field(factory=list)
    totals: list[Guarded] = field(factory=list)
    gradings: list[Guarded] = field(factory=list)
    clauses: dict[str, list[Node]] = field(factory=dict)
    names: dict[str, Node] = field(factory=dict)
    data: dict[str, Node] = field(factory=dict)
    former: dict[str, str] = field(factory=dict)

    def every(self, clause: str) -> list[Node]:
        """The clauses of that form, in order."""
        return self.clauses.get(clause, [])

    def walk(self) -> Iterator[Owner]:
        """All items below, each before those below it."""
        for item in self.children:
            yield item
            yield from item.walk()

    @property
    def counted(self) -> bool:
        """Whether it enters what it is part of."""
        return self.points is None or self.points.data != "uncounted_points"

    @property
    def whole(self) -> Owner:
        """The scale it belongs to."""
        return self.scale or self


@define(eq=False)
class Outline:
    """All scales of a rule file and its examples."""

    file: File
    scales: list[Owner] = field(factory=list)
    examples: list[Node] = field(factory=list)


@lru_cache(maxsize=64)
def outline(text: str) -> Outline:
    """What a rule file holds; Unsupported where it is more than this reading knows."""
    found = Outline(read(text))
    current: Owner | None = None
    for node in _as_read(found.file.statements):
        current = _placed(node, found, current)
        if current is not None and not found.examples:
            current.whole.statements.append(node)
    return found


def _as_read(statements: tuple[Node, ...]) -> Iterator[Node]:
    """Another reading is a list of changes behind its head: they hold only where somebody asks for it."""
    other = False
    for node in statements:
        other = node.data == "alternative_reading" or (other and node.data != "example")
        if not other:
            yield node


def _placed(node: Node, found: Outline, current: Owner | None) -> Owner | None:
    """Puts a statement where it belongs; what the next one may belong to comes back."""
    match node.data:
        case "scale":
            found.scales.append(_scale(node))
            return found.scales[-1]
        case "example":
            found.examples.append(node)
        case data if data in _NO_RULE:
            pass
        case _ if current is None:
            raise Unsupported("amendment")
        case "item":
            return _item(node, current.whole)
        case "bonus":
            return _bonus(node, current.whole)
        case "grades" | "ranking":
            _clause(node, current.whole, None)
            return current.whole
        case "guard":
            return _guard(node, current)
        case _:
            _clause(node, current, None)
    return current


def _guard(node: Node, current: Owner) -> Owner:
    """Behind grades the scale is meant, also where they stand under a condition."""
    first, last = node.children[0], node.children[-1]
    assert not isinstance(last, Token)
    owner = current.whole if last.data == "grades" else current
    _clause(last, owner, "otherwise" if isinstance(first, Token) else first)
    return owner


def _clause(node: Node, owner: Owner, condition: Node | str | None) -> None:
    match node.data:
        case data if data in METHODS:
            owner.methods.append(Guarded(node, condition))
        case "total":
            owner.totals.append(Guarded(node, condition))
        case "grades":
            owner.gradings.append(Guarded(node, condition))
        case "limit_line":
            owner.limits.append(Guarded(nodes(node)[0], condition))
        case "let":
            owner.names[fold(texts(node, "NAME_DEF")[0])] = node
        case "data_field":
            owner.whole.data[fold(texts(node, "DATUM")[0])] = node
        case "former_label":
            before, now = texts(node, "TEXT")
            owner.former[fold(before)] = fold(now)
        case data if data in _CLAUSES:
            owner.clauses.setdefault(str(data), []).append(node)
        case _:
            raise Unsupported("amendment")


_CLAUSES = {
    "rounding", "na_policy", "aggregation", "layers", "na_when", "na_allowed", "counts_when", "replaced", "missing",
    "ranking", "suspended",
}  # fmt: skip


# --- heads


def _scale(node: Node) -> Owner:
    name, title = tokens(node)[:2]
    return _with_extras(Owner("scale", str(name), str(title), points=nodes(node)[0]), nodes(node)[1:])


def _item(node: Node, scale: Owner) -> Owner:
    word, code, title = (str(token) for token in tokens(node)[:3])
    item = Owner("item", code, title, scale, kind=kind(word), height=height(word), points=nodes(node)[0])
    item.parent = _parent(item, scale)
    item.parent.children.append(item)
    scale.written.append(item)
    return _with_extras(item, nodes(node)[1:])


def _parent(item: Owner, scale: Owner) -> Owner:
    """By the beginning of the code where it has a dot, else the last item before of a higher kind."""
    before = list(scale.walk())
    if "." in item.code:
        by_code = {fold(other.code): other for other in before}
        parts = item.code.split(".")
        for count in range(len(parts) - 1, 0, -1):
            above = by_code.get(fold(".".join(parts[:count])))
            if above is not None:
                return above
    return next((other for other in scale.written[::-1] if other.height < item.height), scale)


def _bonus(node: Node, scale: Owner) -> Owner:
    title, *of = (str(token) for token in tokens(node)[1:])
    form = "deduction" if has(node, "DEDUCTION") else "bonus"
    owner = scale if not of else next(item for item in scale.walk() if fold(item.code) == fold(of[-1]))
    bonus = Owner(form, title, title, scale, owner)
    owner.bonuses.append(bonus)
    heads = [each for each in nodes(node) if each.data != "limit"]
    bonus.points = heads[0] if heads else None
    limit = child(node, "limit")
    if limit is not None:
        bonus.limits.append(Guarded(limit))
    return bonus


def _with_extras(owner: Owner, extras: list[Node]) -> Owner:
    for extra in extras:
        match extra.data:
            case "weight":
                owner.weight = nodes(extra)[0]
            case "limit":
                owner.limits.append(Guarded(extra))
            case _:
                raise Unsupported("based on another scale")
    return owner
