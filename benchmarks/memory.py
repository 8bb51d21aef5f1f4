"""Time and peak memory of many units, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.measure import print_table

_MANY = 10_000
_JOBS = {
    "nothing: imports and the rule file": "pass",
    f"score, {_MANY} units": "for unit in units({n}): scorer.score(unit)",
    f"record, {_MANY} units, every tape kept": "kept = [scorer.record(unit) for unit in units({n})]",
    "evaluate_all, 500 units of the job, every tree kept": "evaluate({k})",
}
_PROGRAM = """
import resource, time
from benchmarks.job import YEAR, units
from benchmarks.single_units import scorer_of_the_job
from fractions import Fraction
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import Fact, UnitFacts
scorer = scorer_of_the_job()
def evaluate(count):
    def fact(value):
        return Fact(State.VALUE, Fraction(value) if value.__class__ is int else value)
    facts = []
    for number, unit in enumerate(units(count)):
        data = {{name: fact(value) for name, value in unit.items() if name[0] != "@"}}
        scores = {{name[1:]: fact(value) for name, value in unit.items() if name[0] == "@"}}
        facts.append(UnitFacts(str(number), scorer.rules.scale.id, data, scores))
    return evaluate_all(scorer.rules, facts, period=YEAR)
start = time.perf_counter()
{job}
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def run() -> None:
    rows = []
    for name, job in _JOBS.items():
        program = _PROGRAM.format(job=job.format(n=_MANY, k=500))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True
        )
        seconds, megabytes = map(float, done.stdout.split())
        rows.append((name, seconds, megabytes))
    print_table("Many units of the job", ("", "s", "peak MB"), rows)
