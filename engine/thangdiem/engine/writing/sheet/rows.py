"""Steps and their formulas in; the rows of the sheet as JSON, each step once and below its operands, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, field

from thangdiem.dsl.rulebook import Provision, Rulebook, Span, State
from thangdiem.engine.facts import Fact
from thangdiem.engine.trace import Step
from thangdiem.engine.unrounded import Unrounded
from thangdiem.engine.writing.plain import Json, plain
from thangdiem.engine.writing.sheet import expressions, methods, nodes
from thangdiem.engine.writing.sheet.formula import Formula, Workings

_FORMULAS: Mapping[str, Callable[[Step, Workings], Formula]] = {
    "literal": lambda step, workings: Formula("literal"),
    "not_applicable": lambda step, workings: Formula("constant"),
    "datum": expressions.read,
    "given": expressions.read,
    "total_given": expressions.read,
    "present": expressions.present,
    "maximum": expressions.maximum,
    "reference": expressions.reference,
    "subtract": expressions.arithmetic,
    "power": expressions.power,
    "round": expressions.rounding,
    "all": expressions.both,
    "any": expressions.both,
    "within": expressions.within,
    "some_item": expressions.some_item,
    "count_items": expressions.count_items,
    "gather": expressions.gather,
    "over_units": expressions.over_units,
    "rank_among": expressions.rank_among,
    "units_graded": expressions.units_graded,
    "formula": nodes.formula,
    "choice": methods.choice,
    "checklist": methods.checklist,
    "steps": methods.first_row,
    "guarded": methods.first_row,
    "cases": methods.cases,
    "marks": methods.marks,
    "per_mark": methods.per_mark,
    "item": nodes.node,
    "total": nodes.node,
    "own": lambda step, workings: Formula("copy", step.children),
    "name": lambda step, workings: Formula("copy", step.children),
    "applicability": nodes.exempt,
    "children": nodes.children,
}
"""How each kind of step is computed; one that a node or a condition tells of is known before it is met."""

_KNOWN_BY = frozenset({"name", "code", "title", "label", "letter", "cohort", "policy", "wanted", "form"})
"""What of a step's detail is for readers; figures are operands, parameters and values."""

_WHOLE = ("item", "total", "bonus", "band")  # their span is a block: its first line names it


@define(eq=False)
class Rows:
    """The rows written so far; a step that is met again is only referred to."""

    book: Rulebook
    workings: Workings
    rows: list[Json] = field(factory=list)
    _ids: dict[int, str] = field(factory=dict)
    _formulas: dict[int, Formula] = field(factory=dict)
    _open: set[int] = field(factory=set)  # met and not yet written: one that needs itself has no value, and names none
    _places: dict[tuple[int, int], Json] = field(factory=dict)
    _provisions: dict[str, Provision] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        trace = self.workings.trace
        names = self.workings.names
        names |= {id(step): f"item:{code}" for code, step in trace.items.items()}
        names |= {id(step): f"bonus:{key}" for key, step in trace.bonuses.items()}
        names |= {id(step): f"name:{owner}:{name}" for (owner, name), step in trace.names.items()}
        names[id(trace.total)] = "total"
        self._provisions = {code: item.provision for code, item in self.workings.items.items()}
        self._provisions |= {key: bonus.provision for key, bonus in self.workings.bonuses.items()}

    def write(self, root: Step | None) -> str | None:
        """The id of a step; it and all it is computed from are written, operands first, without recursion."""
        if root is None:
            return None
        ids, named = self._ids, self.workings.names
        waiting = [(root, named.get(id(root), "result"), False)]
        while waiting:
            step, path, ready = waiting.pop()
            if id(step) in ids:
                continue
            if ready:
                ids[id(step)] = path
                self._open.discard(id(step))
                self.rows.append(self._row(step, path))
                continue
            waiting.append((step, path, True))
            operands = self._formula(step).operands
            for index in range(len(operands) - 1, -1, -1):  # a node has its name wherever it is met, the rest its path
                each = operands[index]
                if each is not None and id(each) not in ids:
                    waiting.append((each, named.get(id(each)) or f"{path}/{index}", False))
        return ids[id(root)]

    def _formula(self, step: Step) -> Formula:
        """How the step is computed, without what would need itself."""
        formula = self.workings.formulas.get(id(step)) or formula_of(step, self.workings)
        if any(id(each) in self._open for each in formula.operands):
            formula = Formula("no_value")
        elif step.state is State.INVALID and _not_exact(formula.operands):
            formula = Formula("no_value", formula.operands)
        self._formulas[id(step)] = formula
        self._open.add(id(step))
        return formula

    def _row(self, step: Step, path: str) -> dict[str, Json]:
        formula = self._formulas[id(step)]
        row: dict[str, Json] = {"id": path, "kind": step.kind, "op": formula.op}
        if formula.operands:
            row["operands"] = [self._ids[id(each)] if each is not None else None for each in formula.operands]
        for key, value in formula.parameters.items():
            row[key] = plain(value)
        row["state"], row["value"] = step.state.value, plain(step.value)
        if formula.op == "datum" and step.fact is not None:
            row["input"] = _input(step, step.fact)
        if told := {key: plain(value) for key, value in step.detail.items() if value and key in _KNOWN_BY}:
            row["detail"] = told
        if step.span.end > step.span.start:
            row["provision"], row["span"] = self._provision(step), self._place(step.span)
        if step.gaps:
            row["gaps"] = list(step.gaps)
        return row

    def _provision(self, step: Step) -> Json:
        """The words of the rule, and where the decision says so."""
        text = self.book.source.text[step.span.start : step.span.end]
        shown: dict[str, Json] = {"text": text.partition("\n")[0] if step.kind in _WHOLE else text}
        code = step.detail.get("code") or step.detail.get("title")
        provision = self._provisions.get(str(code))
        if provision is not None and provision.citations:
            shown["citations"] = list(provision.citations)
        if provision is not None and provision.amendments:
            shown["amendments"] = list(provision.amendments)
        return shown

    def _place(self, span: Span) -> Json:
        key = (span.start, span.end)
        if key not in self._places:
            self._places[key] = self._found(span)
        return self._places[key]

    def _found(self, span: Span) -> Json:
        place = self.book.source.place(span.start, span.end)
        assert place.start is not None  # a rule file has lines
        assert place.end is not None
        return {
            "file": place.file,
            "line": place.start.line,
            "character": place.start.utf16,
            "end": {"line": place.end.line, "character": place.end.utf16},
        }


def _not_exact(operands: tuple[Step | None, ...]) -> bool:
    """Whether all operands have a value, one that is no fraction: the rule makes nothing of it, or no digits decide."""
    return all(each is not None and each.state is State.VALUE for each in operands) and any(
        each is not None and isinstance(each.value, Unrounded) for each in operands
    )


def formula_of(step: Step, workings: Workings) -> Formula:
    """How a step is computed of which nothing above it has told."""
    return Formula(step.kind, step.children) if step.kind in expressions.SAME else _FORMULAS[step.kind](step, workings)


def _input(step: Step, fact: Fact) -> Json:
    origin = fact.origin
    return {
        "name": plain(step.detail.get("name") or step.detail.get("code")),
        "written": fact.written,
        "state": fact.state.value,
        "value": plain(fact.value),
        "layer": fact.layer or None,
        "origin": None
        if origin is None
        else {
            "file": origin.file,
            "sheet": origin.sheet or None,
            "row": origin.row,
            "column": origin.column,
            "cell": origin.cell or None,
        },
    }
