"""``thangdiem seal``: rules and unit data in; one file that holds them, their results and the digest of each out."""

from __future__ import annotations

from pathlib import Path

import click

from thangdiem.app import files, parameters
from thangdiem.app.commands.score import refuse_overwriting
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.rule_sets import shipped_rules, stopped
from thangdiem.app.terminal import say, tell
from thangdiem.app.usage import Command, Option
from thangdiem.dsl.library import RuleSetError, day_of
from thangdiem.dsl.rule_files import RuleFile, files_of
from thangdiem.engine.dossier import Computed, Question, compute, given_of, seal
from thangdiem.engine.dossier.container import Refused
from thangdiem.engine.dossier.signature import private_key
from thangdiem.engine.result import Mode

_NAMELESS = "so-lieu"
"""What data from standard input are called."""


@click.command("seal", cls=Command)
@parameters.rules()
@parameters.data()
@click.option("-o", "--output", "out", cls=Option, metavar="FILE", required=True, type=click.Path(allow_dash=True))
@parameters.scale()
@parameters.period()
@parameters.day()
@parameters.draft()
@parameters.sheet()
@click.option("--key", cls=Option, metavar="FILE", type=click.Path())
@click.pass_obj
def command(
    run: Invocation,
    rules: str,
    data: str,
    out: str,
    scale: str | None,
    period: int | None,
    day: str | None,
    draft: bool,
    sheet: str | None,
    key: str | None,
) -> Exit:
    """Seals the scoring of a data file."""
    refuse_overwriting(out, rules, data, *((key,) if key is not None else ()))
    try:
        signing = private_key(files.read(key), key) if key is not None else None
        computed = _computed(rules, data, Question(scale, period, _iso(day), _mode(draft), sheet))
        sealed = seal(computed, signing)
    except RuleSetError as error:
        raise stopped(error) from None
    except Refused as refused:
        raise Stopped(Exit.MISUSE, refused.finding) from None
    files.write(out, sealed.content)
    tell(computed.scored.told(), run)
    say(run.words("sealed", file=out, units=computed.units, digest=sealed.digest))
    return Exit.FAILED if computed.scored.refused else Exit.FINE


def _computed(rules: str, data: str, question: Question) -> Computed:
    """What is to be sealed; what cannot be scored ends the command."""
    found, faults = files_of(Path(rules), (shipped_rules(),))
    if faults:
        raise RuleSetError(*faults)
    name = _NAMELESS if data == files.STREAM else data
    computed, slips = compute(given_of(question, found, RuleFile(name, files.read(data))))
    if computed is None:
        code = Exit.MISUSE if any(each.code == "TD912" for each in slips) else Exit.BAD_INPUT
        raise Stopped(code, *slips)
    return computed


def _iso(day: str | None) -> str | None:
    return day_of(day).isoformat() if day is not None else None


def _mode(draft: bool) -> Mode:
    return Mode.DRAFT if draft else Mode.FINAL
