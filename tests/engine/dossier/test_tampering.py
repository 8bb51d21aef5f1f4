"""Whatever is altered in a dossier is found and named: by its digest, or by computing again where that was forged."""

from __future__ import annotations

import io
import json
from hashlib import sha256
from typing import Any

import pytest

import dossiers
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.engine.dossier import Question, verify
from thangdiem.engine.dossier.container import unpack
from thangdiem.engine.dossier.members import MANIFEST, SIGNATURE
from thangdiem.engine.result import Mode

SEALED = dossiers.sealed()
SIGNED = dossiers.sealed(key=dossiers.KEY)
MEMBERS = dossiers.members(SEALED)
RULES, DATA = "rules/phòng.rubric", "data/so-lieu.csv"
EVERY = 13
"""Of the contents one byte in so many is altered; of all else every one."""


def findings(content: bytes, key: str | None = None) -> tuple[Diagnostic, ...]:
    return verify(io.BytesIO(content), key).findings


def codes(content: bytes, key: str | None = None) -> list[str]:
    return [found.code for found in findings(content, key)]


def told(content: bytes) -> str:
    return findings(content)[0].message("vi")


def with_other(member: str, content: bytes = b"{}") -> bytes:
    return dossiers.repacked({**MEMBERS, member: content})


def content_at(content: bytes) -> dict[int, str]:
    """The bytes of contents to alter, each with the name of its member; the manifest's and the signature's are all."""
    places: dict[int, str] = {}
    for entry in unpack(io.BytesIO(content)).entries.values():
        step = 7 if entry.name in (MANIFEST, SIGNATURE) else EVERY
        places |= dict.fromkeys(range(entry.end - entry.size, entry.end, step), entry.name)
    return places


def records_at(content: bytes) -> list[int]:
    """Every byte that is of no content."""
    held: set[int] = set()
    for entry in unpack(io.BytesIO(content)).entries.values():
        held.update(range(entry.end - entry.size, entry.end))
    return [place for place in range(len(content)) if place not in held]


def flipped(content: bytes, place: int) -> bytes:
    changed = bytearray(content)
    changed[place] ^= 1 << place % 8
    return bytes(changed)


def test_what_was_sealed_verifies_and_says_how_much_it_is() -> None:
    found = verify(io.BytesIO(SEALED))
    assert found.findings == ()
    assert found.units == 2
    assert found.manifest is not None
    assert [each.name for each in found.manifest.members][:3] == [RULES, DATA, "result.json"]


def test_a_byte_altered_in_a_content_is_found_and_its_file_named() -> None:
    wrong = {
        place: name
        for place, name in content_at(SIGNED).items()
        if [(found.code, found.arguments["member"]) for found in findings(flipped(SIGNED, place))] != [("TD925", name)]
    }
    assert wrong == {}


def test_a_byte_altered_anywhere_else_is_found() -> None:
    codes_told = {place: codes(flipped(SEALED, place)) for place in records_at(SEALED)}
    assert {place: told for place, told in codes_told.items() if len(told) != 1} == {}
    assert {code for told in codes_told.values() for code in told} <= {"TD920", "TD921", "TD922", "TD923"}


