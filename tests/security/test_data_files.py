"""Hostile data files end in a finding when they are scored: never in a traceback, and within bounds of memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEMORY = 1 << 30
RULES = 'Bộ tiêu chí "Ví dụ"\n\nThang điểm a "A": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n'

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>Đơn vị</t></is></c><c r="B1"><v>1</v></c></row>'
_NAME = '<c r="A2" t="inlineStr"><is><t>A</t></is></c>'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/sheet.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_DOCUMENT}">'
    '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_DOCUMENT}/worksheet" Target="sheet.xml"/></Relationships>',
}

_WORKBOOKS = {
    "bomb.xlsx": ("", _HEAD + " " * 40_000_000, "TD423"),
    "entity.xlsx": ('<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>', _HEAD, "TD425"),
    "laughs.xlsx": ('<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>', _HEAD, "TD425"),
    "formula.xlsx": ("", f'{_HEAD}<row r="2">{_NAME}<c r="B2"><f>1+1</f></c></row>', "TD430"),
    "huge.xlsx": ("", f'{_HEAD}<row r="2">{_NAME}<c r="B2"><v>1e308</v></c></row>', "TD434"),
    "not-a-number.xlsx": ("", f'{_HEAD}<row r="2">{_NAME}<c r="B2"><v>NaN</v></c></row>', "TD422"),
    "far.xlsx": ("", f'{_HEAD}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "TD403"),
    "deep.xlsx": ("", _HEAD + "<a>" * 200_000, "TD424"),
}
_TEXTS = {
    "rows.csv": ("Đơn vị;1\n" + "u;1\n" * 200_001, "TD403"),
    "rows.jsonl": ('{"Đơn vị":"u","1":1}\n' * 200_001, "TD403"),
    "deep.json": ("[" * 1_000_000, "TD447"),
    "twice.json": ('[{"Đơn vị":"A","1":1,"1":2}]', "TD443"),
    "not-a-number.json": ('[{"Đơn vị":"A","1":NaN}]', "TD444"),
    "digits.json": ('[{"Đơn vị":"A","1":' + "9" * 1_000_000 + "}]", "TD445"),
    "exponent.json": ('[{"Đơn vị":"A","1":1e999999999}]', "TD445"),
    "key.json": ('[{"Đơn vị":"A","' + "k" * 1_000_000 + '":1}]', "TD406"),
    "keys.json": ("[" + ",".join(f'{{"Đơn vị":"A","k{at}":1}}' for at in range(3000)) + "]", "TD404"),
    "control.json": ('[{"Đơn vị":"A\\u0000","1":1}]', "TD419"),
}
_EXPECTED = {name: code for found in (_WORKBOOKS, _TEXTS) for name, (*_, code) in found.items()}

_CHILD = """
import json, sys
from click.testing import CliRunner
from thangdiem.app.cli import program

try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
except ImportError:
    pass  # no such bound on this system
ended = {name: CliRunner().invoke(program, ["score", "luat.rubric", name]) for name in sys.argv[2:]}
print(json.dumps({name: [found.exit_code, found.stdout, found.stderr] for name, found in ended.items()}))
"""


def _write_workbook(path: Path, opening: str, rows: str) -> None:
    sheet = f'{opening}<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (*_PARTS.items(), ("xl/sheet.xml", sheet)):
            package.writestr(name, text)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str, str]]:
    """How scoring each file ended, all in one process whose memory is bounded."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "luat.rubric").write_text(RULES, "utf-8")
    for name, (opening, rows, _) in _WORKBOOKS.items():
        _write_workbook(folder / name, opening, rows)
    for name, (text, _) in _TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    roots = os.pathsep.join(str(ROOT / layer) for layer in ("dsl", "engine", "app"))
    surroundings = {**os.environ, "PYTHONPATH": roots, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    child = [sys.executable, "-c", _CHILD, str(MEMORY), *_EXPECTED]
    run = subprocess.run(child, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    return {name: tuple(found) for name, found in json.loads(run.stdout).items()}


@pytest.mark.parametrize("name", _EXPECTED)
def test_a_hostile_file_is_refused_in_few_words(name: str, ended: dict[str, tuple[int, str, str]]) -> None:
    code, out, err = ended[name]
    assert (code, out) == (65, "")
    assert _EXPECTED[name] in err
    assert "Traceback" not in err
    assert "root:" not in err
    assert len(err) < 8_000


def test_the_cell_of_the_first_unit_beyond_the_columns_is_named(ended: dict[str, tuple[int, str, str]]) -> None:
    assert "ô /1999:" in ended["keys.json"][2]
