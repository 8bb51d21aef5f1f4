"""The command line in, an exit code out: the program with its commands, and how every run ends."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation, invocation, prepare_streams
from thangdiem.app.usage import Option, Program, complaint
from thangdiem.dsl.diagnostic import Diagnostic

COMMANDS = (
    *("demo", "check", "fmt", "score", "explain", "goal", "show", "diff", "impact", "test"),
    *("seal", "verify", "schema"),
)
"""Every command, in the order in which a newcomer meets them."""

SHELLS = ("bash", "zsh", "fish")
NAME = "thangdiem"

_OBJECTS = 200_000
"""What a run makes lives until it ends: looking for garbage after every 700 objects would take a fifth of the time."""


def _load(name: str) -> click.Command:
    command = import_module(f"thangdiem.app.commands.{name}").command
    assert isinstance(command, click.Command)
    return command


class _Thangdiem(Program):
    """The program, ending in one of its exit codes whatever happens."""

    def main(self, args: Any = None, prog_name: str | None = None, **_named: Any) -> NoReturn:  # type: ignore[override]  # click's may return
        """Runs a command line and leaves with its exit code."""
        arguments = list(sys.argv[1:] if args is None else args)
        prepare_streams()
        run = invocation(arguments)
        code = self._run(arguments, run)
        sys.exit(int(code))

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; click would take a reader that has had enough for a failure."""
        try:
            found = super().invoke(ctx)
            sys.stdout.flush()
            return found
        except BrokenPipeError:
            _close_quietly()
            return Exit.FINE

    def _run(self, arguments: list[str], run: Invocation) -> int:
        try:
            return self._ended(arguments, run)
        except MemoryError:
            pass  # what filled the memory is let go only behind this line
        _tell(Stopped(Exit.BAD_INPUT, Diagnostic("TD919")), run)
        return Exit.BAD_INPUT

    def _ended(self, arguments: list[str], run: Invocation) -> int:
        try:
            found = super().main(arguments, NAME, standalone_mode=False, obj=run)
            return found if isinstance(found, int) else Exit.FINE
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            return Exit.MISUSE
        except click.ClickException as error:
            click.echo(complaint(error), err=True)
            return Exit.MISUSE
        except Stopped as stopped:
            _tell(stopped, run)
            return stopped.code
        except (KeyboardInterrupt, click.Abort):
            click.echo(run.words("interrupted"), err=True)
            return Exit.INTERRUPTED
        except OSError as error:
            click.echo(run.words("cannot-write-stream", reason=error.strerror or str(error)), err=True)
            return Exit.CANNOT_WRITE
        except MemoryError:
            raise
        except Exception as error:
            return _our_bug(error, run)


def _tell(stopped: Stopped, run: Invocation) -> None:
    from thangdiem.app.terminal import tell  # only where there is something to tell

    tell(stopped.findings, run)


def _close_quietly() -> None:
    """Whoever read the output has had enough: nothing more is written, not even when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _our_bug(error: Exception, run: Invocation) -> int:
    """A bug of ours: said plainly, in the language of the run; the traceback is for ``--debug``."""
    if run.debug:
        import traceback  # only for developers

        traceback.print_exception(error)
    click.echo(run.words("bug", kind=type(error).__name__, error=str(error)), err=True)
    return Exit.BUG


def _version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version  # slow to import, and only needed here

        try:
            number = version(NAME)
        except PackageNotFoundError:  # run from its sources, not installed
            number = "0"
        click.echo(f"{NAME} {number}")
        context.exit()


def _completion(context: click.Context, _option: click.Parameter, shell: str | None) -> None:
    if shell and not context.resilient_parsing:
        from click.shell_completion import get_completion_class  # only needed here

        kind = get_completion_class(shell)
        assert kind is not None
        click.echo(kind(program, {}, NAME, f"_{NAME.upper()}_COMPLETE").source())
        context.exit()


program = _Thangdiem(
    NAME,
    names=COMMANDS,
    load=_load,
    no_args_is_help=True,
    params=[
        Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version),
        Option(["--completion"], type=click.Choice(SHELLS), is_eager=True, expose_value=False, callback=_completion),
    ],
)


def main() -> NoReturn:
    """The entry point of ``thangdiem``."""
    gc.set_threshold(_OBJECTS)
    program.main()
