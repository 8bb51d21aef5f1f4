from __future__ import annotations

import re
import string
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing import few
from straightened import assert_equal_to_plain, scorer_of
from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.all_versions import all_versions
from thangdiem.dsl.library import ScaleRules, load
from thangdiem.dsl.source import source_of
from thangdiem.engine.straight import Scorer, Values, prepare

_ROOT = Path(__file__).parents[2]
_SHIPPED = sorted(path for path in (_ROOT / "rules").iterdir() if path.is_dir())
_SETS = [*_SHIPPED, *sorted((_ROOT / "tests/rules/schemes").rglob("*.rubric"))]
_TIES = ("nửa lên", "nửa xuống", "nửa chẵn", "lên", "xuống", "cắt bỏ")


# --- rule files of all kinds

_points = st.integers(0, 12)
_small = st.sampled_from(["0", "1", "2", "3", "0,5", "7,25", "1/3"])


@st.composite
def numbers(draw: st.DrawFn, code: str, depth: int = 2) -> str:
    """An expression of plain numbers over the data of an item."""
    kind = draw(st.integers(0, 9 if depth else 1))
    if kind == 0:
        return f"[x {code}]"
    if kind == 1:
        return draw(st.one_of(_small, st.just(f"[y {code}]")))
    left, right = draw(numbers(code, depth - 1)), draw(numbers(code, depth - 1))
    if kind <= 5:
        return f"({left} {draw(st.sampled_from('+-*/'))} {right})"
    return {
        6: f"nhỏ nhất({left}; {right})",
        7: f"lớn nhất({left}; {right}; 2)",
        8: f"làm tròn({left}; {draw(st.integers(-1, 2))}; {draw(st.sampled_from(_TIES))})",
        9: f"trị tuyệt đối({left})^{draw(st.integers(0, 3))}",
    }[kind]


@st.composite
def conditions(draw: st.DrawFn, code: str, depth: int = 2) -> str:
    kind = draw(st.integers(0, 9 if depth else 6))
    low = draw(st.integers(0, 5))
    if kind == 0:
        return f"[có {code}] = {draw(st.sampled_from(['có', 'không']))}"
    if kind == 1:
        return f'[loại {code}] {draw(st.sampled_from(["=", "khác"]))} "{draw(st.sampled_from("AB"))}"'
    if kind == 2:
        day = draw(st.sampled_from(["31/05 năm đánh giá", "31/01 năm sau năm đánh giá", "01/06/2024"]))
        return f"[ngày {code}] {draw(st.sampled_from(['trên', 'đến hết', 'từ']))} {day}".replace(
            f"từ {day}", f"từ {day} trở lên"
        )
    if kind <= 6:
        return f"[x {code}] {draw(ranges(str(low), str(low + draw(st.integers(1, 6)))))}"
    parts = [draw(conditions(code, depth - 1)) for _ in range(2)]
    return (
        f"({parts[0]} {draw(st.sampled_from(['và', 'hoặc']))} {parts[1]})" if kind < 9 else f"không phải ({parts[0]})"
    )


def ranges(low: str, high: str) -> st.SearchStrategy[str]:
    return st.sampled_from(
        [
            f"từ {low} trở lên", f"trên {low}", f"từ {low} trở xuống", f"dưới {low}", f"từ {low} đến dưới {high}",
            f"từ {low} đến {high}", f"trên {low} đến {high}", f"trên {low} đến dưới {high}", f"= {low}", f"khác {low}",
        ]
    )  # fmt: skip


