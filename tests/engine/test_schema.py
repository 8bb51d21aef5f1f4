"""What the schema takes, the binder takes, and what it refuses is refused."""

import json
from typing import Any, cast

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from binding_rubrics import FORMS, LAYERED, TWO_SCALES, book
from thangdiem.dsl.diagnostic import has_errors
from thangdiem.engine.binding import bind, words
from thangdiem.engine.schema import schema
from thangdiem.engine.tables import read_table

BOOK = book(FORMS)
SCHEMA = schema(BOOK.scales[0])
VALIDATOR = Draft202012Validator(SCHEMA)
PROPERTIES: Any = cast(Any, SCHEMA)["items"]["properties"]
KEYS = sorted(set(PROPERTIES) - {"Đơn vị", "Ghi chú", "Loại đơn vị", "Tổng điểm"})
TEXTS = st.sampled_from(
    [
        "có",
        "không",
        "x",
        "80%",
        "0,8",
        "0,125",
        "1.250%",
        "80",
        "1,25",
        "1.25",
        "1.250",
        "1,250",
        "1.250.000",
        "-",
        "a",
        "b, a",
        "a c",
        "none",
        "A",
        "C",
        "Chưa có",
        "n/a",
        "chưa đánh giá",
        "31/12/2024",
        "2024-12-31",
        "31.12.2024",
        "-5",
        "1/2",
        "đạt",
        "12 hồ sơ",
        "",
        "%",
    ]
)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 200), st.sampled_from([0.5, 1.5, 0.25, -0.5]), TEXTS,
    st.lists(st.sampled_from("abc"), max_size=2),
)  # fmt: skip


@given(st.sampled_from(KEYS), VALUES)
@settings(max_examples=500, deadline=None)
def test_the_schema_and_the_binder_agree(key: str, value: object) -> None:
    # The schema names each option as the rules spell it; the binder also takes the other case.
    assume((key, value) != ("[Loại hình]", "a"))
    data = [{"Đơn vị": "A", key: value}]
    if isinstance(value, list) and key != "1.4":
        assert not VALIDATOR.is_valid(data)
    table, found = read_table("a.json", json.dumps(data, ensure_ascii=False).encode())
    assert table is not None, found
    _, wrong = bind(table, BOOK)
    partly = {one.code for one in wrong} <= {"TD479"}
    assert VALIDATOR.is_valid(data) == (not has_errors(wrong) or partly), (
        key,
        value,
        [one.code for one in wrong],
    )


def test_every_word_for_yes_and_no_the_binder_knows_is_in_the_schema() -> None:
    for key, known in (("1.4.a", words.TICKED | words.NOT_TICKED), ("[Có cổng]", words.YES | words.NO)):
        taken = [word for word in known if VALIDATOR.is_valid([{"Đơn vị": "A", key: word}])]
        assert sorted(known - {"true", "false"}) == sorted(taken)


def test_schemas_are_schemas_with_titles_in_both_languages() -> None:
    for text in (FORMS, TWO_SCALES, LAYERED.format(rule="bắt buộc có thẩm định")):
        for scale in book(text).scales:
            Draft202012Validator.check_schema(schema(scale))
    assert PROPERTIES["Đơn vị"]["title"] == "Đơn vị / Unit"
    assert PROPERTIES["[Số hồ sơ]"]["description"] == "hồ sơ"


def test_an_unknown_key_and_a_unit_without_a_name_are_refused() -> None:
    assert not VALIDATOR.is_valid([{"Đơn vị": "A", "3": 1}])
    assert not VALIDATOR.is_valid([{"2": 1}])
    assert VALIDATOR.is_valid([{"Đơn vị": "A", "2": 1}])


def test_layers_have_their_own_keys() -> None:
    layered = schema(book(LAYERED.format(rule="bắt buộc có thẩm định")).scales[0])
    keys = cast(Any, layered)["items"]["properties"]
    assert {"1 (tự chấm)", "1 (thẩm định)"} < set(keys)
    assert "1" not in keys
