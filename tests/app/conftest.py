"""The program run inside the test's own process, and a small rule file with data for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen
from click.testing import CliRunner

from thangdiem.app.cli import program

RULES = """\
Quyết định 7/QĐ-UBND
  Trích yếu: "Đánh giá các phòng"
  Cơ quan ban hành: "UBND huyện"
  Ngày ban hành: 01/02/2023
  Hiệu lực: từ 01/02/2023
  Áp dụng: kỳ đánh giá năm 2023
  Điều 3: Nguyên văn "Chánh Văn phòng chịu trách nhiệm thi hành."

Thang điểm phòng "Đánh giá các phòng": 10 điểm
  Áp dụng cho: "phòng"
  Căn cứ: Phụ lục
  Số liệu [Số hồ sơ]: số nguyên, từ 0 trở lên, "hồ sơ"
  Chỉ số 1 "Hồ sơ": 6 điểm
    Theo [Số hồ sơ]:
      - từ 100 trở lên: 6 điểm
      - từ 50 đến dưới 100: 3 điểm
      - còn lại: 0 điểm
  Chỉ số 2 "Kỷ luật": 4 điểm
    Chấm trực tiếp
  Xếp loại
    Loại tốt: có tổng số điểm từ 8 điểm trở lên.
    Loại khá: có tổng số điểm dưới 8 điểm.
  Xếp hạng theo tổng điểm

Ví dụ "đủ điểm" theo phòng
  [Số hồ sơ] = 100
  2 = 4
  Kết quả: tổng 10 điểm, loại tốt
"""
DATA = "Đơn vị;[Số hồ sơ];2\nPhòng Tư pháp;120;4\nPhòng Nội vụ;60;3,5\nPhòng Y tế;10;2\n"


@frozen
class Ended:
    """How a run ended: its exit code and what went to each stream."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the program with a command line, in Vietnamese and without colours unless it asks for others."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def run_program(*arguments: object, given: str | bytes | None = None) -> Ended:
        result = CliRunner().invoke(program, [str(each) for each in arguments], input=given)
        return Ended(result.exit_code, result.stdout, result.stderr)

    return run_program


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "phòng.rubric"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "số liệu.csv"
    path.write_text(DATA, encoding="utf-8")
    return path
