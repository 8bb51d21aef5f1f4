"""``thangdiem schema``: rules in, the JSON Schema of the unit data they need out."""

from __future__ import annotations

import json

import click

from thangdiem.app import files, parameters
from thangdiem.app.exits import Exit
from thangdiem.app.invocation import Invocation
from thangdiem.app.rule_sets import choose
from thangdiem.app.usage import Command
from thangdiem.engine.schema import schema


@click.command("schema", cls=Command)
@parameters.rules()
@parameters.scale()
@parameters.period()
@parameters.day()
@parameters.out()
@click.pass_obj
def command(
    run: Invocation, rules: str, scale: str | None, period: int | None, day: str | None, out: str | None
) -> Exit:
    """Prints the schema; of several scales one must be named."""
    chosen = choose(rules, scale, period, day, one_scale=True)
    assert chosen.scale is not None
    made = schema(chosen.scale, chosen.book.dialect)
    files.write(out, json.dumps(made, ensure_ascii=False, indent=2) + "\n")
    return Exit.FINE
