"""The words of a command line in; what holds for the whole run (language, debugging, colours) out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import TextIO

from attrs import frozen

from thangdiem.app.wording import LANGUAGES, Words, help_texts, language_of_the_locale, messages
from thangdiem.dsl.diagnostic import Language


@frozen
class Invocation:
    """What every command needs to know of the run it is part of."""

    language: Language
    debug: bool = False

    @property
    def words(self) -> Words:
        """What the commands say, in the language of the run."""
        return messages(self.language)

    @property
    def help(self) -> Words:
        """What ``--help`` says, in the language of the run."""
        return help_texts(self.language)


def invocation(arguments: Sequence[str]) -> Invocation:
    """Language and debugging are looked for anywhere on the line: they must hold before it is parsed."""
    options = list(takewhile(lambda argument: argument != "--", arguments))
    named = [value for option, value in pairwise(options) if option == "--lang"]
    named += [option.removeprefix("--lang=") for option in options if option.startswith("--lang=")]
    chosen = next((language for language in LANGUAGES if language in named[-1:]), language_of_the_locale())
    return Invocation(chosen, "--debug" in options)


def prepare_streams() -> None:
    """UTF-8 on every stream, whatever the console or the pipe was opened with; nothing fails for a character.

    A stream that was closed before we began is none to Python: messages go nowhere then, results cannot be written.
    """
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - it lives as long as the program
    if sys.stdout is None:
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for reading: writing to it fails
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - nothing is in it
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def coloured(stream: TextIO) -> bool:
    """NO_COLOR turns colours off, then FORCE_COLOR on; else they are for terminals that know them."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
