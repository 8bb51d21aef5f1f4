"""Single units of the job: ours against Python on integers and against ZEN Engine, after all gave the same results."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from benchmarks import rivals
from benchmarks.job import BANDS, YEAR, rule_text, units
from benchmarks.measure import over, print_table
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.parser import parse
from thangdiem.dsl.resolver import resolve
from thangdiem.dsl.source import source_of
from thangdiem.engine.straight import Scorer, prepare

_COMPARED = 1000
_TIMED = 200
_PLAINLY = 10


def scorer_of_the_job(indicators: int = 100) -> Scorer:
    """The job's rule file, or its first indicators, made ready."""
    syntax, _ = parse(source_of(rule_text(indicators=indicators)))
    assert syntax is not None
    book, findings = resolve(syntax)
    assert book is not None, [found.message("en") for found in findings]
    assert not findings
    return prepare(ScaleRules(book, book.scales[0]), YEAR)


def run() -> None:
    scorer, zen, plain = scorer_of_the_job(), rivals.zen_decision(), rivals.by_hand(trace=False)
    ours = units(_COMPARED)
    hand, json_units = [rivals.for_hand(unit) for unit in ours], [rivals.for_zen(unit) for unit in ours]
    assert scorer.straight
    left, differing = 0, 0
    for mine, by_hand, by_json in zip(ours, hand, json_units, strict=True):
        total, grade = plain(by_hand)
        recording = scorer.record(mine)
        found = scorer.score(mine)
        assert found == recording.score
        assert (found.total, found.grade) == (Fraction(total, 100), BANDS[grade][1]), (found, total, grade)
        left += recording.tape is None
        if zen is not None:
            other = zen.evaluate(by_json)["result"]
            differing += (round(other["total"] * 100), other["grade"]) != (total, grade)
    print(f"\n{_COMPARED} random units of {len(ours[0])} fields: ours and by hand are equal;")
    print(f"{left} of them were left to the plain interpreter.")
    if zen is not None:
        print(f"ZEN Engine differs in {differing}.")
    sample = slice(0, _TIMED)
    rows: list[tuple[str, float]] = [
        ("Python on integers, by hand", over(plain, hand[sample])),
        ("the same, keeping a tuple for each indicator", over(rivals.by_hand(trace=True), hand[sample])),
        ("ours: score", over(scorer.score, ours[sample])),
        ("ours: record (every value and branch)", over(scorer.record, ours[sample])),
        ("ours: record, and lay the tape out as steps", over(_steps(scorer), ours[sample])),
        ("ours: plain interpreter with its tree", over(scorer.plainly, ours[:_PLAINLY], 3)),
    ]
    if zen is not None:
        rows.append(("ZEN Engine", over(zen.evaluate, json_units[sample])))
        rows.append(
            ("ZEN Engine with its trace", over(lambda unit: zen.evaluate(unit, {"trace": True}), json_units[sample]))
        )
    print_table("One unit of the job", ("", "µs", "ratio"), [(name, time, time / rows[0][1]) for name, time in rows])
    if zen is None:
        print("\nzen-engine is not installed: `pip install zen-engine` and repeat.")


def _steps(scorer: Scorer) -> Callable[[Any], object]:
    return lambda unit: scorer.record(unit).steps()
