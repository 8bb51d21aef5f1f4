"""``thangdiem test``: rule files in; their examples run, what these reach and what they do not notice, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import click
from attrs import frozen

from thangdiem.app import files, parameters
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.output import form_of
from thangdiem.app.rule_folders import checked_sets
from thangdiem.app.terminal import tell
from thangdiem.app.testing.case_files import case_runs
from thangdiem.app.testing.covered import Covered, covered
from thangdiem.app.testing.reports import junit, report_text
from thangdiem.app.testing.runs import Run, runs_of
from thangdiem.app.usage import Command, Misuse, Option

FORMS = ("text", "json", "junit", "html")
MOST_SLIPS = 200


def percent(text: str) -> Fraction:
    """A whole number of hundredths, with or without its sign."""
    bare = text.removesuffix("%")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 4 and int(bare) <= 100):
        raise ValueError(text)
    return Fraction(int(bare), 100)


@frozen
class _Asked:
    """What is wanted beside the examples."""

    form: str
    out: str | None
    coverage: bool
    require: Fraction | None
    boundaries: bool
    write: bool
    every: bool
    slips: bool
    most: int


@click.command("test", cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(allow_dash=True))
@click.option("--format", "form", cls=Option, type=click.Choice(FORMS))
@parameters.out()
@click.option("--accept", cls=Option, is_flag=True)
@click.option("--coverage", cls=Option, is_flag=True)
@click.option("--require", cls=Option, type=percent, metavar="80%")
@click.option("--boundaries", cls=Option, is_flag=True)
@click.option("--write", cls=Option, is_flag=True)
@click.option("--yes", "every", cls=Option, is_flag=True)
@click.option("--mutate", "slips", cls=Option, is_flag=True)
@click.option("--most", cls=Option, type=click.IntRange(1, 100_000), default=MOST_SLIPS, metavar="N")
@click.pass_obj
def command(
    run: Invocation,
    paths: tuple[str, ...],
    form: str | None,
    out: str | None,
    accept: bool,
    coverage: bool,
    require: Fraction | None,
    boundaries: bool,
    write: bool,
    every: bool,
    slips: bool,
    most: int,
) -> Exit:
    """Runs the examples of rule files."""
    if write and not boundaries:
        raise Misuse("test.needs", option="--write", other="--boundaries")
    if write and (form not in (None, "text") or paths == (files.STREAM,)):
        raise Misuse("test.write-alone")
    if every and not write:
        raise Misuse("test.needs", option="--yes", other="--write")
    shape = "junit" if form is None and (out or "").endswith(".xml") else form_of(form, out, FORMS, "text")
    covers = coverage or require is not None or shape == "html"
    asked = _Asked(shape, out, covers, require, boundaries, write, every, slips, most)
    runs, worst = _runs(paths, run, accept=accept)
    if not runs and worst is not Exit.FINE:
        return worst
    found = covered(runs) if asked.coverage else None
    _put(runs, found, asked, run)
    if any(each.failed for each in runs) or (found is not None and require is not None and found.share < require):
        worst = max(worst, Exit.FAILED)
    return worst


def _runs(paths: Sequence[str], run: Invocation, *, accept: bool) -> tuple[list[Run], Exit]:
    """Every run of every set that can be run; what is wrong with the others is told."""
    runs: list[Run] = []
    worst = Exit.FINE
    for path in paths:
        try:
            for one in checked_sets(path, run.words("standard-input")):
                runs.extend(runs_of(one, run))
                runs.extend(case_runs(one, accept=accept))
        except Stopped as stopped:
            tell(stopped.findings, run)
            worst = max(worst, stopped.code)
    return runs, worst


def _put(runs: Sequence[Run], found: Covered | None, asked: _Asked, run: Invocation) -> None:
    """The form asked for; examples that a person confirms are written before."""
    match asked.form:
        case "json":
            files.write(asked.out, _json(runs, found, asked, run))
        case "junit":
            files.write(asked.out, junit(runs, run))
        case "html":
            from thangdiem.app.testing.margins import margin_html

            assert found is not None
            files.write(asked.out, margin_html(found, run))
        case _:
            if asked.write:
                _confirm(runs, asked, run)
            else:
                files.write(asked.out, "".join(_texts(runs, found, asked, run)))


def _texts(runs: Sequence[Run], found: Covered | None, asked: _Asked, run: Invocation) -> Iterator[str]:
    yield report_text(runs, run)
    if found is not None:
        from thangdiem.app.testing.margins import margin_text

        yield margin_text(found, run)
    if asked.boundaries:
        from thangdiem.app.testing.proposals import around, proposals_text

        yield from (proposals_text(around(each.book), run) for each in _files(runs))
    if asked.slips:
        from thangdiem.app.testing.slips import slips, slips_text

        yield slips_text(slips(runs, asked.most), run)


def _confirm(runs: Sequence[Run], asked: _Asked, run: Invocation) -> None:
    from thangdiem.app.testing.proposals import append, around, confirmed

    for each in _files(runs):
        found = around(each.book)
        append(found, found.found if asked.every else tuple(confirmed(found, run)), run)


def _files(runs: Sequence[Run]) -> list[Run]:
    """The texts that are files of their own: a proposal for a consolidated text would have no file to stand in."""
    return [each for each in runs if not each.beside and not each.version]


def _json(runs: Sequence[Run], found: Covered | None, asked: _Asked, run: Invocation) -> str:
    from json import dumps

    from thangdiem.app.testing.document import test_json
    from thangdiem.app.testing.proposals import around
    from thangdiem.app.testing.slips import slips

    boundaries = [around(each.book) for each in _files(runs)] if asked.boundaries else None
    tried = slips(runs, asked.most) if asked.slips else None
    return dumps(test_json(runs, found, boundaries, tried, run), ensure_ascii=False, indent=2) + "\n"
