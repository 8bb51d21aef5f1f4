"""A data file of any kind that is read in, its table out; content tells the kind, then the name."""

from __future__ import annotations

from typing import Literal

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.engine.tables.delimited import read_delimited
from thangdiem.engine.tables.encoding import decode
from thangdiem.engine.tables.findings import Findings
from thangdiem.engine.tables.limits import MAX_BYTES
from thangdiem.engine.tables.records import looks_like_lines, read_lines, read_records
from thangdiem.engine.tables.table import Table

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_KINDS = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"<!DOCTYPE", "HTML"),
    (b"<html", "HTML"),
    (b"<?xml", "XML"),
)


def read_table(
    name: str, data: bytes, *, dialect: Literal["vi", "en"] = "vi", sheet: str | None = None
) -> tuple[Table | None, tuple[Diagnostic, ...]]:
    """The table in a data file, and the findings about it; None where any finding is an error.

    `name` is shown in findings, and its ending helps to tell text files apart. `dialect` is how the numbers
    of an Excel sheet are shown. `sheet` chooses a sheet of a workbook by its name.
    """
    findings = Findings(name)
    table = _read(name, data, dialect, sheet, findings)
    return (None if findings.refused else table), findings.all()


def _read(name: str, data: bytes, dialect: str, sheet: str | None, findings: Findings) -> Table | None:
    if len(data) > MAX_BYTES:
        findings.add("TD401", megabytes=len(data) // 1024**2, most=MAX_BYTES // 1024**2)
        return None
    if not data.strip():
        findings.add("TD400")
        return None
    if data.startswith(b"PK\x03\x04"):
        from thangdiem.engine.tables.workbook import read_workbook  # XML and ZIP take longer to load than a CSV to read

        return read_workbook(data, dialect, sheet, findings)
    if data.startswith(_OLE2):
        findings.add("TD421" if _ENCRYPTED in data else "TD429")
        return None
    for opening, kind in _OTHER_KINDS:
        if data.startswith(opening):
            findings.add("TD402", kind=kind)
            return None
    if sheet is not None:
        findings.add("TD435", wanted=sheet)
        return None
    return _read_text(name.rpartition(".")[2].casefold(), data, dialect, findings)


def _read_text(ending: str, data: bytes, dialect: str, findings: Findings) -> Table | None:
    match ending:
        case "json":
            return read_records(data, dialect, findings)
        case "jsonl" | "ndjson":
            return read_lines(data, dialect, findings)
        case "csv" | "tsv" | "txt":
            return read_delimited(data, findings)
        case "xlsx" | "xlsm" | "xltx" | "xltm":
            findings.add("TD422")
            return None
        case _:
            return _read_nameless(data, dialect, findings)


def _read_nameless(data: bytes, dialect: str, findings: Findings) -> Table | None:
    """A text without a telling name, such as standard input."""
    text = decode(data, findings)
    if text is None:
        return None
    if text.lstrip().startswith(("[", "{")):
        lines = text.lstrip().startswith("{") and looks_like_lines(text)
        return (read_lines if lines else read_records)(data, dialect, findings)
    return read_delimited(data, findings)
