"""The code of a whole scale: named values, items, bonuses, the total and the grade, each after what it refers to."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import define, field

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rounding import Rounding
from thangdiem.dsl.walk import all_of, of_bonus, of_item, of_method
from thangdiem.engine.straight import pairs
from thangdiem.engine.straight.expressions import SUBTOTAL, TOTAL, Writer, key_of, named_key
from thangdiem.engine.straight.grades import write_grade
from thangdiem.engine.straight.methods import either, is_, limited, method
from thangdiem.engine.straight.pairs import ZERO, Pair
from thangdiem.engine.straight.program import Unsupported


@define
class ScaleWriter:
    """Writes each node once, in an order in which everything is there when it is referred to."""

    scale: rb.Scale
    writer: Writer
    items: dict[str, rb.Item] = field(factory=dict)
    named: dict[str, rb.Named] = field(factory=dict)
    bonuses: dict[str, rb.Bonus] = field(factory=dict)
    under_way: set[str] = field(factory=set)

    def write(self) -> tuple[Pair, str]:
        """The total, and the name of the grade's index ("-1" where there are no grades)."""
        self._refuse_what_is_not_straight()
        self._know_all_nodes()
        for item in self.scale.walk():
            self._item(item)
        total = self._total()
        return total, self._grade(total)

    def _refuse_what_is_not_straight(self) -> None:
        scale = self.scale
        if {rule.step for rule in scale.roundings} & {rb.RoundingStep.DATA, rb.RoundingStep.RATIO}:
            raise Unsupported
        if (
            scale.points.form is rb.PointsForm.NO_TOTAL
            or scale.only_given
            or len(scale.gradings) > 1
            or any(g.when is not None for g in scale.gradings)
        ):
            raise Unsupported

    def _know_all_nodes(self) -> None:
        scale = self.scale
        self.items = {item.code: item for item in scale.walk()}
        bonuses = [*scale.bonuses, *(bonus for item in scale.walk() for bonus in item.bonuses)]
        self.bonuses = {bonus.key: bonus for bonus in bonuses}
        owners = (scale.names, *(item.names for item in scale.walk()), *(bonus.names for bonus in bonuses))
        self.named = {named_key(named.owner, named.name): named for names in owners for named in names}
        self.writer.maxima = {code: item.points.high for code, item in self.items.items()}
        self.writer.stated = {code: item.points for code, item in self.items.items()}
        self.writer.stated |= {key: bonus.points for key, bonus in self.bonuses.items()}
        self.writer.maxima |= {
            key: bonus.points.high for key, bonus in self.bonuses.items() if bonus.points is not None
        }
        self.writer.maxima[""] = scale.points.high

    def _need(self, expressions: Iterable[rb.Expression]) -> None:
        """Writes whatever the expressions refer to, at the outermost level, so that every branch sees it."""
        for outermost in expressions:
            for part in all_of(outermost):
                match part:
                    case rb.ItemScore():
                        self._item(self.items[part.code])
                    case rb.NameRef():
                        self._name(key_of(part))
                    case rb.BonusPoints():
                        self._bonus(self.bonuses[part.title])
                    case rb.SomeItem() | rb.ItemCount() | rb.OverItems():
                        for code in part.codes:
                            self._item(self.items[code])
                    case rb.TotalPoints() if key_of(part) not in self.writer.values:
                        raise Unsupported
                    case _:
                        pass

    def _once(self, key: str) -> bool:
        if key in self.writer.values:
            return False
        if key in self.under_way:
            raise Unsupported
        self.under_way.add(key)
        return True

    def _keep(self, key: str, kind: str, of: str, value: Pair, span: rb.Span, owner: str = "") -> Pair:
        value = self.writer.values[key] = self.writer.kept(value)
        if isinstance(value.n, str):
            self.writer.program.note(kind, of, value.n, value.d, span, owner)
        return value

    # --- nodes

    def _name(self, key: str) -> None:
        if self._once(key):
            named = self.named[key]
            self._need(of_method(named.method))
            self._keep(key, "name", named.name, method(named.method, named.owner, self.writer), named.span, named.owner)

    def _bonus(self, bonus: rb.Bonus) -> Pair:
        if self._once(bonus.key):
            self._need(of_bonus(bonus))
            value = limited(method(bonus.method, bonus.key, self.writer), bonus.limits, self.writer)
            value = self._keep(bonus.key, "bonus", bonus.key, value, bonus.span)
            if bonus.points is not None:
                self.writer.stay_within(value, bonus.points)
        return self.writer.values[bonus.key]

    def _item(self, item: rb.Item) -> None:
        if not self._once(item.code):
            return
        for child in item.children:
            self._item(child)
        self._need(of_item(item))
        for when in item.applicability.conditions:
            self.writer.leave_if(self.writer.holds(when))
        value = self._conditions(self._own(item), item)
        value = self._with_bonuses(value, item.bonuses)
        value = limited(value, item.limits, self.writer)
        rounding = item.rounding or self._rounding(rb.RoundingStep.KIND, item.kind_word)
        if rounding is not None:
            value = self.writer.rounded(value, rounding, item.head)
        value = self._keep(item.code, "item", item.code, value, item.head)
        self.writer.stay_within(value, item.points)

    def _own(self, item: rb.Item) -> Pair:
        if item.method is not None:
            return method(item.method, item.code, self.writer)
        return self._children(item.children, item.aggregation)

    def _conditions(self, value: Pair, item: rb.Item) -> Pair:
        """``Thay bằng … khi …``, then ``Chỉ tính khi …``."""
        writer = self.writer
        for replacement in item.replacements:
            value = writer.kept(value)
            put = writer.number(replacement.value)
            value = either(writer.holds(replacement.when), is_(put), value, replacement.span, item.code, writer)
        if item.counts_when is not None:
            value = writer.kept(value)
            value = either(writer.holds(item.counts_when), is_(value), ZERO, item.counts_when.span, item.code, writer)
        return value

    def _rounding(self, step: rb.RoundingStep, kind_word: str = "") -> Rounding | None:
        rules = self.scale.roundings
        return next((rule.rounding for rule in rules if rule.step is step and rule.kind_word == kind_word), None)

    def _with_bonuses(self, value: Pair, bonuses: tuple[rb.Bonus, ...]) -> Pair:
        for bonus in bonuses:
            value = pairs.add(value, self._bonus(bonus), "-" if bonus.deduction else "+")
        return value

    def _children(self, children: tuple[rb.Item, ...], aggregation: rb.Aggregation) -> Pair:
        counted = [child for child in children if child.points.counted]
        values = [self.writer.values[child.code] for child in counted]
        weights = [child.weight if child.weight is not None else Fraction(1) for child in counted]
        whole = sum(weights, Fraction(0))
        weighted = [pairs.multiply(value, pairs.fixed(weight)) for value, weight in zip(values, weights, strict=True)]
        match aggregation.form:
            case rb.AggregationForm.SUM:
                found = self.writer.sum(weighted)
            case rb.AggregationForm.MEAN if values:
                found = pairs.multiply(self.writer.sum(values), pairs.fixed(Fraction(1, len(values))))
            case rb.AggregationForm.WEIGHTED_MEAN if whole:
                found = pairs.multiply(self.writer.sum(weighted), pairs.fixed(1 / whole))
            case rb.AggregationForm.LOWEST | rb.AggregationForm.HIGHEST if values:
                found = self.writer.extreme(values, aggregation.form is rb.AggregationForm.LOWEST)
            case _:
                raise Unsupported
        return (
            found
            if aggregation.rounding is None
            else self.writer.rounded(found, aggregation.rounding, aggregation.span)
        )

    def _total(self) -> Pair:
        scale, writer = self.scale, self.writer
        if scale.total is not None:
            self._need(of_method(scale.total))
            value = method(scale.total, "", writer)
        else:
            value = self._children(scale.items, scale.aggregation)
        value = writer.values[SUBTOTAL] = writer.kept(value)
        for bonus in scale.bonuses:
            self._bonus(bonus)
        value = self._with_bonuses(value, scale.bonuses)
        for limit in scale.limits:
            self._need((limit.bound, *(() if limit.when is None else (limit.when,))))
        value = limited(value, scale.limits, writer)
        rounding = self._rounding(rb.RoundingStep.TOTAL)
        if rounding is not None:
            value = writer.rounded(value, rounding, scale.head)
        value = self._keep(TOTAL, "total", "", value, scale.head)
        self.writer.stay_within(value, scale.points)
        return value

    def _grade(self, total: Pair) -> str:
        if not self.scale.gradings:
            return "-1"
        grading = self.scale.gradings[0]
        conditions = [rule.when for rule in grading.rules]
        for band in grading.bands:
            conditions += band.conditions
            conditions += [rb.Within(rb.TotalPoints(), (band.within,))] if band.within is not None else []
        conditions += [grading.expression] if grading.expression is not None else []
        self._need(conditions)
        return write_grade(grading, total, self.scale.points.high, self.writer)
