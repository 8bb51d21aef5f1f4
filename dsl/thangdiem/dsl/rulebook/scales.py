"""Scales, documents and the rulebook itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum

from attrs import field, frozen

from thangdiem.dsl.rulebook.data import DataField, Layers
from thangdiem.dsl.rulebook.examples import Example
from thangdiem.dsl.rulebook.grades import Grading, Ranking
from thangdiem.dsl.rulebook.items import Aggregation, Bonus, Item, Points, Policy, Provision, RoundingRule
from thangdiem.dsl.rulebook.methods import Limit, Method, Named
from thangdiem.dsl.rulebook.spans import Span, where
from thangdiem.dsl.source import Source


@frozen
class DeclaredCount:
    """``Gồm 24 chỉ số thành phần``."""

    count: int
    kind_word: str
    span: Span = where()


@frozen
class Scale:
    """One rubric for one kind of unit: the top node, its data, its grades and its ranking."""

    id: str
    title: str
    points: Points
    items: tuple[Item, ...] = ()
    audience: tuple[str, ...] = ()
    counts: tuple[DeclaredCount, ...] = ()
    data: Mapping[str, DataField] = field(factory=dict)
    names: tuple[Named, ...] = ()
    roundings: tuple[RoundingRule, ...] = ()
    policy: Policy | None = None
    layers: Layers | None = None
    aggregation: Aggregation = Aggregation()
    total: Method | None = None
    limits: tuple[Limit, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    gradings: tuple[Grading, ...] = ()
    ranking: Ranking | None = None
    better: str = ""
    provision: Provision = Provision()
    head: Span = where()
    span: Span = where()

    def walk(self) -> Iterator[Item]:
        """Every item, in the order of the file."""
        for item in self.items:
            yield from item.walk()

    @property
    def only_given(self) -> bool:
        """Whether the total has no parts, and so is never computed: the data give it, or it is missing."""
        return not self.items and not self.bonuses and self.total is None

    def policy_of(self, code: str, items: Mapping[str, Item]) -> Policy | None:
        """The policy of an item, of the nearest node above it that has one, or of the scale."""
        while code:
            item = items[code]
            if item.applicability.policy is not None:
                return item.applicability.policy
            code = item.parent
        return self.policy


@frozen
class Article:
    """An article that is only text."""

    number: str
    text: str
    span: Span = where()


class Deed(Enum):
    """What a document does to others; FOLLOWS only says which of two of one day comes first."""

    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    CORRECTS = "corrects"
    CONSOLIDATES = "consolidates"
    FOLLOWS = "follows"

    @property
    def amends(self) -> bool:
        """Whether it changes parts of the others."""
        return self in (Deed.AMENDS, Deed.CORRECTS)


@frozen
class Cited:
    """A document as another one names it."""

    kind_word: str
    number: str


@frozen
class Reference:
    """``sửa đổi, bổ sung Quyết định 99/QĐ-UBND``."""

    deed: Deed
    documents: tuple[Cited, ...]
    span: Span = where()


@frozen
class Document:
    """Identity and dates of a decision; the three kinds of dates are different things.

    ``undetermined`` tells that the day it comes into force is not known yet.
    """

    kind_word: str
    number: str
    title: str = ""
    issuer: str = ""
    source: str = ""
    issued: date | None = None
    in_force: date | None = None
    until: date | None = None
    first_period: int | None = None
    last_period: int | None = None
    articles: tuple[Article, ...] = ()
    illustration: str = ""
    references: tuple[Reference, ...] = ()
    undetermined: bool = False
    provision: Provision = Provision()
    span: Span = where()

    @property
    def amended_by(self) -> tuple[str, ...]:
        """The numbers of the documents that amended it, in the order of their effect."""
        return tuple(dict.fromkeys(each.split()[-1] for each in self.provision.amendments))


@frozen
class Rulebook:
    """A document with its scales and examples, and the text it was read from."""

    document: Document
    scales: tuple[Scale, ...]
    examples: tuple[Example, ...] = ()
    dialect: str = "vi"
    source: Source = field(eq=False, repr=False, kw_only=True)
