"""The rows of a sheet in, as a workbook has them in XML; the smallest workbook with that sheet out, as content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.corpus.content import Content

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": [
        f'<Types xmlns="{_PACKAGE}/content-types">',
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>',
        f'<Override PartName="/xl/sheet.xml" ContentType="{_TYPES}.worksheet+xml"/>',
        "</Types>",
    ],
    "_rels/.rels": [
        f'<Relationships xmlns="{_PACKAGE}/relationships">',
        f'<Relationship Id="r1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>',
        "</Relationships>",
    ],
    "xl/workbook.xml": [
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_DOCUMENT}">',
        '<sheets><sheet name="Số liệu" sheetId="1" r:id="r1"/></sheets>',
        "</workbook>",
    ],
    "xl/_rels/workbook.xml.rels": [
        f'<Relationships xmlns="{_PACKAGE}/relationships">',
        f'<Relationship Id="r1" Type="{_DOCUMENT}/worksheet" Target="sheet.xml"/>',
        f'<Relationship Id="r2" Type="{_DOCUMENT}/worksheet" Target="sheet2.xml"/>',
        f'<Relationship Id="r3" Type="{_DOCUMENT}/styles" Target="styles.xml"/>',
        "</Relationships>",
    ],
}


def workbook(rows: str) -> Content:
    """A workbook with one sheet; what stands in ``<sheetData>`` is given, and what follows it behind a line ``---``."""
    data, _, after = rows.partition("---\n")
    sheet = [f'<worksheet xmlns="{_SHEET}"><sheetData>', *data.splitlines(), "</sheetData>", *after.splitlines()]
    return {"zip": {**_PARTS, "xl/sheet.xml": [*sheet, "</worksheet>"]}}


def altered(content: Content, parts: Mapping[str, Any]) -> Content:
    """The workbook with some parts put in, replaced, or (null) left out."""
    members = {**content["zip"], **parts}
    return {"zip": {name: held for name, held in members.items() if held is not None}}
