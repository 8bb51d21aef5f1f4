"""``thangdiem goal``: rules, unit data, a unit and perhaps a grade in; the smallest changes that reach it out."""

from __future__ import annotations

import click

from thangdiem.app import files, parameters
from thangdiem.app.commands.explain import the_unit
from thangdiem.app.commands.score import refuse_overwriting
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.output import form_of
from thangdiem.app.rule_sets import choose, say_which
from thangdiem.app.scoring import score
from thangdiem.app.terminal import tell
from thangdiem.app.usage import Command, Option
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.goal import MOST_TRIALS, Goal, NoGoalError, Wish, seek
from thangdiem.engine.result import Results, UnitResult
from thangdiem.engine.scoring import Scored

FORMS = ("text", "md", "html", "json")

_REFUSED = "TD540"


@click.command("goal", cls=Command)
@parameters.rules()
@parameters.data()
@click.option("--unit", cls=Option, required=True, metavar="NAME")
@click.option("--grade", cls=Option, metavar="GRADE")
@click.option("--fixed", cls=Option, multiple=True, metavar="CODE")
@click.option("--free", cls=Option, multiple=True, metavar="DATUM")
@click.option("--most", cls=Option, type=click.IntRange(1, 100), default=5, metavar="N")
@click.option("--trials", cls=Option, type=click.IntRange(1), default=MOST_TRIALS, metavar="N")
@parameters.scale()
@parameters.period()
@parameters.day()
@click.option("--format", "form", cls=Option, type=click.Choice(FORMS))
@parameters.out()
@parameters.sheet()
@click.pass_obj
def command(
    run: Invocation,
    rules: str,
    data: str,
    unit: str,
    grade: str | None,
    fixed: tuple[str, ...],
    free: tuple[str, ...],
    most: int,
    trials: int,
    scale: str | None,
    period: int | None,
    day: str | None,
    form: str | None,
    out: str | None,
    sheet: str | None,
) -> Exit:
    """Seeks the smallest changes that reach a grade."""
    refuse_overwriting(out, rules, data)
    chosen = choose(rules, scale, period, day)
    say_which(chosen, run)
    scored = score(chosen, data, sheet, False, run)
    results, found = the_unit(scored, unit)
    try:
        goal = _sought(scored, results, found, Wish(grade, fixed, free, most, trials))
    except NoGoalError as error:
        refused = error.diagnostics[0].code == _REFUSED
        raise Stopped(Exit.FAILED if refused else Exit.MISUSE, *error.diagnostics) from None
    files.write(out, _written(goal, form_of(form, out, FORMS, "text"), run))
    tell([*scored.findings, *results.diagnostics], run)
    return Exit.FINE if goal.status in ("found", "reached") else Exit.FAILED


def _sought(scored: Scored, results: Results, found: UnitResult, wish: Wish) -> Goal:
    """The other units of the data stay as they are, those of other scales too."""
    others = {each.scale.id: [unit.facts for unit in each.units] for each in scored.results if each is not results}
    units = [unit.facts for unit in results.units]
    place = next(at for at, unit in enumerate(results.units) if unit is found)
    return seek(ScaleRules(results.book, results.scale), units, place, wish, results.period, others)


def _written(goal: Goal, form: str, run: Invocation) -> str:
    if form == "json":
        from json import dumps

        from thangdiem.engine.writing.goals import goal_json

        return dumps(goal_json(goal, run.language), ensure_ascii=False, indent=2) + "\n"
    from thangdiem.engine.goal.telling import render_goal

    return render_goal(goal, run.language, "txt" if form == "text" else "html" if form == "html" else "md")
