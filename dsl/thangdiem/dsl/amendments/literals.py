"""The tokens of an amending document in; what is wrong with their numbers, percentages and dates out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lark import Token

from thangdiem.dsl.numerals import NumeralError, read_date, read_number, read_percent
from thangdiem.dsl.resolve.scope import Findings

_READERS: Mapping[str, Callable[[str, str], object]] = {
    "NUMBER": read_number,
    "PERCENT": lambda text, dialect: read_percent(f"{text}%", dialect),
    "DATE": read_date,
}


def tell_literals(tokens: Iterable[Token], findings: Findings) -> None:
    """Tells every number, percentage and date that the dialect does not write so: no clause can carry it over."""
    for token in tokens:
        try:
            if token.type in _READERS:
                _READERS[token.type](str(token), findings.dialect.name)
        except NumeralError as error:
            findings.tell_numeral(error, token)
