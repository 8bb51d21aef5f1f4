"""A node's life is told as it was lived: by which clause, on which day, from which text to which."""

from __future__ import annotations

from pathlib import Path

import pytest

from thangdiem.dsl.history import Event, Life, lives
from thangdiem.dsl.library import RuleSetError, load

ORIGINAL = """\
Quyết định 1/QĐ-UBND
  Hiệu lực: từ 01/01/2020
  Áp dụng: kỳ đánh giá từ năm 2020

Thang điểm tỉnh "Cấp tỉnh": 100 điểm
  Chỉ số 1 "Chỉ đạo": 60 điểm
    Chỉ số thành phần 1.1 "Kế hoạch": 20 điểm
      Điểm = [Số kế hoạch] * 2 điểm, không quá 20 điểm
    Chỉ số thành phần 1.2 "Họp": 40 điểm
      Chấm trực tiếp
  Chỉ số 2 "Kết quả": 40 điểm
    Chỉ số thành phần 2.1 "Hồ sơ": 40 điểm
      Chấm trực tiếp
  Điểm thưởng "Sáng kiến": không quá 5 điểm
    Điểm = [Số sáng kiến] * 1 điểm
"""
HEAD = """\
Quyết định {number}/QĐ-UBND {deed} Quyết định 1/QĐ-UBND
  Hiệu lực: {force}
  Áp dụng: kỳ đánh giá từ năm {year}

"""


def told(event: Event) -> str:
    day = event.day.isoformat() if event.day is not None else "-"
    by = event.clause.label if event.clause is not None else event.document.number if event.document else "-"
    return f"{event.kind.value} {day} {by}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0.rubric").write_text(ORIGINAL, encoding="utf-8")
    return tmp_path


def amend(folder: Path, year: int, *orders: str, force: str = "", deed: str = "sửa đổi, bổ sung") -> None:
    """A document of a year that amends from its first day on, each order a clause of its own."""
    head = HEAD.format(number=year, force=force or f"từ 01/01/{year}", year=year, deed=deed)
    clauses = "".join(f"Khoản {number} Điều 1\n  {order}\n" for number, order in enumerate(orders, 1))
    (folder / f"{year}.rubric").write_text(head + clauses, encoding="utf-8")


def the_life(folder: Path, wanted: str) -> Life:
    (life,) = lives(load(folder), wanted)
    return life


def events(folder: Path, wanted: str) -> list[str]:
    return [told(event) for event in the_life(folder, wanted).events]


def test_a_node_is_born_amended_and_repealed(folder: Path) -> None:
    amend(folder, 2021, "Sửa đổi điểm tối đa chỉ số thành phần 1.2 từ 40 điểm thành 30 điểm")
    amend(folder, 2022, "Bãi bỏ chỉ số thành phần 1.2")
    life = the_life(folder, "1.2")
    assert [told(event) for event in life.events] == [
        "born 2020-01-01 1/QĐ-UBND",
        "amended 2021-01-01 khoản 1 Điều 1 Quyết định 2021/QĐ-UBND",
        "repealed 2022-01-01 khoản 1 Điều 1 Quyết định 2022/QĐ-UBND",
    ]
    assert [event.before.strip().splitlines()[:1] for event in life.events] == [
        [],
        ['Chỉ số thành phần 1.2 "Họp": 40 điểm'],
        ['Chỉ số thành phần 1.2 "Họp": 30 điểm'],
    ]
    assert life.events[1].after.strip() == 'Chỉ số thành phần 1.2 "Họp": 30 điểm'
    assert life.events[2].after == ""


def test_a_renumbered_node_is_the_same_under_either_code(folder: Path) -> None:
    amend(folder, 2021, "Đánh số lại chỉ số 1.2 thành 1.3")
    amend(folder, 2022, "Sửa đổi điểm tối đa chỉ số thành phần 1.3 từ 40 điểm thành 30 điểm")
    expected = [
        "born 2020-01-01 1/QĐ-UBND",
        "renumbered 2021-01-01 khoản 1 Điều 1 Quyết định 2021/QĐ-UBND",
        "amended 2022-01-01 khoản 1 Điều 1 Quyết định 2022/QĐ-UBND",
    ]
    assert events(folder, "1.2") == events(folder, "1.3") == expected
    event = the_life(folder, "1.3").events[1]
    assert (event.before, event.after) == ("1.2", "1.3")


