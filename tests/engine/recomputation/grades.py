"""The grade, the quotas and the result recomputed from the steps."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from engine.recomputation.nodes import Nodes
from engine.recomputation.numbers import (
    read,
    rounded,
)


class Grades(Nodes):
    """Bands, conditions, quotas, and the unit as the results show it."""

    # --- the grade and the result

    def _tried(self, band: Any, first: bool, basis: Any) -> bool | None:
        ranges = [step for step in self._all(band["conditions"])[:1] if step["kind"] == "range"]
        if not ranges:
            self._same(f"band {band['grade']} missed_by", (band["missed_by"], band["to_leave"]), (None, None))
        if band["form"] != "tried":
            return bool(band["form"] == "rest" and first)
        if not band["conditions"] and basis["state"] == "value":
            self.found.append(f"band {band['grade']}: nothing was tried")
        conditions = self._all(band["conditions"])
        for step in ranges:
            self._same(
                f"band {band['grade']} missed_by", read(band["missed_by"]), read(step["detail"].get("missed_by"))
            )
            low = self._value(self.steps[step["children"][0]]) if step["detail"]["low"] and band["met"] else None
            leave = self._value(basis) - low if isinstance(low, Fraction) else None
            self._same(f"band {band['grade']} to_leave", read(band["to_leave"]), leave)
        held = [each["value"] is True if each["state"] == "value" else None for each in conditions]
        if basis["state"] != "value" and not ranges and band["met"] is None:
            held.append(None)  # the range was not tried
        return False if False in held else None if None in held else True

    def _grading(self) -> None:
        grading = self.document["grading"]
        if grading is None or not grading["bands"]:
            return
        if grading["guard"]:
            self._same("guard", self.steps[grading["guard"]]["value"], True)
        undecided = False
        for band in grading["bands"]:
            met = self._tried(band, self.grade is None and not undecided, self.steps[grading["basis"]])
            self._same(f"band {band['grade']}", band["met"], met)
            undecided |= self.grade is None and met is None
            if met and self.grade is None and not undecided:
                self.grade = band["grade"]
        order_of = [band["grade"] for band in grading["bands"]]
        forced: set[str] = set()
        for rule in grading["rules"]:
            when = self.steps[rule["condition"]]
            met = when["value"] if when["state"] == "value" else None
            self._same(f"rule {rule['form']} met", rule["met"], met)
            self._same(f"rule {rule['form']} before", rule["before"], self.grade or "")
            if met is not False and self.grade is not None:
                moved = self._moved(rule, order_of.index(self.grade), order_of)
                if met is None:
                    self.grade = self.grade if moved == self.grade else None
                else:
                    self.grade = moved
                    forced |= {rule["grade"]} if rule["form"] == "force" else set()
            self._same(f"rule {rule['form']} after", rule["after"], self.grade or "")
        if len(forced) > 1:
            self.grade = None
        for quota in grading["quotas"]:
            self._quota(quota)

    def _moved(self, rule: Any, now: int, grades: list[str]) -> str:
        named = grades.index(rule["grade"])
        past = min(named + 1, len(grades) - 1) if now == named else now
        return grades[{"raise": min(now, named), "cap": max(now, named), "exclude": past, "force": named}[rule["form"]]]

    def _quota(self, quota: Any) -> None:
        name, unit = f"quota {quota['grade']}", self.document["unit"]
        totals = [Fraction(total) for total in quota["totals"]]
        places = int(rounded(Fraction(quota["share"]) * quota["units"], Fraction(quota["unit_of"]), quota["tie"]))
        self._same(f"{name} places", quota["places"], places)
        self._same(f"{name} totals", totals, sorted(totals, reverse=True))
        self._same(f"{name} before", quota["before"], self.grade)
        kept = len(totals)
        if len(totals) > places:
            kept, edge = places, totals[places - 1] if places else None
            if edge == totals[places]:
                kept = sum(total >= edge if quota["ties"] == "all_pass" else total > edge for total in totals)
        self._same(f"{name} kept", quota["kept"], quota["holders"][:kept])
        own = [total for holder, total in zip(quota["holders"], totals, strict=True) if holder == unit]
        if quota["before"] == quota["grade"]:
            if read(self.document["result"]["total"]) not in own:
                self.found.append(f"{name}: this unit is not among the holders")
            if unit not in quota["kept"]:
                self.grade = quota["otherwise"]
        self._same(f"{name} after", quota["after"], self.grade)

    def _references(self) -> None:
        """Every step is part of another or stands under its own name."""
        document, grading = self.document, self.document["grading"] or {"bands": (), "rules": ()}
        roots = [*document["items"].values(), *document["bonuses"].values(), document["total"], document["subtotal"]]
        roots += [each["step"] for each in document["names"]] + [grading.get("basis"), grading.get("guard")]
        roots += [each["condition"] for each in grading["rules"]]
        roots += [each for band in grading["bands"] for each in band["conditions"]]
        used = {*roots, *(child for step in document["steps"] for child in step["children"])}
        self._same("steps that are part of nothing", sorted({*self.steps} - used), [])
        for code, step in (*document["items"].items(), *document["bonuses"].items()):
            self._detail(self.steps[step], code=read(code))
        for each in document["names"]:
            self._detail(self.steps[each["step"]], owner=read(each["owner"]), name=read(each["name"]))
        for step in document["steps"]:
            for given in step["inputs"]:
                name = step["detail"].get("name") or step["detail"].get("code")
                self._same(f"{step['id']} input", given["name"], name)

    def _result(self) -> None:
        result, total = self.document["result"], self.steps[self.document["total"]]
        status, found = result["status"], self._value(total)
        self._same("result status", status in ("graded", "ungraded", "refused", "undetermined"), True)
        self._same("result grade", status == "graded", result["grade"] is not None)
        self._same("result range", status == "undetermined", result["range"] is not None)
        stated = {key: read(result[key]) for key in ("total", "maximum", "share")}
        maximum = read(total["detail"]["maximum"])
        hidden = status in ("refused", "undetermined")
        self._same("result total", stated["total"], None if hidden else found)
        self._same("result maximum", stated["maximum"], maximum)
        share = found / maximum if isinstance(found, Fraction) and maximum else None
        self._same("result share", stated["share"], None if hidden else share)
        if status == "graded":
            self._same("result grade", result["grade"], self.grade)
        for key in ("total", "maximum", "share"):
            if f"{key}_approx" in result:
                self._same(f"result {key}_approx", round(Fraction(result[key]), 6), read(result[f"{key}_approx"]))
        for item in result["items"]:
            step = self.steps[self.document["items"][item["code"]]]
            self._same(f"result {item['code']} state", item["state"], step["state"])
            self._same(f"result {item['code']}", read(item["score"]), read(step["value"]))
            self._same(f"result {item['code']} maximum", read(item["maximum"]), read(step["detail"]["maximum"]))
            self._same(f"result {item['code']} counted", item["counted"], step["detail"]["counted"])