@st.composite
def methods(draw: st.DrawFn, code: str) -> list[str]:
    points = st.one_of(st.just("điểm tối đa"), st.just("1/2 * điểm tối đa"), _points.map(lambda n: f"{n} điểm"))
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return ["Chọn một:", *(f"  - mức {n}: {draw(points)}" for n in range(draw(st.integers(1, 4))))]
    if kind == 1:
        ticks = [f"  {letter}) ý {letter}: {draw(points)}" for letter in "abc"]
        return ["Cộng các ý đạt:", *ticks, f"  d) khi {draw(conditions(code))}: 1 điểm"]
    if kind == 2:
        rows = [f"  - {draw(ranges(str(n), str(n + 3)))}: {draw(points)}" for n in range(6, 0, -2)]
        return [f"Theo {draw(numbers(code))}:", *rows, *draw(_rest)]
    if kind == 3:
        rows = [
            '  - "A" và từ 3 trở lên: 3 điểm', f'  - "B" và bất kỳ: [y {code}] * 1 điểm',
            "  - bất kỳ và 1, 2: 2 điểm", "  - còn lại: 0 điểm",
        ]  # fmt: skip
        return [f"Theo [loại {code}] và [x {code}]:", *rows]
    if kind == 4:
        rows = [f"  - {draw(conditions(code))}: {draw(numbers(code))} * 1 điểm" for _ in range(2)]
        return ["Theo trường hợp:", *rows, *draw(_rest)]
    if kind == 5:
        rows = [f"  - {draw(conditions(code))}: {draw(points)}" for _ in range(3)]
        return ["Tính trường hợp có điểm cao nhất:", *rows, *draw(_rest)]
    if kind == 6:
        return [f"Theo [x {code}]:", f"  - mỗi mốc {draw(st.sampled_from(['vượt', 'đạt']))} 1; 3; 5,5: 1 điểm"]
    if kind == 7:
        return ["Chấm trực tiếp"]
    if kind == 8:
        return [
            f"Khi {draw(conditions(code))}, theo [x {code}]:", "  - từ 3 trở lên: 2 điểm", "  - còn lại: 1 điểm",
            f"Còn lại, điểm = [y {code}] * 1 điểm",
        ]  # fmt: skip
    limit = draw(st.sampled_from(["", ", không quá 5 điểm", f", không dưới 1 điểm khi {draw(conditions(code, 0))}"]))
    lines = [f"a = [x {code}]", f"b = [y {code}] + 1", "Tỷ lệ = a/b"]
    return [*lines, f"Điểm = {draw(st.sampled_from(['Tỷ lệ', 'a', draw(numbers(code))]))} * 1 điểm{limit}"]


_rest = st.sampled_from([["  - còn lại: 0 điểm"], ["  - còn lại: điểm tối đa"], []])


@st.composite
def items(draw: st.DrawFn, code: str) -> list[str]:
    maximum = draw(st.sampled_from(["10 điểm", "từ -15 đến 40 điểm", "không giới hạn điểm", "1000 điểm"]))
    weight = draw(st.sampled_from(["", ", hệ số 2", ", hệ số 0,5"]))
    lines = [f'Chỉ số thành phần {code} "Mục {code}": {maximum}{weight}', *draw(methods(code))]
    extra = draw(st.integers(0, 8))
    if extra == 0:
        lines.append(f"Chỉ tính khi {draw(conditions(code))}")
    if extra == 1:
        lines.append(f"Thay bằng 2 điểm khi {draw(conditions(code))}")
    if extra == 2:
        lines.append("không quá 7 điểm")
    if extra == 3:
        lines.append(f"Không áp dụng khi {draw(conditions(code))}")
    return lines


@st.composite
def rule_files(draw: st.DrawFn) -> str:
    count = draw(st.integers(1, 3))
    lines = ['Bộ tiêu chí "Thử"', 'Thang điểm a "A": không giới hạn điểm', f"Chỉ số không áp dụng: {draw(_policies)}"]
    if draw(st.booleans()):
        lines.append(
            f"Làm tròn: điểm chỉ số thành phần đến {draw(st.integers(0, 2))} chữ số thập phân, "
            f"{draw(st.sampled_from(_TIES))}; "
            f"tổng điểm đến 1 chữ số thập phân, {draw(st.sampled_from(_TIES))}"
        )
    for group in (1, 2):
        lines.append(f'Chỉ số {group} "Nhóm {group}": không giới hạn điểm')
        lines.append(f"Tổng hợp: {draw(_aggregations)}")
        for number in range(1, count + 1):
            lines += draw(items(f"{group}.{number}"))
    if draw(st.booleans()):
        lines += [
            'Điểm thưởng "Khen": không quá 5 điểm',
            "Điểm = [x 1.1] * 1 điểm",
            'Điểm trừ "Phạt"',
            "Chấm trực tiếp",
        ]
    if draw(st.booleans()):
        lines += ["Xếp loại", *draw(gradings())]
    return "\n".join(lines) + "\n"


_policies = st.sampled_from(
    ["giữ nguyên điểm tối đa", "loại khỏi điểm tối đa", "tính điểm tối đa", "không tính tổng điểm"]
)
_aggregations = st.sampled_from(
    [
        "cộng",
        "trung bình",
        "trung bình có hệ số",
        "thấp nhất",
        "cao nhất",
        "trung bình, làm tròn đến 1 chữ số thập phân, nửa chẵn",
    ]
)


