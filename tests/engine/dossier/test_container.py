"""Files that only look like dossiers: traps for whoever unpacks them are refused before anything is read."""

from __future__ import annotations

import io
import stat
import struct
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

import dossiers
from thangdiem.engine.dossier import verify
from thangdiem.engine.dossier.container import Refused, pack, unpack
from thangdiem.engine.dossier.members import is_member_name, safe_names


def told(content: bytes) -> list[str]:
    return [found.code for found in verify(io.BytesIO(content)).findings]


def zipped(write: Callable[[ZipFile], None], compression: int = ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", compression) as archive:
        write(archive)
    return out.getvalue()


def a_link(archive: ZipFile) -> None:
    info = ZipInfo("data/so-lieu.csv", (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def encrypted(content: bytes) -> bytes:
    changed = bytearray(content)
    changed[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def claiming(size: int) -> bytes:
    """A dossier whose directory says that its first member has so many bytes."""
    content = bytearray(dossiers.sealed())
    place = content.index(b"PK\x01\x02")
    content[place + 20 : place + 28] = struct.pack("<2I", size, size)
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        zipped(lambda archive: archive.writestr("data/bomb", bytes(50_000_000)), ZIP_DEFLATED),
        zipped(a_link),
        zipped(lambda archive: archive.writestr("data/so-lieu.csv", "x")),
        encrypted(dossiers.sealed()),
        claiming(2**32 - 1),
        claiming(0),
        dossiers.sealed()[:-22] + b"\0" * 10 + dossiers.sealed()[-22:],
        dossiers.sealed() + b"\0",
        b"PK\x05\x06" + bytes(18),
        b"",
        b"PK",
        bytes(1000),
    ],
    ids=["bomb", "link", "dated", "encrypted", "huge", "nothing", "gap", "behind", "empty zip", "empty", "PK", "zeros"],
)
def test_a_file_that_is_not_of_the_form_is_refused(content: bytes) -> None:
    assert told(content) in (["TD920"], ["TD921"], ["TD924"])


@pytest.mark.parametrize(
    "name",
    [
        *("/etc/passwd", "../x", "data/../x", "data//x", "data/", "C:x", "data\\x", "a/b/c", "data/x ", "data/.."),
        *("unknown/x", "data/x\x00y", "data/a\u0301", "data/x.", "", f"data/{'x' * 250}", "data/con:x"),
    ],
)
def test_a_name_that_could_do_harm_is_refused(name: str) -> None:
    assert not is_member_name(name)
    assert told(pack([(name, b"")])) == ["TD922"]


def with_end(content: bytes, filling: int, *, listed: bool) -> bytes:
    """Bytes put before the end record or, not listed, before the directory; the end record made to fit."""
    end = bytearray(content[-22:])
    size, start = struct.unpack("<II", end[12:20])
    end[12:20] = struct.pack("<II", size + filling * listed, start + filling * (not listed))
    if listed:
        return content[:-22] + bytes(filling) + bytes(end)
    return content[:start] + bytes(filling) + content[start:-22] + bytes(end)


@pytest.mark.parametrize("listed", [True, False])
def test_bytes_between_the_members_and_the_end_are_refused(listed: bool) -> None:
    assert told(with_end(dossiers.sealed(), 10, listed=listed)) == ["TD921"]


def test_a_name_that_stands_twice_is_refused() -> None:
    assert told(pack([("data/x", b"1"), ("data/x", b"2")])) == ["TD922"]
    assert told(pack([("data/x", b"1"), ("data/X", b"2")])) == ["TD922"]


def test_too_many_members_and_too_many_bytes_are_neither_made_nor_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    content = dossiers.sealed()
    monkeypatch.setattr("thangdiem.engine.dossier.container.MOST_MEMBERS", len(dossiers.members(content)))
    assert told(content) == []
    monkeypatch.setattr("thangdiem.engine.dossier.container.MOST_MEMBERS", 5)
    assert told(content) == ["TD923"]
    with pytest.raises(Refused) as caught:
        pack((f"data/{number}", b"") for number in range(6))
    assert caught.value.finding.arguments == {"megabytes": 1024, "members": 5}
    monkeypatch.setattr("thangdiem.engine.dossier.container.MOST_BYTES", 100)
    assert told(content) == ["TD923"]
    with pytest.raises(Refused):
        pack([("data/x", bytes(200))])


def test_a_directory_is_not_read_beyond_what_its_count_allows() -> None:
    content = bytearray(dossiers.sealed())
    content[-14:-10] = struct.pack("<2H", 1, 1)
    assert told(bytes(content)) == ["TD923"]


def test_any_program_that_reads_zip_files_can_unpack_a_dossier() -> None:
    with ZipFile(io.BytesIO(dossiers.sealed())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert names == list(unpack(io.BytesIO(dossiers.sealed())).entries)
    assert all(map(is_member_name, names))


def test_files_get_names_any_system_takes() -> None:
    paths = ["/home/a/Quy tắc.rubric", "C:\\b\\x?.csv", "so\u0302.csv", "sô.csv", "SÔ.csv", "..", "x" * 300 + ".csv"]
    names = safe_names(paths)
    assert names[:6] == ["Quy tắc.rubric", "C__b_x_.csv", "sô.csv", "2-sô.csv", "3-SÔ.csv", "_"]
    assert len(names[6]) == 200
    assert names[6].endswith("x.csv")
    assert all(map(is_member_name, names))
