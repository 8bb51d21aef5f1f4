"""``thangdiem demo``: nothing in; the main job done on the rules and data that ship, step by step, out."""

from __future__ import annotations

from pathlib import Path

import click

from thangdiem.app import files, parameters
from thangdiem.app.contents import contents
from thangdiem.app.exits import Exit
from thangdiem.app.impacts import measure
from thangdiem.app.invocation import Invocation
from thangdiem.app.progress import waiting
from thangdiem.app.rule_sets import choose
from thangdiem.app.sample import Sample, sample
from thangdiem.app.scoring import score
from thangdiem.app.usage import Command
from thangdiem.app.versions import Wanted, two_versions
from thangdiem.dsl.letters import toneless
from thangdiem.engine.documents import consolidated_report, render_consolidated
from thangdiem.engine.examples import run_examples
from thangdiem.engine.explanation import explain
from thangdiem.engine.explanation.table import render_table
from thangdiem.engine.impact.pages import render_impact
from thangdiem.engine.impact.table import render_impact_summary
from thangdiem.engine.rendering import Renderer, render_ranking
from thangdiem.engine.result import Results, Status
from thangdiem.engine.scoring import Scored

FOLDER = "ket-qua-demo"
_RANKING = "bang-xep-hang.html"
_EXPLANATIONS = "giai-trinh"
_CONSOLIDATED = "van-ban-hop-nhat.html"
_IMPACT = "tac-dong.html"

_PERIODS = (2022, 2023)
"""The first period of the illustration, and the first after an amendment of it."""


@click.command("demo", cls=Command)
@parameters.out("DIR")
@click.pass_obj
def command(run: Invocation, out: str | None) -> Exit:
    """Shows what the program does."""
    folder = Path(out or FOLDER)
    shipped = sample(folder)
    words = run.words
    click.echo(words("demo-opening") + "\n")
    for path in shipped.edited:
        click.echo(words("demo-edited", file=path) + "\n")
    _heading(1, "demo-check", run)
    _check(shipped, run)
    _heading(2, "demo-score", run)
    results = _score(shipped, run)
    _heading(3, "demo-explain", run)
    _explain(folder, results, run)
    _heading(4, "demo-amend", run)
    _amend(folder, shipped, run)
    _heading(5, "demo-next", run)
    click.echo(words("demo-next-steps", rules=shipped.illustration, data=shipped.data[0].path, folder=folder))
    return Exit.FINE


def _heading(number: int, key: str, run: Invocation) -> None:
    text = f"{number}. {run.words(key)}"
    click.echo(f"{text}\n{'=' * len(text)}\n")


def _check(shipped: Sample, run: Invocation) -> None:
    """Both rule sets, what they hold, and their examples; errors end the demo."""
    for path in (shipped.decision, shipped.illustration):
        book = choose(path, None, _PERIODS[0], None).book
        click.echo(run.words("file-is-fine", file=book.source.name))
        for line in contents(book, run):
            click.echo(f"  {line}")
        reports = run_examples(book)
        passed = sum(report.passed for report in reports)
        click.echo("  " + run.words("tests-summary", passed=passed, failed=len(reports) - passed) + "\n")


def _score(shipped: Sample, run: Invocation) -> tuple[Results, ...]:
    """The ranking of each data file, with the units that are refused and why."""
    found: list[Results] = []
    for data in shipped.data:
        scored = _scored(shipped, data.path, data.scale, run)
        for results in scored.results:
            click.echo(run.words("demo-ranking", scale=results.scale.title or results.scale.id))
            click.echo(render_table(results, run.language))
        found.extend(scored.results)
    if any(unit.status is Status.REFUSED for each in found for unit in each.units):
        click.echo(run.words("demo-refused") + "\n")
    return tuple(found)


def _scored(shipped: Sample, data: str, scale: str, run: Invocation) -> Scored:
    return score(choose(shipped.illustration, scale, _PERIODS[0], None), data, None, False, run)


def _explain(folder: Path, results: tuple[Results, ...], run: Invocation) -> None:
    """The ranking as a page, and a page for each unit."""
    files.make_folder(folder / _EXPLANATIONS)
    files.replace(folder / _RANKING, render_ranking(results, run.language))
    renderer = Renderer()
    taken: set[str] = set()
    with waiting(run.words("demo-explain"), long=True):
        for each in results:
            for unit in each.units:
                page, findings = renderer.explanation(explain(each, unit, run.language))
                if page is None:
                    raise AssertionError(findings)
                files.replace(folder / _EXPLANATIONS / _page_name(unit.unit, taken), page)
    click.echo(run.words("demo-pages", count=len(taken), ranking=folder / _RANKING, folder=folder / _EXPLANATIONS))


def _amend(folder: Path, shipped: Sample, run: Invocation) -> None:
    """What the first amendment does to the sample units, and the text it leads to."""
    path, scale = shipped.illustration, shipped.later.scale
    before, after = (Wanted(path, None, period) for period in _PERIODS)
    versions = two_versions(before, after, scale, run)
    impacts = measure(versions, shipped.later.path, None, _PERIODS[1], run).impacts
    click.echo(run.words("demo-amended"))
    click.echo(render_impact_summary(impacts, run.language))
    later = versions.after
    told = consolidated_report(later.version, (later.book,), later.documents.amendments, run.language)
    files.replace(folder / _CONSOLIDATED, render_consolidated(told, "html"))
    files.replace(folder / _IMPACT, render_impact(impacts, run.language, "html"))
    click.echo(run.words("demo-amended-pages", text=folder / _CONSOLIDATED, impact=folder / _IMPACT))


def _page_name(unit: str, taken: set[str]) -> str:
    """A file name any system takes: letters without tone marks, digits and hyphens."""
    plain = "".join(char if char.isascii() and char.isalnum() else " " for char in toneless(unit))
    name = stem = "-".join(plain.split())[:80] or "don-vi"
    number = 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    return f"{name}.html"
