"""Command lines in, their exit codes and everything they were told out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner

from thangdiem.app import terminal
from thangdiem.app.cli import program
from thangdiem.dsl.diagnostic import Diagnostic


def commanded(commands: Sequence[Sequence[str]]) -> tuple[list[int], list[Diagnostic]]:
    """Runs the program in this process; findings are taken where they are told, before they become words."""
    told: list[Diagnostic] = []
    with patch.object(terminal, "excerpt", _listening(terminal.excerpt, told)):
        exits = [CliRunner().invoke(program, ["--lang", "vi", *command]).exit_code for command in commands]
    return exits, told


def _listening(
    excerpt: Callable[[Iterable[Diagnostic]], tuple[Diagnostic, ...]], told: list[Diagnostic]
) -> Callable[[Iterable[Diagnostic]], Any]:
    def excerpted(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        shown = excerpt(findings)
        told.extend(shown)
        return shown

    return excerpted
