"""The page of commands has a heading for each command and names each of its options."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from pages import DOCS, read_page
from thangdiem.app.cli import COMMANDS

PAGE = DOCS / "reference" / "commands.md"


def section(command: str) -> str:
    found = re.search(rf"^#+ .*\b{re.escape(command)}\b.*\n((?:(?!^#).*\n?)*)", read_page(PAGE), re.MULTILINE)
    assert found is not None, f"no heading for {command}"
    return found[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_described(name: str) -> None:
    text = section(name)
    command = import_module(f"thangdiem.app.commands.{name}").command
    options = [option for given in command.params for option in given.opts if option.startswith("--")]
    assert [option for option in options if option not in text and option != "--help"] == []