def test_a_code_that_passes_to_another_node_tells_of_both(folder: Path) -> None:
    amend(folder, 2021, "Đánh số lại chỉ số 1.1 thành 1.2, 1.2 thành 1.1")
    found = lives(load(folder), "1.1")
    assert [life.node.heading for life in found] == [
        'Chỉ số thành phần 1.1 "Kế hoạch": 20 điểm',
        'Chỉ số thành phần 1.1 "Họp": 40 điểm',
    ]


def test_a_node_that_moved_is_the_same_under_either_code(folder: Path) -> None:
    amend(folder, 2021, "Chuyển chỉ số thành phần 1.2 vào chỉ số 2 thành 2.2")
    assert events(folder, "1.2")[1:] == ["moved 2021-01-01 khoản 1 Điều 1 Quyết định 2021/QĐ-UBND"]
    assert events(folder, "2.2") == events(folder, "1.2")


def test_an_inserted_node_begins_with_the_clause_that_brought_it(folder: Path) -> None:
    amend(
        folder,
        2021,
        "Sửa đổi điểm tối đa chỉ số thành phần 1.2 từ 40 điểm thành 30 điểm",
        'Bổ sung vào sau chỉ số thành phần 1.2\n    Chỉ số thành phần 1.2a "Mạng": 10 điểm\n      Chấm trực tiếp',
    )
    life = the_life(folder, "1.2a")
    assert [told(event) for event in life.events] == ["inserted 2021-01-01 khoản 2 Điều 1 Quyết định 2021/QĐ-UBND"]
    assert life.events[0].before == ""


def test_what_stands_below_is_told_with_its_name_and_what_stands_above_only_where_it_touches(folder: Path) -> None:
    amend(folder, 2021, "Sửa đổi điểm tối đa chỉ số thành phần 1.2 từ 40 điểm thành 30 điểm")
    life = the_life(folder, "1")
    assert [event.within for event in life.events] == ["", 'Chỉ số thành phần 1.2 "Họp": 30 điểm']
    assert events(folder, "1.1") == ["born 2020-01-01 1/QĐ-UBND"]
    assert events(folder, "tinh")[1:] == ["amended 2021-01-01 khoản 1 Điều 1 Quyết định 2021/QĐ-UBND"]


def test_a_replaced_parent_touches_only_the_children_it_changes(folder: Path) -> None:
    amend(
        folder,
        2021,
        'Sửa đổi, bổ sung Chỉ số 1 "Chỉ đạo": 60 điểm\n'
        '    Chỉ số thành phần 1.1 "Kế hoạch": 60 điểm\n'
        "      Điểm = [Số kế hoạch] * 2 điểm, không quá 60 điểm\n"
        "  Bỏ phần còn lại",
    )
    clause = "khoản 1 Điều 1 Quyết định 2021/QĐ-UBND"
    assert events(folder, "1.1")[1:] == [f"amended 2021-01-01 {clause}"]
    assert events(folder, "1.2")[1:] == [f"repealed 2021-01-01 {clause}"]
    assert events(folder, "2.1")[1:] == []


def test_a_suspension_is_told_and_so_is_its_end(folder: Path) -> None:
    amend(folder, 2021, "Ngưng hiệu lực chỉ số thành phần 1.2 từ 01/03/2021 đến hết 31/12/2021, loại khỏi điểm tối đa")
    clause = "khoản 1 Điều 1 Quyết định 2021/QĐ-UBND"
    assert events(folder, "1.2")[1:] == [f"suspended 2021-03-01 {clause}", f"lapsed 2022-01-01 {clause}"]


def test_a_correction_counts_from_the_first_day(folder: Path) -> None:
    amend(folder, 2021, "Đính chính điểm tối đa chỉ số thành phần 1.2 từ 40 điểm thành 30 điểm", deed="đính chính")
    assert events(folder, "1.2")[1:] == ["corrected 2020-01-01 khoản 1 Điều 1 Quyết định 2021/QĐ-UBND"]


def test_a_clause_without_a_day_yet_comes_last_without_one(folder: Path) -> None:
    order = "Sửa đổi điểm tối đa chỉ số thành phần 1.2 từ 40 điểm thành {} điểm"
    amend(folder, 2021, order.format(30), force="chưa xác định")
    assert events(folder, "1.2")[1:] == ["amended - khoản 1 Điều 1 Quyết định 2021/QĐ-UBND"]


