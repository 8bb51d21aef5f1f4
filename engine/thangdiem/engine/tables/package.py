"""The bytes of an .xlsx file in, what its sheets are out, or why the file is not safe to open."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from posixpath import join, normpath
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from attrs import frozen

from thangdiem.engine.tables.findings import Findings
from thangdiem.engine.tables.limits import (
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_TOKEN_BYTES,
    MAX_UNPACKED_BYTES,
    RATIO_FROM_BYTES,
)
from thangdiem.engine.tables.part import Part, RefusalError

_CHUNK = 512 * 1024
_MEGABYTE = 1024 * 1024
_ENTRY = b"PK\x01\x02"
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(?:^|/)\.\.(?:/|$)")
_DAMAGE = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@frozen
class Sheet:
    """One worksheet: its name, whether a reader sees it, and what a scan of its part has found."""

    name: str
    visible: bool
    part: Part


def inspect(data: bytes, findings: Findings) -> tuple[Sheet, ...] | None:
    """The worksheets in the order of the workbook, or None and the finding that refuses the file.

    Nothing is unpacked before the sizes the file declares are found bearable, and no part is built into
    objects before a scan has counted what is in it. Macros and links to other files are never looked at.
    """
    try:
        if data.count(_ENTRY) > MAX_MEMBERS:
            raise RefusalError("TD424", reason_vi="quá nhiều thành phần", reason_en="too many members")
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_tricks(members)
            _refuse_bombs(members)
            parts = {member.filename: _scan(archive, member) for member in members if not member.is_dir()}
            return _sheets(archive, parts)
    except RefusalError as refusal:
        findings.add(refusal.code, **refusal.arguments)
    except _DAMAGE:
        findings.add("TD422")
    return None


def _refuse_tricks(members: list[ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.filename.casefold()
        if _OUTSIDE.search(member.filename) or name in seen:
            raise RefusalError("TD424", reason_vi=f"tên «{name[:80]}»", reason_en=f"the name “{name[:80]}”")
        seen.add(name)
        if member.flag_bits & 1:
            raise RefusalError("TD421")
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise RefusalError("TD424", reason_vi="cách nén lạ", reason_en="an unusual compression")


def _refuse_bombs(members: list[ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    tight = unpacked > RATIO_FROM_BYTES and unpacked > MAX_RATIO * packed
    if tight or unpacked > MAX_UNPACKED_BYTES:
        raise RefusalError("TD423", megabytes=unpacked // _MEGABYTE, most=MAX_UNPACKED_BYTES // _MEGABYTE)


def _scan(archive: ZipFile, member: ZipInfo) -> Part | None:
    """What is in a part; None where it is no XML, such as a picture."""
    part = Part()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = part.start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    with archive.open(member) as stream:
        try:
            _feed(parser, stream)
        except expat.ExpatError:
            return None
    return part


def _feed(parser: expat.XMLParserType, stream: IO[bytes]) -> None:
    fed = 0
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > MAX_TOKEN_BYTES:
            raise RefusalError("TD422")
    parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise RefusalError("TD425")


def _sheets(archive: ZipFile, parts: dict[str, Part | None]) -> tuple[Sheet, ...]:
    """The worksheets the workbook names; sheets of charts and macros have no rows and are left out."""
    workbook = next(iter(_targets(archive, parts, "").get("officeDocument", {}).values()), None)
    if workbook is None or not workbook.startswith("xl/"):
        raise RefusalError("TD426")
    if parts.get(workbook) is None:
        raise RefusalError("TD422" if workbook.endswith(".xml") else "TD426")
    targets = _targets(archive, parts, workbook).get("worksheet", {})
    sheets = []
    for element in _elements(archive, workbook, "sheet"):
        reference = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        target = targets.get(reference)
        part = parts.get(target) if target is not None else None
        if target is not None and part is None:
            raise RefusalError("TD422")
        if part is not None:
            visible = element.get("state", "visible") == "visible"
            sheets.append(Sheet(element.get("name", ""), visible, part))
    return tuple(sheets)


def _targets(archive: ZipFile, parts: dict[str, Part | None], source: str) -> dict[str, dict[str, str]]:
    """The parts a part refers to, by the last word of the kind of reference, then by its id."""
    folder, _, name = source.rpartition("/")
    path = join(folder, "_rels", f"{name}.rels")
    if parts.get(path) is None:
        raise RefusalError("TD426" if not source else "TD422")
    targets: dict[str, dict[str, str]] = {}
    for element in _elements(archive, path, "Relationship"):
        if element.get("TargetMode") != "External":
            kind = element.get("Type", "").rpartition("/")[2]
            target = element.get("Target", "")
            whole = target[1:] if target.startswith("/") else normpath(join(folder, target))
            targets.setdefault(kind, {})[element.get("Id", "")] = whole
    return targets


def _elements(archive: ZipFile, path: str, name: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(archive.read(path))  # scanned before: no DOCTYPE, few elements
    return [element for element in root.iter() if element.tag.rpartition("}")[2] == name]
