"""Click's commands, options and complaints, in the language of the run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click
from click import Context

from thangdiem.app.invocation import Invocation
from thangdiem.app.wording import LANGUAGES, Words, help_texts, language_of_the_locale
from thangdiem.dsl.suggestion import closest


class Misuse(click.UsageError):
    """Wrong use of the program, as a key of the help texts."""

    def __init__(self, key: str, context: Context | None = None, **arguments: object) -> None:
        super().__init__(key, context)
        self.key = key
        self.arguments = arguments


def words_of(context: Context | None) -> Words:
    """The help texts in the language of the run."""
    run = context.find_object(Invocation) if context is not None else None
    return run.help if run is not None else help_texts(language_of_the_locale())


class Option(click.Option):
    """An option whose help stands in the help texts under its command and its name, or under its name."""

    def get_help_record(self, ctx: Context) -> tuple[str, str] | None:
        """How it is written, and what it does."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        words = words_of(ctx)
        own = f"{ctx.command.name}.{self.name}"
        return record[0], words(own if words.has(own) else f"any.{self.name}")


def _show_help(context: Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()


def common_options() -> list[click.Parameter]:
    """The options of the program and of each of its commands; the first two are read before parsing."""
    return [
        Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False),
        Option(["--debug"], is_flag=True, expose_value=False),
        Option(["--help", "help_wanted"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help),
    ]


class _Spoken(click.Command):
    """A command whose help and usage line are in the language of the run."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{**named, "add_help_option": False})
        self.params.extend(common_options())

    def make_context(self, *arguments: Any, **named: Any) -> Context:
        """The context of a run; a complaint of the parser, which knows no command, learns of this one."""
        try:
            return super().make_context(*arguments, **named)
        except click.UsageError as error:
            if error.ctx is None:
                error.ctx = self.context_class(self, named.get("parent"), arguments[0], obj=named.get("obj"))
            raise

    def format_usage(self, ctx: Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how the command is called."""
        words = words_of(ctx)
        pieces = [piece for parameter in self.get_params(ctx) for piece in parameter.get_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join((words("options-metavar"), *pieces)), words("usage") + " ")

    def format_help_text(self, ctx: Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(words_of(ctx)(f"{self.name}.about"))

    def format_options(self, ctx: Context, formatter: click.HelpFormatter) -> None:
        """What is given to the command, then its options."""
        words = words_of(ctx)
        given = [each for each in self.get_params(ctx) if isinstance(each, click.Argument)]
        others = [each for each in self.get_params(ctx) if not isinstance(each, click.Argument)]
        arguments = [(each.human_readable_name, words(f"any.{each.name}")) for each in given]
        records = [record for each in others if (record := each.get_help_record(ctx)) is not None]
        for heading, rows in (("arguments-heading", arguments), ("options-heading", records)):
            if rows:
                with formatter.section(words(heading)):
                    formatter.write_dl(rows)

    def format_epilog(self, ctx: Context, formatter: click.HelpFormatter) -> None:
        """An example of use, where there is one."""
        words = words_of(ctx)
        if words.has(f"{self.name}.example"):
            with formatter.section(words("example-heading")):
                for line in words(f"{self.name}.example").splitlines():
                    formatter.write(f"{'':{formatter.current_indent}}{line}\n")


class Command(_Spoken):
    """One command of the program."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """The parameters; words that belong to none are wrong use."""
        ctx.allow_extra_args = True
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            raise Misuse("extra-arguments", ctx, arguments=" ".join(left))
        return left


class Program(_Spoken, click.Group):
    """The program: its commands are imported when they are called, not before."""

    def __init__(
        self, *arguments: Any, names: Sequence[str], load: Callable[[str], click.Command], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self._names = names
        self._load = load

    def list_commands(self, ctx: Context) -> list[str]:
        """The names of the commands, in the order in which a newcomer meets them."""
        return list(self._names)

    def get_command(self, ctx: Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        return self._load(cmd_name) if cmd_name in self._names else None

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command the line names; where there is none, those it may have meant."""
        if args[0] not in self._names and not args[0].startswith("-") and not ctx.resilient_parsing:
            near = closest(args[0], self._names) or self._names
            raise Misuse("no-such-command", ctx, name=args[0], nearest=", ".join(near))
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how the program is called."""
        words = words_of(ctx)
        formatter.write_usage(ctx.command_path, words("program-metavar"), words("usage") + " ")

    def format_options(self, ctx: Context, formatter: click.HelpFormatter) -> None:
        """The options of the program, then its commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Context, formatter: click.HelpFormatter) -> None:
        """Every command with a few words."""
        words = words_of(ctx)
        with formatter.section(words("commands-heading")):
            formatter.write_dl([(name, words(f"{name}.short")) for name in self._names])


def complaint(error: click.ClickException) -> str:
    """What is wrong with a command line, and where to read on."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    words = words_of(context)
    said = _said(error, context, words)
    path = context.command_path if context is not None else "thangdiem"
    return f"{words('error')}: {said}\n{words('see-help', command=path)}"


def _said(error: click.ClickException, context: Context | None, words: Words) -> str:
    match error:
        case Misuse():
            return words(error.key, **error.arguments)
        case click.NoSuchOption():
            near = closest(error.option_name, _option_names(context), 1)
            said = words("no-such-option", name=error.option_name)
            return f"{said} {words('did-you-mean', name=near[0])}" if near else said
        case click.BadOptionUsage():
            takes_none = any(
                isinstance(each, click.Option) and each.is_flag and error.option_name in each.opts
                for each in (context.command.get_params(context) if context is not None else ())
            )
            return words("takes-no-value" if takes_none else "needs-value", name=error.option_name)
        case click.MissingParameter(param=click.Argument() as argument):
            return words("missing-argument", name=argument.human_readable_name, about=words(f"any.{argument.name}"))
        case click.MissingParameter(param=click.Option() as option):
            return words("missing-option", name=option.opts[-1])
        case click.BadParameter(param=click.Option(type=click.Choice() as choice) as option):
            return words("bad-choice", name=option.opts[-1], choices=", ".join(map(str, choice.choices)))
        case click.BadParameter(param=click.Option() as option) if words.has(f"bad.{option.name}"):
            return words(f"bad.{option.name}", value=error.message)
        case _:
            return error.format_message()


def _option_names(context: Context | None) -> list[str]:
    parameters = context.command.get_params(context) if context is not None else []
    return [name for each in parameters if isinstance(each, click.Option) for name in each.opts]
