"""A unit among the others in; what the reference interpreter makes of it when some of its facts change, out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from attrs import evolve, field, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine.binding.columns import Columns, columns_of
from thangdiem.engine.evaluation import grading, nodes, quota
from thangdiem.engine.evaluation.expressions import evaluate
from thangdiem.engine.evaluation.population import Units
from thangdiem.engine.evaluation.unit import Plan, UnitEvaluation
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import MISSING, FactValue, UnitFacts
from thangdiem.engine.goal.axis import Axis, Input
from thangdiem.engine.goal.reads import Reads, of_lever, of_structure, reads
from thangdiem.engine.result import Mode, Results, UnitResult
from thangdiem.engine.trace import Step

Changes = Mapping[Input, FactValue]


@frozen
class Outcome:
    """What a unit comes to: its total and its grade, after quotas; None where there is none."""

    total: Fraction | None
    grade: str | None


@frozen(eq=False)
class Scene:
    """One unit of a scale with the units around it; ``place`` is where it stands among them."""

    rules: ScaleRules
    units: Sequence[UnitFacts]
    place: int
    period: int | None = None
    others: Mapping[str, Sequence[UnitFacts]] | None = None
    axes: dict[tuple[str, Input], Axis | None] = field(factory=dict, init=False)
    """Found once by ``axes.axis_of``."""
    _leaves: dict[object, Fraction | None] = field(factory=dict, init=False)

    @cached_property
    def plan(self) -> Plan:
        """The scale made ready."""
        return Plan(self.rules.book, self.rules.scale, self.period)

    @property
    def facts(self) -> UnitFacts:
        """What is known of the unit."""
        return self.units[self.place]

    @cached_property
    def levers(self) -> tuple[str, ...]:
        """Every item with a method and every bonus, in the order of the rule file."""
        places = {code: item.span.start for code, item in self.plan.items.items() if not item.children}
        places |= {key: bonus.span.start for key, bonus in self.plan.bonuses.items()}
        return tuple(sorted(places, key=lambda key: places[key]))

    @cached_property
    def reads(self) -> Mapping[str, Reads]:
        """What each item with a method and each bonus reads."""
        return {key: of_lever(self.plan, key) for key in self.levers}

    @cached_property
    def structure(self) -> Reads:
        """What is read where scores become totals and totals become grades."""
        return of_structure(self.plan)

    @cached_property
    def columns(self) -> Columns:
        """What the data of a unit may hold."""
        return columns_of(self.rules.scale)

    @cached_property
    def coupled(self) -> frozenset[str]:
        """The data by which units move each other."""
        return frozenset(name for _, data in self._by_data for name in data)

    @cached_property
    def _over_units(self) -> tuple[rb.OverUnits | rb.RankAmong | rb.UnitsGraded, ...]:
        """The rules over units."""
        every = (part for found in (*self.reads.values(), self.structure) for part in found.every)
        return tuple(part for part in every if isinstance(part, rb.OverUnits | rb.RankAmong | rb.UnitsGraded))

    @cached_property
    def _by_data(self) -> tuple[tuple[rb.OverUnits | rb.RankAmong, frozenset[str]], ...]:
        """Those that look at data, with the data."""
        rules = [rule for rule in self._over_units if not isinstance(rule, rb.UnitsGraded)]
        return tuple((rule, frozenset(reads((rule.value,), self.plan).data)) for rule in rules)

    def _moves_others(self, names: Collection[str], member: UnitEvaluation) -> bool:
        """Whether a rule over units that looks at one of the data gives the others another value than before."""
        for rule, data in self._by_data:
            if data.isdisjoint(names):
                continue
            if isinstance(rule, rb.RankAmong) or rule.cohort is rb.Cohort.SUBORDINATE:
                return True
            if evaluate(rule, member).value != evaluate(rule, self._steps).value:
                return True
        return False

    @cached_property
    def entangled(self) -> bool:
        """Whether units look at more of each other than data, so that any change may move another unit."""
        return any(isinstance(rule, rb.UnitsGraded) or self._asks(rule) for rule in self._over_units)

    def _asks(self, rule: rb.OverUnits | rb.RankAmong) -> bool:
        """Whether a rule over units asks each of them for what is found of it by rules."""
        found = reads((rule.value,), self.plan)
        return found.scores or found.units

    def moves_along(self, rule: rb.OverUnits | rb.RankAmong) -> bool:
        """Whether what a rule finds of the others may change with this unit, because they look at it in turn."""
        return self._asks(rule) and any(each.cohort is not rb.Cohort.SUBORDINATE for each in self._over_units)

    @cached_property
    def before(self) -> Results:
        """All units as they are."""
        return self._all(self.facts)

    @cached_property
    def unit(self) -> UnitResult:
        """The unit as it is."""
        return self.before.units[self.place]

    @cached_property
    def block(self) -> rb.Grading | None:
        """The block of grades that holds for the unit."""
        return self.block_after({})

    def block_after(self, changes: Changes) -> rb.Grading | None:
        """The block of grades that holds for the unit after changes."""
        return grading.block_of(self.member(self.with_changes(changes)))

    @cached_property
    def choice(self) -> Reads:
        """What is read to choose the block of grades."""
        return reads((block.when for block in self.rules.scale.gradings if block.when is not None), self.plan)

    @property
    def displaces(self) -> bool:
        """Whether a change may move other units under a quota: not only the points of the unit then decide."""
        return self._has_quotas and bool(self._over_units)

    def with_changes(self, changes: Changes) -> UnitFacts:
        """The unit's facts with some of them changed."""
        data, scores, layers = dict(self.facts.data), dict(self.facts.scores), dict(self.facts.layers)
        for (kind, name), value in changes.items():
            if kind == "datum":
                data[name] = evolve(data.get(name, MISSING), state=State.VALUE, value=value, written="", origin=None)
                continue
            fact = evolve(scores.get(name, MISSING), state=State.VALUE, value=value, written="", origin=None)
            scores[name] = fact
            if fact.layer and name in layers:
                layers[name] = {**layers[name], fact.layer: fact}
        return evolve(self.facts, data=data, scores=scores, layers=layers)

    def leaf(self, key: str, changes: Changes) -> Fraction | None:
        """The points of an item with a method, or of a bonus; None where it has none, or would apply otherwise."""
        mark = (key, frozenset(changes.items()))
        if mark not in self._leaves:
            self._leaves[mark] = self._leaf(key, changes)
        return self._leaves[mark]

    def _leaf(self, key: str, changes: Changes) -> Fraction | None:
        member = self.member(self.with_changes(changes))
        bonus = self.plan.bonuses.get(key)
        step = nodes.item(key, member) if bonus is None else nodes.bonus_points(bonus, member)
        if bonus is None and changes and _exempt(step) != _exempt(self._steps.items[key]):
            return None
        return step.value if step.state is State.VALUE and isinstance(step.value, Fraction) else None

    def outcome(self, changes: Changes) -> Outcome:
        """What the unit comes to after changes: only what they touch is found again."""
        names = {name for kind, name in changes if kind == "datum"}
        member = self.member(self.with_changes(changes))
        if self.entangled or (self._has_quotas and self._moves_others(names, member)):
            found = self.confirmed(changes)
            return Outcome(found.total, found.grade)
        touched = self._touched(changes)
        member.items.update((code, step) for code, step in self._steps.items.items() if code not in touched)
        member.bonuses.update((key, step) for key, step in self._steps.bonuses.items() if key not in touched)
        total = nodes.total(member)
        if not self._applies_as_before(member, touched):
            return Outcome(None, None)
        value = total.value if total.state is State.VALUE and isinstance(total.value, Fraction) else None
        graded = value is not None or self.rules.scale.points.form is rb.PointsForm.NO_TOTAL
        grade = grading.grade(member)[0] if graded else None
        return Outcome(value, grade if grade is None or value is None else self._after_quotas(member, grade, value))

    def confirmed(self, changes: Changes) -> UnitResult:
        """All units evaluated again with the changes of this one: its result."""
        return self._all(self.with_changes(changes)).units[self.place]

    def is_exempt(self, code: str) -> bool:
        """Whether an item does not apply to the unit as it is, whatever the policy makes of that."""
        return code in self._steps.items and _exempt(self._steps.items[code])

    def states_kept(self, found: UnitResult) -> bool:
        """Whether everything that applied applies, and nothing else: that is no matter of effort."""
        exempt = {item.code for item in self.unit.items if item.state is State.NOT_APPLICABLE}
        same = exempt == {item.code for item in found.items if item.state is State.NOT_APPLICABLE}
        return same and found.maximum == self.unit.maximum and self._exempted(found) == self._exempted(self.unit)

    def _exempted(self, found: UnitResult) -> frozenset[str]:
        trace = found.trace
        assert trace is not None
        return frozenset(code for code, step in trace.items.items() if _exempt(step))

    def _applies_as_before(self, member: UnitEvaluation, touched: Collection[str]) -> bool:
        return all(
            _exempt(member.items[code]) == _exempt(self._steps.items[code])
            for code in touched
            if code in member.items and code in self._steps.items
        )

    @cached_property
    def _steps(self) -> UnitEvaluation:
        member = self.member(self.facts)
        nodes.total(member)
        for code in self.plan.items:
            nodes.item(code, member)
        return member

    @cached_property
    def _readers(self) -> Mapping[str, frozenset[str]]:
        """The items and bonuses that must be found again when an item, a bonus or a datum changes."""
        found: dict[str, set[str]] = {}
        loose = {key for key, read in self.reads.items() if read.scores}
        for key, read in self.reads.items():
            moved = {key, *self._above(key)}
            found.setdefault(f"score:{key}", set()).update(moved)
            for name in read.data:
                found.setdefault(f"datum:{name}", set()).update(moved)
        groups = {code for code, item in self.plan.items.items() if item.children}
        for name in self.structure.data:
            found.setdefault(f"datum:{name}", set()).update(groups)
        loosened = {each for key in loose for each in (key, *self._above(key))}
        return {mark: frozenset(keys | loosened) for mark, keys in found.items()}

    def _above(self, key: str) -> list[str]:
        bonus = self.plan.bonuses.get(key)
        code = bonus.owner if bonus is not None else self.plan.items[key].parent
        found = []
        while code:
            found.append(code)
            code = self.plan.items[code].parent
        return found

    def _touched(self, changes: Changes) -> set[str]:
        found: set[str] = set()
        for kind, name in changes:
            found |= self._readers.get(f"{kind}:{name}", frozenset())
        return found

    def _all(self, facts: UnitFacts) -> Results:
        return evaluate_all(self.rules, self._units_with(facts), Mode.FINAL, self.period, self.others)

    @cached_property
    def _neighbours(self) -> list[UnitEvaluation]:
        """The other units as they are, evaluated once."""
        return [member for at, member in enumerate(self._population.members) if at != self.place]

    @cached_property
    def _population(self) -> Units:
        return self._populated(self.facts)

    def _populated(self, facts: UnitFacts) -> Units:
        """All units, this one with such facts."""
        together = Units()
        for plan, units in ((self.plan, self._units_with(facts)), *self._others):
            together.members.extend(UnitEvaluation(plan, each, together, nodes) for each in units)
        return together

    @cached_property
    def _others(self) -> list[tuple[Plan, Sequence[UnitFacts]]]:
        """The units of other scales, each scale made ready."""
        scales = [scale for scale in self.rules.book.scales if scale.id != self.rules.scale.id]
        others = self.others or {}
        return [(Plan(self.rules.book, scale, self.period), others[scale.id]) for scale in scales if scale.id in others]

    def _units_with(self, facts: UnitFacts) -> list[UnitFacts]:
        units = [*self.units]
        units[self.place] = facts
        return units

    def member(self, facts: UnitFacts) -> UnitEvaluation:
        """The unit with such facts, ready to be asked, the other units around it."""
        if self.entangled:
            together = self._populated(facts)
            together.subordinates_first()
            return together.members[self.place]
        together = Units()
        member = UnitEvaluation(self.plan, facts, together, nodes)
        if self.coupled:
            together.members.extend(self._neighbours)
        together.members.append(member)
        return member

    @cached_property
    def _has_quotas(self) -> bool:
        return any(block.quotas for block in self.rules.scale.gradings)

    @cached_property
    def _contenders(self) -> Mapping[int, list[quota.Contender]]:
        """The other graded units by their block of grades, with the grades they have before quotas."""
        found: dict[int, list[quota.Contender]] = {}
        for at, (facts, result) in enumerate(zip(self.units, self.before.units, strict=True)):
            if at == self.place or result.grade is None or result.total is None or result.trace is None:
                continue
            trace = result.trace.grading
            block = self._population.members[at]
            chosen = grading.block_of(block)
            assert chosen is not None  # it has a grade
            assert trace is not None
            own = trace.quotas[0].before if trace.quotas else result.grade
            found.setdefault(id(chosen), []).append(quota.Contender(str(at), facts.block, own, result.total))
        return found

    def _after_quotas(self, member: UnitEvaluation, grade: str, total: Fraction) -> str:
        block = grading.block_of(member) if self._has_quotas else None
        if block is None or not block.quotas:
            return grade
        own = quota.Contender(str(self.place), self.facts.block, grade, total)
        others = self._contenders.get(id(block), [])
        contenders = sorted((*others, own), key=lambda each: int(each.unit))
        names = {each.unit: each.unit for each in contenders}
        return quota.apply(block, contenders, names)[0][own.unit]


def _exempt(step: Step) -> bool:
    """Whether an item's step says that it does not apply, whatever the policy makes of it."""
    return any(stage.kind == "applicability" and stage.detail.get("policy") for stage in step.children)
