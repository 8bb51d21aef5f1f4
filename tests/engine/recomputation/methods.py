"""Steps of methods recomputed from the rows, levels and marks tried."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from engine.recomputation.conditions import Conditions
from engine.recomputation.numbers import (
    fold,
)


class Methods(Conditions):
    """Levels, checklists, steps, cases and formulas."""

    # --- methods

    def _formula(self, step: Any, children: Any) -> Any:
        return self._outcome(children[-1])

    _name = _formula

    def _choice(self, step: Any, children: Any) -> Any:
        given, detail = step["inputs"][0], step["detail"]
        if given["state"] != "value":
            return given["state"], None
        chosen = fold(str(given["value"]))
        tried = [fold(label) for label in detail["tried"]]
        if not children:
            return ("invalid" if chosen not in tried else "value"), None
        if chosen not in map(fold, (detail["label"], *detail["aliases"])) or fold(detail["label"]) != tried[-1]:
            self.found.append(f"{step['id']}: the level is not the one chosen")
        return self._outcome(children[-1]) if chosen not in tried[:-1] else ("invalid", None)

    def _checklist(self, step: Any, children: Any) -> Any:
        if step["inputs"] and step["inputs"][0]["state"] != "value":
            return step["inputs"][0]["state"], None
        ticked = set(step["inputs"][0]["value"]) if step["inputs"] else set()
        if not ticked <= {mark["detail"]["letter"] for mark in children}:
            self.found.append(f"{step['id']}: a letter is ticked that the list does not have")
        return self._lacking(children) or ("value", sum((Fraction(mark["value"]) for mark in children), Fraction(0)))

    def _mark(self, step: Any, children: Any) -> Any:
        met = step["detail"].get("met")
        conditions = children[:-1] if met else children
        if conditions:
            lacking = self._lacking(conditions)
            if lacking:
                return lacking
            held = conditions[0]["value"]
        else:
            ticked = self.around[step["id"]]["inputs"]
            held = bool(ticked) and step["detail"]["letter"] in ticked[0]["value"]
        self._detail(step, met=held)
        return self._outcome(children[-1]) if held else ("value", Fraction(0))

    def _row(self, step: Any, children: Any) -> Any:
        met = step["detail"]["met"]
        conditions = children[:-1] if met else children
        if any(each["state"] == "value" and each["value"] is False for each in conditions):
            held: bool | None = False
        else:
            held = None if self._lacking(conditions) else True
        self._detail(step, met=held)
        if held is None:
            return self._lacking(conditions)
        return self._outcome(children[-1]) if held else ("value", None)

    def _first(self, step: Any, children: Any) -> Any:
        rows = [child for child in children if child["kind"] == "row"]
        subjects = [child for child in children if child["kind"] != "row"]
        lacking = self._lacking(subjects)
        if lacking:
            return lacking
        conditions = [each for row in rows for each in row["children"][: -1 if row["detail"]["met"] else None]]
        tested = [self.steps[each]["children"][0] for each in conditions] if subjects else []
        if not set(tested) <= {each["id"] for each in subjects}:
            self.found.append(f"{step['id']}: a row looks at something else")
        if any(row["state"] != "value" or row["detail"]["met"] for row in rows[:-1]):
            self.found.append(f"{step['id']}: an earlier row held")
        last = rows[-1]
        return self._outcome(last) if last["state"] != "value" or last["detail"]["met"] else ("invalid", None)

    _steps = _guarded = _first

    def _cases(self, step: Any, children: Any) -> Any:
        if not step["detail"].get("best"):
            return self._first(step, children)
        values = [Fraction(row["value"]) for row in children if row["detail"]["met"] and row["value"] is not None]
        return self._lacking(children) or (("value", max(values)) if values else ("invalid", None))

    def _marks(self, step: Any, children: Any) -> Any:
        rows = children[1:]
        return self._lacking(children) or ("value", sum((Fraction(row["value"]) for row in rows), Fraction(0)))

    def _per_mark(self, step: Any, children: Any) -> Any:
        lacking = self._lacking(children)
        if lacking:
            return lacking
        *marks, value = children
        count = sum(mark["value"] is True for mark in marks)
        self._detail(step, count=Fraction(count))
        for found in (self.steps[each] for mark in marks for each in mark["children"][1:]):
            self._detail(found, low_open=not step["detail"]["reached"])
        return "value", count * self._value(value)
