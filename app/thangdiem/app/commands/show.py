"""``thangdiem show``: rules in; their consolidated text, the life of one node, or the register of readings out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import click

from thangdiem.app import files, parameters
from thangdiem.app.commands.score import refuse_overwriting
from thangdiem.app.exits import Exit
from thangdiem.app.invocation import Invocation
from thangdiem.app.output import form_of
from thangdiem.app.rule_sets import choose_version, rule_set, stopped
from thangdiem.app.terminal import say
from thangdiem.app.usage import Command, Misuse, Option
from thangdiem.dsl.amendments.timeline import Moment
from thangdiem.dsl.library import RuleSetError, day_of

if TYPE_CHECKING:
    from thangdiem.engine.layout import Form

FORMS = ("text", "md", "html")


@click.command("show", cls=Command)
@parameters.rules()
@parameters.day()
@parameters.period()
@parameters.scale()
@click.option("--history", cls=Option, metavar="CODE")
@click.option("--interpretations", "register", cls=Option, is_flag=True)
@click.option("--format", "form", cls=Option, type=click.Choice(FORMS))
@parameters.out()
@click.pass_obj
def command(
    run: Invocation,
    rules: str,
    day: str | None,
    period: int | None,
    scale: str | None,
    history: str | None,
    register: bool,
    form: str | None,
    out: str | None,
) -> Exit:
    """Shows the rules of a day or a period."""
    if history is not None and register:
        raise Misuse("one-of-two", click.get_current_context(), one="--history", other="--interpretations")
    refuse_overwriting(out, rules)
    laid_out = form_of(form, out, FORMS, "text")
    try:
        if history is not None:
            text = _history(rules, history, scale or "", _moment(day, period), laid_out, run)
        elif register:
            text = _register(rules, scale, day, period, laid_out, run)
        else:
            text = _shown(rules, scale, day, period, laid_out, run)
    except RuleSetError as error:
        raise stopped(error) from None
    files.write(out, text)
    return Exit.FINE


def _shown(path: str, scale: str | None, day: str | None, period: int | None, form: str, run: Invocation) -> str:
    """The text of every document of the version, or of the one with the scale."""
    documents, version = choose_version(path, scale, period, day)
    books = (version.scale(scale).book,) if scale else version.books
    say(version.why.message(run.language))
    if form == "text":
        return "\n".join(book.source.text for book in books)
    from thangdiem.engine.documents import consolidated_report, render_consolidated

    return render_consolidated(consolidated_report(version, books, documents.amendments, run.language), _form(form))


def _history(path: str, wanted: str, scale: str, shown: Moment, form: str, run: Invocation) -> str:
    from thangdiem.dsl.history import lives
    from thangdiem.engine.documents import history_report, render_history

    found = lives(rule_set(path), wanted, scale)
    return render_history(history_report(found, wanted, shown, run.language), _form(form))


def _register(path: str, scale: str | None, day: str | None, period: int | None, form: str, run: Invocation) -> str:
    """The readings of the version that was asked for, or of all versions; of one scale if it was named."""
    from thangdiem.dsl.interpretations import every_version, interpretations
    from thangdiem.dsl.letters import toneless
    from thangdiem.engine.documents import register_report, render_register

    if day is None and period is None:
        documents = rule_set(path)
        found = interpretations(documents, every_version(documents))
    else:
        documents, version = choose_version(path, scale, period, day)
        found = interpretations(documents, (version,))
    kept = [each for each in found if scale is None or toneless(each.scale) in ("", toneless(scale))]
    return render_register(register_report(kept, run.language), _form(form))


def _moment(day: str | None, period: int | None) -> Moment:
    """The moment what is later is told from: today where none was named."""
    if day is None and period is not None:
        return Moment(period=period)
    return Moment(day=day_of(day) if day is not None else date.today())


def _form(form: str) -> Form:
    return cast("Form", {"text": "txt"}.get(form, form))
