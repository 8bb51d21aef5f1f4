"""A trace document in; its steps, what each says of itself, and a note of what does not agree, out."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from engine.recomputation.numbers import (
    fold,
    order,
    read,
    real,
)

GRAVITY = ("invalid", "missing", "not_assessed", "not_applicable")
NAMES = {"all": "all_of", "children": "of_children"}


class Reading:
    """One document on its way; a step's outcome is a state and a value."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.grade: str | None = None
        self.steps = {step["id"]: step for step in document["steps"]}
        self.irrational: dict[str, Any] = {}
        self.found: list[str] = []
        self.around: dict[str, Any] = {}  # the step before a stage, a range's subject, a mark's checklist, by id
        self.inside: dict[str, Any] = {}  # what a stage belongs to
        for step in [*self.steps.values()]:
            self._place(step, self._children(step))
        for band in (document["grading"] or {"bands": ()})["bands"]:
            for step in self._all(band["conditions"]):
                if step["kind"] == "range":
                    self.around[step["id"]] = self.steps[document["grading"]["basis"]]

    def _place(self, step: Any, children: list[Any]) -> None:
        if step["kind"] in ("item", "total", "formula"):
            for before, after in zip([None, *children], children, strict=False):
                self.around[after["id"]], self.inside[after["id"]] = before, step
        elif step["kind"] == "within":
            self.around.update((child["id"], children[0]) for child in children[1:])
        elif step["kind"] == "checklist":
            self.around.update((child["id"], step) for child in children)

    def run(self) -> list[str]:
        for step in self.document["steps"]:
            try:
                outcome = self._recomputed(step)
            except (ArithmeticError, TypeError):
                outcome = ("invalid", None)
            except (KeyError, ValueError, IndexError, AttributeError) as error:
                self.found.append(f"{step['id']}: cannot be followed: {error!r}")
                continue
            state, value = outcome
            self._same(step["id"], step["state"], state)
            if isinstance(step["value"], dict):
                self.irrational[step["id"]] = value
            self._same(f"{step['id']} value", self._stated(step), value)
        for name in ("_grading", "_result", "_references"):
            try:
                getattr(self, name)()
            except (KeyError, ValueError, IndexError, TypeError, ArithmeticError) as error:
                self.found.append(f"{name}: cannot be followed: {error!r}")
        return self.found

    def _recomputed(self, step: Any) -> tuple[str, Any]:
        kind = NAMES.get(step["kind"], step["kind"])
        return getattr(self, f"_{kind}", self._operation)(step, self._children(step))  # type: ignore[no-any-return]

    # --- reading

    def _all(self, ids: list[str]) -> list[Any]:
        return [self.steps[each] for each in ids]

    def _children(self, step: Any) -> list[Any]:
        return self._all(step["children"])

    def _stated(self, step: Any) -> Any:
        value = step["value"]
        return Decimal(value["approx"]) if isinstance(value, dict) else read(value)

    def _value(self, step: Any) -> Any:
        if not isinstance(step["value"], dict):
            return read(step["value"])
        if step["id"] not in self.irrational:  # a reference may stand before what it refers to
            self.irrational[step["id"]] = self._recomputed(step)[1]
        return self.irrational[step["id"]]

    def _outcome(self, step: Any) -> tuple[str, Any]:
        return step["state"], self._value(step)

    def _same(self, where: str, stated: Any, comes_to: Any) -> None:
        if isinstance(stated, dict):
            stated = Decimal(stated["approx"])
        if isinstance(stated, Decimal) and comes_to is not None:
            near = abs(stated - real(comes_to)) <= abs(real(comes_to)) * Decimal("1e-11")
        elif isinstance(comes_to, Decimal):
            near = isinstance(stated, Fraction) and order(stated, comes_to) == 0
        else:
            near = type(stated) is type(comes_to) and stated == comes_to
        if not near:
            self.found.append(f"{where}: says {stated}, comes to {comes_to}")

    def _detail(self, step: Any, **expected: Any) -> None:
        for key, value in expected.items():
            stated = step["detail"].get(key)
            self._same(f"{step['id']} {key}", stated if isinstance(stated, dict) else read(stated), value)

    def _lacking(self, steps: list[Any]) -> tuple[str, Any] | None:
        states = {step["state"] for step in steps} - {"value"}
        return (min(states, key=GRAVITY.index), None) if states else None

    # --- leaves

    def _literal(self, step: Any, children: Any) -> Any:
        value = read(step["value"])
        if step["state"] != "value":  # a day of the year assessed: not given, or beyond the calendar
            return "missing" if self.document["rules"]["period"] is None else "invalid", None
        text = (step["provision"] or {"text": ""})["text"]
        return "value", value if self._written(value, text) else text

    def _written(self, value: Any, text: str) -> bool:
        group, point = ".,"[:: 1 if self.document["rules"]["dialect"] == "vi" else -1]
        digits = [part.strip(".,") for part in re.findall(r"\d[\d.,]*", text)]
        if isinstance(value, date):
            return {str(value.day), str(value.month)} <= {part.lstrip("0") for part in re.split(r"\D", text)}
        if isinstance(value, bool):
            return value is (fold(text) in ("có", "yes", fold("có")))
        if isinstance(value, str):
            return fold(value) == fold(text.strip('"“”'))
        figures = [Fraction(part.replace(group, "").replace(point, ".")) for part in digits]
        return not figures or abs(value) in {figure / share for figure in figures for share in (1, 100)}

    def _datum(self, step: Any, children: Any) -> Any:
        given = step["inputs"][0]
        return given["state"], read(given["value"])

    _total_given = _datum

    def _given(self, step: Any, children: Any) -> Any:
        """Points given in a formula are held to the points stated; given directly, the node they belong to is."""
        code, (state, value) = step["detail"]["code"], self._datum(step, children)
        node = {**self.document["items"], **self.document["bonuses"]}.get(code)
        if step["state"] == "invalid" and node and state == "value":
            low, high = (read(self.steps[node]["detail"][end]) for end in ("low", "high"))
            if (low is not None and value < low) or (high is not None and value > high):
                return "invalid", None
        return state, value

    def _present(self, step: Any, children: Any) -> Any:
        return "value", step["inputs"][0]["state"] == "value"

    def _not_applicable(self, step: Any, children: Any) -> Any:
        return "not_applicable", None

    def _maximum(self, step: Any, children: Any) -> Any:
        code, document = step["detail"]["code"], self.document
        if step["detail"].get("used"):
            return "value", read(self.steps[document["total"]]["detail"]["maximum"])
        if code in document["items"]:
            found = read(self.steps[document["items"][code]]["detail"]["maximum"])
        else:
            node = self.steps[document["bonuses"].get(code) or document["total"]]
            found = self._used(node) if node["detail"].get("high") else None
        return ("invalid", None) if found is None else ("value", found)

    def _reference(self, step: Any, children: Any) -> Any:
        to, key, document = step["detail"].get("to"), step["detail"].get("key"), self.document
        if to is None:
            return "invalid", None
        if to == "name":
            target = {(each["owner"], each["name"]): each["step"] for each in document["names"]}[tuple(key)]
        else:
            target = {"item": document["items"], "bonus": document["bonuses"]}.get(to, document)[key or to]
        return self._outcome(self.steps[target])
