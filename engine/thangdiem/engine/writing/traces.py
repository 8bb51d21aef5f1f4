"""One unit's trace in, the JSON document ``thangdiem/trace/1`` out: every step once, under its id."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field

from thangdiem.dsl.rulebook import Provision, Rulebook, Scale, Span
from thangdiem.engine.binding.columns import bonuses_of
from thangdiem.engine.facts import Fact
from thangdiem.engine.result import UnitResult
from thangdiem.engine.trace import BandTrial, GradingTrace, QuotaTrial, RuleTrial, Step
from thangdiem.engine.writing.operands import Operands
from thangdiem.engine.writing.plain import Json, plain
from thangdiem.engine.writing.results import unit_json

SCHEMA = "thangdiem/trace/1"


def trace_json(unit: UnitResult, book: Rulebook, scale: Scale) -> dict[str, Json]:
    """Every step of a unit; in ``steps`` operands stand as ids. ValueError without a trace."""
    trace = unit.trace
    if trace is None:
        raise ValueError(f"the unit {unit.unit!r} was scored without a trace")
    writing = _Writing(book, scale, Operands(trace, scale))
    document: dict[str, Json] = {
        "schema": SCHEMA,
        "rules": {
            "document": book.document.number or book.document.title,
            "scale": scale.id,
            "file": book.source.name,
            "sha256": book.source.digest,
            "dialect": book.dialect,
            "period": unit.period,
        },
        "unit": unit.unit,
        "block": unit.block or None,
        "items": {code: writing.step(step, f"item:{code}") for code, step in trace.items.items()},
        "bonuses": {key: writing.step(step, f"bonus:{key}") for key, step in trace.bonuses.items()},
        "names": [
            {"owner": owner, "name": name, "step": writing.step(step, f"name:{owner}:{name}")}
            for (owner, name), step in trace.names.items()
        ],
        "total": writing.step(trace.total, "total"),
        "subtotal": writing.step(trace.subtotal, "subtotal") if trace.subtotal is not None else None,
        "grading": writing.grading(trace.grading) if trace.grading else None,
        "maxima": plain(writing.operands.maxima()),
        "result": unit_json(unit),
    }
    return {**document, "steps": writing.steps}


@define(eq=False)
class _Writing:
    """The steps written so far; a step that is met again is only referred to."""

    book: Rulebook
    scale: Scale
    operands: Operands
    steps: list[Json] = field(factory=list)
    ids: dict[int, str] = field(factory=dict)
    known: dict[int, tuple[Step, ...]] = field(factory=dict)  # the operands of each step; they keep it alive, too
    open: set[int] = field(factory=set)  # met and not yet written: one that needs itself has no value, and names none
    names: dict[int, str] = field(factory=dict)
    provisions: dict[str, Provision] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        trace = self.operands.trace
        self.names = {id(step): f"item:{code}" for code, step in trace.items.items()}
        self.names |= {id(step): f"bonus:{key}" for key, step in trace.bonuses.items()}
        self.names |= {id(step): f"name:{owner}:{name}" for (owner, name), step in trace.names.items()}
        self.provisions = {item.code: item.provision for item in self.scale.walk()}
        self.provisions |= {bonus.key: bonus.provision for bonus in bonuses_of(self.scale)}

    def step(self, root: Step, name: str) -> str:
        """The id of a step; it and all it is computed from are written, operands first, without recursion."""
        waiting = [(root, name, False)]
        while waiting:
            step, path, ready = waiting.pop()
            if id(step) in self.ids:
                continue
            if ready:
                self.ids[id(step)] = path
                self.open.discard(id(step))
                self.steps.append(self._node(step, path))
                continue
            waiting.append((step, path, True))
            if id(step) not in self.known:
                self.known[id(step)] = tuple(each for each in self.operands.of(step) if id(each) not in self.open)
                self.open.add(id(step))
            operands = self.known[id(step)]
            waiting += [(each, self._path(each, f"{path}/{index}"), False) for index, each in enumerate(operands)]
        return self.ids[id(root)]

    def _path(self, step: Step, path: str) -> str:
        """The name under which a node stands wherever it is met first; else the path that leads to the step."""
        return self.names.get(id(step), path)

    def _node(self, step: Step, path: str) -> dict[str, Json]:
        operands: list[Json] = [self.ids[id(each)] for each in self.known[id(step)]]
        return {
            "id": path,
            "kind": self.operands.kind(step),
            "provision": self._provision(step),
            "span": self._span(step.span),
            "inputs": [_input(step, step.fact)] if step.fact is not None and step.kind not in _OF_OPERANDS else [],
            "state": step.state.value,
            "value": plain(step.value),
            "detail": plain(self.operands.detail(step)),
            "gaps": list(step.gaps),
            "operands": operands,
        }

    def _provision(self, step: Step) -> Json:
        """The words of the rule, and where the decision says so."""
        span = step.span
        if span.end <= span.start:
            return None
        text = self.book.source.text[span.start : span.end]
        shown: dict[str, Json] = {"text": text.partition("\n")[0] if step.kind in _WHOLE else text}
        code = step.detail.get("code") or step.detail.get("title")
        provision = self.provisions.get(str(code))
        if provision is not None and provision.citations:
            shown["citations"] = list(provision.citations)
        if provision is not None and provision.amendments:
            shown["amendments"] = list(provision.amendments)
        return shown

    def _span(self, span: Span) -> Json:
        if span.end <= span.start:
            return None
        place = self.book.source.place(span.start, span.end)
        if place.start is None or place.end is None:
            return None
        return {
            "file": place.file,
            "line": place.start.line,
            "character": place.start.utf16,
            "end": {"line": place.end.line, "character": place.end.utf16},
        }

    def grading(self, trace: GradingTrace) -> Json:
        """What every band, condition and quota came to."""
        basis = self.step(trace.basis, "grading")
        for step in (band.conditions[0] for band in trace.bands if band.conditions):
            if step.kind == "range":
                self.operands.leading[id(step)] = (trace.basis,)
        return {
            "basis": basis,
            "guard": self.step(trace.guard, "grading:guard") if trace.guard else None,
            "span": self._span(trace.span),
            "bands": [self._band(band, index) for index, band in enumerate(trace.bands)],
            "rules": [self._rule(rule, index) for index, rule in enumerate(trace.rules)],
            "quotas": [self._quota(quota) for quota in trace.quotas],
        }

    def _band(self, band: BandTrial, index: int) -> Json:
        return {
            "grade": band.grade,
            "form": band.form,
            "met": band.met,
            "conditions": self._all(band.conditions, f"band:{index}"),
            "span": self._span(band.span),
        }

    def _rule(self, rule: RuleTrial, index: int) -> Json:
        return {
            "form": rule.form,
            "grade": rule.grade,
            "met": rule.met,
            "before": rule.before,
            "after": rule.after,
            "condition": self.step(rule.condition, f"rule:{index}"),
            "span": self._span(rule.span),
        }

    def _quota(self, quota: QuotaTrial) -> Json:
        return {
            "grade": quota.grade,
            "places": quota.places,
            "units": quota.units,
            "holders": list(quota.holders),
            "kept": list(quota.kept),
            "totals": [plain(total) for total in quota.totals],
            "share": plain(quota.share),
            "unit_of": plain(quota.rounding.unit),
            "tie": quota.rounding.tie.name,
            "ties": quota.ties,
            "otherwise": quota.otherwise,
            "before": quota.before,
            "after": quota.after,
            "span": self._span(quota.span),
        }

    def _all(self, steps: Iterable[Step], name: str) -> list[Json]:
        return [self.step(step, f"{name}:{index}") for index, step in enumerate(steps)]


_OF_OPERANDS = ("checklist", "choice")  # what was read for them is the step "ticked" below them
_WHOLE = ("item", "total", "bonus")  # their span is a block: its first line names it


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
