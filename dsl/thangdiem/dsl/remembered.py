"""The bytes of a rule file in; its rulebook and findings out, kept from an earlier check of these very bytes if any."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from thangdiem.dsl.amendments.clauses import Amendment
from thangdiem.dsl.amendments.expansion import Alternative
from thangdiem.dsl.cache import keep, kept, kept_file
from thangdiem.dsl.diagnostic import Diagnostic, has_errors
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.source import Source

if TYPE_CHECKING:
    from thangdiem.dsl.checker import Checked


@frozen
class Known:
    """What checking a file came to: the rulebook or, of a document that only amends others, what it orders (neither
    where nothing could be read), and every finding."""

    book: Rulebook | None
    diagnostics: tuple[Diagnostic, ...]
    amendment: Amendment | None = None
    alternatives: tuple[Alternative, ...] = ()


def known(data: bytes, name: str, *, checks: bool) -> Known:
    """The file checked, now or before. Only files without errors are remembered, and only by this very code."""

    def now() -> Checked:
        # The parser and the checks are loaded only where they are needed: most runs score rules that did not change.
        from thangdiem.dsl.checker import check_bytes

        return check_bytes(data, name, checks=checks)

    return _known(kept_file(data, name.encode("utf-8", "surrogatepass"), bytes([checks])), now)


def known_source(source: Source, *, checks: bool) -> Known:
    """The same for a text that was composed of others."""

    def now() -> Checked:
        from thangdiem.dsl.checker import check

        return check(source, checks=checks)

    found = _known(kept_file(_identity(source), bytes([checks])), now)
    return evolve(found, book=evolve(found.book, source=source)) if found.book is not None else found


def _identity(source: Source) -> bytes:
    """What tells a text from any other: its name, its words, and where each line was written, which findings say."""
    sources = {id(each.source): each.source for each in source.origins if each is not None}
    written = {key: _identity(each) for key, each in sources.items()}
    lines = [
        (each.start, each.end, each.column, each.exact, written[id(each.source)]) if each is not None else None
        for each in source.origins
    ]
    return sha256(repr((source.name, source.digest, lines)).encode()).digest()


def _known(path: Path | None, now: Callable[[], Checked]) -> Known:
    content = kept(path) if path is not None else None
    if content is not None:
        try:
            found = pickle.loads(content)
            if isinstance(found, Known):
                return found
        except (pickle.PickleError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError):
            pass  # kept by another version of what it is made of: the file is checked again
    checked = now()
    result = Known(checked.book, checked.diagnostics, checked.amendment, checked.alternatives)
    plain = checked.book is not None and not checked.alternatives  # tokens, which operations hold, forget their ends
    if path is not None and plain and not has_errors(checked.diagnostics):
        keep(path, pickle.dumps(result))
    return result
