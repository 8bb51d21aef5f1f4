"""The bytes of a rule file in; its rulebook and findings out, kept from an earlier check of these very bytes if any."""

from __future__ import annotations

import copyreg
import pickle
from collections import OrderedDict
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from attrs import evolve, frozen
from lark import Token

from thangdiem.dsl.amendments.clauses import Amendment
from thangdiem.dsl.amendments.expansion import Alternative
from thangdiem.dsl.cache import keep, kept, kept_file
from thangdiem.dsl.diagnostic import Diagnostic, has_errors
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.source import Source

if TYPE_CHECKING:
    from thangdiem.dsl.checker import Checked


MOST_AT_HAND = 64
"""So many files that are not kept between runs are remembered within one; those not asked for longest go first."""

_at_hand: OrderedDict[bytes, Known] = OrderedDict()
_one_at_a_time = Lock()
"""Several threads may ask at once; two that ask for the same both find it out."""


@frozen
class Known:
    """What checking a file came to: the rulebook or, of a document that only amends others, what it orders (neither
    where nothing could be read), and every finding."""

    book: Rulebook | None
    diagnostics: tuple[Diagnostic, ...]
    amendment: Amendment | None = None
    alternatives: tuple[Alternative, ...] = ()


def known(data: bytes, name: str, *, checks: bool) -> Known:
    """The file checked, now or before. Only files without errors are kept between runs, and only by this very code."""

    def now() -> Checked:
        # The parser and the checks are loaded only where they are needed: most runs score rules that did not change.
        from thangdiem.dsl.checker import check_bytes

        return check_bytes(data, name, checks=checks)

    return _known((data, name.encode("utf-8", "surrogatepass"), bytes([checks])), now)


def known_source(source: Source, *, checks: bool) -> Known:
    """The same for a text that was composed of others."""

    def now() -> Checked:
        from thangdiem.dsl.checker import check

        return check(source, checks=checks)

    found = _known((_identity(source), bytes([checks])), now)
    return evolve(found, book=evolve(found.book, source=source)) if found.book is not None else found


def known_beside(
    data: bytes, name: str, others: Iterable[Source], *, checks: bool, now: Callable[[], Checked]
) -> Known:
    """The file checked beside others; ``now`` does it, the same way for the same file and the same others."""
    own = (data, name.encode("utf-8", "surrogatepass"), bytes([checks]))
    return _known((b"beside", *own, *map(_identity, others)), now)


def _identity(source: Source) -> bytes:
    """What tells a text from any other: its name, its words, and where each line was written, which findings say."""
    sources = {id(each.source): each.source for each in source.origins if each is not None}
    written = {key: _identity(each) for key, each in sources.items()}
    lines = [
        (each.start, each.end, each.column, each.exact, each.assembled, written[id(each.source)])
        if each is not None
        else None
        for each in source.origins
    ]
    return sha256(repr((source.name, source.digest, lines)).encode()).digest()


def _known(identity: tuple[bytes, ...], now: Callable[[], Checked]) -> Known:
    """From the disk, from earlier in this run where it cannot be kept there, or found out now."""
    path = kept_file(*identity)
    content = kept(path) if path is not None else None
    if content is not None:
        try:
            found = _Unpickler(BytesIO(content)).load()
            if isinstance(found, Known):
                return found
        except (pickle.PickleError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError):
            pass  # kept by another version of what it is made of: the file is checked again
    key = sha256(b"".join(sha256(each).digest() for each in identity)).digest()
    result = _from_hand(key) or _made(now())
    if path is None or has_errors(result.diagnostics):
        _to_hand(key, result)
    else:
        keep(path, _pickled(result))
    return result


def _made(checked: Checked) -> Known:
    return Known(checked.book, checked.diagnostics, checked.amendment, checked.alternatives)


def _from_hand(key: bytes) -> Known | None:
    with _one_at_a_time:
        if key in _at_hand:
            _at_hand.move_to_end(key)
        return _at_hand.get(key)


def _to_hand(key: bytes, result: Known) -> None:
    with _one_at_a_time:
        _at_hand[key] = result
        while len(_at_hand) > MOST_AT_HAND:
            _at_hand.popitem(last=False)


def _pickled(result: Known) -> bytes:
    """Tokens are written whole: by themselves they forget where they end."""
    written = BytesIO()
    pickler = pickle.Pickler(written)
    pickler.dispatch_table = {**copyreg.dispatch_table, Token: _parts_of}
    pickler.dump(result)
    return written.getvalue()


def _parts_of(token: Token) -> tuple[type[Token], tuple[object, ...]]:
    return Token, tuple(getattr(token, name) for name in _PARTS_OF_A_TOKEN)


_PARTS_OF_A_TOKEN = ("type", "value", "start_pos", "line", "column", "end_line", "end_column", "end_pos")


class _Unpickler(pickle.Unpickler):
    """Makes only what rules are made of, whoever wrote the file."""

    def find_class(self, module: str, name: str) -> type:
        """A class of the language that is defined in that module, or one of the few others."""
        if (module, name) in _OTHERS or module.startswith("thangdiem.dsl."):
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


_OTHERS = (
    ("datetime", "date"),
    ("fractions", "Fraction"),
    ("lark.lexer", "Token"),
    ("lark.tree", "Meta"),
    ("lark.tree", "Tree"),
)
