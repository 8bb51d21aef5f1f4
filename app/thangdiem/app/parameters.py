"""The parameters several commands share, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from thangdiem.app.usage import Option

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def year(text: str) -> int:
    """A year of four digits; ValueError for anything else, with what was given."""
    if not (len(text) == 4 and text.isascii() and text.isdigit() and text > "0000"):
        raise ValueError(text)
    return int(text)


def rules() -> Decorator:
    """RULES: a path, or the number of a decision that ships."""
    return click.argument("rules", metavar="RULES", type=click.Path())


def data() -> Decorator:
    """DATA: a data file, or ``-``."""
    return click.argument("data", metavar="DATA", type=click.Path(allow_dash=True))


def scale() -> Decorator:
    """``--scale``."""
    return click.option("--scale", cls=Option, metavar="ID")


def period() -> Decorator:
    """``--period``."""
    return click.option("--period", cls=Option, type=year, metavar="YEAR")


def day() -> Decorator:
    """``--on``."""
    return click.option("--on", "day", cls=Option, metavar="DATE")


def before() -> Decorator:
    """``--before``: the day of the earlier of two versions."""
    return click.option("--before", cls=Option, metavar="DATE")


def after() -> Decorator:
    """``--after``: the day of the later of two versions."""
    return click.option("--after", cls=Option, metavar="DATE")


def before_period() -> Decorator:
    """``--before-period``: the year the earlier of two versions applies to."""
    return click.option("--before-period", cls=Option, type=year, metavar="YEAR")


def after_period() -> Decorator:
    """``--after-period``: the year the later of two versions applies to."""
    return click.option("--after-period", cls=Option, type=year, metavar="YEAR")


def draft() -> Decorator:
    """``--draft``."""
    return click.option("--draft", cls=Option, is_flag=True)


def reading() -> Decorator:
    """``--reading``: another reading of what the text left open."""
    return click.option("--reading", cls=Option, metavar="ID")


def sheet() -> Decorator:
    """``--sheet``."""
    return click.option("--sheet", cls=Option, metavar="NAME")


def out(metavar: str = "FILE") -> Decorator:
    """``-o``."""
    return click.option("-o", "--output", "out", cls=Option, metavar=metavar, type=click.Path(allow_dash=True))