@st.composite
def gradings(draw: st.DrawFn) -> list[str]:
    middle = draw(
        st.sampled_from(
            [
                "có tổng số điểm từ 5 điểm đến dưới 20 điểm",
                "có tổng số điểm từ 4 điểm đến 20 điểm và có chỉ số bằng 3 điểm",
            ]
        )
    )
    bands = ["Loại A: có tổng số điểm từ 20 điểm trở lên.", f"Loại B: {middle}.", "Loại C: các trường hợp còn lại."]
    rules = [
        f"Xếp ít nhất loại B khi {draw(conditions('1.1'))}", f"Không xếp quá loại B khi {draw(conditions('1.1'))}",
        f"Không xếp loại A khi {draw(conditions('2.1'))}", f"Xếp loại C khi {draw(conditions('2.1'))}",
        "Xếp loại A khi mọi chỉ số thành phần từ 3 điểm trở lên",
        "Loại A không quá 20% số đơn vị xếp loại B trở lên, làm tròn xuống, "
        "đồng hạng ở ranh giới thì cùng không đạt; số còn lại xếp loại B",
    ]  # fmt: skip
    return [*bands, *(rule for rule in rules if draw(st.booleans()))]


# --- the data of a unit

_number = st.one_of(
    *(st.integers(1, 9) for _ in range(9)),
    st.integers(0, 12).map(Fraction),
    st.sampled_from(
        [
            Fraction(1, 4),
            Fraction(5, 2),
            Fraction(-3),
            -1,
            Fraction(1, 3),
            Fraction(1, 10**9),
            10**14,
            10**20,
            2**20_000,
        ]
    ),
)
_odd = st.one_of(st.none(), st.just("chữ"), st.just(True), st.just(()), st.just(date(2024, 2, 29)), _number)


def usual(name: str) -> st.SearchStrategy[object]:
    if name.startswith(("x ", "y ", "@+", "@-")):
        return _number
    if name.startswith("có "):
        return st.booleans()
    if name.startswith("loại "):
        return st.sampled_from(["A", "B", " b", "C"])
    if name.startswith("ngày "):
        return st.dates(date(2024, 5, 29), date(2024, 6, 3))
    return st.one_of(
        st.sampled_from(["mức 0", "mức 1", "MỨC 2"]),
        st.lists(st.sampled_from("abc"), unique=True).map(tuple),
        st.integers(0, 10),
    )


@st.composite
def units(draw: st.DrawFn, names: list[str]) -> Values:
    values: dict[str, object] = {name: draw(usual(name)) for name in names}
    if (name := draw(st.sampled_from(names))) and not name.startswith("@-") and draw(st.integers(0, 3)) == 0:
        values[name] = draw(_odd)
    return {name: value for name, value in values.items() if value is not None or draw(st.booleans())}  # type: ignore[misc,return-value]


def names_of(scorer: Scorer) -> list[str]:
    scale = scorer.rules.scale
    bonuses = [f"@{bonus.key}" for bonus in scale.bonuses]
    return [*scale.data, *(f"@{item.code}" for item in scale.walk() if not item.children), *bonuses]


# --- what must be equal

_few = few(40)


@_few
@given(st.data())
def test_any_rule_scores_any_unit_as_the_plain_interpreter_does(data: st.DataObject) -> None:
    scorer = scorer_of(data.draw(rule_files()))
    for _ in range(3):
        assert_equal_to_plain(scorer, data.draw(units(names_of(scorer))))


@pytest.mark.parametrize("path", _SETS, ids=lambda path: path.stem)
def test_every_version_of_the_shipped_rules_scores_its_examples_as_the_plain_interpreter_does(path: Path) -> None:
    rules = load(path)
    books = [book for version in all_versions(rules) for book in version.books] or rules.documents
    samples = [(book, sample) for book in books for sample in book.examples]
    assert samples or path.suffix  # some schemes are held by oracles instead (tests/rules)
    for book, sample in samples:
        scale = next(scale for scale in book.scales if scale.id == sample.scale)
        scorer = prepare(ScaleRules(book, scale), sample.period)
        for unit in sample.units:
            assert_equal_to_plain(scorer, values_of(unit))


