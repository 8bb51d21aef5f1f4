"""The same job in other forms: Python on scaled integers as written by hand, and ZEN Engine where installed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from benchmarks.job import BANDS, DEADLINES, INDICATORS

Plain = Callable[[dict[str, object]], tuple[int, int]]
"""A unit to its total in hundredths and the number of its grade."""


def by_hand(*, trace: bool) -> Callable[[dict[str, Any]], Any]:
    """Straight Python: points in hundredths, ratios rounded half up; ``trace`` keeps a tuple for every indicator."""
    lines = ["def score(D):", " total = 0"]
    lines += [" T = []"] if trace else []
    for code, kind, maximum in INDICATORS:
        lines += [f" {line}" for line in _WRITTEN[kind](code, maximum * 100)]
        lines.append(" total += p")
        lines += [f" T.append(({code!r}, p, {_USED[kind].format(c=code)}))"] if trace else []
    lines += [" total += min(D['giải thưởng'] * 200, 500) - min(D['lần chậm'] * 100, 500)"]
    lines += [f" {'elif' if n else 'if'} total >= {low * 100}: grade = {n}" for n, (low, _) in enumerate(BANDS[:-1])]
    lines += [" else: grade = 4", " if D['sự cố'] and grade < 2: grade = 2", " if D['kỷ luật']: grade = 4"]
    lines += [" T.append(('total', total, grade))", " return total, grade, T"] if trace else [" return total, grade"]
    made: dict[str, Any] = {"FIRST": DEADLINES[0], "SECOND": DEADLINES[1]}
    exec("\n".join(lines), made)
    return made["score"]  # type: ignore[no-any-return]


_WRITTEN: dict[str, Callable[[str, int], list[str]]] = {
    "choice": lambda c, m: [f"v = D['@{c}']", f"p = {m} if v == 'Đầy đủ' else {m // 2} if v == 'Một phần' else 0"],
    "steps": lambda c, m: [f"v = D['n {c}']", f"p = {m} if v >= 4 else 100 if v >= 2 else 50 if v == 1 else 0"],
    "ratio": lambda c, m: [f"a = D['a {c}']; b = D['b {c}']", f"p = (2 * a * {m} + b) // (2 * b)"],
    "threshold": lambda c, m: [
        f"a = D['a {c}']; b = D['b {c}']",
        f"if a * 5 >= b * 4: p = {m}",
        f"elif a * 2 >= b: p = (2 * a * {m * 5} + b * 4) // (2 * b * 4)",
        "else: p = 0",
    ],
    "checklist": lambda c, m: ["p = 0", *(f"if D['{x} {c}']: p += {m // 4}" for x in "abcd")],
    "capped": lambda c, m: [f"p = D['n {c}'] * 50", f"if p > {m}: p = {m}"],
    "best": lambda c, m: [f"p = {m} if D['b {c}'] else 150 if D['c {c}'] else 100 if D['a {c}'] else 0"],
    "deadline": lambda c, m: [f"v = D['ngày {c}']", f"p = {m} if v <= FIRST else 100 if v <= SECOND else 0"],
    "direct": lambda c, m: [f"p = D['@{c}'] * 100"],
    "parts": lambda c, m: [f"p = (D['p {c}'] * {m} + D['q {c}'] * {m} + 100) // 200"],
}
_USED = {
    "choice": "v", "steps": "v", "ratio": "(a, b)", "threshold": "(a, b)", "capped": "D['n {c}']", "deadline": "v",
    "checklist": "(D['a {c}'], D['b {c}'], D['c {c}'], D['d {c}'])", "best": "(D['a {c}'], D['b {c}'], D['c {c}'])",
    "direct": "D['@{c}']", "parts": "(D['p {c}'], D['q {c}'])",
}  # fmt: skip


def for_hand(unit: Mapping[str, object]) -> dict[str, object]:
    """The unit as the code by hand takes it: percent as whole hundredths."""
    return {name: int(value * 100) if isinstance(value, Fraction) else value for name, value in unit.items()}


# --- ZEN Engine


def zen_decision() -> Any:
    """The job as a JDM graph of expression nodes; None where zen-engine is not installed."""
    try:
        import zen  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    return zen.ZenEngine().create_decision(json.dumps(_graph()))


def _graph() -> dict[str, object]:
    items = [(f"i_{_key(code)}", _ZEN[kind](_key(code), maximum)) for code, kind, maximum in INDICATORS]
    total = " + ".join(key for key, _ in items) + " + min([prizes * 2, 5]) - min([late, 5])"
    grade = "".join(f"total >= {low} ? {n} : " for n, (low, _) in enumerate(BANDS[:-1])) + "4"
    last = [("total", total), ("band", grade.replace("total", "$.total"))]
    last.append(("grade", "discipline ? 4 : (incident and $.band < 2) ? 2 : $.band"))
    names = ["in", "items", "totals", "out"]
    nodes: list[dict[str, object]] = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        _expressions("items", items),
        _expressions("totals", last),
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 0, "y": 0}},
    ]
    edges = [{"id": f"e{n}", "type": "edge", "sourceId": a, "targetId": b} for n, (a, b) in enumerate(pairwise(names))]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _expressions(name: str, found: list[tuple[str, str]]) -> dict[str, object]:
    content = {
        "expressions": [{"id": key, "key": key, "value": value} for key, value in found],
        "passThrough": True,
        "inputField": None,
        "outputPath": None,
        "executionMode": "single",
    }
    return {"id": name, "name": name, "type": "expressionNode", "content": content, "position": {"x": 0, "y": 0}}


def _key(code: str) -> str:
    return code.replace(".", "_")


_ZEN: dict[str, Callable[[str, int], str]] = {
    "choice": lambda c, m: f"g_{c} == 'Đầy đủ' ? {m} : g_{c} == 'Một phần' ? {m / 2} : 0",
    "steps": lambda c, m: f"n_{c} >= 4 ? {m} : n_{c} >= 2 ? 1 : n_{c} == 1 ? 0.5 : 0",
    "ratio": lambda c, m: f"floor(a_{c} * {m * 100} / b_{c} + 0.5) / 100",
    "threshold": lambda c, m: (
        f"a_{c} * 5 >= b_{c} * 4 ? {m} : a_{c} * 2 >= b_{c} ? floor(a_{c} * {m * 500} / (b_{c} * 4) + 0.5) / 100 : 0"
    ),
    "checklist": lambda c, m: " + ".join(f"({x}_{c} ? {m / 4} : 0)" for x in "abcd"),
    "capped": lambda c, m: f"min([n_{c} * 0.5, {m}])",
    "best": lambda c, m: f"b_{c} ? {m} : c_{c} ? 1.5 : a_{c} ? 1 : 0",
    "deadline": lambda c, m: (
        f"day_{c} <= {DEADLINES[0].toordinal()} ? {m} : day_{c} <= {DEADLINES[1].toordinal()} ? 1 : 0"
    ),
    "direct": lambda c, m: f"g_{c}",
    "parts": lambda c, m: f"floor((p_{c} + q_{c}) * {m} / 2 + 0.5) / 100",
}


def for_zen(unit: Mapping[str, object]) -> dict[str, object]:
    """The unit as JSON: names as ZEN takes them, percent as whole hundredths, days as numbers."""
    names = {"giải thưởng": "prizes", "lần chậm": "late", "sự cố": "incident", "kỷ luật": "discipline"}
    found: dict[str, object] = {}
    for name, value in unit.items():
        key = names.get(name) or _key(name.replace("@", "g ").replace("ngày", "day").replace(" ", "_"))
        match value:
            case Fraction():
                found[key] = int(value * 100)
            case date():
                found[key] = value.toordinal()
            case _:
                found[key] = value
    return found
