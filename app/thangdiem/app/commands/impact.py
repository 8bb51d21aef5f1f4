"""``thangdiem impact``: two versions of the rules and unit data in; who is moved, and by which clause, out."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import click

from thangdiem.app import files, parameters
from thangdiem.app.commands.score import WIDTH, refuse_overwriting
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.impacts import measure
from thangdiem.app.invocation import Invocation
from thangdiem.app.output import form_of
from thangdiem.app.terminal import tell
from thangdiem.app.usage import Command, Option
from thangdiem.app.versions import Wanted, two_versions
from thangdiem.dsl.diagnostic import Diagnostic, Language
from thangdiem.engine.impact import Impact

FORMS = ("text", "json", "html", "md")


@click.command("impact", cls=Command)
@click.argument("given", nargs=-1, required=True, metavar="OLD NEW DATA", type=click.Path(allow_dash=True))
@parameters.before()
@parameters.after()
@parameters.before_period()
@parameters.after_period()
@parameters.scale()
@parameters.period()
@click.option("--format", "form", cls=Option, type=click.Choice(FORMS))
@parameters.out()
@parameters.sheet()
@click.pass_obj
def command(
    run: Invocation,
    given: tuple[str, ...],
    before: str | None,
    after: str | None,
    before_period: int | None,
    after_period: int | None,
    scale: str | None,
    period: int | None,
    form: str | None,
    out: str | None,
    sheet: str | None,
) -> Exit:
    """Compares what two versions make of the same units."""
    if not 2 <= len(given) <= 3:
        raise Stopped(Exit.MISUSE, Diagnostic("TD550"))
    old, new, data = given[0], given[-2], given[-1]
    refuse_overwriting(out, *given)
    versions = two_versions(Wanted(old, before, before_period), Wanted(new, after, after_period), scale, run)
    measured = measure(versions, data, sheet, period, run)
    if measured.impacts:
        files.write(out, _written(measured.impacts, form_of(form, out, FORMS, "text"), run.language, out))
    tell(measured.findings, run)
    return Exit.FAILED if measured.open else Exit.FINE


def _written(impacts: Sequence[Impact], form: str, language: Language, out: str | None) -> str:
    match form:
        case "json":
            from json import dumps

            from thangdiem.engine.writing.impacts import impact_json

            return dumps(impact_json(impacts, language), ensure_ascii=False, indent=2) + "\n"
        case "md" | "html":
            from thangdiem.engine.impact.pages import render_impact

            return render_impact(impacts, language, "md" if form == "md" else "html")
        case _:
            from thangdiem.engine.impact.table import render_impact_table

            width = shutil.get_terminal_size().columns if out is None and sys.stdout.isatty() else WIDTH
            return render_impact_table(impacts, language, width)
