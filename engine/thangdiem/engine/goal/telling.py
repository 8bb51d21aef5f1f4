"""A goal in; everything that is told of it, in the words of a language and ready to be laid out, out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.explanation.parts import Plain, Statement, plain
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.facts import Fact
from thangdiem.engine.goal.answer import DatumChange, Goal, Loss, Margin, Obstacle, PointsChange, Way
from thangdiem.engine.layout import Form, Layout
from thangdiem.engine.result import Mode, Results


@frozen
class PointsRow:
    """An item or bonus that moves: its points before and after, and by how much; ``note`` on one moved along."""

    heading: str
    before: str
    after: str
    moved: str
    note: str


@frozen
class ToldWay:
    """One way: what it asks for, the data to change, the points that move, and where that leads."""

    heading: str
    data: tuple[Statement, ...]
    points: tuple[PointsRow, ...]
    result: tuple[Statement, ...]


@frozen
class ToldGoal:
    """A goal in one language, as templates take it."""

    language: str
    title: str
    unit: str
    warnings: tuple[str, ...]
    identity: tuple[Statement, ...]
    answer: str
    ways: tuple[ToldWay, ...]
    obstacles: tuple[Statement, ...]
    margin: tuple[Statement, ...]
    notes: tuple[str, ...]

    def to_data(self) -> dict[str, Plain]:
        """The goal as plain dictionaries, lists and texts."""
        return plain(self)  # type: ignore[return-value]


def render_goal(goal: Goal, language: Language = "vi", form: Form = "txt") -> str:
    """A goal laid out by the templates of the package."""
    text, diagnostics = Layout().render("goal", form, language, {"goal": tell(goal, language).to_data()})
    if text is None:  # unreached: our own templates are right, and what they write is bounded by the data
        raise AssertionError(diagnostics)
    return text


def tell(goal: Goal, language: Language = "vi") -> ToldGoal:
    """Everything that is to be said of a goal."""
    results = Results(goal.rules.book, goal.scale, Mode.FINAL, (goal.before,), goal.period)
    told = _Telling(goal, Subject(results, goal.before, language))
    subject = told.subject
    illustration = goal.rules.book.document.illustration
    return ToldGoal(
        language,
        subject.words("goal_title", grade=goal.grade),
        goal.before.unit,
        (subject.words("illustration", text=illustration),) if illustration else (),
        tuple(told.identity()),
        told.answer(),
        tuple(told.way(number, way) for number, way in enumerate(goal.ways, 1)),
        tuple(map(told.obstacle, goal.obstacles)),
        tuple(told.margin(goal.margin)) if goal.margin is not None else (),
        tuple(told.notes()),
    )


@frozen
class _Telling:
    goal: Goal
    subject: Subject

    def identity(self) -> Iterator[Statement]:
        words, wording, unit = self.subject.words, self.subject.wording, self.goal.before
        document = self.goal.rules.book.document
        kind = document.kind_word[:1].upper() + document.kind_word[1:]
        named = " ".join(part for part in (kind, document.number) if part)
        yield Statement("datum", words("document"), f"{named} – {document.title}" if document.title else named)
        yield Statement("datum", words("scale"), self.goal.scale.title or self.goal.scale.id)
        if self.goal.period is not None:
            yield Statement("datum", words("period"), words("period_year", year=self.goal.period))
        if unit.total is not None:
            yield Statement("datum", words("goal_now"), wording.points(unit.total))
        yield Statement("datum", words("goal_grade_now"), unit.grade or "")

    def answer(self) -> str:
        """The whole in one or two sentences."""
        words, goal = self.subject.words, self.goal
        named = {"grade": goal.grade, "unit": goal.before.unit}
        match goal.status:
            case "reached" if goal.before.grade == goal.scale_best:
                return words("goal_is_best", unit=goal.before.unit, grade=goal.before.grade)
            case "reached":
                return words("goal_is_reached", **named, now=goal.before.grade)
            case "found":
                items = len(goal.ways[0].keys)
                key = "goal_found_one" if items == 1 else "goal_found"
                return words(key, **named, items=items, ways=len(goal.ways)) + self._more()
            case "unreachable":
                return words("goal_unreachable", **named) + self._best()
            case _:
                return words("goal_open", **named)

    def _more(self) -> str:
        if not self.goal.more and (self.goal.stopped or self.goal.rough):
            return ""
        return " " + self.subject.words("goal_more" if self.goal.more else "goal_all")

    def _best(self) -> str:
        if self.goal.best is None:
            return ""
        return " " + self.subject.words("goal_best", total=self.subject.wording.points(self.goal.best))

    def way(self, number: int, way: Way) -> ToldWay:
        """One way."""
        words, wording, before = self.subject.words, self.subject.wording, self.goal.before
        gain = wording.signed(way.gain) if way.gain is not None else ""
        named = ", ".join(map(self.code, way.keys))
        heading = words("goal_way", number=number, items=named)
        result = []
        if way.gain is not None and before.total is not None and way.after.total is not None:
            totals = words("goal_from_to", before=wording.figure(before.total), after=wording.figure(way.after.total))
            result.append(Statement("conclusion", words("total"), f"{totals} ({gain})"))
        grades = words("goal_from_to", before=before.grade, after=way.after.grade)
        result.append(Statement("conclusion", words("grade"), grades))
        if before.rank is not None and way.after.rank is not None:
            ranks = words("goal_from_to", before=before.rank, after=way.after.rank)
            result.append(Statement("conclusion", words("rank"), ranks))
        return ToldWay(heading, tuple(map(self.change, way.data)), tuple(map(self.row, way.points)), tuple(result))

    def change(self, change: DatumChange) -> Statement:
        """A datum to change: from what to what, and where it stands."""
        label = f"[{change.name}]" if change.name else self.short(change.code)
        layer = f" ({change.before.layer})" if change.before.layer else ""
        before, after = self.shown(change, change.before), self.shown(change, change.after)
        text = self.subject.words("goal_from_to", before=before, after=after)
        return Statement("change", label + layer, text, place=self.subject.origin(change.before.origin))

    def shown(self, change: DatumChange, fact: Fact) -> str:
        """What a fact holds."""
        words = self.subject.words
        value = fact.value
        if value is None:
            return words(fact.state.value)
        field = self.goal.scale.data.get(change.name)
        if value == ():
            return words("goal_no_mark")
        text = self.subject.wording.shown(value, field is not None and field.form is rb.DataForm.PERCENT)
        if not isinstance(value, Fraction):
            return text
        unit = field.unit if field is not None else words("points")
        return f"{text} {unit}" if unit else text

    def row(self, change: PointsChange) -> PointsRow:
        """The points of an item before and after."""
        wording = self.subject.wording
        before = wording.figure(change.before) if change.before is not None else "–"
        after = wording.figure(change.after) if change.after is not None else "–"
        moved = ""
        if change.before is not None and change.after is not None:
            moved = wording.signed(change.after - change.before)
        along = change.leaf and not change.meant
        return PointsRow(
            self.heading(change.code), before, after, moved, self.subject.words("goal_moved_along") if along else ""
        )

    def heading(self, key: str) -> str:
        """An item or a bonus as the text calls it."""
        item = self.subject.items.get(key)
        return self.subject.heading(item) if item is not None else self.short(key)

    def short(self, key: str) -> str:
        """An item by kind and code, a bonus by its title."""
        bonus = self.subject.bonuses.get(key)
        if bonus is None:
            return self.subject.short(key)
        return f"{self.subject.words('deduction' if bonus.deduction else 'bonus').lower()} “{bonus.title}”"

    def code(self, key: str) -> str:
        """An item by its code alone, a bonus by its title."""
        return key if key in self.subject.items else self.short(key)

    def obstacle(self, obstacle: Obstacle) -> Statement:
        """One thing that stands in the way."""
        words, wording = self.subject.words, self.subject.wording
        named = {"grade": obstacle.grade}
        quoted, place = self.subject.quoted(obstacle.span), self.subject.place(obstacle.span)
        match obstacle.kind:
            case "total":
                assert obstacle.needed is not None
                assert obstacle.best is not None
                needed, best = wording.points(obstacle.needed), wording.points(obstacle.best)
                return Statement("gap", words("goal_by_total"), words("goal_total_short", needed=needed, best=best))
            case "rule":
                data = "; ".join(self._known(name, fact) for name, fact in obstacle.data)
                return Statement("unmet", words("goal_by_rule"), quoted, words("goal_decided", data=data), place)
            case "condition":
                return Statement("unmet", words("goal_by_rule"), quoted, words("goal_still_holds"), place)
            case "band":
                return Statement("unmet", words("goal_by_band", **named), quoted, place=place)
            case "quota":
                return Statement("unmet", words("quota", **named), quoted, words("goal_by_others"), place)
            case _:
                return Statement("gap", words("goal_by_nothing"), words("goal_nothing"))

    def _known(self, name: str, fact: Fact) -> str:
        shown = self.shown(DatumChange(name, "", fact, fact), fact)
        place = self.subject.origin(fact.origin)
        return f"[{name}] = {shown}" + (f" ({place})" if place else "")

    def margin(self, margin: Margin) -> Iterator[Statement]:
        """What may be lost."""
        words, wording = self.subject.words, self.subject.wording
        if margin.total is not None:
            key = "goal_margin_held" if margin.edge_held else "goal_margin_open"
            text = words(key, amount=wording.points(margin.total), grade=margin.grade)
            yield Statement("conclusion", words("goal_margin_total"), text)
        yield from (self.loss(loss) for loss in margin.losses)
        if margin.safe:
            items = ", ".join(map(self.code, margin.safe))
            yield Statement("conclusion", words("goal_safe"), items)
        if margin.stopped:
            yield Statement("open", words("open"), words("goal_margin_stopped"))

    def loss(self, loss: Loss) -> Statement:
        """The smallest loss of one item that costs the grade."""
        words = self.subject.words
        points = self.subject.wording.points(loss.points)
        bonus = self.subject.bonuses.get(loss.code)
        key = "goal_more_deducted" if bonus is not None and bonus.deduction else "goal_lost"
        text = words(key, points=points, grade=loss.grade or words("none"))
        changes = "; ".join(f"{each.label}: {each.text}" for each in map(self.change, loss.data))
        label = f"{loss.code} “{loss.title}”" if bonus is None else self.short(loss.code)
        return Statement("gap", label, text, words("goal_for_example", changes=changes))

    def notes(self) -> Iterator[str]:
        """What the search left as it is, what it did not look at, and how it counts."""
        words, goal = self.subject.words, self.goal
        if goal.ways:
            yield words("goal_evaluated")
        if goal.kept:
            yield words("goal_kept", items=", ".join(goal.kept))
        if goal.divisors and goal.status != "reached":
            yield words("goal_divisors", data=", ".join(f"[{name}]" for name in goal.divisors))
        if goal.stopped:
            yield words("goal_stopped", trials=self.subject.wording.number(Fraction(goal.trials)))
        if goal.rough:
            yield words("goal_rough", items=", ".join(map(self.code, goal.rough)))
