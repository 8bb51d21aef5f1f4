"""The bytes of a data file, their first line its ending: read as a table, bound to rules, every unit scored."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from random import Random

from assurance.fuzzing.altering import altered_bytes, altered_json, altered_text, as_text, members_of, zipped
from assurance.fuzzing.laws import hold, lay_out, tell
from assurance.fuzzing.small import DATA, small
from thangdiem.engine.result import Mode
from thangdiem.engine.scoring import read_units, score_units, unreadable
from thangdiem.engine.tables import read_table

LONGEST = 20_000
_WORDS = (
    "không áp dụng", "n/a", "có", "không", "đạt", "1,5", "1.250", "30%", "1/3", "31/12/2024", "2024-12-31", "-0",
    "1e9", "=1+1", "@x", "Đơn vị", "Khối", "Tổng điểm", "1.1", "1.2 (tự chấm)", "[Số hồ sơ]", "a, b", "sep=;", "∞",
    "١", "NaN",
)  # fmt: skip
_ENDINGS = ("csv", "json", "jsonl", "xlsx", "tsv", "")


def seeds() -> Iterator[bytes]:
    """The units of the small rules in every form, and what comes near the limits."""
    lines = DATA.splitlines()
    yield b"csv\n" + DATA.encode()
    yield b"tsv\n" + DATA.replace(";", "\t").encode("utf-16")
    yield b"xlsx\n" + _workbook([line.split(";") for line in lines])
    names, *rows = (line.split(";") for line in lines)
    units = [dict(zip(names, row, strict=True)) for row in rows]
    yield b"json\n" + json.dumps(units, ensure_ascii=False).encode()
    yield b"jsonl\n" + b"\n".join(json.dumps(unit, ensure_ascii=False).encode() for unit in units)
    yield 'json\n{"units": [{"unit": "A", "1.1": "không áp dụng", "[x]": true, "1.2": 1.50}]}'.encode()
    yield b'jsonl\n{"unit": "A", "1": 1}\n{"unit": "B", "1": 0.30, "2": "30%"}\n'
    yield b'csv\nsep=,\nunit,1,2\n"A ""x""",5,"1,5"\n=cmd|\' /C calc\'!A0,1,2\n'


def altered(data: bytes, chance: Random) -> bytes:
    """By the form the input has; sometimes it says it has another."""
    ending, _, content = data.partition(b"\n")
    if chance.random() < 0.03:
        ending = chance.choice(_ENDINGS).encode()
    if content.startswith(b"PK"):
        content = _altered_workbook(content, chance)
    elif content[:1] in (b"[", b"{") and chance.random() < 0.6:
        content = altered_json(content, chance, _WORDS)
    else:
        content = _altered(content, chance)
    return ending + b"\n" + content


def attempt(data: bytes) -> None:
    """Whatever the bytes, a table or findings come out; whatever the table, every unit has a result or is refused."""
    ending, _, content = data.partition(b"\n")
    name = f"so-lieu.{ending.decode('ascii', 'replace')}" if ending else "-"
    table, faults = read_table(name, content)
    tell(faults)
    if table is None:
        hold(faults, "no table and nothing said of it")
        return
    read = read_units(table, small())
    tell(read.findings)
    if not unreadable(read.findings):
        for mode in Mode:
            for results in score_units(read, small(), mode):
                lay_out(results)


_altered = as_text(lambda text, chance: altered_text(text, chance, _WORDS))


def _altered_workbook(data: bytes, chance: Random) -> bytes:
    members = members_of(data)
    if not members or chance.random() < 0.1:
        return altered_bytes(data, chance)
    sheets = [name for name in members if "sheet" in name or "Strings" in name or "styles" in name]
    name = chance.choice(sheets if sheets and chance.random() < 0.7 else list(members))
    match chance.randrange(12):
        case 0:
            del members[name]
        case 1:
            members[chance.choice(list(members))] = members[name]
        case _:
            members[name] = _altered_xml(members[name], chance)
    return zipped(members)


_XML_WORDS = (
    't="s"', 't="str"', 't="b"', 't="e"', 't="d"', 't="n"', 't="inlineStr"', 'r="XFD1048576"', 'r="A0"', 'r="1"',
    "<v>", "</v>", "<f>", "<row>", "</row>", "<c>", "1e308", "-0", "NaN", "99999999", "&#0;", "&amp;", "<!DOCTYPE a>",
    "<is><t>", '<mergeCell ref="A1:B2"/>', 's="99"', 'state="hidden"', "2024-02-30", "0.1", "43000.5", 'r:id="rId9"',
    "xml:space",
)  # fmt: skip
_altered_xml = as_text(lambda text, chance: altered_text(text, chance, _XML_WORDS))


def _workbook(rows: list[list[str]]) -> bytes:
    """A workbook of one sheet; figures are stored as numbers."""
    from openpyxl import Workbook  # type: ignore[import-untyped]  # only for seeds

    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append([_stored(each) for each in row])
    book.save(out)
    return zipped(members_of(out.getvalue()) or {})


def _stored(text: str) -> str | float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text