def values_of(unit: rb.ExampleUnit) -> Values:
    found: dict[str, object] = {}
    for each in unit.given:
        key = each.column[1:-1] if each.column.startswith("[") else f"@{each.column}"
        match each.value:
            case rb.State():
                continue
            case rb.Day(year=int(year)) as day:
                found[key] = date(year, day.month, day.day)
            case rb.Number() | rb.Text() | rb.YesNo():
                found[key] = each.value.value
            case letters:
                found[key] = letters
    return found  # type: ignore[return-value]


# --- what is straight, and what is not

_HEAD = 'Bộ tiêu chí "Thử"\nThang điểm a "A": 10 điểm\n'
_ITEM = 'Chỉ số 1 "Một": 10 điểm\n'


def test_an_ordinary_unit_is_scored_without_the_plain_interpreter() -> None:
    scorer = scorer_of(_HEAD + _ITEM + "Điểm = [a]/[b] * điểm tối đa\n")
    assert scorer.record({"a": 10**15 - 1, "b": 10**15 - 1}).tape is not None
    recording = scorer.record({"a": 1, "b": 3})
    assert recording.score.total == Fraction(10, 3)
    assert recording.tape is not None
    assert [
        (entry.kind, entry.of, value) for entry, value in recording.steps() if entry.kind in ("datum", "item", "total")
    ] == [
        ("datum", "a", 1),
        ("datum", "b", 3),
        ("item", "1", Fraction(10, 3)),
        ("total", "", Fraction(10, 3)),
    ]


@pytest.mark.parametrize("b", [0, None, "chữ", True, Fraction(1, 3), -1, 10**15, date(2024, 1, 1)])
def test_what_is_out_of_the_ordinary_is_left_to_the_plain_interpreter(b: object) -> None:
    scorer = scorer_of(_HEAD + _ITEM + "Điểm = [a]/[b] * điểm tối đa\n")
    values: Values = {"a": 1, "b": b}  # type: ignore[dict-item]
    assert scorer.record(values).tape is None
    assert_equal_to_plain(scorer, values)


def test_a_recording_has_the_tree_of_the_plain_interpreter() -> None:
    scorer = scorer_of(_HEAD + _ITEM + "Điểm = [a] * 1 điểm\n")
    result = scorer.record({"a": 3}).result()
    assert result.total == 3
    assert result.trace is not None


def test_a_scale_that_asks_for_nothing_is_straight() -> None:
    scorer = scorer_of(_HEAD + _ITEM + "Điểm = 7 điểm\n")
    assert scorer.straight
    assert scorer.score({}).total == 7
    assert_equal_to_plain(scorer, {})


def test_a_rule_over_units_has_no_straight_code() -> None:
    scorer = scorer_of(_HEAD + _ITEM + "Điểm = [a] / cao nhất [a] của các đơn vị * điểm tối đa\n")
    assert not scorer.straight
    assert scorer.score({"a": 3}).total == 10


def test_a_branch_not_gone_through_has_no_values_on_the_tape() -> None:
    text = _HEAD + _ITEM + "Theo [a]:\n- từ 5 trở lên: [b] * 1/2 điểm\n- còn lại: 1 điểm\n"
    steps = scorer_of(text).record({"a": 1, "b": 4}).steps()
    assert [value for entry, value in steps if entry.kind == "arithmetic"] == [None, None]
    assert [value for entry, value in steps if entry.kind == "branch"] == [1]


def test_of_the_best_case_the_tape_tells_the_row_of_the_rule() -> None:
    text = (
        _HEAD + _ITEM + "Tính trường hợp có điểm cao nhất:\n- [a] từ 1 trở lên: 2 điểm\n"
        "- [a] từ 2 trở lên: 5 điểm\n- còn lại: 0 điểm\n"
    )
    steps = scorer_of(text).record({"a": 3}).steps()
    assert [value for entry, value in steps if entry.kind == "branch"] == [1]


def test_a_float_is_refused() -> None:
    scorer = scorer_of(_HEAD + _ITEM + "Điểm = [a] * 1 điểm\n")
    with pytest.raises(TypeError):
        scorer.score({"a": 0.1})  # type: ignore[dict-item]


def test_numbers_that_would_grow_without_end_have_no_straight_code() -> None:
    growing = "".join(f"t{n + 1} = t{n} * t{n} * t{n} * t{n}\n" for n in range(12))
    scorer = scorer_of(_HEAD + _ITEM + f"t0 = [a]\n{growing}Điểm = t12 * 1 điểm\n")
    assert not scorer.straight
    assert_equal_to_plain(scorer, {"a": 3})


