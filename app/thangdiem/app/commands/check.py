"""``thangdiem check``: rule files in; what is wrong with them, or what they hold, out."""

from __future__ import annotations

from collections.abc import Sequence

import click

from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.rule_folders import Checked, checked_sets
from thangdiem.app.terminal import tell
from thangdiem.app.usage import Command, Option
from thangdiem.dsl.diagnostic import Diagnostic, has_errors


@click.command("check", cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(allow_dash=True))
@click.option("--format", "form", cls=Option, type=click.Choice(("text", "json")), default="text")
@click.option("--proofs", cls=Option, is_flag=True)
@click.pass_obj
def command(run: Invocation, paths: tuple[str, ...], form: str, proofs: bool) -> Exit:
    """Checks rule files."""
    found: list[Checked] = []
    worst = Exit.FINE
    for path in paths:
        try:
            found.extend(checked_sets(path, run.words("standard-input")))
        except Stopped as stopped:
            tell(stopped.findings, run)
            worst = max(worst, stopped.code)
    if any(each.rules.has_errors for each in found):
        worst = max(worst, Exit.BAD_INPUT)
    if proofs:
        return max(worst, _print_proofs(found, form, run))
    if form == "json":
        _print_json(found, run)
    else:
        print_checked(found, run)
    return worst


def print_checked(found: Sequence[Checked], run: Invocation) -> None:
    """The findings, then file by file whether it is fine and what it holds."""
    from thangdiem.app.contents import held_by

    tell([each for one in found for each in one.rules.diagnostics], run)
    for one in found:
        held = held_by(one.rules, run)
        for name in one.files:
            if name not in held or has_errors(_about(one, name)):
                click.echo(run.words("file-has-errors", file=name))
                continue
            click.echo(run.words("file-is-fine", file=name))
            for line in held[name]:
                click.echo(f"  {line}")


def _print_json(found: Sequence[Checked], run: Invocation) -> None:
    import json

    from thangdiem.engine.writing.plain import diagnostics

    data = [
        {"file": name, "diagnostics": diagnostics(_about(one, name), run.language)}
        for one in found
        for name in one.files
    ]
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _print_proofs(found: Sequence[Checked], form: str, run: Invocation) -> Exit:
    """The proofs of each file or version; a claim that is refuted is a failure."""
    import json

    from thangdiem.app.proving import proved_of, told
    from thangdiem.engine.writing.proofs import proofs_json

    every = [proved for one in found for proved in proved_of(one, run)]
    if form == "json":
        click.echo(json.dumps(proofs_json(every), ensure_ascii=False, indent=2))
    else:
        tell([each for one in found for each in one.rules.diagnostics], run)
        for proved in every:
            for line in told(proved, run):
                click.echo(line)
    return Exit.FAILED if any(proved.counts["refuted"] for proved in every) else Exit.FINE


def _about(one: Checked, name: str) -> list[Diagnostic]:
    """What was found in a file; what is about none, such as a line that clauses came to, stands with the first."""
    files = [each.place.file if each.place else "" for each in one.rules.diagnostics]
    first = one.files[0]
    return [
        each
        for each, file in zip(one.rules.diagnostics, files, strict=True)
        if (file if file in one.files else first) == name
    ]
