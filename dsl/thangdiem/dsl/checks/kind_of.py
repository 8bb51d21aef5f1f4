"""An expression of a scale in; what it is a value of, so far as that can be told, out."""

from __future__ import annotations

from enum import Enum
from itertools import chain

from attrs import define, field

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.exemption import outcomes


class Sort(Enum):
    """What a value is; a quotient of plain numbers may be a ratio or a number each."""

    POINTS = "points"
    RATIO = "ratio"
    QUOTIENT = "quotient"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    TEXT = "text"
    UNKNOWN = "unknown"


_OF_KIND = {kind: Sort(kind.value) for kind in rb.Kind}
_OF_FORM = {
    rb.DataForm.INTEGER: Sort.NUMBER,
    rb.DataForm.NUMBER: Sort.NUMBER,
    rb.DataForm.PERCENT: Sort.RATIO,
    rb.DataForm.YES_NO: Sort.YES_NO,
    rb.DataForm.DATE: Sort.DATE,
    rb.DataForm.TEXT: Sort.TEXT,
    rb.DataForm.ONE_OF: Sort.TEXT,
}
_PLAIN = (rb.PointsForm.VALUE, rb.PointsForm.UNCOUNTED)
_SHARES = (Sort.RATIO, Sort.QUOTIENT)


@define
class Sorts:
    """The sorts of the expressions of one scale."""

    scale: rb.Scale
    _plain: frozenset[str] = frozenset()
    _methods: dict[tuple[str, str], rb.Method] = field(factory=dict)
    _names: dict[tuple[str, str], Sort] = field(factory=dict)
    _chains: dict[int, Sort] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Gathers what references can lead to."""
        items = list(self.scale.walk())
        plain = {item.code for item in items if item.points.form in _PLAIN}
        if self.scale.points.form in _PLAIN:
            plain.add("")
        self._plain = frozenset(plain)
        bonuses = [*self.scale.bonuses, *(bonus for item in items for bonus in item.bonuses)]
        owned = [self.scale.names, *(item.names for item in items), *(bonus.names for bonus in bonuses)]
        for named in chain.from_iterable(owned):
            self._methods[named.owner, named.name] = named.method

    def of(self, value: rb.Expression) -> Sort:
        """What an expression is a value of."""
        match value:
            case rb.Number():
                unread = value.span == rb.Span()  # what stands where nothing could be read
                return Sort.UNKNOWN if unread else _OF_KIND[value.kind]
            case rb.Text():
                return Sort.TEXT
            case rb.Day():
                return Sort.DATE
            case rb.Datum():
                known = self.scale.data.get(value.name)
                return Sort.UNKNOWN if known is None else _OF_FORM[known.form]
            case rb.NameRef():
                return self._name((value.owner, value.name))
            case rb.ItemScore() | rb.MaximumOf():
                return Sort.NUMBER if value.code in self._plain else Sort.POINTS
            case rb.TotalPoints():
                return Sort.NUMBER if "" in self._plain else Sort.POINTS
            case rb.Judged() | rb.BonusPoints():
                return Sort.POINTS
            case rb.OverItems() if value.codes and all(code not in self._plain for code in value.codes):
                return Sort.POINTS
            case rb.Negative() | rb.Rounded() | rb.OverUnits():
                return self.of(value.value)
            case rb.Arithmetic():
                known_chain = self._chains.get(id(value))
                return self._arithmetic(value) if known_chain is None else known_chain
            case rb.Call() if value.function in _KEEPING:
                return _common([self.of(argument) for argument in value.arguments])
            case rb.ItemCount() | rb.RankAmong():
                return Sort.NUMBER
            case rb.UnitsGraded():
                return Sort.RATIO if value.share else Sort.NUMBER
            case rb.YesNo() | rb.Present() | rb.Within() | rb.AllOf() | rb.AnyOf() | rb.Not() | rb.SomeItem():
                return Sort.YES_NO
            case _:
                return Sort.UNKNOWN

    def of_method(self, method: rb.Method) -> Sort:
        """What every value a method yields is, where they agree."""
        found = [self.of(value) for value in outcomes(method) if not isinstance(value, rb.NotApplicable)]
        return _common(found)

    def _name(self, key: tuple[str, str]) -> Sort:
        if key not in self._names:
            self._names[key] = Sort.UNKNOWN  # a name that needs itself is told as a cycle
            method = self._methods.get(key)
            self._names[key] = Sort.UNKNOWN if method is None else self.of_method(method)
        return self._names[key]

    def _arithmetic(self, value: rb.Arithmetic) -> Sort:
        """From the left, in one loop, and each link once: a sum may have thousands of terms."""
        links = [value]
        while isinstance(left := links[-1].left, rb.Arithmetic) and id(left) not in self._chains:
            links.append(left)
        first = links[-1].left
        known = self._chains.get(id(first))
        found = self.of(first) if known is None else known
        for part in reversed(links):
            found = self._chains[id(part)] = _combined(part, found, self.of(part.right))
        return found


_KEEPING = (rb.Function.LEAST, rb.Function.GREATEST, rb.Function.ABSOLUTE)


def _common(sorts: list[Sort]) -> Sort:
    found = set(sorts)
    if len(found) == 1:
        return found.pop()
    return Sort.POINTS if Sort.POINTS in found and found <= {Sort.POINTS, Sort.NUMBER} else Sort.UNKNOWN


def _combined(part: rb.Arithmetic, left: Sort, right: Sort) -> Sort:
    match part.operator:
        case rb.Operator.ADD | rb.Operator.SUBTRACT:
            if left is right is Sort.DATE:
                return Sort.NUMBER
            return left if left is right else Sort.POINTS if Sort.POINTS in (left, right) else Sort.UNKNOWN
        case rb.Operator.MULTIPLY:
            return _product(left, right)
        case rb.Operator.DIVIDE:
            return _quotient(part, left, right)


def _product(left: Sort, right: Sort) -> Sort:
    both = {left, right}
    if Sort.POINTS in both:
        return Sort.POINTS
    if both <= {Sort.RATIO}:
        return Sort.RATIO
    return Sort.NUMBER if both <= {Sort.NUMBER, *_SHARES} else Sort.UNKNOWN


def _quotient(part: rb.Arithmetic, left: Sort, right: Sort) -> Sort:
    match left, right:
        case (Sort.POINTS, Sort.POINTS) | (Sort.RATIO, Sort.RATIO) | (Sort.QUOTIENT, Sort.RATIO):
            return Sort.RATIO
        case (Sort.POINTS, _):
            return Sort.POINTS
        case (Sort.RATIO, Sort.NUMBER):
            return Sort.RATIO
        case (Sort.NUMBER, Sort.NUMBER):
            literal = isinstance(part.left, rb.Number) or isinstance(part.right, rb.Number)
            return Sort.NUMBER if literal else Sort.QUOTIENT
        case _:
            return Sort.UNKNOWN
