"""Laws of damaged files: whatever is in them, findings come out, bounded, and never an exception."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damaged import damaged, rule_texts
from drawing import drawn_anew, few
from rule_folders import folder
from shipped_scales import scales_of
from tabled import csv_of, xlsx_of
from test_amendment_cases import BAD, FENCE, GOOD
from thangdiem.dsl.checker import check_bytes
from thangdiem.dsl.diagnostic import Diagnostic, has_errors
from thangdiem.dsl.dialect import DIALECTS
from thangdiem.dsl.excerpt import excerpt
from thangdiem.dsl.fidelity import first_difference
from thangdiem.dsl.library import RuleSet, RuleSetError
from thangdiem.dsl.parser import parse
from thangdiem.dsl.printer import print_file
from thangdiem.dsl.source import source_of
from thangdiem.dsl.syntax import SyntaxFile
from thangdiem.engine.binding import bind
from thangdiem.engine.cases.reading import blocks_of
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.strategies import unit_lists
from thangdiem.engine.tables import read_table

MOST_SECONDS = 20
MOST_SHOWN = 400_000
SMALL = {name: text for name, text in rule_texts().items() if len(text) < 4_000}
_lines_of = st.sampled_from(sorted(SMALL)).map(lambda name: SMALL[name])


def assert_bounded(findings: Sequence[Diagnostic]) -> None:
    """Every finding can be told in both languages, and together they are not too long."""
    shown = excerpt(findings)
    told = [f"{found.message(language)}{found.hint(language)}" for language in ("vi", "en") for found in shown]  # type: ignore[arg-type]
    assert sum(map(len, told)) < 2 * MOST_SHOWN
    assert all(found.place is None or found.place.file for found in shown)


def checked(text: str) -> tuple[Diagnostic, ...]:
    started = time.process_time()
    findings = check_bytes(text.encode("utf-8", "surrogatepass"), "x.rubric").diagnostics
    assert time.process_time() - started < MOST_SECONDS
    assert_bounded(findings)
    return findings


def codes(findings: Sequence[Diagnostic]) -> Counter[str]:
    """Without those about the layout and the bytes of a file, which laying out mends."""
    return Counter(found.code for found in findings if not "TD000" < found.code < "TD013")


def lay_out(text: str) -> None:
    """What is printed is read again, says the same, and stays; what would not is found out."""
    syntax, slips = parse(source_of(text))
    if syntax is None or syntax.dropped or has_errors(slips):
        return
    printed = print_file(syntax)
    if first_difference(syntax, printed) is not None:
        return
    again, faults = parse(source_of(printed))
    assert again is not None
    assert not has_errors(faults)
    assert print_file(again) == printed
    assert codes(checked(printed)) == codes(checked(text))
    there_and_back(again, printed)


def there_and_back(syntax: SyntaxFile, printed: str) -> None:
    """Translated, and back, it is the same letter for letter; a translation that says something else is found out."""
    other = next(name for name in DIALECTS if name != syntax.dialect)
    try:
        translated = print_file(syntax, other)
    except ValueError:
        return  # a number or a date that is none
    if first_difference(syntax, translated) is None:
        back, _ = parse(source_of(translated))
        assert back is not None
        assert print_file(back, syntax.dialect) == printed


@few(25)
@given(st.data())
def test_a_damaged_rule_file_is_told_and_laid_out_or_refused(data: st.DataObject) -> None:
    text = data.draw(damaged(data.draw(_lines_of)))
    checked(text)
    lay_out(text)


@pytest.mark.parametrize("name", sorted(SMALL)[:: 1 if drawn_anew() else 12])
def test_a_file_is_laid_out_translated_and_back(name: str) -> None:
    syntax, slips = parse(source_of(SMALL[name]))
    assert syntax is not None
    if not has_errors(slips):
        lay_out(SMALL[name])


@few(12)
@given(st.data())
def test_a_rule_file_that_ends_at_any_line_is_told(data: st.DataObject) -> None:
    text = data.draw(_lines_of)
    if drawn_anew():
        ends = [at for at, sign in enumerate(text) if sign == "\n"]
    else:
        ends = [data.draw(st.integers(0, len(text)))]
    for end in ends:
        checked(text[:end])
        lay_out(text[:end])


@few(15)
@given(st.text(max_size=300), st.text(st.sampled_from('abđ[]"“” :=+-*/^()0123456789.,;\n\t'), max_size=300))
def test_a_random_text_is_told(anything: str, signs: str) -> None:
    checked(anything)
    checked(signs)
    checked('Bộ tiêu chí "T"\nThang điểm a "A": 10 điểm\n' + signs)


@few(6)
@given(st.binary(max_size=400))
def test_random_bytes_are_told(data: bytes) -> None:
    assert_bounded(check_bytes(data, "x.rubric").diagnostics)
    for name in ("a.csv", "a.json", "a.jsonl", "a.xlsx", "-"):
        table, findings = read_table(name, data)
        assert table is not None or has_errors(findings)
        assert_bounded(findings)


@few(10)
@given(st.data())
def test_a_damaged_set_of_amendments_is_told(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from([*GOOD, *BAD]))
    texts = [found[3] for found in FENCE.finditer(case.read_text("utf-8")) if found[1] == "rubric"]
    at = data.draw(st.integers(0, len(texts) - 1))
    texts[at] = data.draw(damaged(texts[at]))
    rules = folder({f"{number}.rubric": text for number, text in enumerate(texts, 1)})
    assert_bounded(rules.diagnostics)
    for year in (2023, 2025):
        assert_bounded(_told_for(rules, year))


def _told_for(rules: RuleSet, year: int) -> Sequence[Diagnostic]:
    """What whoever asks for the rules of a year is told; nothing where there are rules."""
    try:
        assert rules.for_period(year).books
    except RuleSetError as refused:
        return refused.diagnostics
    return ()


CASE_PAGES = sorted((Path(__file__).parents[1] / "cases").rglob("*.md"))


@few(15)
@given(st.data())
def test_a_damaged_page_of_cases_is_read(data: st.DataObject) -> None:
    page = data.draw(damaged(data.draw(st.sampled_from(CASE_PAGES)).read_text("utf-8")))
    assert all(row < len(page.split("\n")) for block in blocks_of(page) for row in block.rows)


FORMS = ("a.csv", "a.json", "a.xlsx")


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_file_of_data_is_told(form: str) -> None:
    (rules,) = scales_of("gcs")

    @few(10)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        units = data.draw(unit_lists(rules, complete=data.draw(st.booleans())))
        content = data.draw(_damaged_data(form, units))
        table, findings = read_table(form, content, dialect="en")
        assert_bounded(findings)
        if table is None:
            assert has_errors(findings)
            return
        facts, faults = bind(table, rules.book, None)
        assert_bounded(faults)
        for result in evaluate_all(rules, facts.get(rules.scale.id, ())).units:
            assert_bounded(result.diagnostics)

    law()


@st.composite
def _damaged_data(draw: st.DrawFn, form: str, units: list[dict[str, object]]) -> bytes:
    if form == "a.csv":
        return draw(damaged(csv_of(units, "en").decode("utf-8-sig"))).encode("utf-8", "surrogatepass")  # type: ignore[arg-type]
    if form == "a.json":
        rows = [
            {key: value if isinstance(value, int | list) else str(value) for key, value in unit.items()}
            for unit in units
        ]
        return draw(damaged(json.dumps(rows, ensure_ascii=False, indent=1))).encode("utf-8", "surrogatepass")
    data = bytearray(xlsx_of(units, "en"))  # type: ignore[arg-type]
    for _ in range(draw(st.integers(1, 4))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(0, len(data)))]) if draw(st.integers(0, 3)) == 0 else bytes(data)
