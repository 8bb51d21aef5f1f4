"""What a dossier holds of amended rules, of former ones, of workbooks; its JSON in the one canonical form."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

import dossiers
from thangdiem.dsl.library import RuleSetError
from thangdiem.dsl.rule_files import RuleFile
from thangdiem.engine.dossier import Question, compute, given_of, seal, verify
from thangdiem.engine.dossier.canonical import canonical

ILLUSTRATION = Path(__file__).parents[3] / "rules" / "minh-hoa"
DECISION = dossiers.RULES.replace("kỳ đánh giá năm 2023", "kỳ đánh giá từ năm 2023")
AMENDMENT = """\
Quyết định 9/QĐ-UBND sửa đổi, bổ sung Quyết định 7/QĐ-UBND
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Khoản 1 Điều 1
  Sửa đổi ngưỡng chỉ số 1 từ 100 thành 150

Khoản 2 Điều 1
  Chuyển tiếp: các đơn vị "Phòng A" áp dụng quy định trước khi sửa đổi
"""


def sealed(files: list[tuple[str, str]], data: tuple[str, bytes], question: Question) -> bytes:
    rules = [RuleFile(name, text.encode()) for name, text in files]
    computed, faults = compute(given_of(question, rules, RuleFile(*data)))
    assert computed is not None, faults
    content = seal(computed).content
    assert verify(io.BytesIO(content)).findings == ()
    return content


def test_the_former_rules_that_units_keep_are_held_beside_those_in_force() -> None:
    files = [("a/7.rubric", DECISION), ("a/9.rubric", AMENDMENT)]
    held = dossiers.members(sealed(files, ("d.csv", dossiers.DATA.encode()), Question(period=2024)))
    assert "từ 150 trở lên" in held["consolidated/7.rubric"].decode()
    assert "từ 100 trở lên" in held["former/7.rubric"].decode()
    units = {each["unit"]: each for each in json.loads(held["result.json"])["units"]}
    assert units["Phòng A"]["former_rules"] is not None
    assert (units["Phòng A"]["total"], units["Phòng B"]["former_rules"]) == ("10", None)


def test_the_library_that_read_a_workbook_is_among_the_versions() -> None:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (["Đơn vị", "[Số hồ sơ]", "2"], ["Phòng A", 120, 4]):
        book.active.append(row)
    book.save(out)
    for data, wanted in ((("d.xlsx", out.getvalue()), True), (("d.csv", dossiers.DATA.encode()), False)):
        manifest = json.loads(dossiers.members(sealed([("7.rubric", DECISION)], data, Question()))["manifest.json"])
        assert ("openpyxl" in manifest["versions"]["dependencies"]) is wanted


def test_files_of_one_name_are_told_apart_and_none_keeps_its_folder() -> None:
    other = DECISION.replace("7/QĐ", "8/QĐ").replace("phòng", "sở")
    files = [("a/x.rubric", DECISION), ("b/X.rubric", other)]
    content = sealed(files, ("c/d\u0301.csv", dossiers.DATA.encode()), Question(scale="phòng", period=2023))
    names = list(dossiers.members(content))[:3]
    assert names == ["rules/x.rubric", "rules/2-X.rubric", "data/d\u0301.csv"]


def test_rules_with_errors_are_not_computed() -> None:
    given = given_of(Question(), [RuleFile("x.rubric", b"?")], RuleFile("d.csv", dossiers.DATA.encode()))
    with pytest.raises(RuleSetError):
        compute(given)


@pytest.mark.parametrize(
    ("data", "code"),
    [("", "TD400"), ("Đơn vị;9\nA;1\n", "TD450")],
)
def test_data_that_cannot_be_scored_are_told(data: str, code: str) -> None:
    rules = [RuleFile("x.rubric", DECISION.encode())]
    computed, faults = compute(given_of(Question(), rules, RuleFile("d.csv", data.encode())))
    assert computed is None
    assert code in [each.code for each in faults]


def test_data_without_units_of_the_scale_are_told() -> None:
    other = DECISION.partition("Thang điểm")[2].replace("phòng", "xã")
    rules = f"{DECISION}\nThang điểm{other}".replace("10 điểm\n  Chỉ số 1", '10 điểm\n  Áp dụng cho: "{}"\n  Chỉ số 1')
    both = rules.replace("{}", "phòng", 1).replace("{}", "xã", 1)
    data = "Đơn vị;Loại đơn vị;[Số hồ sơ];2\nPhòng A;phòng;120;4\n"
    given = given_of(Question(scale="xã"), [RuleFile("x.rubric", both.encode())], RuleFile("d.csv", data.encode()))
    computed, faults = compute(given)
    assert computed is None
    assert faults[-1].code == "TD916"


def test_a_year_that_must_be_known_is_asked_for() -> None:
    rules = RuleFile("minh-hoa.rubric", (ILLUSTRATION / "minh-hoa.rubric").read_bytes())
    data = RuleFile("d.csv", (ILLUSTRATION / "so-lieu-so-nganh.csv").read_bytes())
    computed, faults = compute(given_of(Question(scale="cap-tinh"), [rules], data))
    assert computed is None
    assert [each.code for each in faults] == ["TD912"]


def test_the_canonical_form_sorts_keys_by_utf_16_units_and_escapes_no_more_than_it_must() -> None:
    value = {"\ufb33": 1, "\U0001f600": None, "b": [True, 'ô\n\x01"\\/'], "a": {"z": "", "y": -1}}
    written = '{"a":{"y":-1,"z":""},"b":[true,"ô\\n\\u0001\\"\\\\/"],"\U0001f600":null,"\ufb33":1}'
    assert canonical(value) == written.encode()  # type: ignore[arg-type]
    assert json.loads(canonical("\ud800")) == "\ud800"