@pytest.mark.parametrize("count", [60, 500])
def test_a_sum_of_any_number_of_items_is_straight(count: int) -> None:
    items = "".join(
        f'Chỉ số {n} "Mục": 2 điểm\nTheo [x]:\n- 1: 2 điểm\n- còn lại: 1 điểm\n' for n in range(1, count + 1)
    )
    scorer = scorer_of('Bộ tiêu chí "Thử"\nThang điểm a "A": không giới hạn điểm\n' + items)
    assert scorer.straight
    assert scorer.score({"x": 1}).total == 2 * count


def test_more_steps_than_the_compiler_takes_are_left_to_the_plain_interpreter() -> None:
    rows = "".join(f"- {n}: 1 điểm\n" for n in range(4000))
    scorer = scorer_of(_HEAD + _ITEM + f"Theo [x]:\n{rows}- còn lại: 0 điểm\n")
    assert scorer.score({"x": 5000}).total == 0


# --- no text of a rule is ever code

_hostile = st.one_of(
    st.sampled_from(
        [
            "'];import os",
            '");raise SystemExit',
            "\\n raise SystemExit",
            "{0}",
            "%s",
            "__import__('os')",
            "#",
            "v1",
            "k0",
        ]
    ),
    st.text(st.sampled_from(string.ascii_letters + string.digits + " '(){};=#%\\,._-+*/@"), min_size=1, max_size=20),
)


@_few
@given(st.lists(_hostile, min_size=4, max_size=4), st.from_regex(r"[A-Z][A-Za-z0-9]{0,5}", fullmatch=True))
def test_no_text_of_a_rule_is_ever_code(texts: list[str], code: str) -> None:
    """Two scales that differ in nothing but their texts have the same code."""
    datum, label, other, title = (" ".join(f"w {text}".split()) for text in texts)
    hostile = prepare(_renamed(datum, label, f"{other}2", title, code))
    plain = prepare(_renamed("x", "y", "z", "t", "K"))
    assert hostile.code is not None
    assert plain.code is not None
    assert hostile.code.bare == plain.code.bare
    assert hostile.code.taped == plain.code.taped
    assert re.fullmatch(r"(?:[a-zA-Z_]+|[vkx]?\d+|[ \n(),;:=<>!+*/-]|\[|\]|\.)*", hostile.code.taped)


def _renamed(datum: str, label: str, other: str, title: str, code: str) -> ScaleRules:
    """A scale with these texts wherever a text may stand."""
    number = rb.Datum(datum)
    named = rb.Named(
        title, code, rb.Formula(rb.Arithmetic(rb.Operator.ADD, number, rb.Number(Fraction(1), rb.Kind.NUMBER)))
    )
    choice = rb.Choice(
        (rb.Level(label, rb.NameRef(code, title)), rb.Level(other, rb.Number(Fraction(1), rb.Kind.POINTS)))
    )
    wanted = rb.Text(label)
    when = rb.Within(rb.Datum(other), (rb.Range(wanted, wanted),))
    marks = (rb.Mark(label, number), rb.Mark("b", number, when=when))
    points = rb.Points(rb.PointsForm.RANGE)
    items = (
        rb.Item(code, title, title, points, method=choice, names=(named,)),
        rb.Item(f"{code}.1", title, title, points, method=rb.Checklist(marks)),
    )
    bonus = rb.Bonus(title, False, "", rb.Direct())
    grading = rb.Grading(
        rb.GradeBasis.TOTAL, (rb.Band(label, rest=True),), (rb.GradeRule(rb.GradeRuleForm.CAP, label, when),)
    )
    data = {datum: rb.DataField(datum, rb.DataForm.NUMBER), other: rb.DataField(other, rb.DataForm.TEXT)}
    scale = rb.Scale(label, title, points, items, data=data, bonuses=(bonus,), gradings=(grading,))
    document = rb.Document(title, title)
    return ScaleRules(rb.Rulebook(document, (scale,), source=source_of(title)), scale)


@pytest.mark.parametrize("given_points", ["9", "-1", "5", "0"])
def test_points_given_outside_the_range_are_refused_alike(given_points: str) -> None:
    scorer = scorer_of(
        'Bộ tiêu chí "t"\n\nThang điểm s "t": 5 điểm\n  Chỉ số 1 "i": 5 điểm\n    Điểm = điểm chấm * 0,5\n'
    )
    assert_equal_to_plain(scorer, {"@1": Fraction(given_points)})
    assert scorer.straight
