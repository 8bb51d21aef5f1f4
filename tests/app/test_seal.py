"""``thangdiem seal`` and ``verify``: the same bytes everywhere, no trace of a machine in them, exit codes that tell."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft202012Validator

import dossiers
from thangdiem.engine.dossier.versions import Versions

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
SURROUNDINGS = (
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "en_US.UTF-8", "PYTHONHASHSEED": "4711", "THANGDIEM_NO_CACHE": "1"},
)
AMENDMENT = """\
Quyết định 9/QĐ-UBND sửa đổi, bổ sung Quyết định 7/QĐ-UBND
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Khoản 1 Điều 1
  Sửa đổi ngưỡng chỉ số 1 từ 100 thành 120
"""


@pytest.fixture
def dossier(run: Run, rules: Path, data: Path, tmp_path: Path) -> Path:
    out = tmp_path / "hồ sơ.zip"
    ended = run("seal", rules, data, "-o", out)
    assert (ended.code, ended.out) == (0, "")
    return out


def members(path: Path) -> dict[str, bytes]:
    return dossiers.members(path.read_bytes())


def test_a_dossier_has_the_same_bytes_wherever_it_is_made(rules: Path, data: Path, tmp_path: Path) -> None:
    made = []
    for number, surroundings in enumerate(SURROUNDINGS):
        folder = tmp_path / f"máy {number}"
        folder.mkdir()
        copies = [shutil.copy(each, folder) for each in (rules, data)]
        roots = os.pathsep.join(str(ROOT / name) for name in ("dsl", "engine", "app"))
        command = [sys.executable, "-m", "thangdiem.app", "seal"]
        given = [os.path.relpath(each, folder) for each in copies] if number else copies
        subprocess.run(
            [*command, *given, "-o", "a.zip"],
            cwd=folder, env={**os.environ, "PYTHONPATH": roots, **surroundings}, check=True, capture_output=True,
        )  # fmt: skip
        made.append((folder / "a.zip").read_bytes())
    assert made[0] == made[1]


def test_a_dossier_names_no_folder_of_the_machine(dossier: Path, tmp_path: Path) -> None:
    named = [name for name, content in members(dossier).items() if str(tmp_path).encode() in content]
    assert named == []


def test_a_dossier_holds_all_that_a_result_needs(dossier: Path, rules: Path, data: Path) -> None:
    held = members(dossier)
    assert held["rules/phòng.rubric"] == rules.read_bytes()
    assert held["data/số liệu.csv"] == data.read_bytes()
    manifest = json.loads(held["manifest.json"])
    roles = [each["role"] for each in manifest["members"]]
    assert roles[:6] == ["rules", "data", "result", "consolidated", "diagnostics", "ranking"]
    assert roles[6:] == ["trace", "explanation"] * 3
    assert json.loads(held["result.json"])["units"][0]["unit"] == "Phòng Tư pháp"
    assert "Phòng Tư pháp" in held["explanations/00001.html"].decode()


def test_the_manifest_is_as_the_shipped_schema_says(dossier: Path) -> None:
    schema = json.loads(files("thangdiem.engine").joinpath("schemas", "dossier-1.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    for content in (dossier.read_bytes(), dossiers.sealed(key=dossiers.KEY)):
        manifest = json.loads(dossiers.members(content)["manifest.json"])
        Draft202012Validator(schema).validate(manifest)


def test_verify_says_what_was_asked_and_what_it_found(run: Run, dossier: Path) -> None:
    ended = run("verify", dossier)
    assert (ended.code, ended.err) == (0, "")
    assert "đúng như đã niêm phong; 12 tệp khớp mã băm, 3 đơn vị tính lại cho cùng kết quả" in ended.out
    assert "không có chữ ký" in ended.out


def test_the_digest_that_seal_says_is_the_one_that_verify_says(run: Run, rules: Path, data: Path) -> None:
    said = run("seal", rules, data, "-o", data.with_name("a.zip")).err
    line = next(line for line in said.splitlines() if "SHA-256" in line)
    assert line in run("verify", data.with_name("a.zip")).out


def test_a_divergence_is_told_with_its_path_and_ends_in_1(run: Run, dossier: Path) -> None:
    forged = dossiers.replaced(dossier.read_bytes(), "result.json", '"score":"3.5"', '"score":"4"')
    dossier.write_bytes(forged)
    ended = run("verify", dossier)
    assert (ended.code, ended.out) == (1, "")
    assert "đơn vị “Phòng Nội vụ”, chỉ số 2, điểm: niêm phong 4, tính lại 3.5" in ended.err
    english = run("--lang", "en", "verify", dossier)
    assert "unit “Phòng Nội vụ”, item 2, points: sealed 4, computed 3.5" in english.err


def test_what_is_no_dossier_ends_in_65_and_what_is_not_there_in_66(run: Run, data: Path, tmp_path: Path) -> None:
    assert run("verify", data).code == 65
    assert run("verify", tmp_path / "khong-co.zip").code == 66
    assert run("verify", tmp_path).code == 66


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs devices")
def test_a_device_is_not_read_as_a_dossier(run: Run) -> None:
    assert run("verify", "/dev/zero").code == 66


def test_a_refused_unit_is_sealed_too_and_ends_in_1(run: Run, rules: Path, data: Path, tmp_path: Path) -> None:
    data.write_text("Đơn vị;[Số hồ sơ];2\nPhòng A;120;4\nPhòng B;;2\n", "utf-8")
    out = tmp_path / "a.zip"
    assert run("seal", rules, data, "-o", out).code == 1
    assert run("verify", out).code == 0
    assert run("seal", rules, data, "--draft", "-o", out).code == 0
    assert "tính thử" in run("verify", out).out


def test_data_from_standard_input_and_a_dossier_on_standard_output(run: Run, rules: Path, data: Path) -> None:
    ended = run("seal", rules, "-", "-o", "-", given=data.read_bytes())
    assert ended.code == 0


def test_rules_or_data_with_errors_are_not_sealed(run: Run, rules: Path, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.zip"
    broken = tmp_path / "sai.rubric"
    broken.write_text("Thang điểm gì đó\n", "utf-8")
    assert run("seal", broken, data, "-o", out).code == 65
    data.write_text("Đơn vị;9\nPhòng A;1\n", "utf-8")
    assert run("seal", rules, data, "-o", out).code == 65
    data.write_text("Đơn vị;2\n", "utf-8")
    assert run("seal", rules, data, "-o", out).code == 65
    assert run("seal", tmp_path / "khong-co", data, "-o", out).code == 66
    assert run("seal", rules, data, "--on", "hôm qua", "-o", out).code == 2
    assert not out.exists()


def test_the_output_must_not_take_the_place_of_the_input(run: Run, rules: Path, data: Path) -> None:
    assert run("seal", rules, data, "-o", data).code == 2


def amended(rules: Path) -> Path:
    folder = rules.with_name("bộ quy tắc")
    folder.mkdir()
    text = rules.read_text("utf-8").replace("kỳ đánh giá năm 2023", "kỳ đánh giá từ năm 2023")
    (folder / "7.rubric").write_text(text.partition("Ví dụ")[0], "utf-8")
    (folder / "9.rubric").write_text(AMENDMENT, "utf-8")
    return folder


def test_no_clock_decides_which_version_is_sealed(run: Run, rules: Path, data: Path, tmp_path: Path) -> None:
    ended = run("seal", amended(rules), data, "-o", tmp_path / "a.zip")
    assert ended.code == 2
    assert "TD611" in ended.err


def test_amended_rules_are_sealed_as_read_and_as_consolidated(
    run: Run, rules: Path, data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.zip"
    ended = run("seal", amended(rules), data, "--on", "01/02/2024", "-o", out)
    assert ended.code == 0, ended.err
    held = members(out)
    assert [name for name in held if name.startswith("rules/")] == ["rules/7.rubric", "rules/9.rubric"]
    assert "từ 120 trở lên: 6 điểm" in held["consolidated/7.rubric"].decode()
    assert "từ 100 trở lên: 6 điểm" in held["rules/7.rubric"].decode()
    assert json.loads(held["manifest.json"])["question"]["on"] == "2024-02-01"
    verified = run("verify", out)
    assert verified.code == 0
    assert "--on 2024-02-01" in verified.out


def test_a_signed_dossier_is_verified_with_the_public_key(run: Run, rules: Path, data: Path, tmp_path: Path) -> None:
    private, public, out = tmp_path / "khoa.pem", tmp_path / "cong-khai.pem", tmp_path / "a.zip"
    private.write_bytes(dossiers.PRIVATE)
    public.write_bytes(dossiers.PUBLIC)
    assert run("seal", rules, data, "--key", private, "-o", out).code == 0
    assert "Chữ ký đúng với khóa công khai" in run("verify", out, "--public-key", public).out
    assert dossiers.PUBLIC_DIGITS in run("verify", out).out
    assert run("verify", out, "--public-key", private).code == 2
    assert run("seal", rules, data, "--key", public, "-o", out).code == 2
    assert run("seal", rules, data, "--key", private, "-o", private).code == 2


def test_without_the_library_a_signature_is_said_not_to_be_checked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, public = tmp_path / "a.zip", tmp_path / "cong-khai.pem"
    out.write_bytes(dossiers.sealed(key=dossiers.KEY))
    public.write_bytes(dossiers.PUBLIC)
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric.ed25519", None)
    ended = run("verify", out)
    assert ended.code == 0
    assert "CHƯA được kiểm tra" in ended.out
    refused = run("verify", out, "--public-key", public)
    assert refused.code == 2
    assert "thangdiem[seal]" in refused.err


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_the_keys_and_the_signature_are_those_of_standard_tools(
    run: Run, rules: Path, data: Path, tmp_path: Path
) -> None:
    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=tmp_path, check=True, capture_output=True)

    openssl("genpkey", "-algorithm", "ed25519", "-out", "khoa.pem")
    openssl("pkey", "-in", "khoa.pem", "-pubout", "-out", "cong-khai.pem")
    out = tmp_path / "a.zip"
    assert run("seal", rules, data, "--key", tmp_path / "khoa.pem", "-o", out).code == 0
    assert run("verify", out, "--public-key", tmp_path / "cong-khai.pem").code == 0
    with ZipFile(io.BytesIO(out.read_bytes())) as archive:
        archive.extractall(tmp_path / "giai-nen")
    signed = ["-in", "giai-nen/manifest.json", "-sigfile", "giai-nen/manifest.sig"]
    openssl("pkeyutl", "-verify", "-pubin", "-inkey", "cong-khai.pem", "-rawin", *signed)


def test_versions_that_differ_are_listed() -> None:
    sealed = Versions("1", "a" * 64, "3.11.0", {"lark": "1", "openpyxl": "3"})
    here = Versions("1", "b" * 64, "3.12.0", {"lark": "1"})
    assert sealed.others(here) == [
        ("templates", "a" * 12, "b" * 12),
        ("python", "3.11.0", "3.12.0"),
        ("openpyxl", "3", "–"),
    ]