def test_the_end_of_the_document_ends_its_nodes(folder: Path) -> None:
    replacing = ORIGINAL.replace("Quyết định 1/QĐ-UBND", "Quyết định 2/QĐ-UBND thay thế Quyết định 1/QĐ-UBND")
    (folder / "2.rubric").write_text(replacing.replace("2020", "2023"), encoding="utf-8")
    first, second = lives(load(folder), "1.2")
    assert [told(event) for event in first.events][1:] == ["ended 2023-01-01 2/QĐ-UBND"]
    assert [told(event) for event in second.events] == ["born 2023-01-01 2/QĐ-UBND"]


def test_what_a_document_changed_for_a_time_only_lapses(folder: Path) -> None:
    order = "Sửa đổi mức không quá chỉ số 1.1 từ 20 điểm thành 10 điểm"
    data = "Bổ sung vào cuối thang điểm tỉnh\n    Số liệu [Số kế hoạch]: số nguyên, từ 0 trở lên"
    amend(folder, 2021, order, data, force="từ 01/01/2021 đến hết 31/12/2021")
    clauses = [f"khoản {number} Điều 1 Quyết định 2021/QĐ-UBND" for number in (1, 2)]
    assert events(folder, "1")[1:] == [f"amended 2021-01-01 {clauses[0]}", f"lapsed 2022-01-01 {clauses[0]}"]
    assert events(folder, "[Số kế hoạch]")[1:] == [
        f"amended 2021-01-01 {clauses[0]}",
        f"inserted 2021-01-01 {clauses[1]}",
        f"lapsed 2022-01-01 {clauses[0]}",
        f"lapsed 2022-01-01 {clauses[1]}",
    ]
    (life,) = lives(load(folder), "[Số kế hoạch]")
    assert "không quá 10 điểm" in life.events[3].before
    assert "không quá 20 điểm" in life.events[3].after


def test_the_life_of_rules_with_an_error_is_refused(folder: Path) -> None:
    (folder / "1.rubric").write_text("Quyết định 2/QĐ-UBND\nThang điểm", encoding="utf-8")
    with pytest.raises(RuleSetError, match="id of the scale"):
        lives(load(folder), "1.1")


def test_a_bonus_is_found_by_its_title_and_a_datum_by_its_brackets(folder: Path) -> None:
    amend(folder, 2021, 'Bãi bỏ điểm thưởng "Sáng kiến"')
    clause = "khoản 1 Điều 1 Quyết định 2021/QĐ-UBND"
    expected = ["born 2020-01-01 1/QĐ-UBND", f"repealed 2021-01-01 {clause}"]
    assert events(folder, '"sáng kiến"') == events(folder, "Sáng kiến") == expected
    assert events(folder, "[số sáng kiến]") == expected
    assert events(folder, "[Số kế hoạch]") == expected[:1]


def test_an_example_is_no_change_of_the_data_it_has(folder: Path) -> None:
    order = 'Bổ sung vào cuối văn bản\n    Ví dụ "một"\n      [Số kế hoạch] = 3\n      1.2 = 1\n      2.1 = 1'
    amend(folder, 2021, order, "Sửa đổi mức không quá chỉ số 1.1 từ 20 điểm thành 10 điểm")
    assert events(folder, "[Số kế hoạch]") == [
        "born 2020-01-01 1/QĐ-UBND",
        "amended 2021-01-01 khoản 2 Điều 1 Quyết định 2021/QĐ-UBND",
    ]


def test_a_reference_that_follows_a_renumbering_is_told(folder: Path) -> None:
    text = ORIGINAL.replace("      Chấm trực tiếp\n  Chỉ số 2", "      Điểm = chỉ số 1.1 * 2\n  Chỉ số 2")
    (folder / "0.rubric").write_text(text, encoding="utf-8")
    amend(folder, 2021, "Đánh số lại chỉ số 1.1 thành 1.5")
    assert events(folder, "1.2")[1:] == ["followed 2021-01-01 khoản 1 Điều 1 Quyết định 2021/QĐ-UBND"]


def test_what_never_was_is_refused_with_what_is_near(folder: Path) -> None:
    with pytest.raises(RuleSetError) as error:
        lives(load(folder), "1.22")
    (found,) = error.value.diagnostics
    assert (found.code, "“1.2”" in found.message("en")) == ("TD613", True)


