"""``thangdiem explain``: rules, unit data and the name of a unit in; why it has its points and its grade out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import click

from thangdiem.app import files, parameters
from thangdiem.app.commands.score import refuse_overwriting
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.output import form_of
from thangdiem.app.rule_sets import choose, say_which
from thangdiem.app.scoring import score
from thangdiem.app.terminal import tell
from thangdiem.app.usage import Command, Option
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.letters import fold, toneless
from thangdiem.dsl.suggestion import closest
from thangdiem.engine.result import Results, Status, UnitResult
from thangdiem.engine.scoring import Scored

FORMS = ("text", "md", "html", "json")


@click.command("explain", cls=Command)
@parameters.rules()
@parameters.data()
@click.option("--unit", cls=Option, required=True, metavar="NAME")
@parameters.scale()
@parameters.period()
@parameters.day()
@parameters.draft()
@click.option("--format", "form", cls=Option, type=click.Choice(FORMS))
@click.option("--template", cls=Option, metavar="DIR", type=click.Path())
@parameters.out()
@parameters.sheet()
@click.pass_obj
def command(
    run: Invocation,
    rules: str,
    data: str,
    unit: str,
    scale: str | None,
    period: int | None,
    day: str | None,
    draft: bool,
    form: str | None,
    template: str | None,
    out: str | None,
    sheet: str | None,
) -> Exit:
    """Explains one unit."""
    refuse_overwriting(out, rules, data)
    if template is not None and not os.path.isdir(template):
        files.missing(template)
    chosen = choose(rules, scale, period, day)
    say_which(chosen, run)
    scored = score(chosen, data, sheet, draft, run)
    results, found = the_unit(scored, unit)
    text = _explained(results, found, form_of(form, out, FORMS, "text"), template, run)
    files.write(out, text)
    tell([*scored.findings, *results.diagnostics, *found.diagnostics], run)
    return Exit.FAILED if found.status is Status.REFUSED else Exit.FINE


def the_unit(scored: Scored, name: str) -> tuple[Results, UnitResult]:
    """The unit of that name, be it without tone marks; where there is none, those it may be."""
    every = [(results, unit) for results in scored.results for unit in results.units]
    for key in (str, fold, toneless):
        found = [(results, unit) for results, unit in every if key(unit.unit) == key(name)]
        if len(found) == 1:
            return found[0]
    names = [unit.unit for _, unit in every]
    holding = [each for each in names if toneless(name) and toneless(name) in toneless(each)]
    near = (holding or closest(name, names) or names)[:5]
    nearest = ", ".join(f"“{each}”" for each in near)
    raise Stopped(Exit.MISUSE, Diagnostic("TD907", {"unit": name, "nearest": nearest}))


def _explained(results: Results, unit: UnitResult, form: str, template: str | None, run: Invocation) -> str:
    if form == "json":
        from json import dumps

        from thangdiem.engine.writing import trace_json

        return dumps(trace_json(unit, results.book, results.scale), ensure_ascii=False, indent=2) + "\n"
    from thangdiem.engine.explanation import explain
    from thangdiem.engine.rendering import Form, Renderer

    laid_out = cast(Form, {"text": "txt"}.get(form, form))
    renderer = Renderer(Path(template) if template is not None else None)
    text, findings = renderer.explanation(explain(results, unit, run.language), laid_out)
    if text is None:
        raise Stopped(Exit.BAD_INPUT, *findings)
    return text
