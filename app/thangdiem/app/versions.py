"""Two paths, or one with two days or two periods, in; the two versions of the rules out."""

from __future__ import annotations

from attrs import frozen

from thangdiem.app.columns import on_one_line
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.rule_sets import Chosen, choose
from thangdiem.app.terminal import say
from thangdiem.dsl.diagnostic import Diagnostic


@frozen
class Wanted:
    """Which version is wanted: a path or a number, and the day or the period that chooses among its documents."""

    path: str
    day: str | None
    period: int | None


@frozen
class Versions:
    """The earlier and the later version; ``scale`` is the one that was named, if any was."""

    before: Chosen
    after: Chosen
    scale: str | None


def two_versions(before: Wanted, after: Wanted, scale: str | None, run: Invocation) -> Versions:
    """The two versions; one path needs a day or a period for each of them."""
    if before.path == after.path and not all(each.day or each.period is not None for each in (before, after)):
        raise Stopped(Exit.MISUSE, Diagnostic("TD550"))
    found = [choose(each.path, scale, each.period, each.day) for each in (before, after)]
    for path, count in {each.path: one.warnings for each, one in zip((before, after), found, strict=True)}.items():
        if count:
            say(run.words.count("rules-have-warnings", count).replace("RULES", on_one_line(path)))
    return Versions(found[0], found[1], scale)
