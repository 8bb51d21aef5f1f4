"""``thangdiem diff``: two versions of the rules in; what changed, in the terms of a rubric, out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from thangdiem.app import files, parameters
from thangdiem.app.commands.score import refuse_overwriting
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.output import form_of
from thangdiem.app.usage import Command, Misuse, Option
from thangdiem.app.versions import Versions, Wanted, two_versions

if TYPE_CHECKING:
    from thangdiem.dsl.comparison import Comparison

FORMS = ("text", "md", "html", "json")


@click.command("diff", cls=Command)
@click.argument("compared", nargs=-1, required=True, metavar="OLD NEW", type=click.Path())
@parameters.before()
@parameters.after()
@parameters.before_period()
@parameters.after_period()
@parameters.scale()
@click.option("--format", "form", cls=Option, type=click.Choice(FORMS))
@click.option("--as-amendment", "as_amendment", cls=Option, is_flag=True)
@parameters.out()
@click.pass_obj
def command(
    run: Invocation,
    compared: tuple[str, ...],
    before: str | None,
    after: str | None,
    before_period: int | None,
    after_period: int | None,
    scale: str | None,
    form: str | None,
    as_amendment: bool,
    out: str | None,
) -> Exit:
    """Compares two versions; that they differ is no failure."""
    if len(compared) > 2:
        raise Misuse("extra-arguments", click.get_current_context(), arguments=" ".join(compared[2:]))
    if as_amendment and form is not None:
        raise Misuse("draft-has-no-form", click.get_current_context())
    refuse_overwriting(out, *compared)
    old, new = compared[0], compared[-1]
    versions = two_versions(Wanted(old, before, before_period), Wanted(new, after, after_period), scale, run)
    if as_amendment:
        files.write(out, _amendment(versions))
        return Exit.FINE
    files.write(out, _written(_compared(versions), form_of(form, out, FORMS, "text"), run))
    return Exit.FINE


def _compared(versions: Versions) -> Comparison:
    """The changes, of one scale where one was named."""
    from thangdiem.dsl.comparison import compare

    found = compare(versions.before.book, versions.after.book)
    chosen = [each.scale.id for each in (versions.before, versions.after) if each.scale is not None]
    return found.of_scale(*chosen) if chosen else found


def _amendment(versions: Versions) -> str:
    """A draft of the amending document that leads from one version to the other."""
    from thangdiem.dsl.amendments.drafting import draft_amendment

    chosen = [each.scale.id for each in (versions.before, versions.after) if each.scale is not None]
    return draft_amendment(versions.before.book, versions.after.book, chosen or None).text


def _written(comparison: Comparison, form: str, run: Invocation) -> str:
    if form == "json":
        from json import dumps

        from thangdiem.engine.writing.differences import difference_json

        return dumps(difference_json(comparison), ensure_ascii=False, indent=2) + "\n"
    from thangdiem.engine.differences import report
    from thangdiem.engine.rendering import Form, Renderer

    laid_out = cast(Form, {"text": "txt"}.get(form, form))
    text, findings = Renderer().difference(report(comparison, run.language), laid_out)
    if text is None:
        raise Stopped(Exit.BAD_INPUT, *findings)
    return text
