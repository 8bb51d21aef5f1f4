"""The words of the program: a language in, its messages by key out."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePath

from attrs import frozen

from thangdiem.app.columns import on_one_line
from thangdiem.dsl.diagnostic import Language

LANGUAGES: tuple[Language, ...] = ("vi", "en")
_FOLDER = Path(__file__).parent / "phrases"


@frozen
class Words:
    """One table of messages; a key that is not in it is a bug of ours."""

    language: Language
    texts: Mapping[str, str | list[str]]

    def __call__(self, key: str, **arguments: object) -> str:
        """The message of a key with its arguments put in: names of files may hold anything."""
        text = self.texts[key]
        assert isinstance(text, str)
        return text.format_map({name: _harmless(value) for name, value in arguments.items()}) if arguments else text

    def count(self, key: str, count: int) -> str:
        """The message for a number of things: the first of its forms for one, the last for any other number."""
        forms = self.texts[key]
        form = forms if isinstance(forms, str) else forms[0] if count == 1 else forms[-1]
        return form.format(count=count)

    def has(self, key: str) -> bool:
        """Whether there is a message of that key."""
        return key in self.texts


def _harmless(value: object) -> object:
    return on_one_line(str(value)) if isinstance(value, str | PurePath) else value


@cache
def messages(language: Language) -> Words:
    """What the commands say."""
    return _read("messages", language)


@cache
def help_texts(language: Language) -> Words:
    """What ``--help`` and complaints about wrong use say."""
    return _read("help", language)


def _read(table: str, language: Language) -> Words:
    path = _FOLDER / f"{table}.{language}.toml"
    return Words(language, tomllib.loads(path.read_text(encoding="utf-8")))


def language_of_the_locale() -> Language:
    """English where the environment asks for it, Vietnamese in any other case."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "vi"
    if os.name == "nt":
        import locale  # Windows names the language elsewhere

        return "en" if (locale.getlocale()[0] or "").lower().startswith("en") else "vi"
    return "vi"
