"""Steps of arithmetic and of conditions recomputed from their operands."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from engine.recomputation.numbers import (
    GATHERED,
    LARGEST,
    OPERATIONS,
    TINY,
    equal,
    fold,
    order,
    power,
    read,
    rounded,
)
from engine.recomputation.reading import Reading


class Conditions(Reading):
    """What is computed and compared."""

    # --- arithmetic

    def _operation(self, step: Any, children: Any) -> Any:
        lacking = self._lacking(children)
        if lacking:
            return lacking
        values = [self._value(child) for child in children]
        if step["kind"] == "power":
            found = power(values[0], Fraction(step["detail"]["exponent"]))
        else:
            found = OPERATIONS[step["kind"]](*values)
        if isinstance(found, Fraction) and max(abs(found.numerator), found.denominator).bit_length() > LARGEST:
            raise OverflowError
        if isinstance(found, Decimal) and not found.is_finite():
            raise ArithmeticError
        return "value", found

    def _round(self, step: Any, children: Any) -> Any:
        lacking = self._lacking(children)
        if lacking:
            return lacking
        value, halves = self._value(children[0]), Fraction(step["detail"]["unit_of"]) / 2
        if step["state"] == "invalid" and isinstance(value, Decimal):
            near = Fraction(value) / halves
            if abs(near - round(near)) < TINY:
                return "invalid", None  # a tie that no number of digits proves
        return "value", self._rounded(value, step)

    def _rounded(self, value: Any, step: Any) -> Fraction:
        return rounded(value, Fraction(step["detail"]["unit_of"]), step["detail"]["tie"])

    # --- conditions

    def _range(self, step: Any, children: Any) -> Any:
        lacking = self._lacking(children)
        if lacking:
            return lacking
        detail, value = step["detail"], self._value(self.around[step["id"]])
        bounds = [self._value(child) for child in children]
        low, high = (bounds[0] if detail["low"] else None), (bounds[-1] if detail["high"] else None)
        if detail["low"] and detail["high"] and len(bounds) == 1:
            met = equal(value, low)
        else:
            above = low is None or order(value, low) >= bool(detail["low_open"])
            met = above and (high is None or order(high, value) >= bool(detail["high_open"]))
        met = met is not detail["negated"]
        numbers = [abs(end - value) for end in (low, high) if type(end) is type(value) is Fraction]
        self._detail(step, missed_by=Fraction(0) if met else min(numbers, default=None))
        return "value", met

    def _within(self, step: Any, children: Any) -> Any:
        subject, *ranges = children
        if subject["state"] != "value":
            return subject["state"], None
        met = any(child["value"] is True for child in ranges)
        lacking = self._lacking(ranges)
        if not met and lacking:
            return lacking
        misses = [Fraction(child["detail"]["missed_by"]) for child in ranges if child["detail"].get("missed_by")]
        self._detail(step, missed_by=Fraction(0) if met else min(misses, default=None))
        return "value", met

    def _all_hold(self, children: Any, decides: bool) -> Any:
        if any(child["state"] == "value" and child["value"] is decides for child in children):
            return "value", decides
        if any(child["state"] == "value" and not isinstance(child["value"], bool) for child in children):
            return "invalid", None
        return self._lacking(children) or ("value", not decides)

    def _all_of(self, step: Any, children: Any) -> Any:
        return self._all_hold(children, False)

    def _any(self, step: Any, children: Any) -> Any:
        return self._all_hold(children, True)

    def _not(self, step: Any, children: Any) -> Any:
        return self._lacking(children) or ("value", not children[0]["value"])

    def _matches(self, step: Any, children: Any) -> int:
        codes = [child["children"][0] for child in children if child["value"] is True]
        self._detail(step, matches=read([str(self.steps[each]["detail"]["key"]) for each in codes]))
        self._left_out(step)
        return len(codes)

    def _left_out(self, step: Any, sign: int = 0) -> None:
        for code in step["detail"]["left_out"]:
            state, value = self._outcome(self.steps[self.document["items"][code]])
            if state != "not_applicable" and not (sign and value * sign <= 0):
                self.found.append(f"{step['id']}: {code} is left out")

    def _some_item(self, step: Any, children: Any) -> Any:
        self._matches(step, children)
        return self._all_hold(children, not step["detail"]["every"])

    def _count_items(self, step: Any, children: Any) -> Any:
        found = Fraction(self._matches(step, children))
        return self._lacking(children) or ("value", found)

    # --- many values made one

    def _gather(self, step: Any, children: Any) -> Any:
        form, sign = step["detail"]["form"], int(step["detail"]["sign"])
        self._left_out(step, sign)
        lacking = self._lacking(children)
        if lacking:
            return lacking
        values = [self._value(child) for child in children]
        if sign and any(value * sign <= 0 for value in values):
            self.found.append(f"{step['id']}: gathers the other sign")
        if not values and form != "sum":
            return "not_applicable", None
        return "value", GATHERED[form](values)

    def _over_units(self, step: Any, children: Any) -> Any:
        if "values" not in step["detail"]:
            return step["state"], None  # what other units lack is not in this unit's trace
        values = [Fraction(value) for _, value in step["detail"]["values"]]
        return ("value", GATHERED[step["detail"]["form"]](values)) if values else ("not_applicable", None)

    def _rank_among(self, step: Any, children: Any) -> Any:
        if "values" not in step["detail"]:
            return step["state"], None
        lacking = self._lacking(children)
        if lacking:
            return lacking
        own = self._value(children[0])
        self._detail(step, own=own)
        return "value", Fraction(1 + sum(Fraction(value) > own for _, value in step["detail"]["values"]))

    def _units_graded(self, step: Any, children: Any) -> Any:
        detail = step["detail"]
        if "grades" not in detail:
            return step["state"], None
        count = sum(grade in detail["counting"] for _, grade in detail["grades"])
        wanted = {fold(grade) for _, grade in detail["grades"]} & {fold(detail["wanted"])}
        if not wanted <= {fold(grade) for grade in detail["counting"]}:
            self.found.append(f"{step['id']}: does not count the grade wanted")
        if not detail["share"]:
            return "value", Fraction(count)
        return ("value", Fraction(count, len(detail["grades"]))) if detail["grades"] else ("not_applicable", None)
