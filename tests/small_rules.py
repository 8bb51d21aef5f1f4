"""Small rule files with a unit, and every way to a grade found by trying everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product

from attrs import frozen
from hypothesis import strategies as st

from running import errors, read
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine import UnitFacts
from thangdiem.engine.binding.mapping import Given, facts_from_mapping
from thangdiem.engine.evaluator import evaluate_all

GRADES = ("cao", "khá", "thấp")
LEVELS = ("Tốt", "Vừa", "Kém")
Data = Mapping[str, Given]


@frozen
class Part:
    """An item: its lines, and what each of its inputs may hold."""

    lines: str
    values: Mapping[str, tuple[Given, ...]]
    declared: str = ""


@frozen
class Case:
    """A rule file, what the data of a unit may be, and the unit."""

    text: str
    parts: Mapping[str, Part]
    data: Data
    fixed: tuple[str, ...] = ()

    @cached_property
    def rules(self) -> ScaleRules:
        book, findings = read(self.text)
        assert book is not None, (self.text, errors(findings))
        return ScaleRules(book, book.scales[0])

    def facts(self, data: Data) -> UnitFacts:
        found, wrong = facts_from_mapping(self.rules.scale, data)
        assert not wrong, [each.message("en") for each in wrong]
        return found


def choice(code: str, high: int) -> Part:
    points = (high, high // 2, 0)
    rows = "".join(f"        - {label}: {each} điểm\n" for label, each in zip(LEVELS, points, strict=True))
    return Part(f"      Chọn một:\n{rows}", {code: LEVELS})


def marks(code: str, high: int) -> Part:
    rows = f"        a) Một: {high - 1} điểm\n        b) Hai: 1 điểm\n"
    return Part(f"      Cộng các ý đạt:\n{rows}", {code: ((), ("a",), ("b",), ("a", "b"))})


def steps(code: str, high: int) -> Part:
    best = f"        - từ 3 trở lên: {high} điểm\n"
    rows = f"{best}        - từ 1 đến dưới 3: {high - 1} điểm\n        - còn lại: 0 điểm\n"
    return Part(f"      Theo [x{code}]:\n{rows}", {f"[x{code}]": tuple(map(str, range(5)))}, _whole(f"x{code}", 4))


def formula(code: str, high: int) -> Part:
    line = f"      Điểm = [x{code}] * 0,5 điểm, không quá {high} điểm\n"
    return Part(line, {f"[x{code}]": tuple(map(str, range(6)))}, _whole(f"x{code}", 5))


def direct(code: str, high: int) -> Part:
    halves = tuple(Fraction(each, 2) for each in range(2 * high + 1))
    return Part("      Chấm trực tiếp\n", {code: halves})


def answered(code: str, high: int) -> Part:
    rows = f"        - có: {high} điểm\n        - không: 1 điểm\n"
    return Part(f"      Theo [chung]:\n{rows}", {"[chung]": (True, False)}, "  Số liệu [chung]: có/không\n")


def _whole(name: str, most: int) -> str:
    return f"  Số liệu [{name}]: số nguyên, từ 0 đến {most}\n"


KINDS = (choice, marks, steps, formula, direct)
FEW_VALUES = KINDS[:-1]
"""Where more points may lose the grade every value is tried, and points given directly have too many."""


@st.composite
def cases(draw: st.DrawFn, *, most: int = 4, shared: bool = False, straight: bool = True) -> Case:
    count = draw(st.integers(3, most))
    known = (*KINDS, answered) if shared else KINDS if straight else FEW_VALUES
    kinds = [draw(st.sampled_from(known)) for _ in range(count)]
    if shared:
        kinds[0] = kinds[-1] = answered
    highs = [draw(st.integers(2, 3)) for _ in kinds]
    codes = [f"{1 + (at >= count // 2)}.{at + 1}" for at in range(count)]
    parts = {code: kind(code, high) for code, kind, high in zip(codes, kinds, highs, strict=True)}
    text = _text(draw, parts, dict(zip(codes, highs, strict=True)), straight=straight)
    inputs = {name: values for part in parts.values() for name, values in part.values.items()}
    data = {name: draw(st.sampled_from(values)) for name, values in inputs.items()}
    data["[phạt]"] = draw(st.sampled_from((True, False, False)))
    data["[lỗi]"] = str(draw(st.integers(0, 2)))
    parts["-Lỗi"] = Part("", {"[lỗi]": ("0", "1", "2")})
    fixed = (draw(st.sampled_from(codes)),) if draw(st.booleans()) else ()
    return Case(text, parts, data, fixed)


def _text(draw: st.DrawFn, parts: Mapping[str, Part], highs: Mapping[str, int], *, straight: bool) -> str:
    total = sum(highs.values())
    low = draw(st.integers(1, total - 1))
    top = draw(st.integers(low + 1, total))
    lines = [f'Bộ tiêu chí "Thử"\n\nThang điểm thử "Thử": {total} điểm\n']
    if draw(st.booleans()):
        lines.append(f"  Không quá {draw(st.integers(top, total))} điểm\n")
    lines.extend(dict.fromkeys(part.declared for part in parts.values()))
    lines.append("  Số liệu [phạt]: có/không\n" + _whole("lỗi", 2))
    for group in ("1", "2"):
        inside = [code for code in parts if code.startswith(group)]
        high = sum(highs[code] for code in inside)
        limit = f", không quá {draw(st.integers(1, high))} điểm" if draw(st.booleans()) else ""
        lines.append(f'  Nhóm {group} "Nhóm {group}": {high} điểm{limit}\n')
        lines.extend(f'    Chỉ số {code} "Mục {code}": {highs[code]} điểm\n{parts[code].lines}' for code in inside)
    lines.append('  Điểm trừ "Lỗi": không quá 2 điểm\n    Điểm = [lỗi] * 1 điểm\n')
    extra = "" if straight else " và có chỉ số bằng 2 điểm"
    lines.append(f"  Xếp loại\n    Loại cao: từ {top} điểm trở lên{extra}.\n")
    upper = f"đến dưới {top} điểm" if straight else "trở lên"
    lines.append(f"    Loại khá: từ {low} điểm {upper}.\n")
    lines.append("    Loại thấp: các trường hợp còn lại.\n")
    if draw(st.booleans()):
        lines.append("    Không xếp quá loại khá khi [phạt] = có\n")
    if draw(st.booleans()):
        lines.append(f"    Không xếp loại cao khi nhóm 1 dưới {draw(st.integers(1, 4))} điểm\n")
    return "".join(lines)


@frozen
class Tried:
    """The fewest items with which the grade is reached, and the least points for each set of so many."""

    sets: Mapping[tuple[str, ...], Fraction]


def by_trying_everything(case: Case, target: str) -> Tried:
    """Every set of items by size, every value of all their inputs, each evaluated."""
    rules = case.rules
    wanted = GRADES[: GRADES.index(target) + 1]
    still = {name for code in case.fixed for name in case.parts[code].values}
    keys = [key for key in case.parts if key not in case.fixed]
    before = evaluate_all(rules, [case.facts(case.data)]).units[0]
    assert before.total is not None
    for size in range(1, len(keys) + 1):
        found: dict[tuple[str, ...], Fraction] = {}
        for chosen in combinations(keys, size):
            inputs = {n: v for key in chosen for n, v in case.parts[key].values.items() if n not in still}
            moved = [
                abs(total - before.total)
                for total, grade in _outcomes(case, rules, inputs)
                if grade in wanted
            ]  # fmt: skip
            if moved:
                found[chosen] = min(moved)
        if found:
            return Tried(found)
    return Tried({})


def _outcomes(case: Case, rules: ScaleRules, inputs: Mapping[str, tuple[Given, ...]]) -> Iterator[tuple[Fraction, str]]:
    every = [dict(zip(inputs, values, strict=True)) for values in product(*inputs.values())]
    facts = [case.facts({**case.data, **each}) for each in every]
    for result in evaluate_all(rules, facts).units:
        if result.total is not None and result.grade is not None:
            yield result.total, result.grade
