"""The bytes of a rule file in; its rulebook and findings out, kept from an earlier check of these very bytes if any."""

from __future__ import annotations

import pickle

from attrs import frozen

from thangdiem.dsl.cache import keep, kept, kept_file
from thangdiem.dsl.diagnostic import Diagnostic, has_errors
from thangdiem.dsl.rulebook import Rulebook


@frozen
class Known:
    """What checking a file came to: the rulebook (None where nothing could be read) and every finding."""

    book: Rulebook | None
    diagnostics: tuple[Diagnostic, ...]


def known(data: bytes, name: str, *, checks: bool) -> Known:
    """The file checked, now or before. Only files without errors are remembered, and only by this very code."""
    path = kept_file(data, name.encode("utf-8", "surrogatepass"), bytes([checks]))
    content = kept(path) if path is not None else None
    if content is not None:
        try:
            found = pickle.loads(content)
            if isinstance(found, Known):
                return found
        except (pickle.PickleError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError):
            pass  # kept by another version of what it is made of: the file is checked again
    # The parser and the checks are loaded only where they are needed: most runs score rules that did not change.
    from thangdiem.dsl.checker import check_bytes

    checked = check_bytes(data, name, checks=checks)
    result = Known(checked.book, checked.diagnostics)
    if path is not None and checked.book is not None and not has_errors(checked.diagnostics):
        keep(path, pickle.dumps(result))
    return result
