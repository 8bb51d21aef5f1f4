"""``thangdiem fmt``: rule files in; the same in canonical layout, or in the other dialect, out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click
from attrs import frozen

from thangdiem.app import files
from thangdiem.app.columns import on_one_line
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.rule_folders import folders, rule_files
from thangdiem.app.rule_sets import errors
from thangdiem.app.terminal import tell
from thangdiem.app.usage import Command, Option
from thangdiem.dsl.diagnostic import Diagnostic, Place, has_errors
from thangdiem.dsl.dialect import DIALECTS
from thangdiem.dsl.fidelity import first_difference
from thangdiem.dsl.parser import parse
from thangdiem.dsl.printer import print_file
from thangdiem.dsl.source import read_source

_SHOWN = 40
_Read = Callable[[str], bytes]


@frozen
class _Laid:
    """A file as it stands and as it should."""

    name: str
    before: bytes
    after: bytes


@click.command("fmt", cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(allow_dash=True))
@click.option("--check", "only_check", cls=Option, is_flag=True)
@click.option("--to", cls=Option, type=click.Choice(DIALECTS))
@click.pass_obj
def command(run: Invocation, paths: tuple[str, ...], only_check: bool, to: str | None) -> Exit:
    """Lays out rule files."""
    worst = Exit.FINE
    for path in paths:
        try:
            for name, read in _named(path):
                worst = max(worst, _one(name, read, only_check, to, run))
        except Stopped as stopped:
            tell(stopped.findings, run)
            worst = max(worst, stopped.code)
    return worst


def _named(path: str) -> list[tuple[str, _Read]]:
    """A file, or every rule file in a folder and below it, each with how it is read."""
    if path == files.STREAM or not os.path.isdir(path):
        return [(path, files.read)]
    return [(name, files.read_found) for folder in folders(path) for name in rule_files(folder)]


def _one(name: str, read: _Read, only_check: bool, to: str | None, run: Invocation) -> Exit:
    """How one file ends; the others go on."""
    try:
        laid = _laid_out(name, read(name), to)
        return _compare(laid, run) if only_check else _put(laid, run)
    except Stopped as stopped:
        tell(stopped.findings, run)
        return stopped.code


def _laid_out(name: str, before: bytes, to: str | None) -> _Laid:
    """The file with its canonical layout; one with slips is refused, and so is what would say something else."""
    source, faults = read_source(name, before)
    syntax, slips = parse(source) if source is not None else (None, ())
    found = (*faults, *slips)
    if syntax is None or syntax.dropped or has_errors(found):
        raise Stopped(Exit.BAD_INPUT, *found, Diagnostic("TD909", {"file": name}, Place(name)))
    try:
        after = print_file(syntax, to)
    except ValueError:  # a number or a date that is none: the reading of its meaning says which, and where
        from thangdiem.dsl.checker import check  # only needed here

        wrong = errors(check(syntax.source, checks=False).diagnostics)
        arguments = {"file": name, "to": to or syntax.dialect}
        raise Stopped(Exit.BAD_INPUT, *wrong, Diagnostic("TD910", arguments, Place(name))) from None
    if after != syntax.source.original and (line := first_difference(syntax, after)) is not None:
        raise Stopped(Exit.BAD_INPUT, Diagnostic("TD917", {"file": name}, line))
    return _Laid(name, before, after.encode("utf-8"))


def _put(laid: _Laid, run: Invocation) -> Exit:
    if laid.name == files.STREAM:
        files.write(None, laid.after)
    elif laid.after != laid.before:
        files.replace(Path(laid.name), laid.after)
        click.echo(run.words("laid-out", file=laid.name), err=True)
    else:
        click.echo(run.words("nothing-to-lay-out", file=laid.name), err=True)
    return Exit.FINE


def _compare(laid: _Laid, run: Invocation) -> Exit:
    """What would change, and whether anything would."""
    if laid.after == laid.before:
        return Exit.FINE
    import difflib  # only where there is a difference to show

    before = laid.before.decode("utf-8", "replace").splitlines()
    after = laid.after.decode("utf-8").splitlines()
    lines = list(difflib.unified_diff(before, after, laid.name, laid.name, n=1, lineterm=""))
    changed = sum(line.startswith(("+", "-")) for line in lines[2:])
    click.echo(run.words("would-change", file=laid.name, count=changed or 1))
    for line in lines[:_SHOWN]:
        click.echo(on_one_line(line))
    if len(lines) > _SHOWN:
        click.echo(run.words("more-lines", count=len(lines) - _SHOWN))
    return Exit.FAILED
