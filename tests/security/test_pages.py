"""A page of ours runs nothing and loads nothing, whatever stands in it, and says so to the browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from thangdiem.app.cli import program

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
NASTY = '"></style><script>alert(1)</script><img src=x onerror=alert(1)>'
RULES = f"""\
Bộ tiêu chí “{NASTY.replace('"', "")}”

Thang điểm a "A {NASTY.replace('"', "")}": 10 điểm
  Chỉ số 1 "Một {NASTY.replace('"', "")}": 10 điểm
  Xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại khá: dưới 5 điểm

Ví dụ "{NASTY.replace('"', "")}"
  1 = 7
  Kết quả: tổng 7 điểm
"""
COMMANDS = (
    ("score", "luat.rubric", "so-lieu.csv"),
    ("explain", "luat.rubric", "so-lieu.csv", "--unit", NASTY),
    ("goal", "luat.rubric", "so-lieu.csv", "--unit", NASTY),
    ("show", "luat.rubric"),
    ("show", "luat.rubric", "--history", "1"),
    ("show", "luat.rubric", "--interpretations"),
    ("diff", "luat.rubric", "hai.rubric"),
    ("impact", "luat.rubric", "hai.rubric", "so-lieu.csv"),
    ("test", "luat.rubric"),
)


class _Tags(HTMLParser):
    """The names and the attributes of all tags of a page, as a browser reads them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("luat.rubric").write_text(RULES, encoding="utf-8")
    Path("hai.rubric").write_text(RULES.replace("5 điểm", "6 điểm"), encoding="utf-8")
    unit = NASTY.replace('"', '""')
    Path("so-lieu.csv").write_text(f'Đơn vị;1\n"{unit}";5\n', encoding="utf-8")


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(arguments[:4:3]))
def test_a_page_runs_nothing_and_loads_nothing(arguments: tuple[str, ...]) -> None:
    found = CliRunner().invoke(program, [*arguments, "--format", "html"])
    page = found.stdout
    assert page.startswith("<!DOCTYPE html>"), found.stderr
    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in page
    assert page.index("Content-Security-Policy") < page.index("<title>")
    assert "&lt;script" in page or "--interpretations" in arguments  # of which there are none here
    tags = _Tags(page)
    assert not tags.names & {"script", "img", "iframe", "object", "embed", "link", "base", "form"}
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name in ("src", "action", "srcdoc")]
    assert not [value for name, value in tags.attributes if name == "href" and not value.startswith("#")]
    assert page.count("</style>") == page.count("<style>")


@pytest.mark.parametrize("arguments", COMMANDS[:-1], ids=lambda arguments: " ".join(arguments[:4:3]))
def test_markdown_holds_no_markup_of_the_data(arguments: tuple[str, ...]) -> None:
    found = CliRunner().invoke(program, [*arguments, "--format", "md"])
    assert found.stdout, found.stderr
    assert not re.search(r"(?<!\\)<(script|img)", found.stdout)
