"""Stages, items and the total recomputed from what came before."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from engine.recomputation.methods import Methods
from engine.recomputation.numbers import (
    GATHERED,
    order,
    read,
    real,
    root,
)


class Nodes(Methods):
    """Everything that happens to a node's value."""

    # --- stages and nodes

    def _before(self, step: Any) -> tuple[str, Any]:
        return self._outcome(self.around[step["id"]])

    def _own(self, step: Any, children: Any) -> Any:
        return self._outcome(children[0])

    def _missing_rule(self, step: Any, children: Any) -> Any:
        self._same(f"{step['id']} before", self._before(step)[0], "missing")
        return self._outcome(children[0])

    def _of_children(self, step: Any, children: Any) -> Any:
        kept = [child for child in children if child["state"] != "not_applicable"]
        weights = [Fraction(weight) for _, weight in step["detail"]["weights"]]
        if [code for code, _ in step["detail"]["weights"]] != [child["detail"]["key"] for child in kept]:
            self.found.append(f"{step['id']}: other children than those that apply")
        if self._lacking(kept) or (children and not kept):
            return self._lacking(kept) or ("not_applicable", None)
        form, values = step["detail"]["form"], [self._value(child) for child in kept]
        weighted = sum((weight * value for weight, value in zip(weights, values, strict=True)), Fraction(0))
        if form in ("sum", "weighted_mean"):
            found: Any = weighted / (1 if form == "sum" else sum(weights))
        elif form == "geometric_mean":
            product = math.prod(values, start=Fraction(1))
            found = root(product, Fraction(len(values))) if product >= 0 else real(product).sqrt()
        else:
            found = GATHERED[form](values)
        return "value", self._rounded(found, step) if "unit_of" in step["detail"] else found

    def _applicability(self, step: Any, children: Any) -> Any:
        if children:
            held = [child for child in children if child["state"] == "value" and child["value"] is True]
            return ("not_applicable", None) if held else self._lacking(children)
        if "code" in step["detail"]:
            return self.steps[self.document["items"][step["detail"]["code"]]]["state"], None
        policy, before = step["detail"]["policy"], self._before(step)[0]
        self._same(f"{step['id']} before", before, "not_applicable")
        if policy in ("keep", "unranked", "full"):
            high = self.inside[step["id"]]["detail"]["high"] if policy == "full" else None
            return "value", Fraction(high or 0)
        return ("not_applicable" if policy in ("exclude", "rescale", "no_total") else "invalid"), None

    def _replaced(self, step: Any, children: Any) -> Any:
        when, *value = children
        if when["state"] != "value":
            return when["state"], None
        return self._outcome(value[0]) if when["value"] else self._before(step)

    def _counts_when(self, step: Any, children: Any) -> Any:
        (when,) = children
        self._detail(step, earned=self._before(step)[1])
        if when["state"] != "value":
            return when["state"], None
        return self._before(step) if when["value"] else ("value", Fraction(0))

    def _bonus(self, step: Any, children: Any) -> Any:
        key = step["detail"]["key"]
        points, before = self.steps[self.document["bonuses"][key]], self.around[step["id"]]
        values = [self._value(each) for each in (before, points)]
        self._detail(step, before=values[0], points=values[1], deduction=key[0] == "-", title=read(key[1:]))
        return self._lacking([before, points]) or ("value", values[0] + values[1] * (-1 if key[0] == "-" else 1))

    def _limit(self, step: Any, children: Any) -> Any:
        (_, before), detail = self._before(step), step["detail"]
        self._detail(step, before=before)
        first = children[0]
        if first["state"] != "value" or first["value"] is False:  # a condition, or a bound without a value
            self._detail(step, applied=False)
            return first["state"], (before if first["state"] == "value" else None)
        bound = children[-1]
        if bound["state"] != "value":
            return bound["state"], None
        side = order(before, self._value(bound))
        applied = side > 0 if detail["most"] else side < 0
        self._detail(step, applied=applied)
        return "value", self._value(bound) if applied else before

    def _rounding(self, step: Any, children: Any) -> Any:
        before = self._before(step)[1]
        self._detail(step, before=before)
        return "value", self._rounded(before, step)

    def _rescaled(self, step: Any, children: Any) -> Any:
        total, before = self.inside[step["id"]], self._before(step)[1]
        maximum = self._used(total)
        if not maximum:
            return "not_applicable", None
        points = Fraction(total["detail"]["scale_points"])
        self._detail(step, before=before, maximum=maximum, scale_points=points)
        return "value", before * points / maximum

    def _used(self, step: Any) -> Fraction | None:
        """The maximum of a node without what left it."""
        detail = step["detail"]
        for code, weight, points in detail.get("left_out", ()):
            child = self.steps[self.document["items"][code]]["detail"]
            lost = Fraction(weight) * (Fraction(child["high"]) - Fraction(child["maximum"]))
            self._same(f"{step['id']} left out {code}", Fraction(points), lost)
        gone = sum((Fraction(points) for _, _, points in detail.get("left_out", ())), Fraction(0))
        return None if detail["high"] is None else Fraction(detail["high"]) - gone

    def _kept_range(self, step: Any, last: Any, bonuses: Fraction) -> Any:
        """The last stage, unless it lies outside the points the file states, with bonuses and without."""
        state, value = self._outcome(last)
        low, high = (read(step["detail"][end]) for end in ("low", "high"))
        if state == "value" and not isinstance(value, Fraction):
            return "invalid", None
        inside = state != "value" or any(
            (low is None or one >= low) and (high is None or one <= high) for one in (value, value - bonuses)
        )
        return (state, value) if inside else ("invalid", None)

    def _item(self, step: Any, children: Any) -> Any:
        keys = [child["detail"]["key"] for child in children if child["kind"] == "bonus"]
        bonuses = sum(map(self._signed, keys), Fraction(0))
        if step["detail"]["code"] in self.document["items"]:
            self._left_with(step, children)
            used = Fraction(0) if step["state"] == "not_applicable" else self._used(step)
            self._detail(step, maximum=used)
        else:
            self._detail(step, maximum=None)
        return self._kept_range(step, children[-1], bonuses)

    def _signed(self, key: str) -> Fraction:
        """The points of a bonus, or of a deduction below zero; nothing where it has none."""
        points = self._value(self.steps[self.document["bonuses"][key]])
        return Fraction(points or 0) * (-1 if key[0] == "-" else 1)

    def _left_with(self, step: Any, children: Any) -> None:
        """Every child whose maximum shrank must be among those that left a sum."""
        for stage in children:
            if stage["kind"] == "children" and stage["detail"]["form"] == "sum":
                codes = [self.steps[each]["detail"]["key"] for each in stage["children"]]
                parts = [(code, self.steps[self.document["items"][code]]["detail"]) for code in codes]
                gone = [code for code, part in parts if part["high"] is not None and part["maximum"] != part["high"]]
                self._same(f"{step['id']} left out", [code for code, *_ in step["detail"]["left_out"]], gone)

    def _total(self, step: Any, children: Any) -> Any:
        detail = step["detail"]
        if not children:
            return "not_applicable", None
        given = children[0]["kind"] == "total_given"
        if not given:
            self._left_with(step, children)
        used = self._used(step)
        rescaled = detail.get("scale_points") is not None and used != read(detail["high"])
        self._detail(step, maximum=Fraction(detail["scale_points"]) if rescaled else used)
        if given and step["state"] == "value":
            return self._outcome(children[0])  # with bonuses a total given may lie anywhere
        return self._kept_range(step, children[-1], sum(map(self._signed, self.document["bonuses"]), Fraction(0)))
