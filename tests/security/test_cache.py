"""What is kept between runs is used only where it is what was kept, and only out of a folder of one's own."""

from __future__ import annotations

import json
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from lark import Token

from thangdiem.dsl import cache
from thangdiem.dsl.library import load
from thangdiem.dsl.remembered import Known, known

TEXT = 'Bộ tiêu chí "Thử"\n\nThang điểm a "A": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n'.encode()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("THANGDIEM_NO_CACHE", raising=False)
    cache._folder.cache_clear()
    yield tmp_path
    cache._folder.cache_clear()


def test_a_file_that_lost_or_changed_a_byte_is_checked_again(home: Path) -> None:
    expected = known(TEXT, "a.rubric", checks=True)
    (file,) = (home / "thangdiem").glob("rules-*.pickle")
    whole = file.read_bytes()
    chance = random.Random(7)
    for _ in range(30):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        for content in (bytes(spoilt), whole[: chance.randrange(len(whole))]):
            file.write_bytes(content)
            assert known(TEXT, "a.rubric", checks=True) == expected


def test_what_is_no_checked_file_is_checked_again(home: Path) -> None:
    expected = known(TEXT, "a.rubric", checks=True)
    path = cache.kept_file(TEXT, b"a.rubric", bytes([True]))
    assert path is not None
    assert path.exists()
    for content in (pickle.dumps(5), b"no pickle"):
        cache.keep(path, content)
        assert cache.kept(path) == content
        assert known(TEXT, "a.rubric", checks=True) == expected
        assert cache.kept(path) != content


def test_what_was_kept_is_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = known(TEXT, "a.rubric", checks=True)
    monkeypatch.setattr("thangdiem.dsl.checker.check_bytes", lambda *_, **__: pytest.fail("checked again"))
    assert known(TEXT, "a.rubric", checks=True) == expected


def test_a_folder_behind_a_link_is_not_used(home: Path) -> None:
    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    (home / "thangdiem").symlink_to(elsewhere)
    known(TEXT, "a.rubric", checks=True)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="a folder of Windows is private by where it is")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o755, 0o701])
def test_a_folder_others_can_look_into_or_write_to_is_not_used(home: Path, mode: int) -> None:
    (home / "thangdiem").mkdir()
    (home / "thangdiem").chmod(mode)
    known(TEXT, "a.rubric", checks=True)
    assert list((home / "thangdiem").iterdir()) == []


class _Harm:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("harm",)


def test_what_is_kept_makes_nothing_but_what_is_ours(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    expected = known(TEXT, "a.rubric", checks=True)
    (file,) = (home / "thangdiem").glob("rules-*.pickle")
    ours = b"\x80\x04\x8c\x13thangdiem.dsl.cache\x8c\x08os.mkdir\x93\x8c\x04harm\x85R."
    for harm in (pickle.dumps(_Harm()), b"cos\nmkdir\n(S'harm'\ntR.", ours):
        file.write_bytes(sha256(harm).digest() + harm)
        assert known(TEXT, "a.rubric", checks=True) == expected
        assert not Path("harm").exists()


def test_runs_that_share_a_cache_at_the_same_time_agree(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.rubric").write_bytes(TEXT)
    (tmp_path / "a.csv").write_text("Đơn vị;1\nA;7\n", encoding="utf-8")
    command = [sys.executable, "-m", "thangdiem.app", "score", "a.rubric", "a.csv", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "XDG_CACHE_HOME": str(home)}

    def started() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    first = [run.communicate(timeout=120) for run in [started() for _ in range(2)]]
    for file in (home / "thangdiem").iterdir():
        content = file.read_bytes()
        file.write_bytes(content[: len(content) // 2])
    second = [started().communicate(timeout=120)]
    assert len({*first, *second}) == 1
    assert json.loads(first[0][0])["units"][0]["total"] == "7"


RULES = """\
Quyết định 1/QĐ "Bộ chỉ số"
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Thang điểm xã "Cấp xã": 10 điểm
  Chỉ số 1 "Họp": 10 điểm
    Chấm trực tiếp
"""
AMENDMENT = """\
Quyết định 2/QĐ sửa đổi, bổ sung Quyết định 1/QĐ
  Hiệu lực: từ 01/01/2025
  Áp dụng: kỳ đánh giá từ năm 2025

Điều 1
  Bổ sung vào cuối thang điểm xã
    Số liệu [Ngày họp]: ngày
"""


@pytest.mark.usefixtures("home")
def test_a_file_of_another_name_is_named_in_what_is_found_in_the_text_it_amends(tmp_path: Path) -> None:
    folder = tmp_path / "xã"
    folder.mkdir()
    (folder / "1.rubric").write_text(RULES, encoding="utf-8")
    (folder / "2.rubric").write_text(AMENDMENT, encoding="utf-8")
    assert _files(folder) >= {"2.rubric"}
    (folder / "2.rubric").rename(folder / "sua-doi.rubric")
    assert _files(folder) >= {"sua-doi.rubric"}
    assert "2.rubric" not in _files(folder)


def _files(folder: Path) -> set[str]:
    found = load(folder).on("2025-01-01").diagnostics
    return {Path(each.place.file).name for each in found if each.place is not None}


@pytest.mark.parametrize(
    ("variable", "value"),
    [("THANGDIEM_NO_CACHE", "1"), ("XDG_CACHE_HOME", "relative"), ("XDG_CACHE_HOME", "file/below")],
)
def test_without_a_folder_of_ones_own_nothing_is_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    (home / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv(variable, str(home / value) if "/" in value else value)
    cache._folder.cache_clear()
    assert cache.grammar_cache("start: X") is False
    assert known(TEXT, "a.rubric", checks=True).book is not None


def test_an_amending_document_is_kept_as_it_was_read(home: Path) -> None:
    data = (Path(__file__).parents[2] / "rules" / "minh-hoa" / "sua-doi-2023.rubric").read_bytes()
    read = known(data, "a.rubric", checks=True)
    (file,) = (home / "thangdiem").glob("rules-*.pickle")
    written = file.stat().st_mtime_ns
    again = known(data, "a.rubric", checks=True)
    assert again == read
    assert again is not read
    assert file.stat().st_mtime_ns == written
    assert stretches_of(again) == stretches_of(read)
    assert len(stretches_of(read)) > 200


def stretches_of(found: Known) -> list[tuple[object, ...]]:
    """Every token and node of what a document orders, with where it begins and ends."""
    assert found.amendment is not None
    nodes = [operation.node for clause in found.amendment.clauses for operation in clause.operations]
    trees = [(tree.data, vars(tree.meta)) for node in nodes for tree in node.iter_subtrees()]
    tokens = [token for node in nodes for token in node.scan_values(lambda each: isinstance(each, Token))]
    return [*trees, *((token.type, token, token.start_pos, token.end_pos) for token in tokens)]