def test_a_scale_limits_where_a_code_is_looked_for(folder: Path) -> None:
    second = ORIGINAL[ORIGINAL.index("Thang điểm") :].replace('tỉnh "Cấp tỉnh"', 'xã "Cấp xã"')
    (folder / "0.rubric").write_text(f"{ORIGINAL}\n{second}", encoding="utf-8")
    assert [life.node.scale for life in lives(load(folder), "1.2")] == ["tỉnh", "xã"]
    assert [life.node.scale for life in lives(load(folder), "1.2", "xa")] == ["xã"]


def test_a_clause_that_cannot_be_carried_out_is_an_error(folder: Path) -> None:
    amend(folder, 2021, "Sửa đổi điểm tối đa chỉ số thành phần 1.2 từ 41 điểm thành 30 điểm")
    with pytest.raises(RuleSetError, match=r"1\.2"):
        lives(load(folder), "1.2")


def test_a_phrase_that_stood_in_several_nodes_is_told_of_each_by_its_own_words(folder: Path) -> None:
    text = ORIGINAL.replace('"Họp"', '"Họp giao ban"').replace('"Hồ sơ"', '"Hồ sơ giao ban"')
    (folder / "0.rubric").write_text(text, encoding="utf-8")
    amend(
        folder,
        2021,
        'Thay cụm từ "giao ban" bằng "sơ kết" tại văn bản (2 lần)',
        "Sửa đổi điểm tối đa chỉ số thành phần 1.2 từ 40 điểm thành 30 điểm",
    )
    heads = [
        [side.strip().splitlines()[0] for side in (event.before, event.after)]
        for event in the_life(folder, "1.2").events[1:]
    ]
    assert heads == [
        ['Chỉ số thành phần 1.2 "Họp giao ban": 40 điểm', 'Chỉ số thành phần 1.2 "Họp sơ kết": 40 điểm'],
        ['Chỉ số thành phần 1.2 "Họp sơ kết": 40 điểm', 'Chỉ số thành phần 1.2 "Họp sơ kết": 30 điểm'],
    ]
    assert events(folder, "2.1")[1:] == ["amended 2021-01-01 khoản 1 Điều 1 Quyết định 2021/QĐ-UBND"]
    assert events(folder, "1.1")[1:] == []
    within = [event.within for event in the_life(folder, "tỉnh").events[1:]]
    assert [each.split('"')[0].strip() for each in within] == [
        "Chỉ số thành phần 1.2",
        "Chỉ số thành phần 2.1",
        "Chỉ số thành phần 1.2",
    ]


def test_several_nodes_that_gave_way_are_each_told_by_their_own_words(folder: Path) -> None:
    amend(
        folder,
        2021,
        "Thay các chỉ số thành phần 1.1 đến 1.2 bằng:\n"
        '    Chỉ số thành phần 1.1 "Kế hoạch năm": 60 điểm\n'
        "      Chấm trực tiếp",
    )
    clause = "khoản 1 Điều 1 Quyết định 2021/QĐ-UBND"
    assert events(folder, "1.2")[1:] == [f"repealed 2021-01-01 {clause}"]
    assert "Kế hoạch" not in the_life(folder, "1.2").events[1].before


def test_a_node_that_was_there_for_a_time_only_lapses_and_data_elsewhere_do_not(folder: Path) -> None:
    node = 'Bổ sung vào sau chỉ số thành phần 1.2\n    Chỉ số thành phần 1.2a "Mạng": 10 điểm\n      Chấm trực tiếp'
    amend(folder, 2021, node, force="từ 01/01/2021 đến hết 31/12/2021")
    clause = "khoản 1 Điều 1 Quyết định 2021/QĐ-UBND"
    assert events(folder, "1.2a") == [f"inserted 2021-01-01 {clause}", f"lapsed 2022-01-01 {clause}"]
    assert events(folder, "1") == ["born 2020-01-01 1/QĐ-UBND", *events(folder, "1.2a")]
    assert [event.within for event in the_life(folder, "1").events[1:]] == [
        'Chỉ số thành phần 1.2a "Mạng": 10 điểm'
    ] * 2
    assert events(folder, "1.1") == events(folder, "[Số kế hoạch]") == ["born 2020-01-01 1/QĐ-UBND"]
