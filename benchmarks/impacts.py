"""The impact of one amendment on 10,000 units, against scoring them once by the same code."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from benchmarks.job import YEAR, rule_text, units
from benchmarks.measure import print_table, taking_turns
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.parser import parse
from thangdiem.dsl.resolver import resolve
from thangdiem.dsl.rulebook import State
from thangdiem.dsl.source import source_of
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import Fact, UnitFacts
from thangdiem.engine.impact import Stage, impact
from thangdiem.engine.impact.given import Givens
from thangdiem.engine.impact.outcomes import outcomes

_MANY = 10_000
_PLAINLY = 100
_RANKED = "Xếp hạng theo tổng điểm\n"
_CHANGED = (("- từ 4 trở lên: điểm tối đa", "- từ 5 trở lên: điểm tối đa"), ("- 2, 3: 1 điểm", "- 2, 3, 4: 1 điểm"))
"""One amendment: a threshold moved in every tenth indicator."""


def run() -> None:
    text = rule_text() + _RANKED
    old, new = _rules(text), _rules(_amended(text))
    given = [_facts(number, unit) for number, unit in enumerate(units(_MANY))]
    stages = (Stage("khoản 1 Điều 1", new, new),)
    found = impact(old, new, given, given, stages, period=YEAR)
    assert len(found.decided) == _MANY
    assert sum(unit.total_changes for unit in found.units) > _MANY // 2
    assert not found.unexplained
    sample = given[:_PLAINLY]
    once, both, plainly = taking_turns(
        lambda: outcomes(old, given, YEAR, {}, Givens()),
        lambda: impact(old, new, given, given, stages, period=YEAR),
        lambda: evaluate_all(old, sample, period=YEAR),
    )
    rows = [
        (f"scoring {_MANY} units once: totals, grades, ranks", once, 1.0),
        ("impact of one amendment on them, in sequence and alone", both, both / once),
        (f"scoring them once by the plain interpreter (from {_PLAINLY})", plainly * _MANY / _PLAINLY, ""),
    ]
    print_table("Impact of an amendment", ("", "s", "ratio"), rows)


def _rules(text: str) -> ScaleRules:
    syntax, _ = parse(source_of(text))
    assert syntax is not None
    book, findings = resolve(syntax)
    assert book is not None, [found.message("en") for found in findings]
    assert not findings
    return ScaleRules(book, book.scales[0])


def _amended(text: str) -> str:
    for old, new in _CHANGED:
        assert old in text
        text = text.replace(old, new)
    return text


def _facts(number: int, unit: Mapping[str, object]) -> UnitFacts:
    facts = {name: _fact(value) for name, value in unit.items()}
    data = {name: fact for name, fact in facts.items() if not name.startswith("@")}
    scores = {name[1:]: fact for name, fact in facts.items() if name.startswith("@")}
    return UnitFacts(f"Đơn vị {number}", "việc-1", data, scores)


def _fact(value: object) -> Fact:
    return Fact(State.VALUE, Fraction(value) if type(value) is int else value)  # type: ignore[arg-type]
