"""Methods against the points stated: the maximum can be reached, and the range cannot be left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.bounds import methods as bounded
from thangdiem.dsl.bounds.extent import Extent
from thangdiem.dsl.bounds.totals import extent, of_method, own_of_item
from thangdiem.dsl.checks.survey import Ground, branches, grounds
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.numerals import write_number

Node = rb.Item | rb.Bonus


@frozen
class _Leaving:
    """A value that may lie outside the range stated, and how sure that is."""

    value: Extent
    span: rb.Span
    proved: bool


def check_reach(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD220 a maximum never reached; TD221, TD222 a range left; TD223 data without a domain."""
    unsure: list[tuple[Ground, Node]] = []
    for ground in grounds(book):
        for node in ground.nodes:
            points = node.points
            if points is None or node.method is None or (points.low is None and points.high is None):
                continue
            if any(isinstance(each, rb.Direct) for each in branches(node.method)):
                continue
            value = _value(node, ground)
            yield from _maximum(node, points, value, ground)
            found, open_ = _leaving(node, points, value, ground)
            if found is not None:
                yield ground.tell(
                    "TD221" if found.proved else "TD222", found.span, node, (("range-here", points.span),),
                    **_furthest(found.value, points), low=_end(points.low), high=_end(points.high),
                )  # fmt: skip
            elif open_:
                unsure.append((ground, node))
    if unsure:
        ground, node = unsure[0]
        method = node.method
        assert method is not None
        yield ground.tell("TD223", method.span, node, count=len(unsure), names=", ".join(_names(unsure)))


def _maximum(node: Node, points: rb.Points, value: Extent | None, ground: Ground) -> Iterator[Diagnostic]:
    if points.form is not rb.PointsForm.FIXED or points.high is None:
        return
    after = None if value is None else bounded.limited(value, node.limits, ground.world)
    if after is not None and after.high is not None and after.high < points.high:
        assert node.method is not None
        code = node.code if isinstance(node, rb.Item) else node.title
        related = (("maximum-here", points.span),)
        yield ground.tell("TD220", node.method.span, node, related, item=code, most=after.high, maximum=points.high)


def _value(node: Node, ground: Ground) -> Extent | None:
    if isinstance(node, rb.Item):
        return own_of_item(node, ground.world).value
    return of_method(node.method, node.key, ground.world).value


def _leaving(node: Node, points: rb.Points, own: Extent | None, ground: Ground) -> tuple[_Leaving | None, bool]:
    """The value that may leave the range, if that can be told; and whether undeclared data leave it open."""
    range_ = Extent(points.low, points.high)
    assert node.method is not None
    for branch in branches(node.method):
        for value, span in _literals(branch, ground):
            after = bounded.limited(value, node.limits, ground.world)
            if after is not None and not after.within(range_):
                return _Leaving(after, span, proved=True), False
    after = None if own is None else bounded.limited(own, node.limits, ground.world)
    if after is None or after.within(range_):
        return None, False
    reads = _reads(node, ground)
    if any(not is_declared(name, ground) for name in reads):
        return None, True
    independent = isinstance(node.method, rb.Formula) and all(count == 1 for count in reads.values())
    proved = independent and not _entangled(node, ground)
    return _Leaving(after, _span(node.method), proved), False


def _literals(method: rb.Method, ground: Ground) -> Iterator[tuple[Extent, rb.Span]]:
    """The values that rows state as they are, and the sum of a checklist."""
    match method:
        case rb.Choice():
            outcomes = [(level.value, level.span) for level in method.levels]
        case rb.Steps():
            outcomes = [(row.value, row.span) for row in method.rows]
        case rb.Cases():
            outcomes = [(case.value, case.span) for case in method.cases]
        case rb.Checklist() if all(_stated(mark, ground) for mark in method.marks):
            total = of_method(method, "", ground.world).value
            assert total is not None
            yield total, method.marks[0].span if len(method.marks) == 1 else method.span
            return
        case _:
            return
    for value, span in outcomes:
        found = None if isinstance(value, rb.NotApplicable) else extent(value, ground.world)
        if found is not None and found.exact is not None:
            yield found, span


def _stated(mark: rb.Mark, ground: Ground) -> bool:
    """Whether a mark may be met and not met whatever the data, and states its points as a figure."""
    value = extent(mark.value, ground.world)
    return mark.when is None and value is not None and value.exact is not None


def _reads(node: Node, ground: Ground) -> Counter[str]:
    """The data that a node's values are made of, each as often as it is read, also through names."""
    found: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    assert node.method is not None
    waiting = [node.method]
    while waiting:
        for outer in walk.of_method(waiting.pop()):
            for each in walk.all_of(outer):
                if isinstance(each, rb.Datum):
                    found[each.name] += 1
                elif isinstance(each, rb.NameRef):
                    found[f"{each.owner} {each.name}"] += 1
                    if (each.owner, each.name) not in seen:
                        seen.add((each.owner, each.name))
                        waiting.append(ground.world.tables.names[each.owner, each.name].method)
    return found


def is_declared(name: str, ground: Ground) -> bool:
    """Whether the file says which numbers a datum may hold; what is no datum needs no saying."""
    field = ground.scale.data.get(name)
    return field is None or (field.declared and (bool(field.domain) or field.form not in _OPEN_FORMS))


_OPEN_FORMS = (rb.DataForm.INTEGER, rb.DataForm.NUMBER, rb.DataForm.PERCENT)


def _entangled(node: Node, ground: Ground) -> bool:
    """Whether values may hang together as bounds do not see: quotients of data, other items or units."""
    assert node.method is not None
    waiting, seen = [node.method], set()
    while waiting:
        method = waiting.pop()
        if not isinstance(method, rb.Formula):
            return True
        for outer in walk.of_method(method):
            for each in walk.all_of(outer):
                if isinstance(each, rb.NameRef) and each not in seen:
                    seen.add(each)
                    waiting.append(ground.world.tables.names[each.owner, each.name].method)
                if isinstance(each, rb.Arithmetic) and each.operator is rb.Operator.DIVIDE:
                    divisor = extent(each.right, ground.world)
                    if divisor is None or divisor.exact is None:
                        return True
                if not isinstance(each, _PLAIN):
                    return True
    return False


_PLAIN = (rb.Number, rb.Datum, rb.NameRef, rb.MaximumOf, rb.Arithmetic, rb.Negative, rb.Rounded)


def _span(method: rb.Method) -> rb.Span:
    return method.value.span if isinstance(method, rb.Formula) else method.span


def _furthest(value: Extent, points: rb.Points) -> dict[str, object]:
    """How far a value goes beyond the range, in both languages."""
    high = points.high is not None and (value.high is None or value.high > points.high)
    end = value.high if high else value.low
    if end is not None:
        return {"found_vi": write_number(end, "vi"), "found_en": write_number(end, "en")}
    return dict(zip(("found_vi", "found_en"), _WITHOUT_END[high], strict=True))


_WITHOUT_END = {True: ("lớn tùy ý", "as large as you like"), False: ("nhỏ tùy ý", "as small as you like")}


def _end(bound: Fraction | None) -> object:
    return "…" if bound is None else bound


def _names(unsure: list[tuple[Ground, Node]]) -> list[str]:
    found: dict[str, None] = {}
    for ground, node in unsure:
        found.update(
            (f"[{name}]", None)
            for name in _reads(node, ground)
            if name in ground.scale.data and not is_declared(name, ground)
        )
    listed = list(found)
    return listed[:5] + (["…"] if len(listed) > 5 else [])
