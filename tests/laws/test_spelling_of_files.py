"""Laws of bytes: marks, line ends, tabs, decomposed letters, quotes and UTF-16 change neither rules nor findings."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from damaged import damaged, rule_texts
from drawing import few
from thangdiem.dsl.checker import check_bytes
from thangdiem.dsl.diagnostic import Diagnostic, Place

SMALL = {name: text for name, text in rule_texts().items() if len(text) < 4_000}
Spelling = Callable[[str], bytes]


def curly(text: str) -> str:
    """Every pair of straight quotes as Word sets it."""
    lines = []
    for line in text.split("\n"):
        parts = line.split('"')
        sides = "“”" * len(parts)
        lines.append("".join(part + side for part, side in zip(parts, sides, strict=False))[:-1])
    return "\n".join(lines)


def indented(text: str, by: str) -> str:
    """The lines with other space in front of them."""
    return "\n".join(f"{by}{line.lstrip(' ')}" if line.startswith(" ") else line for line in text.split("\n"))


SPELLINGS: dict[str, Spelling] = {
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "NFC with a mark": lambda text: text.encode("utf-8-sig"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 big": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "tabs": lambda text: indented(text, "\t").encode(),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0").encode(),
    "narrow spaces": lambda text: text.replace(" ", "\u202f").encode(),
    "curly quotes": lambda text: curly(text).encode(),
    "all of it": lambda text: unicodedata.normalize("NFD", curly(text).replace("\n", "\r\n")).encode("utf-16"),
}


def plain(text: str) -> str:
    """Letters and signs as the rules know them, whatever the file has."""
    text = unicodedata.normalize("NFC", text.translate(str.maketrans("“”\u00a0\u202f\t", '""   ')))
    return " ".join(text.split())


def stretch(place: Place | None) -> tuple[int, str] | None:
    """The line of a finding and the words it underlines there, in the file as the user has it."""
    if place is None or place.start is None or place.end is None:
        return None
    if place.end.line != place.start.line:
        return place.start.line, plain(place.line_text[place.start.column :])
    return place.start.line, plain(place.line_text[place.start.column : place.end.column])


def said(findings: Sequence[Diagnostic]) -> list[object]:
    """What is told and where, without what is told of the bytes themselves."""
    own = [found for found in findings if not "TD000" < found.code < "TD013"]
    return [
        (found.code, plain(found.message("vi")), stretch(found.place), [stretch(each.place) for each in found.related])
        for found in own
    ]


def spelled_alike(text: str, spelling: Spelling) -> None:
    one, two = check_bytes(text.encode(), "x.rubric"), check_bytes(spelling(text), "x.rubric")
    assert (one.book is None) == (two.book is None)
    if one.book is not None and two.book is not None:
        assert (one.book.document, one.book.scales, one.book.examples) == (
            two.book.document,
            two.book.scales,
            two.book.examples,
        )
    assert said(one.diagnostics) == said(two.diagnostics)


@few(20)
@given(st.sampled_from(sorted(SMALL)), st.sampled_from(sorted(SPELLINGS)))
def test_a_file_says_the_same_however_it_is_spelled(name: str, spelling: str) -> None:
    spelled_alike(SMALL[name], SPELLINGS[spelling])


_ORDINARY = st.sampled_from(("word", "other", "swapped", "line", "doubled", "gone", "moved", "without"))


@few(20)
@given(st.data())
def test_slips_are_told_at_the_places_of_the_users_own_file(data: st.DataObject) -> None:
    text = data.draw(damaged(SMALL[data.draw(st.sampled_from(sorted(SMALL)))], kinds=_ORDINARY))
    spelled_alike(text, SPELLINGS[data.draw(st.sampled_from(sorted(SPELLINGS)))])
