from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.numbering import NO_PARENT, levels, nest, rank

_KINDS = dialect("vi").spellings["KIND"]


def nested(*items: str) -> dict[str, str | None]:
    """Parents by code, of items written ``nhóm I``."""
    pairs = [(item.rpartition(" ")[2], _KINDS.index(item.rpartition(" ")[0])) for item in items]
    codes = [code for code, _ in pairs]
    parents = nest(pairs)
    return {
        code: None if parent is None else "missing" if parent == NO_PARENT else codes[parent]
        for code, parent in zip(codes, parents, strict=True)
    }


def test_a_dotted_code_goes_to_its_prefix() -> None:
    assert nested("chỉ số 1", "chỉ số thành phần 1.4", "chỉ số thành phần 1.4a", "tiêu chí 1.4.2") == {
        "1": None,
        "1.4": "1",
        "1.4a": "1",
        "1.4.2": "1.4",
    }


def test_a_dotted_code_goes_to_the_longest_prefix_there_is() -> None:
    assert nested("nhóm I", "tiêu chí I.2.1")["I.2.1"] == "I"


def test_the_kind_of_a_dotted_code_does_not_matter() -> None:
    assert nested("chỉ tiêu A", "nhóm A.1")["A.1"] == "A"


def test_a_dotted_code_without_a_prefix_before_it_has_no_parent() -> None:
    assert nested("chỉ số 2", "chỉ số thành phần 1.1", "chỉ số 1")["1.1"] == "missing"


def test_a_plain_code_goes_to_the_last_item_of_a_higher_kind() -> None:
    assert nested("nhóm I", "chỉ số 1", "chỉ số 2", "lĩnh vực II", "tiêu chí 3", "tiêu chí thành phần a") == {
        "I": None,
        "1": "I",
        "2": "I",
        "II": None,
        "3": "II",
        "a": "3",
    }


def test_components_do_not_hold_what_is_no_component() -> None:
    assert nested("tiêu chí thành phần a", "chỉ số 1") == {"a": None, "1": None}


def test_a_part_holds_groups_and_a_group_what_is_scored() -> None:
    assert nested("phần A", "lĩnh vực I", "tiêu chí 1", "tiêu chí 2", "lĩnh vực II", "tiêu chí 3", "phần B") == {
        "A": None,
        "I": "A",
        "1": "I",
        "2": "I",
        "II": "A",
        "3": "II",
        "B": None,
    }


def test_parts_stand_highest() -> None:
    assert [word for index, word in enumerate(_KINDS) if rank(index) == 0] == ["phần"]


@pytest.mark.parametrize("word", ["nhóm", "lĩnh vực", "trụ cột", "hạng mục", "chiều"])
def test_groups_stand_below_parts(word: str) -> None:
    assert rank(_KINDS.index(word)) == 1


@pytest.mark.parametrize("word", ["chỉ số thành phần", "tiêu chí thành phần"])
def test_components_stand_lowest(word: str) -> None:
    assert rank(_KINDS.index(word)) == 3


def test_all_other_kinds_stand_between() -> None:
    assert [word for index, word in enumerate(_KINDS) if rank(index) == 2] == [
        "chỉ số",
        "tiêu chí",
        "nội dung",
        "chỉ tiêu",
        "thông số",
        "yếu tố",
        "bài thi",
    ]


_items = st.lists(
    st.tuples(
        st.lists(st.sampled_from("12aI"), min_size=1, max_size=3).map(".".join),
        st.integers(0, len(_KINDS) - 1),
    ),
    max_size=20,
)


@given(_items)
def test_a_parent_stands_before_its_child_and_higher(items: list[tuple[str, int]]) -> None:
    parents = nest(items)
    for index, ((code, kind), parent, level) in enumerate(zip(items, parents, levels(parents), strict=True)):
        if parent is None or parent == NO_PARENT:
            assert level == 0
            assert ("." in code) == (parent == NO_PARENT)
            continue
        above, above_kind = items[parent]
        assert parent < index
        assert level == levels(parents)[parent] + 1
        assert code.startswith(f"{above}.") if "." in code else rank(above_kind) < rank(kind)
