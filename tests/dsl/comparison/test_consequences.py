"""What a change is said to touch is all it touches: both versions are evaluated and held against it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from altered import alterations, following, may_touch, sound
from generated import rule_files, units
from generated.data import PERIOD
from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison import Change, ChangeKind, Comparison, Effect, compare
from thangdiem.dsl.comparison.change import Stretch
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine import UnitResult, evaluate
from thangdiem.engine.binding.mapping import Given

_quiet = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
RULES = (Path(__file__).parent / "methods.rubric").read_text(encoding="utf-8")
UNIT: dict[str, Given] = {
    "Đơn vị": "A", "[Số họp]": "3", "[Tỷ lệ]": "60%", "[Ngày gửi]": "05/06/2024", "[Loại]": "A", "[Số tin]": "8",
    "[Có cổng]": "có", "1.3": "Khá", "1.4": "a", "2.2": "5", "[Số giải]": "1", "[Kỷ luật]": "không",
}  # fmt: skip


def result(book: rb.Rulebook, unit: dict[str, Given]) -> UnitResult:
    return evaluate(ScaleRules(book, book.scales[0]), unit, period=PERIOD)


def outcome(found: UnitResult) -> object:
    return found.total, found.grade, found.status, [(item.state, item.score) for item in found.items]


@_quiet
@given(st.data())
def test_a_unit_that_no_change_touches_keeps_its_points_and_its_grade(data: st.DataObject) -> None:
    file = data.draw(rule_files(scales=1, indicators=2, components=3))
    old, new = sound(file.text), sound(data.draw(alterations(file.text)))
    assume(old is not None and new is not None and old != new)
    assert old is not None
    assert new is not None
    changes = compare(old, new).changes
    for _ in range(3):
        unit = data.draw(units(file))
        if not any(may_touch(change, unit) for change in changes):
            assert outcome(result(old, unit)) == outcome(result(new, following(unit, changes)))


def edited(*edits: tuple[str, str]) -> Comparison:
    text = RULES
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    old, new = sound(RULES), sound(text)
    assert old is not None, RULES
    assert new is not None, text
    return compare(old, new)


TOUCHING = {
    "threshold": [("- từ 4 trở lên: 10 điểm", "- từ 5 trở lên: 10 điểm")],
    "points of a step": [("- 3: 7 điểm", "- 3: 6 điểm")],
    "step removed": [("        - 3: 7 điểm\n", "")],
    "step added": [("        - 3: 7 điểm\n", "        - 3: 7 điểm\n        - 2: 4 điểm\n")],
    "threshold of a ratio": [("từ 80% trở lên", "từ 85% trở lên"), ("đến dưới 80%", "đến dưới 85%")],
    "open end": [("từ 80% trở lên", "trên 80%"), ("đến dưới 80%", "đến 80%")],
    "points of a level": [("- Khá: 6 điểm", "- Khá: 5 điểm")],
    "level removed": [("        - Khá: 6 điểm\n", "")],
    "level reworded": [("- Khá: 6", "- Tương đối: 6")],
    "letter": [("a) Lãnh đạo: 4 điểm", "a) Lãnh đạo: 3 điểm")],
    "letter removed": [("        a) Lãnh đạo: 4 điểm\n", "")],
    "day": [("đến hết 31/05/2024", "đến hết 10/06/2024")],
    "text": [('"A": 5', '"A", "B": 5'), ('        - "B": 3 điểm\n', "")],
    "case": [("[Có cổng] = có: 5 điểm", "[Có cổng] = có: 4 điểm")],
    "mark": [("5; 10: 2 điểm", "5; 12: 2 điểm")],
    "domain": [("từ 0 đến 31", "từ 0 đến 30")],
}


@pytest.mark.parametrize("name", TOUCHING)
def test_the_example_of_a_change_is_a_unit_that_changes(name: str) -> None:
    found = edited(*TOUCHING[name])
    told = [change for change in found.changes if change.consequence.effect is not Effect.NONE]
    assert told
    for change in told:
        assert change.consequence.effect is Effect.SOME
        given_unit = dict(UNIT) | _instance(change)
        assert outcome(result(found.old, given_unit)) != outcome(result(found.new, given_unit))
        assert may_touch(change, given_unit) or change.consequence.instance is None


def _instance(change: Change) -> dict[str, Given]:
    instance = change.consequence.instance
    assert instance is not None
    assert instance.column
    value = instance.value
    return {instance.column: ", ".join(value) if isinstance(value, tuple) else value}


WORDING = {
    "title": [('"Ban chỉ đạo họp"', '"Ban chỉ đạo họp định kỳ"')],
    "renumbered": [("Tiêu chí 1.1 ", "Tiêu chí 1.1a ")],
    "two that change numbers": [("1.1 ", "1.X "), ("1.2 ", "1.1 "), ("1.X ", "1.2 ")],
    "citation": [("Căn cứ: Điều 1", "Căn cứ: khoản 1 Điều 1")],
    "letter reworded": [("a) Lãnh đạo:", "a) Lãnh đạo tham dự:")],
    "bonus renamed": [('"Giải thưởng"', '"Giải thưởng cấp tỉnh"')],
    "same in other words": [("- từ 4 trở lên: 10 điểm", "- trên 3: 10 điểm")],
    "unit": [('"cuộc họp"', '"buổi họp"')],
    "subject of a band": [("Loại tốt: có tổng", "Loại tốt: Đơn vị có tổng")],
    "order": [("- Tốt: 10 điểm\n        - Khá: 6 điểm", "- Khá: 6 điểm\n        - Tốt: 10 điểm")],
}


@pytest.mark.parametrize("name", WORDING)
def test_wording_and_numbers_touch_nobody(name: str) -> None:
    found = edited(*WORDING[name])
    assert found.changes
    assert found.effect is Effect.NONE
    one, other = result(found.old, UNIT), result(found.new, following(UNIT, found.changes))
    assert one.total is not None
    assert (one.total, one.grade, one.status) == (other.total, other.grade, other.status)


YEARS = {
    "a later beginning: from the earlier on, without the later": (
        ("từ 01/01/2024\n", "từ 01/01/2024\n  Áp dụng: kỳ đánh giá từ năm 2024\n"),
        ("từ năm 2024", "từ năm 2026"),
        Stretch(Fraction(2024), Fraction(2026), False, True, "2024", "2026"),
    ),
    "an earlier end: what follows it, up to the later with it": (
        ("từ 01/01/2024\n", "từ 01/01/2024\n  Áp dụng: kỳ đánh giá từ năm 2024 đến năm 2028\n"),
        ("đến năm 2028", "đến năm 2026"),
        Stretch(Fraction(2026), Fraction(2028), True, False, "2026", "2028"),
    ),
}


@pytest.mark.parametrize("name", YEARS)
def test_of_other_years_are_touched_those_that_only_one_version_is_for(name: str) -> None:
    stated, edit, stretch = YEARS[name]
    base = RULES.replace(*stated)
    old, new = sound(base), sound(base.replace(*edit))
    assert old is not None
    assert new is not None
    (change,) = compare(old, new).changes
    assert change.kind is ChangeKind.PERIODS
    assert change.consequence.condition is not None
    assert change.consequence.condition.stretches == (stretch,)


def test_what_is_touched_through_other_units_may_be_everybody() -> None:
    graded = "Không xếp loại tốt khi cao nhất chỉ số 2 của các đơn vị trên 8"
    base = RULES.replace("Không xếp loại tốt khi [Kỷ luật] = có", graded)
    old, new = sound(base), sound(base.replace("- 3: 7 điểm", "- 3: 6 điểm"))
    assert old is not None
    assert new is not None
    (change,) = compare(old, new).changes
    assert change.consequence.effect is Effect.ALL
    assert change.consequence.through_others


def test_a_level_reworded_with_its_former_label_kept_touches_nobody() -> None:
    old = sound(RULES)
    assert old is not None
    new = _relabelled(old)
    (change,) = compare(old, new).changes
    assert (change.kind, change.consequence.effect) == (ChangeKind.LEVEL_LABEL, Effect.NONE)
    assert outcome(result(old, UNIT)) == outcome(result(new, UNIT))


def _relabelled(book: rb.Rulebook) -> rb.Rulebook:
    """The level “Khá” of 1.3 under another label, the former one still taken."""
    scale = book.scales[0]
    group = scale.items[0]
    item = group.children[2]
    assert isinstance(item.method, rb.Choice)
    good, fair, poor = item.method.levels
    choice = evolve(item.method, levels=(good, evolve(fair, label="Tương đối", aliases=("Khá",)), poor))
    children = (*group.children[:2], evolve(item, method=choice), *group.children[3:])
    return evolve(book, scales=(evolve(scale, items=(evolve(group, children=children), *scale.items[1:])),))
