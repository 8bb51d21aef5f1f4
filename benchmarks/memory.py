"""Time and peak memory of many units, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.measure import print_table

_MANY = 10_000
_JOBS = (
    ("nothing: imports, the rule file", 100, 0, "pass"),
    (f"the data of {_MANY} units", 100, _MANY, "pass"),
    (f"score, {_MANY} units", 100, _MANY, "for unit in given: scorer.score(unit)"),
    (f"record, {_MANY} units, every tape kept", 100, _MANY, "kept = [scorer.record(unit) for unit in given]"),
    ("evaluate_all, 500 units, every tree kept", 100, 500, "evaluate_all(scorer.rules, facts, period=YEAR)"),
    (
        f"evaluate_all, {_MANY} units of 10 indicators, every tree kept",
        10,
        _MANY,
        "evaluate_all(scorer.rules, facts, period=YEAR)",
    ),
)
_PROGRAM = """
import resource, time
from benchmarks.job import YEAR, units
from benchmarks.single_units import scorer_of_the_job
from fractions import Fraction
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import Fact, UnitFacts
def fact(value):
    return Fact(State.VALUE, Fraction(value) if value.__class__ is int else value)
def facts_of(number, unit):
    data = {{name: fact(unit[name]) for name in scorer.rules.scale.data}}
    scores = {{name[1:]: fact(value) for name, value in unit.items() if name[0] == "@"}}
    return UnitFacts(str(number), scorer.rules.scale.id, data, scores)
scorer = scorer_of_the_job({indicators})
given = units({count})
facts = [facts_of(number, unit) for number, unit in enumerate(given)] if "facts" in {job!r} else []
start = time.perf_counter()
{job}
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def run() -> None:
    rows = []
    for name, indicators, count, job in _JOBS:
        program = _PROGRAM.format(indicators=indicators, count=count, job=job)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True
        )
        seconds, megabytes = map(float, done.stdout.split())
        rows.append((name, seconds, megabytes))
    print_table("Many units of the job", ("", "s", "peak MB"), rows)
