"""The bytes of a rule file: read, checked, laid out, translated, its examples run, a unit without data scored."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from assurance.fuzzing.altering import altered_text, as_text
from assurance.fuzzing.laws import hold, score_nothing, tell
from assurance.fuzzing.seeds import cases, shipped_rules
from thangdiem.dsl.checker import check_bytes
from thangdiem.dsl.diagnostic import has_errors
from thangdiem.dsl.fidelity import first_difference
from thangdiem.dsl.parser import parse
from thangdiem.dsl.printer import print_file
from thangdiem.dsl.source import read_source
from thangdiem.dsl.syntax import SyntaxFile
from thangdiem.engine.examples import run_examples

LONGEST = 8_000


def seeds() -> Iterator[bytes]:
    """Rule files that ship, and each file of the cases of the tests."""
    yield from (text.encode() for text in shipped_rules())
    yield from (text.encode() for files in cases() for text in files)


def altered(data: bytes, chance: Random) -> bytes:
    """Lines, tokens and signs of the text."""
    return _altered(data, chance)


def attempt(data: bytes) -> None:
    """A file without errors is scored; one without slips can be laid out, and what is laid out stays as it is."""
    checked = check_bytes(data, "luat.rubric")
    tell(checked.diagnostics)
    source, _ = read_source("luat.rubric", data)
    syntax, slips = parse(source) if source is not None else (None, ())
    if syntax is not None and not syntax.dropped and not has_errors(slips):
        for to in (None, "vi", "en"):
            _laid_out(syntax, to)
    if checked.book is not None and not checked.has_errors:
        run_examples(checked.book)
        score_nothing(checked.book)


def _laid_out(syntax: SyntaxFile, to: str | None) -> None:
    try:
        printed = print_file(syntax, to)
    except ValueError:
        return
    if first_difference(syntax, printed) is None:
        source, _ = read_source("luat.rubric", printed.encode("utf-8", "surrogatepass"))
        assert source is not None
        again, _ = parse(source)
        assert again is not None
        hold(print_file(again) == printed, f"laid out twice is not laid out once (to {to})")


_altered = as_text(altered_text)
