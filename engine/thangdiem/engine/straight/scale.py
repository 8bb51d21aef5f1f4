"""The code of a whole scale: named values, items, bonuses, the total and the grade, each after what it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import define, field

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rounding import Rounding, round_to
from thangdiem.dsl.walk import all_of, of_bonus, of_item, of_method
from thangdiem.engine.straight import pairs
from thangdiem.engine.straight.expressions import Writer, named_key
from thangdiem.engine.straight.methods import branched, limited, method
from thangdiem.engine.straight.pairs import Pair
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
        for item in self.scale.walk():
            self._item(item)
        total = self._total()
        return total, self._grade(total)

    def _refuse_what_is_not_straight(self) -> None:
        scale = self.scale
        steps = {rule.step for rule in scale.roundings}
        if steps & {rb.RoundingStep.DATA, rb.RoundingStep.RATIO} or scale.layers is not None:
            raise Unsupported
        if scale.points.form is rb.PointsForm.NO_TOTAL or len(scale.gradings) > 1 or any(g.when is not None for g in scale.gradings):
            raise Unsupported
        self.items = {item.code: item for item in scale.walk()}
        for item in scale.walk():
            self.named.update({named_key(named.owner, named.name): named for named in item.names})
            self.bonuses.update({bonus.key: bonus for bonus in item.bonuses})
        self.bonuses.update({bonus.key: bonus for bonus in scale.bonuses})
        for bonus in self.bonuses.values():
            self.named.update({named_key(named.owner, named.name): named for named in bonus.names})
        self.named.update({named_key("", named.name): named for named in scale.names})
        self.writer.maxima = {code: item.points.high for code, item in self.items.items()}
        self.writer.maxima[""] = scale.points.high

    def _need(self, expressions: Iterator[rb.Expression]) -> None:
        """Writes whatever the expressions refer to, at the outermost level, so that every branch sees it."""
        for outermost in expressions:
            for part in all_of(outermost):
                match part:
                    case rb.ItemScore():
                        self._item(self.items[part.code])
                    case rb.NameRef():
                        self._name(named_key(part.owner, part.name))
                    case rb.BonusPoints():
                        self._bonus(self.bonuses[part.title])
                    case rb.SomeItem():
                        for code in part.codes:
                            self._item(self.items[code])
                    case rb.TotalPoints():
                        if ("@subtotal" if part.before_bonus else "@total") not in self.writer.values:
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

    def _name(self, key: str) -> None:
        if self._once(key):
            named = self.named[key]
            self._need(of_method(named.method))
            value = self.writer.kept(method(named.method, named.owner, self.writer))
            self._keep(key, "name", named.name, value, named.span)

    def _keep(self, key: str, kind: str, of: str, value: Pair, span: rb.Span) -> None:
        self.writer.values[key] = value
        if isinstance(value.n, str):
            self.writer.program.note(kind, of, value.n, value.d, span)

    def _bonus(self, bonus: rb.Bonus) -> Pair:
        if self._once(bonus.key):
            self._need(of_bonus(bonus))
            value = limited(method(bonus.method, bonus.key, self.writer), bonus.limits, self.writer)
            value = self.writer.kept(value)
            if bonus.points is not None:
                self._stay_within(value, bonus.points)
            self._keep(bonus.key, "bonus", bonus.title, value, bonus.span)
        return self.writer.values[bonus.key]

    def _item(self, item: rb.Item) -> None:
        if not self._once(item.code):
            return
        for child in item.children:
            self._item(child)
        self._need(of_item(item))
        writer = self.writer
        for when in item.applicability.conditions:
            writer.leave_if(writer.holds(when))
        value = method(item.method, item.code, writer) if item.method is not None else self._children(item.children, item.aggregation)
        for replacement in item.replacements:
            kept, other = writer.kept(value), replacement
            value = branched(
                [(writer.holds(other.when), lambda other=other: writer.number(other.value)), (None, lambda kept=kept: kept)],
                other.span, item.code, writer,
            )  # fmt: skip
        if item.counts_when is not None:
            earned = writer.kept(value)
            value = branched([(writer.holds(item.counts_when), lambda: earned), (None, lambda: Pair(0))], item.head, item.code, writer)
        value = self._with_bonuses(value, item.bonuses)
        value = limited(value, item.limits, writer)
        rounding = item.rounding or self._rounding_of(item.kind_word)
        if rounding is not None:
            value = writer.rounded(value, rounding, item.head)
        value = writer.kept(value)
        self._stay_within(value, item.points)
        self._keep(item.code, "item", item.code, value, item.head)

    def _rounding_of(self, kind_word: str) -> Rounding | None:
        rules = (rule for rule in self.scale.roundings if rule.step is rb.RoundingStep.KIND and rule.kind_word == kind_word)
        return next((rule.rounding for rule in rules), None)

    def _with_bonuses(self, value: Pair, bonuses: tuple[rb.Bonus, ...]) -> Pair:
        for bonus in bonuses:
            value = pairs.add(value, self._bonus(bonus), "-" if bonus.deduction else "+")
        return value

    def _stay_within(self, value: Pair, points: rb.Points) -> None:
        tests = []
        if points.low is not None:
            tests.append(pairs.compare(value, "<", pairs.fixed(points.low)))
        if points.high is not None:
            tests.append(pairs.compare(value, ">", pairs.fixed(points.high)))
        if value.constant is not None:
            outside = (points.low is not None and value.constant < points.low) or (
                points.high is not None and value.constant > points.high
            )
            tests = ["True"] if outside else []
        if tests:
            self.writer.leave_if(" or ".join(tests))

    def _children(self, children: tuple[rb.Item, ...], aggregation: rb.Aggregation) -> Pair:
        counted = [child for child in children if child.points.counted]
        values = [self.writer.values[child.code] for child in counted]
        weights = [child.weight if child.weight is not None else Fraction(1) for child in counted]
        if not values and aggregation.form is not rb.AggregationForm.SUM:
            raise Unsupported
        match aggregation.form:
            case rb.AggregationForm.SUM:
                found = self._sum(values, weights)
            case rb.AggregationForm.MEAN:
                found = pairs.multiply(self._sum(values, [Fraction(1)] * len(values)), pairs.fixed(Fraction(1, len(values))))
            case rb.AggregationForm.WEIGHTED_MEAN:
                whole = sum(weights, Fraction(0))
                if not whole:
                    raise Unsupported
                found = pairs.multiply(self._sum(values, weights), pairs.fixed(1 / whole))
            case rb.AggregationForm.LOWEST | rb.AggregationForm.HIGHEST:
                found = self.writer.extreme(values, aggregation.form is rb.AggregationForm.LOWEST)
            case rb.AggregationForm.GEOMETRIC_MEAN:
                raise Unsupported
        return found if aggregation.rounding is None else self.writer.rounded(found, aggregation.rounding, aggregation.span)

    def _sum(self, values: list[Pair], weights: list[Fraction]) -> Pair:
        """Terms of one denominator first: a sum grows its denominator only where it must."""
        total = Pair(0)
        terms = [pairs.multiply(value, pairs.fixed(weight)) for value, weight in zip(values, weights, strict=True)]
        for term in sorted(terms, key=lambda term: isinstance(term.d, str)):
            total = pairs.add(total, term)
            if isinstance(total.d, str):
                total = self.writer.kept(total)
        return total

    def _total(self) -> Pair:
        scale, writer = self.scale, self.writer
        if scale.total is not None:
            self._need(of_method(scale.total))
            value = method(scale.total, "", writer)
        else:
            value = self._children(scale.items, scale.aggregation)
        value = writer.values["@subtotal"] = writer.kept(value)
        for bonus in scale.bonuses:
            self._bonus(bonus)
        value = self._with_bonuses(value, scale.bonuses)
        value = limited(value, scale.limits, writer)
        rounding = next((rule.rounding for rule in scale.roundings if rule.step is rb.RoundingStep.TOTAL), None)
        if rounding is not None:
            value = writer.rounded(value, rounding, scale.head)
        value = writer.kept(value)
        self._stay_within(value, scale.points)
        self._keep("@total", "total", "", value, scale.head)
        return value

    # --- grades

    def _grade(self, total: Pair) -> str:
        if not self.scale.gradings:
            return "-1"
        grading, writer = self.scale.gradings[0], self.writer
        if grading.basis is rb.GradeBasis.EXPRESSION:
            raise Unsupported
        basis = total
        if grading.basis is rb.GradeBasis.SHARE:
            if not self.scale.points.high:
                raise Unsupported
            basis = writer.kept(pairs.multiply(total, pairs.fixed(1 / self.scale.points.high)))
        grade = writer.program.fresh()
        tried: list[tuple[str, int]] = []
        for index, band in enumerate(grading.bands):
            if band.by_rule:
                continue
            tests = [writer.in_range(basis, band.within)] if band.within is not None else []
            conditions = [*([band.when] if band.when is not None else []), *(mark.when for mark in band.all_of)]
            self._need(iter(conditions))
            tests.extend(writer.holds(when) for when in conditions)
            test = "True" if band.rest else " and ".join(tests)
            tried.append((test, index))
        for place, (test, index) in enumerate(tried):
            writer.program.write(f"{'elif' if place else 'if'} {test}: {grade}={index}")
        writer.program.write("else: raise Leave")
        self._rules(grading, grade)
        self._quotas(grading, grade)
        return grade

    def _rules(self, grading: rb.Grading, grade: str) -> None:
        program, grades = self.writer.program, grading.grades
        forced = program.keep("-1")
        for form in rb.GradeRuleForm:
            for rule in (rule for rule in grading.rules if rule.form is form):
                self._need(iter((rule.when,)))
                named, test = grades.index(rule.grade), self.writer.holds(rule.when)
                match form:
                    case rb.GradeRuleForm.RAISE:
                        program.write(f"if {grade}>{named} and {test}: {grade}={named}")
                    case rb.GradeRuleForm.CAP:
                        program.write(f"if {grade}<{named} and {test}: {grade}={named}")
                    case rb.GradeRuleForm.EXCLUDE:
                        following = min(named + 1, len(grades) - 1)
                        program.write(f"if {grade}=={named} and {test}: {grade}={following}")
                    case rb.GradeRuleForm.FORCE:
                        with program.inside(f"if {test}:"):
                            program.write(f"if {forced}>=0 and {forced}!={named}: raise Leave")
                            program.write(f"{forced}={grade}={named}")

    def _quotas(self, grading: rb.Grading, grade: str) -> None:
        """A unit by itself is its whole cohort."""
        for quota in grading.quotas:
            held, following = grading.grades.index(quota.grade), grading.grades.index(quota.otherwise)
            alone = int(round_to(quota.share, quota.rounding))
            counted = not quota.among or held <= grading.grades.index(quota.among)
            if not counted or alone < 1:
                self.writer.program.write(f"if {grade}=={held}: {grade}={following}")
