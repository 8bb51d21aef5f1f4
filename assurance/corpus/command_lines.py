"""Command lines in, their exit codes and everything they were told out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from unittest.mock import patch

from click.testing import CliRunner

from thangdiem.app.cli import program
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.excerpt import excerpt


def commanded(commands: Sequence[Sequence[str]]) -> tuple[list[int], list[Diagnostic]]:
    """Runs the program in this process; findings are taken where they are told, before they become words."""
    told: list[Diagnostic] = []
    with patch("thangdiem.app.terminal.excerpt", _listening(told)):
        exits = [CliRunner().invoke(program, ["--lang", "vi", *command]).exit_code for command in commands]
    return exits, told


def _listening(told: list[Diagnostic]) -> Callable[[Iterable[Diagnostic]], tuple[Diagnostic, ...]]:
    def excerpted(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        shown = excerpt(findings)
        told.extend(shown)
        return shown

    return excerpted
