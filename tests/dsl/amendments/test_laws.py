"""Laws of amendments over generated rule files and patches.

``THANGDIEM_EXAMPLES=500`` draws so many other examples of each instead of the few that are always the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from drawing import few
from dsl.amendments.amended import amendment_of, plain, rules, version
from generated import RuleFile, rule_files, unit_lists, units
from generated.data import PERIOD
from generated.patches import SINCE, Decision, Patch, decisions, patches, renamed
from generated.units import Unit
from thangdiem.dsl.amendments.consolidation import consolidate
from thangdiem.dsl.amendments.drafting import draft_amendment
from thangdiem.dsl.checker import check
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.parser import parse
from thangdiem.dsl.printer import print_file
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.source import source_of
from thangdiem.dsl.steps import steps_between
from thangdiem.dsl.syntax import SyntaxFile
from thangdiem.dsl.versions import RuleSetError, RuleVersion
from thangdiem.engine import evaluate, evaluate_all
from thangdiem.engine.binding import facts_from_mapping
from thangdiem.engine.impact import Stage, impact
from thangdiem.engine.result import UnitResult
from thangdiem.engine.writing import result_json

_laws = few(10)
_files = rule_files(scales=2, indicators=3, components=3, number="12/QĐ-UBND")
_BEFORE = SINCE - timedelta(days=1)


@_laws
@given(st.data())
def test_consolidating_twice_changes_nothing(data: st.DataObject) -> None:
    file = data.draw(_files)
    decision = data.draw(decisions(file))
    once, again = version(file, decision), version(file, decision)
    assert once.book.source.text == again.book.source.text
    text = once.consolidated[0]
    same = consolidate(_syntax(text.source.text), once.book.document, ())
    assert same.source.text == text.source.text
    assert plain(check(same.source).book or once.book) == plain(once.book)


@_laws
@given(_files)
def test_the_empty_amendment_changes_nothing(file: RuleFile) -> None:
    other = Decision((Patch(("Bãi bỏ chỉ số 1",), frozenset()),), amends="13/QĐ-UBND")
    book = file.rules().book
    assert consolidate(_syntax(file.text), book.document, ()).source.text == file.text
    assert version(file, other).book is version(file).book


@_laws
@given(st.data())
def test_patches_of_different_nodes_commute(data: st.DataObject) -> None:
    file = data.draw(_files)
    one, other = data.draw(_two_apart(file))
    first, second = (version(file, Decision(each)).book for each in ((one, other), (other, one)))
    assert plain(first) == plain(second)


@_laws
@given(st.data())
def test_two_documents_of_one_day_need_an_order_only_where_it_matters(data: st.DataObject) -> None:
    file = data.draw(_files)
    one, other = data.draw(_two_apart(file))
    first, second = Decision((one,), "20/QĐ-UBND"), Decision((other,), "21/QĐ-UBND")
    apart = version(file, first, second).book
    assert plain(apart) == plain(version(file, first, evolve(second, after="20/QĐ-UBND")).book)


@_laws
@given(_files)
def test_two_documents_of_one_day_that_do_not_commute_are_refused(file: RuleFile) -> None:
    scale = file.scales[0]
    words = [scale.title, f"{scale.title} A", f"{scale.title} B"]
    first, second = (
        Decision((_phrase(words[0], after, scale.id),), number)
        for after, number in ((words[1], "20/QĐ-UBND"), (words[2], "21/QĐ-UBND"))
    )
    found = _refused(file, first, second)
    assert [each.code for each in found if each.code == "TD633"] == ["TD633"]
    assert {found[0].arguments["one"], found[0].arguments["other"]} == {
        "Quyết định 20/QĐ-UBND",
        "Quyết định 21/QĐ-UBND",
    }
    ordered = version(file, first, evolve(second, after="20/QĐ-UBND")).book
    assert ordered.scales[0].title == f"{scale.title} B A"


@_laws
@given(st.data())
def test_an_amendment_in_the_future_never_changes_a_past_result(data: st.DataObject) -> None:
    file = data.draw(_files)
    decision = data.draw(decisions(file))
    given_units = data.draw(unit_lists(file, most=3))
    written = [
        _results(found, given_units) for found in (version(file, day=_BEFORE), version(file, decision, day=_BEFORE))
    ]
    assert written[0] == written[1]


@_laws
@given(st.data())
def test_renumbering_and_wording_never_change_a_score(data: st.DataObject) -> None:
    file = data.draw(_files)
    decision = data.draw(decisions(file, wording=True))
    unit = data.draw(units(file, complete=data.draw(st.booleans())))
    before = evaluate(file.rules(), unit, period=PERIOD)
    moved = {renamed(decision, key): value for key, value in unit.items()}
    after = evaluate(rules(version(file, decision)), moved, period=PERIOD)
    assert _said(before) == _said(after)
    scores = {renamed(decision, item.code): item.score for item in before.items}
    assert scores == {item.code: item.score for item in after.items if item.code in scores}


def _said(result: UnitResult) -> object:
    return result.status, result.total, result.maximum, result.grade, len(result.gaps)


@_laws
@given(st.data())
def test_what_was_consolidated_is_printed_and_read_again_the_same(data: st.DataObject) -> None:
    file = data.draw(_files)
    found = version(file, data.draw(decisions(file)))
    text = found.book.source.text
    assert print_file(_syntax(text)) == text
    again = check(source_of(text))
    assert again.book == found.book
    assert plain(again.book or found.book) == plain(found.book)


@_laws
@given(st.data())
def test_a_draft_of_the_difference_leads_to_what_was_amended(data: st.DataObject) -> None:
    file = data.draw(_files)
    found = version(file, data.draw(decisions(file)))
    assert_drafted(file, found.book)


@_laws
@given(_files, _files)
def test_a_draft_leads_from_any_file_to_any_other(old: RuleFile, new: RuleFile) -> None:
    assert_drafted(old, new.rules().book)


def assert_drafted(file: RuleFile, wanted: Rulebook) -> None:
    book = file.rules().book
    drafted = draft_amendment(book, wanted)
    assert print_file(_syntax(drafted.text)) == drafted.text
    clauses = amendment_of(file.text, drafted.text).clauses if drafted.orders else ()
    text = consolidate(_syntax(file.text), book.document, clauses)
    assert [each.code for each in text.diagnostics if each.code != "TD646"] == []
    made = check(text.source)
    assert made.book is not None
    assert plain(made.book) == plain(wanted)


@_laws
@given(st.data())
def test_the_effects_of_clauses_add_up_to_the_whole(data: st.DataObject) -> None:
    file = data.draw(rule_files(scales=1, indicators=2, components=3, number="12/QĐ-UBND"))
    decision = data.draw(decisions(file))
    assume(not any(patch.codes for patch in decision.patches))
    amended = version(file, decision)
    steps = steps_between(file.rules().book, (), amended.consolidated[0].clauses)
    stages = tuple(
        Stage(
            step.clauses[-1].label,
            ScaleRules(step.book, step.book.scales[0]),
            ScaleRules(step.alone, step.alone.scales[0]) if step.alone is not None else None,
        )
        for step in steps
    )
    rows = data.draw(unit_lists(file, most=3))
    later = [{renamed(decision, key): value for key, value in row.items()} for row in rows]
    old, new = file.rules(), rules(amended)
    facts_old = [facts_from_mapping(old.scale, row)[0] for row in rows]
    facts_new = [facts_from_mapping(new.scale, row)[0] for row in later]
    found = impact(old, new, facts_old, facts_new, stages, period=PERIOD)
    assert stages
    for unit in found.decided:
        if unit.points is not None:
            assert sum(part.points or 0 for part in unit.parts) == unit.points
    assert found.unexplained == ()


# --- what is wrong is told, and by which clause


@_laws
@given(_files)
def test_a_wrong_old_value_names_the_clause_and_the_one_that_changed_it_before(file: RuleFile) -> None:
    scale = file.scales[0]
    first = f"Sửa đổi điểm tối đa thang điểm {scale.id} từ {_maximum(file)} điểm thành 977 điểm"
    second = f"Sửa đổi điểm tối đa thang điểm {scale.id} từ {_maximum(file)} điểm thành 978 điểm"
    decision = Decision(tuple(Patch((order,), frozenset()) for order in (first, second)))
    (found,) = _refused(file, decision)
    assert (found.code, found.arguments["clause"]) == ("TD623", "khoản 2 Điều 1 Quyết định 20/QĐ-UBND")
    assert found.related[0].arguments["clause"] == "khoản 1 Điều 1 Quyết định 20/QĐ-UBND"


def _maximum(file: RuleFile) -> str:
    return next(file.scales[0].written()).rsplit(": ", 1)[1].removesuffix(" điểm")


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ("Bãi bỏ chỉ số 77", "TD620"),
        ('Bãi bỏ dòng "Không có dòng này"', "TD620"),
        ("Sửa đổi điểm tối đa chỉ số 77 từ 1 điểm thành 2 điểm", "TD620"),
        ('Bổ sung vào sau chỉ số 77\n    Chỉ số 78 "Mồ côi": 5 điểm\n      Chấm trực tiếp', "TD620"),
        ('Thay cụm từ "không hề có" bằng "có" (1 lần)', "TD626"),
        ("Đánh số lại 77 thành 78", "TD6"),
    ],
)
def test_what_is_not_there_is_an_error_that_names_the_clause(order: str, code: str) -> None:
    @few(3)
    @given(rule_files(scales=1, indicators=2, components=2, number="12/QĐ-UBND"))
    def law(file: RuleFile) -> None:
        (found,) = _refused(file, Decision((Patch((order,), frozenset()),)))
        assert found.code.startswith(code)
        assert found.arguments["clause"] == "khoản 1 Điều 1 Quyết định 20/QĐ-UBND"

    law()


@_laws
@given(_files)
def test_what_a_clause_repealed_is_named_to_the_one_that_wants_it_later(file: RuleFile) -> None:
    scale = file.scales[0]
    item = scale.items[0]
    where = f"{item.kind} {item.code} của {scale.id}"
    orders = (f"Bãi bỏ {where}", f'Bổ sung vào sau {where}\n    Chỉ số 78 "Mồ côi": 5 điểm\n      Chấm trực tiếp')
    (found,) = _refused(file, Decision(tuple(Patch((order,), frozenset()) for order in orders)))
    assert (found.code, found.arguments["clause"]) == ("TD621", "khoản 2 Điều 1 Quyết định 20/QĐ-UBND")
    assert found.related[0].arguments["clause"] == "khoản 1 Điều 1 Quyết định 20/QĐ-UBND"


# --- the parts


def _phrase(old: str, new: str, scale: str) -> Patch:
    return Patch((f'Thay cụm từ "{old}" bằng "{new}" tại thang điểm {scale} (1 lần)',), frozenset())


@st.composite
def _two_apart(draw: st.DrawFn, file: RuleFile) -> tuple[Patch, Patch]:
    one = draw(patches(file))
    other = draw(patches(file).filter(lambda each: each.apart_from(one)))
    return one, other


def _refused(file: RuleFile, *decisions_: Decision) -> list[Diagnostic]:
    with pytest.raises(RuleSetError) as refused:
        version(file, *decisions_)
    return list(refused.value.diagnostics)


def _syntax(text: str) -> SyntaxFile:
    syntax, slips = parse(source_of(text))
    assert syntax is not None
    assert slips == ()
    return syntax


def _results(found: RuleVersion, given_units: Sequence[Unit]) -> str:
    scored = evaluate_all(rules(found), given_units, period=PERIOD)
    return json.dumps(result_json([scored]), ensure_ascii=False)
