"""Every page about commands and rule sets shows a run that is told its code, and one that is not."""

from __future__ import annotations

import errno
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import dossiers
from pages import DOCS, Fence, fences, read_page
from thangdiem.app import files, sample
from thangdiem.app.cli import program
from thangdiem.app.commands import score
from thangdiem.dsl.amendments.consolidation import MOST_OPERATIONS
from thangdiem.dsl.library import RuleSetError, load
from thangdiem.dsl.version_findings import with_versions
from thangdiem.engine import scoring
from thangdiem.engine.dossier import container

PAGES = sorted((DOCS / "diagnostics").glob("TD[69]*.md"))
BY_COMMAND = [page for page in PAGES if fences(page, "console")]
BY_FILES = [page for page in PAGES if fences(page, "rubric")]
BY_PYTHON = [page for page in PAGES if fences(page, "python")]
PROGRAM = "$ thangdiem "
NEEDS_PERMISSIONS = "TD901"
"""Whoever may read everything cannot be shown a file that may not be read."""

VERSION = """Quyết định {number}/QĐ-UBND
  Hiệu lực: {force}
  Áp dụng: kỳ đánh giá {period}

Thang điểm {scale} "Chuyển đổi số": 10 điểm
  Chỉ số 1 "Một": 10 điểm
    Chấm trực tiếp
"""
FIRST = {"force": "từ 01/01/2022 đến hết 31/12/2023", "period": "từ năm 2022 đến năm 2023"}
SECOND = {"force": "từ 01/01/2024", "period": "từ năm 2024"}
ONE_SCALE = 'Bộ tiêu chí "Ví dụ"\n\nThang điểm tỉnh "Cấp tỉnh": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n'
TWO_SCALES = """Bộ tiêu chí "Hai thang"

Thang điểm cấp-tỉnh "Cấp tỉnh": 10 điểm
  Áp dụng cho: "sở"
  Chỉ số 1 "Một": 10 điểm

Thang điểm cấp-huyện "Cấp huyện": 10 điểm
  Áp dụng cho: "huyện"
  Chỉ số 1 "Một": 10 điểm
"""
AMENDING = """Quyết định 35/QĐ-UBND sửa đổi, bổ sung Quyết định 34/QĐ-UBND
  Hiệu lực: từ 01/01/2025
  Áp dụng: kỳ đánh giá từ năm 2025

Điều 1
  Thay cụm từ "Một" bằng "Số một" tại chỉ số 1 (1 lần)
"""
DESK = {
    "rules/sua-doi/goc.rubric": VERSION.format(number="34", scale="cấp-tỉnh", **SECOND),
    "rules/sua-doi/sua-doi.rubric": AMENDING,
    "rules/vi-du/2022.rubric": VERSION.format(number="12", scale="cấp-tỉnh", **FIRST),
    "rules/vi-du/2024.rubric": VERSION.format(number="34", scale="cấp-tỉnh", **SECOND),
    "rules/hai-cap/tinh.rubric": VERSION.format(number="56", scale="cấp-tỉnh", **FIRST),
    "rules/hai-cap/huyen.rubric": VERSION.format(number="78", scale="cấp-huyện", **FIRST),
    "so-lieu.csv": "Đơn vị;1\nSở Tư pháp;5\n",
    "Quyết định 7.rubric": ONE_SCALE,
    "co-loi.rubric": ONE_SCALE + "  Chỉ số thứ hai thì 10 điểm\n",
    "ngay-sai.rubric": ONE_SCALE + '\nVí dụ "một đơn vị"\n  [Ngày gửi] = 31/02/2024\n  1 = 5\n',
    "nhan-co-thang.rubric": ONE_SCALE + "    Cộng các ý đạt:\n    a)#khi họp: 10 điểm\n",
    "nhieu-loi.rubric": ONE_SCALE + 30 * '  Chỉ số 1 "Một": 10 điểm\n',
    "hai-thang.rubric": TWO_SCALES,
    "so-nganh.csv": "Đơn vị;Loại đơn vị;1\nSở A;sở;5\n",
    "docs/README.md": "Không có quy tắc.\n",
    "usb-day/README.md": "Đầy.\n",
    "kho/tinh-a/a.rubric": ONE_SCALE,
    "kho/tinh-b/b.rubric": ONE_SCALE,
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the runs of the pages take place."""
    for name, text in DESK.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    shipped = DOCS.parent / "rules"
    for name in ("minh-hoa", "hau-giang-1949"):
        (tmp_path / "rules" / name).symlink_to(shipped / name)
    (tmp_path / "khoa.pem").write_bytes(dossiers.PRIVATE)
    (tmp_path / "khoa-cong-khai.pem").write_bytes(dossiers.PUBLIC)
    (tmp_path / "so-lieu-so-nganh.csv").write_bytes((shipped / "minh-hoa" / "so-lieu-so-nganh.csv").read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(files, "_into", write)


def no_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.delitem(sys.modules, "thangdiem.app.workbook", raising=False)


def a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))


def nothing_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "shipped_rules", lambda: Path("khong-co"))


def a_full_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def evaluate(*_rules_and_units: object) -> None:
        raise MemoryError

    monkeypatch.setattr(scoring, "evaluate_all", evaluate)


def a_crowd_of_operations(_monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path("kho-sua-doi")
    folder.mkdir()
    (folder / "goc.rubric").write_text(DESK["rules/sua-doi/goc.rubric"], encoding="utf-8")
    orders = "  Sửa đổi điểm tối đa chỉ số 1 từ 10 điểm thành 10 điểm\n" * (MOST_OPERATIONS + 1)
    (folder / "sua-doi.rubric").write_text(AMENDING + orders, encoding="utf-8")


def a_crowded_folder(_monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(501):
        Path("kho", f"{number}.rubric").touch()


def no_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric.ed25519", None)


def small_dossiers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_MEMBERS", 3)


def a_dossier(made: Callable[[bytes], bytes]) -> Callable[[pytest.MonkeyPatch], None]:
    """On the desk lies a dossier made of one that was sealed."""

    def lay(_monkeypatch: pytest.MonkeyPatch) -> None:
        Path("ho-so.zip").write_bytes(made(dossiers.sealed()))

    return lay


def without_a_trace(content: bytes) -> bytes:
    return dossiers.repacked({name: data for name, data in dossiers.members(content).items() if "traces" not in name})


def with_a_file(name: str, data: bytes) -> Callable[[bytes], bytes]:
    return lambda content: dossiers.repacked({**dossiers.members(content), name: data})


def with_other_points(content: bytes) -> bytes:
    return dossiers.replaced(content, "result.json", '"score":"3"', '"score":"4"')


def of_another_version(content: bytes) -> bytes:
    changed = with_other_points(content)
    return dossiers.forged(changed, {}, lambda manifest: manifest["versions"].update(engine="0.0.1"))


def with_wrong_rules(content: bytes) -> bytes:
    return dossiers.replaced(content, "rules/phòng.rubric", "Chỉ số 2", "Chỉ số thứ hai")


def signed_by_nobody(_content: bytes) -> bytes:
    return dossiers.repacked({**dossiers.members(dossiers.sealed(key=dossiers.KEY)), "manifest.sig": bytes(64)})


SURROUNDINGS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "TD612": a_crowded_folder,
    "TD658": a_crowd_of_operations,
    "TD906": a_full_disk,
    "TD908": no_excel,
    "TD913": a_terminal,
    "TD914": nothing_shipped,
    "TD919": a_full_memory,
    "TD921": a_dossier(dossiers.deflated),
    "TD922": a_dossier(with_a_file("../so-lieu.csv", b"")),
    "TD923": small_dossiers,
    "TD924": a_dossier(with_a_file("manifest.json", b"{}")),
    "TD925": a_dossier(with_a_file("data/so-lieu.csv", b"1")),
    "TD926": a_dossier(without_a_trace),
    "TD927": a_dossier(with_a_file("result-2.json", b"{}")),
    "TD928": a_dossier(with_other_points),
    "TD929": a_dossier(with_wrong_rules),
    "TD930": a_dossier(signed_by_nobody),
    "TD931": a_dossier(lambda content: content),
    "TD933": no_signatures,
    "TD935": a_dossier(of_another_version),
}
"""What the machine of the wrong run is like, where the command alone does not say it."""


def wrong_and_right(page: Path, language: str) -> tuple[list[Fence], list[Fence]]:
    text = read_page(page)
    right = text.count("\n", 0, text.index("## Đúng / Right")) + 1
    shown = fences(page, language)
    return [each for each in shown if each.line < right], [each for each in shown if each.line > right]


def runs(shown: list[Fence]) -> tuple[str, list[int]]:
    """What the commands shown say besides their results, and how they end."""
    commands = [line.removeprefix(PROGRAM) for each in shown for line in each.text.splitlines() if PROGRAM in line]
    ended = [CliRunner().invoke(program, shlex.split(command)) for command in commands]
    return "".join(each.stderr for each in ended), [each.exit_code for each in ended]


@pytest.mark.parametrize(
    "page", [page for page in BY_COMMAND if page.stem != NEEDS_PERMISSIONS], ids=lambda page: page.stem
)
def test_the_wrong_command_is_told_it_and_the_right_one_works(
    page: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, right = wrong_and_right(page, "console")
    with monkeypatch.context() as surroundings:
        SURROUNDINGS.get(page.stem, lambda _: None)(surroundings)
        told, codes = runs(wrong)
    assert page.stem in told
    assert 0 not in codes
    told, codes = runs(right)
    assert page.stem not in told
    assert codes
    # the other codes are those of runs that never came to work; some units or rules may still have faults
    assert set(codes) <= {0, 1, 65}


def told_of(folder: Path) -> set[str]:
    found = with_versions(load(folder))
    try:
        found.for_period(2024)
    except RuleSetError as error:
        return {each.code for each in (*error.diagnostics, *found.diagnostics)}
    return {each.code for each in found.diagnostics}


@pytest.mark.parametrize("page", BY_FILES, ids=lambda page: page.stem)
def test_the_wrong_folder_of_rules_is_told_it_and_the_right_one_is_not(page: Path, tmp_path: Path) -> None:
    for name, shown in zip(("wrong", "right"), wrong_and_right(page, "rubric"), strict=True):
        (tmp_path / name).mkdir()
        for fence in shown:
            (tmp_path / name / fence.info).write_text(fence.text, encoding="utf-8")
    assert page.stem in told_of(tmp_path / "wrong")
    assert page.stem not in told_of(tmp_path / "right")


@pytest.mark.parametrize("page", BY_PYTHON, ids=lambda page: page.stem)
def test_the_right_question_says_why_a_document_was_taken_and_the_wrong_one_takes_none(page: Path, desk: Path) -> None:
    wrong, right = wrong_and_right(page, "python")
    assert eval(right[0].text, {"load": load}).code == page.stem
    with pytest.raises(RuleSetError):
        eval(wrong[0].text, {"load": load})


def test_every_page_about_commands_and_rule_sets_is_run() -> None:
    assert sorted((*BY_COMMAND, *BY_FILES, *BY_PYTHON)) == PAGES
