"""Several rule files in one input: read together, amended, consolidated at every day and period, compared."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from assurance.fuzzing.altering import altered_text, as_text
from assurance.fuzzing.laws import hold, score_nothing, tell
from assurance.fuzzing.seeds import cases
from thangdiem.dsl.all_versions import all_versions
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.comparison import compare
from thangdiem.dsl.diagnostic import has_errors
from thangdiem.dsl.library import rules_of
from thangdiem.dsl.rule_files import RuleFile
from thangdiem.dsl.rulebook import Rulebook

LONGEST = 8_000
_BETWEEN = b"\n~~~~~~\n"
_MOST_FILES = 4
_MOST_VERSIONS = 4


def seeds() -> Iterator[bytes]:
    """The files of each case that has several."""
    yield from (_BETWEEN.join(text.encode() for text in files) for files in cases() if len(files) > 1)


def altered(data: bytes, chance: Random) -> bytes:
    """One of the files, or their order."""
    files = data.split(_BETWEEN)
    at = chance.randrange(len(files))
    if chance.random() < 0.05:
        files.insert(at, files.pop())
    files[at] = _altered(files[at], chance)
    return _BETWEEN.join(files)


def attempt(data: bytes) -> None:
    """A set is read whatever it holds; each text in force is one that can be read by itself."""
    files = data.split(_BETWEEN)[:_MOST_FILES]
    rules = rules_of([RuleFile(f"{number}.rubric", each) for number, each in enumerate(files, 1)])
    tell(rules.diagnostics)
    before: Rulebook | None = None
    for version in islice(all_versions(rules), _MOST_VERSIONS):
        tell(version.diagnostics)
        for book in version.books:
            if not has_errors(version.diagnostics):
                again = check_text(book.source.text, "hop-nhat.rubric")
                hold(again.book is not None, "a text in force cannot be read")
                score_nothing(book)
            if before is not None:
                compare(before, book)
            before = book


_altered = as_text(altered_text)
