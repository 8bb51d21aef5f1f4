"""``thangdiem score``: rules and unit data in; points, grades and ranks of every unit out."""

from __future__ import annotations

import os
import shutil
import sys
from typing import cast

import click
from attrs import evolve

from thangdiem.app import files, parameters
from thangdiem.app.columns import on_one_line
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.otherwise import under_reading, with_dependents
from thangdiem.app.output import FORMS, Form, form_of, written
from thangdiem.app.rule_sets import choose, say_which
from thangdiem.app.scoring import score
from thangdiem.app.terminal import say, tell
from thangdiem.app.usage import Command, Option
from thangdiem.dsl.diagnostic import Diagnostic, Place
from thangdiem.engine.scoring import Scored

WIDTH = 100
"""Of a table that goes into a file or a pipe."""


@click.command("score", cls=Command)
@parameters.rules()
@parameters.data()
@parameters.scale()
@parameters.period()
@parameters.day()
@parameters.draft()
@parameters.reading()
@click.option("--format", "form", cls=Option, type=click.Choice(FORMS))
@parameters.out()
@parameters.sheet()
@click.pass_obj
def command(
    run: Invocation,
    rules: str,
    data: str,
    scale: str | None,
    period: int | None,
    day: str | None,
    draft: bool,
    reading: str | None,
    form: str | None,
    out: str | None,
    sheet: str | None,
) -> Exit:
    """Scores every unit of a data file."""
    chosen_form = cast(Form, form_of(form, out, FORMS, "table"))
    refuse_overwriting(out, rules, data)
    if chosen_form == "xlsx" and out in (None, files.STREAM) and sys.stdout.isatty():
        raise Stopped(Exit.MISUSE, Diagnostic("TD913"))
    chosen = choose(rules, scale, period, day)
    say_which(chosen, run)
    if chosen.warnings:
        say(run.words.count("rules-have-warnings", chosen.warnings).replace("RULES", on_one_line(rules)))
    scored = score(chosen, data, sheet, draft, run)
    if reading is not None:
        other = score(under_reading(chosen, reading), data, sheet, draft, run)
        scored = evolve(other, results=with_dependents(other.results, scored.results, reading))
    width = shutil.get_terminal_size().columns if out is None and sys.stdout.isatty() else WIDTH
    files.write(out, written(scored.results, chosen_form, run.language, width))
    tell_of(scored, chosen_form, run)
    return Exit.FAILED if scored.refused else Exit.FINE


def tell_of(scored: Scored, form: str, run: Invocation) -> None:
    """What was found in the data and in the units; a table for people has the gaps of each unit already."""
    shown = ("TD500",) if form in ("table", "md", "html") else ()
    tell([found for found in scored.told() if found.code not in shown], run)


def refuse_overwriting(out: str | None, *inputs: str) -> None:
    """The result must not take the place of what it was made of."""
    if out is None or out == files.STREAM:
        return
    for name in inputs:
        if os.path.exists(name) and os.path.exists(out) and os.path.samefile(name, out):
            raise Stopped(Exit.MISUSE, Diagnostic("TD915", {"file": name}, Place(name)))