@pytest.mark.parametrize("cut", [0, 1, 21, 100, len(SEALED) // 2, len(SEALED) - 1])
def test_what_is_cut_off_is_no_dossier(cut: int) -> None:
    assert codes(SEALED[:cut]) == ["TD920"]


def test_points_forged_in_the_result_are_told_in_words() -> None:
    forged = dossiers.replaced(SEALED, "result.json", '"score":"3"', '"score":"4"')
    assert told(forged).endswith("result.json: đơn vị “Phòng B”, chỉ số 2, điểm: niêm phong 4, tính lại 3.")


def test_a_grade_forged_in_a_trace_is_told_with_its_unit() -> None:
    forged = dossiers.replaced(SEALED, "traces/00001.json", '"grade":"tốt","grades"', '"grade":"khá","grades"')
    assert "traces/00001.json: đơn vị “Phòng A”, kết quả, xếp loại: niêm phong “khá”, tính lại “tốt”" in told(forged)


def test_a_state_forged_in_the_result_is_told_in_words() -> None:
    forged = dossiers.replaced(SEALED, "result.json", '"state":"value"', '"state":"missing"')
    assert "niêm phong chưa có số liệu, tính lại" in told(forged)


def test_a_unit_put_into_the_result_is_told_by_its_place() -> None:
    result = json.loads(MEMBERS["result.json"])
    result["units"].append(result["units"][0])
    assert "mục thứ 3" in told(dossiers.forged(SEALED, {"result.json": dossiers.canonical(result)}))


def test_a_figure_of_a_trace_that_points_elsewhere_is_told_by_its_place() -> None:
    trace = json.loads(MEMBERS["traces/00001.json"])
    trace["figures"][2]["score"] = trace["figures"][1]["score"]
    assert "mục thứ 3" in told(dossiers.forged(SEALED, {"traces/00001.json": dossiers.canonical(trace)}))


def test_a_finding_forged_is_told_by_its_place() -> None:
    rules = dossiers.RULES.replace("6 điểm\n      - còn", "5 điểm\n      - còn")
    sealed = dossiers.sealed(rules=rules)
    found = json.loads(dossiers.members(sealed)["diagnostics.json"])
    assert found["rules"]
    found["rules"][0]["code"] = "TD999"
    assert "mục thứ 1" in told(dossiers.forged(sealed, {"diagnostics.json": dossiers.canonical(found)}))


def test_rules_that_no_longer_make_sense_of_the_data_are_told_with_what_is_wrong() -> None:
    assert codes(dossiers.forged(SEALED, {DATA: b"x"}))[0] == "TD929"


def test_rules_larger_than_any_are_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thangdiem.engine.dossier.verification.LARGEST_FILE", 10)
    assert codes(SEALED) == ["TD924"]


def test_a_step_forged_in_a_trace_is_told_by_its_name() -> None:
    steps = json.loads(MEMBERS["traces/00002.json"])
    step = next(each for each in steps["steps"] if each["value"] == "3")
    step["value"] = "4"
    forged = dossiers.forged(SEALED, {"traces/00002.json": dossiers.canonical(steps)})
    assert f"bước tính “{step['id']}”, giá trị: niêm phong 4, tính lại 3" in told(forged)


@pytest.mark.parametrize(
    ("member", "old", "new", "said"),
    [
        (DATA, "60;3", "60;4", "đơn vị “Phòng B”, chỉ số 2, điểm: niêm phong 3, tính lại 4"),
        (RULES, "Kỷ luật", "Kỷ cương", "chỉ số 2, tên: niêm phong “Kỷ luật”, tính lại “Kỷ cương”"),
        (RULES, "Quyết định 7", "# Ghi chú\nQuyết định 7", "result.json: quy tắc, mã băm SHA-256"),
        (
            RULES,
            "6 điểm\n      - còn",
            "5 điểm\n      - còn",
            "đơn vị “Phòng A”, chỉ số 1, điểm: niêm phong 6, tính lại 5",
        ),
        ("ranking.html", "Phòng A", "Phòng X", "ranking.html: dòng"),
        ("explanations/00001.html", "Phòng A", "Phòng X", "explanations/00001.html: đơn vị “Phòng A”, dòng"),
        ("consolidated/phòng.rubric", "Kỷ luật", "Kỷ cương", '“  Chỉ số 2 "Kỷ cương"'),
        ("diagnostics.json", "7/QĐ-UBND", "8/QĐ-UBND", "diagnostics.json: văn bản được áp dụng, nội dung"),
    ],
)
def test_a_forgery_with_a_manifest_that_fits_is_told_in_words(member: str, old: str, new: str, said: str) -> None:
    assert said in told(dossiers.replaced(SEALED, member, old, new))


def test_a_unit_left_out_of_the_result_is_told() -> None:
    document = json.loads(MEMBERS["result.json"])
    del document["units"][1]
    forged = dossiers.forged(SEALED, {"result.json": dossiers.canonical(document)})
    assert "đơn vị “Phòng B”: niêm phong không có" in told(forged)


def test_a_result_that_is_no_json_is_told_by_its_line() -> None:
    for content in (b"[" * 100_000, b"\xff", b""):
        assert "result.json: dòng 1: niêm phong" in told(dossiers.forged(SEALED, {"result.json": content}))


def test_a_result_far_larger_than_it_can_be_is_not_read() -> None:
    assert "result.json: kích thước (byte): niêm phong 2000000" in told(
        dossiers.forged(SEALED, {"result.json": b" " * 2_000_000})
    )


def test_members_put_in_left_out_or_moved_are_named() -> None:
    (added,) = findings(with_other("result-2.json"))
    assert (added.code, added.arguments["member"]) == ("TD927", "result-2.json")

    def also_listed(manifest: dict[str, Any]) -> None:
        like = next(each for each in manifest["members"] if each["name"] == "result.json")
        digest, size = sha256(b"x").hexdigest(), 1
        manifest["members"].append({**like, "name": "thua.txt", "sha256": digest, "size": size})

    whole = dossiers.members(dossiers.forged(SEALED, {"thua.txt": b"x"}, also_listed))
    manifest = whole.pop(MANIFEST)
    (more,) = findings(dossiers.repacked({**whole, MANIFEST: manifest}))
    assert (more.code, more.arguments["member"]) == ("TD927", "thua.txt")
    left = {name: content for name, content in MEMBERS.items() if name != "ranking.html"}
    (lacking,) = findings(dossiers.repacked(left))
    assert (lacking.code, lacking.arguments["member"]) == ("TD926", "ranking.html")
    moved = dict(reversed(MEMBERS.items()))
    assert codes(dossiers.repacked(moved)) == ["TD921"]


def test_members_in_another_order_with_a_manifest_that_fits_are_named() -> None:
    kept = dossiers.members(SEALED)
    manifest = json.loads(kept.pop(MANIFEST))
    *first, last, one = kept
    manifest["members"] = [*manifest["members"][:-2], *manifest["members"][:-3:-1]]
    other = {name: kept[name] for name in (*first, one, last)}
    (found,) = findings(dossiers.repacked({**other, MANIFEST: dossiers.canonical(manifest)}))
    assert (found.code, found.arguments["member"]) == ("TD921", one)


def test_members_put_in_or_left_out_with_a_manifest_that_fits_are_named() -> None:
    def leave_out(manifest: dict[str, list[dict[str, str]]]) -> None:
        manifest["members"] = [each for each in manifest["members"] if each["name"] != "ranking.html"]

    lacking = dossiers.forged(SEALED, {}, leave_out)
    left = {name: content for name, content in dossiers.members(lacking).items() if name != "ranking.html"}
    (found,) = findings(dossiers.repacked(left))
    assert (found.code, found.arguments["member"]) == ("TD926", "ranking.html")


@pytest.mark.parametrize(
    "alter",
    [
        lambda manifest: manifest.pop("versions"),
        lambda manifest: manifest.update(extra=1),
        lambda manifest: manifest.update(schema="thangdiem/dossier/2"),
        lambda manifest: manifest["question"].update(period=True),
        lambda manifest: manifest["question"].update(period=0),
        lambda manifest: manifest["question"].update(period=10_000),
        lambda manifest: manifest["question"].update(on="2023-13-01"),
        lambda manifest: manifest["question"].update(on="20230101"),
        lambda manifest: manifest["question"].update(scale="p" * 100_000),
        lambda manifest: manifest["versions"].update(dependencies=1),
        lambda manifest: manifest["versions"].update(engine=1),
        lambda manifest: manifest["members"][0].update(role="other"),
        lambda manifest: manifest["members"][2].update(unit=1),
        lambda manifest: manifest["question"].update(mode="other"),
        lambda manifest: manifest["members"][0].update(name="/etc/passwd"),
        lambda manifest: manifest["members"][0].update(sha256="0"),
        lambda manifest: manifest["members"][0].update(size=-1),
        lambda manifest: manifest["members"][0].update(role="result"),
        lambda manifest: manifest["members"][2].update(unit="Phòng A"),
        lambda manifest: manifest.update(signer={"algorithm": "none", "public_key": "0" * 64}),
        lambda manifest: manifest.update(members=1),
    ],
)
def test_a_manifest_of_another_form_is_refused(alter: object) -> None:
    assert codes(dossiers.forged(SEALED, {}, alter)) == ["TD924"]  # type: ignore[arg-type]


def test_a_manifest_that_says_the_same_in_other_bytes_is_refused() -> None:
    assert codes(with_other(MANIFEST, json.dumps(json.loads(MEMBERS[MANIFEST]), indent=1).encode())) == ["TD924"]


@pytest.mark.parametrize("manifest", [b"", b"[" * 100_000, b"1" * 10_000, b"null", b'{"a": 1, "a": 2}'])
def test_a_manifest_that_is_no_manifest_is_refused(manifest: bytes) -> None:
    assert codes(with_other(MANIFEST, manifest)) == ["TD924"]


def test_another_question_gives_another_answer() -> None:
    other = dossiers.forged(SEALED, {}, lambda manifest: manifest["question"].update(mode="draft"))
    assert "cách tính: niêm phong “final”, tính lại “draft”" in told(other)
    draft = dossiers.sealed(question=Question(mode=Mode.DRAFT, period=2023))
    assert codes(draft) == []


def test_other_versions_are_told_where_results_differ_and_only_there() -> None:
    older = dossiers.forged(SEALED, {}, lambda manifest: manifest["versions"].update(engine="0.0.1"))
    assert codes(older) == []
    assert codes(dossiers.replaced(older, "ranking.html", "Phòng A", "Phòng X")) == ["TD928", "TD935"]
    assert codes(dossiers.replaced(SEALED, "ranking.html", "Phòng A", "Phòng X")) == ["TD928"]


def test_a_signature_is_checked_with_the_key_given_or_else_with_the_one_inside() -> None:
    for key in (None, dossiers.PUBLIC_DIGITS):
        found = verify(io.BytesIO(SIGNED), key)
        assert (found.findings, found.signature_checked) == ((), True)
    assert codes(SIGNED, "0" * 64) == ["TD930"]
    assert codes(SEALED, dossiers.PUBLIC_DIGITS) == ["TD931"]


def test_a_forgery_that_is_right_in_itself_needs_the_signature_to_be_found() -> None:
    other = dossiers.sealed(data=dossiers.DATA.replace("60;3", "60;4"))
    assert codes(other) == []
    assert codes(other, dossiers.PUBLIC_DIGITS) == ["TD931"]
    claimed = dossiers.members(dossiers.sealed(data=dossiers.DATA.replace("60;3", "60;4"), key=dossiers.KEY))
    assert codes(dossiers.repacked({**claimed, SIGNATURE: dossiers.members(SIGNED)[SIGNATURE]})) == ["TD930"]
    assert codes(dossiers.repacked({**claimed, SIGNATURE: b"short"})) == ["TD930"]


def test_a_signature_taken_out_or_put_in_is_named() -> None:
    signed = dossiers.members(SIGNED)
    assert codes(dossiers.repacked({**MEMBERS, SIGNATURE: signed[SIGNATURE]})) == ["TD927"]
    signed.pop(SIGNATURE)
    assert codes(dossiers.repacked(signed)) == ["TD926"]
