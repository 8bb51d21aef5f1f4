"""Members in, the bytes of a ZIP file of one fixed form out; such a file in, its members out, or why it is none.

Nothing is compressed, every date is 1980-01-01, there are no extra fields, comments, folders or links: what the form
does not allow cannot be smuggled in, and equal members give equal bytes. Any program that reads ZIP files unpacks it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from struct import Struct
from typing import IO
from zlib import crc32

from attrs import field, frozen

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.engine.dossier.limits import MOST_BYTES, MOST_MEMBERS
from thangdiem.engine.dossier.members import is_member_name

_LOCAL = Struct("<4s5H3I2H")
_CENTRAL = Struct("<4s6H3I5H2I")
_END = Struct("<4s4H2IH")
_VERSION = 20
_MADE_BY = 3 << 8 | _VERSION
_UTF8 = 1 << 11
_DATE = 1 << 5 | 1
_FILE = 0o100644 << 16
_LONGEST = 300
_CHUNK = 1024**2


class Refused(Exception):
    """The file is no dossier, or not as it was sealed; ``finding`` says why."""

    def __init__(self, code: str, **arguments: object) -> None:
        super().__init__(code, arguments)
        self.finding = Diagnostic(code, arguments)


@frozen
class Entry:
    """A member as the directory of the file lists it: ``start`` is where its record begins."""

    name: str
    size: int
    checksum: int
    start: int

    @property
    def encoded(self) -> bytes:
        """The name as it is written."""
        return self.name.encode()

    @property
    def record(self) -> bytes:
        """What stands before the content."""
        name = self.encoded
        sizes = (self.checksum, self.size, self.size)
        return _LOCAL.pack(b"PK\x03\x04", _VERSION, _UTF8, 0, 0, _DATE, *sizes, len(name), 0) + name

    @property
    def listing(self) -> bytes:
        """What the directory at the end of the file says of it."""
        name = self.encoded
        sizes = (self.checksum, self.size, self.size)
        head = _CENTRAL.pack(
            b"PK\x01\x02", _MADE_BY, _VERSION, _UTF8, 0, 0, _DATE, *sizes, len(name), 0, 0, 0, 0, _FILE, self.start
        )
        return head + name

    @property
    def end(self) -> int:
        """Where the next record begins."""
        return self.start + len(self.record) + self.size


def _too_large() -> Refused:
    return Refused("TD923", megabytes=MOST_BYTES // 1024**2, members=MOST_MEMBERS)


def pack(members: Iterable[tuple[str, bytes]]) -> bytes:
    """The file. Raises ``Refused`` where it would be larger than may be opened."""
    out = io.BytesIO()
    entries: list[Entry] = []
    for name, content in members:
        entry = Entry(name, len(content), crc32(content), out.tell())
        if entry.end > MOST_BYTES or len(entries) == MOST_MEMBERS:
            raise _too_large()
        out.write(entry.record)
        out.write(content)
        entries.append(entry)
    out.write(_directory(entries, out.tell()))
    return out.getvalue()


def _directory(entries: Iterable[Entry], start: int) -> bytes:
    listings = [entry.listing for entry in entries]
    size = sum(map(len, listings))
    return b"".join((*listings, _END.pack(b"PK\x05\x06", 0, 0, len(listings), len(listings), size, start, 0)))


@frozen
class Container:
    """A file that has the form; contents are read one by one."""

    file: IO[bytes] = field(repr=False)
    entries: Mapping[str, Entry]
    """By name, in their order."""

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a member, part by part. Raises ``Refused`` where its checksum is another."""
        entry = self.entries[name]
        self.file.seek(entry.end - entry.size)
        left, checksum = entry.size, 0
        while left:
            part = self.file.read(min(left, _CHUNK))
            if not part:  # unreached: another program has cut the file since its form was looked at
                break
            checksum = crc32(part, checksum)
            left -= len(part)
            yield part
        if left or checksum != entry.checksum:
            raise Refused("TD925", member=name)

    def read(self, name: str) -> bytes:
        """The whole content of a member. Raises ``Refused`` where its checksum is another."""
        return b"".join(self.chunks(name))


def unpack(file: IO[bytes]) -> Container:
    """The members of a file; contents are not looked at yet. Raises ``Refused``."""
    length = file.seek(0, io.SEEK_END)
    if length > MOST_BYTES + MOST_MEMBERS * (_CENTRAL.size + _LONGEST):
        raise _too_large()
    file.seek(0)
    if file.read(2) != b"PK" or length < _END.size:
        raise Refused("TD920")
    file.seek(length - _END.size)
    signature, _, _, _, count, size, start, _ = _END.unpack(file.read(_END.size))
    if signature != b"PK\x05\x06" or start + size + _END.size != length:
        raise Refused("TD920")
    if count > MOST_MEMBERS or size > count * (_CENTRAL.size + _LONGEST):
        raise _too_large()
    file.seek(start)
    directory = file.read(size)
    entries = tuple(_entries(directory))
    _hold_to_form(file, entries, directory)
    file.seek(start)
    if file.read() != _directory(entries, start):
        raise Refused("TD921", member=entries[-1].name if entries else "–")
    return Container(file, {entry.name: entry for entry in entries})


def _entries(directory: bytes) -> Iterator[Entry]:
    """The members the directory lists, before anything is believed of it."""
    at, seen = 0, set[str]()
    before = "–"
    while at < len(directory):
        if len(directory) - at < _CENTRAL.size:
            raise Refused("TD921", member=before)
        fields = _CENTRAL.unpack_from(directory, at)
        checksum, _, size, length = fields[7:11]
        written = directory[at + _CENTRAL.size : at + _CENTRAL.size + length]
        name = written.decode("utf-8", "replace")
        if not is_member_name(name) or name.casefold() in seen:
            raise Refused("TD922", member=name[:80])
        seen.add(name.casefold())
        entry = Entry(name, size, checksum, fields[16])
        if entry.listing != directory[at : at + len(entry.listing)]:
            raise Refused("TD921", member=name)
        yield entry
        at, before = at + len(entry.listing), name


def _hold_to_form(file: IO[bytes], entries: tuple[Entry, ...], directory: bytes) -> None:
    """Every member begins where the one before it ends, and its record says what the directory says."""
    at = 0
    for entry in entries:
        file.seek(at)
        if entry.start != at or file.read(len(entry.record)) != entry.record:
            raise Refused("TD921", member=entry.name)
        at = entry.end
    if at + len(directory) + _END.size != file.seek(0, io.SEEK_END):
        raise Refused("TD921", member=entries[-1].name if entries else "–")
