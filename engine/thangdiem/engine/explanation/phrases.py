"""The words of explanations: a language in, its phrases by key out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from attrs import frozen

from thangdiem.dsl.diagnostic import Language


@frozen
class Phrases:
    """Every phrase of one language; calling it gives a phrase with its arguments put in."""

    language: Language
    texts: Mapping[str, str]

    def __call__(self, key: str, **arguments: object) -> str:
        """The phrase of a key; a key that is not in the catalogue is a bug of ours."""
        return self.texts[key].format_map(arguments) if arguments else self.texts[key]


@cache
def phrases(language: Language) -> Phrases:
    """The phrase catalogue of a language."""
    folder = files("thangdiem.engine").joinpath("phrases")
    return Phrases(language, tomllib.loads(folder.joinpath(f"{language}.toml").read_text(encoding="utf-8")))
