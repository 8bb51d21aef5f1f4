"""A step of a trace in; the steps it is computed from, in the order of its formula, and the figures of its rule, out.

A trace keeps what a reader wants to see below a step. A checker wants to see what the step is computed from: a stage
from the stage before it, a range from what lies in it, a reference from what it refers to. Figures that follow from
operands are left out: they are values of steps.
"""

from __future__ import annotations

from itertools import pairwise

from attrs import define, field

from thangdiem.dsl.rulebook import Aggregation, AggregationForm, Item, Scale, State
from thangdiem.engine.binding.columns import bonuses_of
from thangdiem.engine.trace import Step, Trace

_FOLLOWS = frozenset({
    "applied", "before", "count", "deduction", "earned", "key", "left_out", "matches", "maximum", "met", "missed_by",
    "own", "points", "reached", "to",
})  # fmt: skip
_Detail = dict[str, object]


@define(eq=False)
class Operands:
    """What each step met so far is computed from besides its own children; parents are met before children."""

    trace: Trace
    scale: Scale
    leading: dict[int, tuple[Step, ...]] = field(factory=dict)
    full: dict[int, object] = field(factory=dict)  # the points of an item that counts though it does not apply

    def of(self, step: Step) -> tuple[Step, ...]:
        """The operands of a step."""
        children = step.children
        match step.kind:
            case "reference":
                return self._referred(step)
            case "bonus":
                return *self._before(step), self.trace.bonuses[str(step.detail["key"])]
            case "item" | "total" | "formula":
                return self._node(step)
            case "within":
                self.leading.update((id(child), children[:1]) for child in children[1:])
                return children
            case "checklist":
                return self._checklist(step)
            case "steps" | "marks":
                return tuple(child for child in children if child.kind in ("row", "per_mark")) or children
            case "choice":
                return self._levels(step)
            case "children":
                return tuple(sorted(children, key=lambda child: child.state is State.NOT_APPLICABLE))
            case "gather" | "some_item" | "count_items":
                left_out = step.detail["left_out"]
                assert isinstance(left_out, tuple)
                return *children, *(self.trace.items[code] for code in left_out)
            case "applicability" if "code" in step.detail:
                return *self._before(step), self.trace.items[str(step.detail["code"])]
            case _:
                return *self._before(step), *children

    def detail(self, step: Step) -> _Detail:
        """The figures and words of the rule that the step's formula needs, and those by which readers know it."""
        found = {key: value for key, value in step.detail.items() if key not in _FOLLOWS}
        match step.kind:
            case "range":
                return {"signs": _signs(step), "negated": step.detail["negated"]}
            case "row" | "mark":
                ticks = step.kind == "mark" and not _conditions(step)
                return {**found, "conditions": len(_conditions(step)) + ticks} if "conditions" not in found else found
            case "item" | "total":
                return {**found, **self._held(step)}
            case "given" if step.state is State.INVALID and step.fact is not None and step.fact.state is State.VALUE:
                return {**found, "range": self._points(str(step.detail["code"]))}
            case "maximum":
                return {**found, "of": self._maximum_of(str(step.detail["code"]), bool(step.detail.get("used")))}
            case "reference" if "key" in step.detail:
                return {**found, "to": step.detail["to"], "key": step.detail["key"]}
            case "bonus":
                return {**found, "sign": "-" if step.detail["deduction"] else "+"}
            case "applicability" if id(step) in self.full:
                return {**found, "points": self.full[id(step)]}
            case _:
                return found

    def maxima(self) -> dict[str, _Detail]:
        """The maximum of each item and, under "", of the scale: as stated, as used, and the parts that may leave it."""
        scale, items = self.scale, self.trace.items
        found = {"": _maximum(scale.points.high, scale.items, scale.aggregation, self.trace.total)}
        for item in (item for item in scale.walk() if item.code in items):
            found[item.code] = _maximum(item.points.high, item.children, item.aggregation, items[item.code])
        for bonus in bonuses_of(scale):
            if bonus.points is not None:
                high = bonus.points.high
                found[bonus.key] = {"high": high, "parts": (), "used": high}
        if "scale_points" in self.trace.total.detail:
            found[""]["rescaled_to"] = self.trace.total.detail["scale_points"]
        return found

    def kind(self, step: Step) -> str:
        """The kind of the step; a condition that takes an item out is told from what the policy makes of it."""
        exempt = step.kind == "applicability" and step.detail["by"] == "condition" and not step.detail["policy"]
        return "exempt" if exempt else step.kind

    def _before(self, step: Step) -> tuple[Step, ...]:
        return self.leading.get(id(step), ())

    def _referred(self, step: Step) -> tuple[Step, ...]:
        key = step.detail.get("key")
        match step.detail.get("to"):
            case "name":
                assert isinstance(key, tuple)
                return (self.trace.names[key],)
            case "item":
                return (self.trace.items[str(key)],)
            case "bonus":
                return (self.trace.bonuses[str(key)],)
            case "total":
                return (self.trace.total,)
            case "subtotal":
                assert self.trace.subtotal is not None
                return (self.trace.subtotal,)
            case _:
                return ()

    def _node(self, step: Step) -> tuple[Step, ...]:
        for before, after in pairwise(step.children):
            self.leading[id(after)] = (before,)
            if after.kind == "applicability" and after.detail["policy"] in ("keep", "unranked", "full"):
                self.full[id(after)] = (step.detail["high"] or 0) if after.detail["policy"] == "full" else 0
        if step.kind == "formula":
            return step.children[-1:]
        return *step.children[-1:], *(self.trace.bonuses[key] for key in self._carried(step))

    def _carried(self, step: Step) -> tuple[str, ...]:
        """The bonuses and deductions that may carry the points of a node out of its range."""
        if step.kind == "total":
            return tuple(self.trace.bonuses) if step.children else ()
        return tuple(str(stage.detail["key"]) for stage in step.children if stage.kind == "bonus")

    def _held(self, step: Step) -> _Detail:
        carried = self._carried(step)
        given = bool(step.children) and step.children[0].kind == "total_given"
        ends = (step.detail.get("low"), step.detail.get("high"))
        free = given and self.scale.bonuses
        return {"range": (None, None) if free else ends, "signs": tuple(key[0] for key in carried)}

    def _checklist(self, step: Step) -> tuple[Step, ...]:
        if step.fact is None:
            return step.children
        state = step.fact.state
        ticked = Step("ticked", step.fact.value, state, gaps=step.gaps, fact=step.fact, span=step.span)
        for mark in step.children:
            if not _conditions(mark):
                letter = {"letter": mark.detail["letter"]}
                self.leading[id(mark)] = (
                    Step("has_letter", bool(mark.detail["met"]), children=(ticked,), detail=letter, span=mark.span),
                )
        return step.children or (ticked,)

    def _levels(self, step: Step) -> tuple[Step, ...]:
        """Each level tried as a row: whether it is the one chosen, and the value of the one that is."""
        fact, tried = step.fact, step.detail.get("tried", ())
        assert fact is not None
        assert isinstance(tried, tuple)
        chosen = Step("ticked", fact.value, fact.state, gaps=step.gaps, fact=fact, span=step.span)
        if fact.state is not State.VALUE:
            return (chosen,)
        rows = []
        for label in tried:
            value = step.children if label == step.detail.get("label") and label is tried[-1] else ()
            aliases = step.detail["aliases"] if value else ()
            assert isinstance(aliases, tuple)
            test = Step("one_of", bool(value), children=(chosen,), detail={"names": (label, *aliases)})
            outcome, state = (step.value, step.state) if value else (None, State.VALUE)
            rows.append(Step("row", outcome, state, (test, *value), {"met": bool(value)}))
        return tuple(rows)

    def _points(self, code: str) -> tuple[object, object]:
        points = next((item.points for item in self.scale.walk() if item.code == code), None)
        points = points or next(bonus.points for bonus in bonuses_of(self.scale) if bonus.key == code)
        return (points.low, points.high) if points is not None else (None, None)

    def _maximum_of(self, code: str, used: bool) -> str | None:
        """The node whose maximum it is, a bonus under its key; None for the maximum of the result."""
        bonus = next((bonus for bonus in bonuses_of(self.scale) if bonus.key == code), None)
        return None if used else code if bonus is None or bonus.points is not None else bonus.owner


def _conditions(step: Step) -> tuple[Step, ...]:
    return step.children[: len(step.children) - bool(step.detail.get("met"))]


def _signs(step: Step) -> tuple[str, ...]:
    detail = step.detail
    if detail["low"] and detail["high"] and len(step.children) == 1:
        return ("=",)
    low = (">" if detail["low_open"] else ">=",) if detail["low"] else ()
    return (*low, "<" if detail["high_open"] else "<=") if detail["high"] else low


def _maximum(high: object, parts: tuple[Item, ...], aggregation: Aggregation, step: Step) -> _Detail:
    summed = parts if aggregation.form is AggregationForm.SUM and high is not None else ()
    weighed = tuple(
        (part.code, part.weight if part.weight is not None else 1)
        for part in summed
        if part.points.counted and part.points.high is not None
    )
    return {"high": high, "parts": weighed, "used": step.detail.get("maximum")}
