"""From the start of the process to a printed table, against starting Python with the libraries alone."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import print_table

_ROOT = Path(__file__).parents[1]
_RULES = _ROOT / "rules" / "minh-hoa"
_SCORE = "from thangdiem.app.cli import main; main()"
_DATA = str(_RULES / "so-lieu-so-nganh.csv")


def run() -> None:
    score = [_SCORE, "score", str(_RULES), _DATA, "--scale", "cap-tinh", "--period", "2022"]
    with tempfile.TemporaryDirectory() as cache:
        Path(cache).chmod(0o700)
        times = [
            ("Python alone", _run(["pass"], cache)),
            ("import lark, attrs, click, jinja2", _run(["import lark, attrs, click, jinja2"], cache)),
            ("thangdiem score, 20 units, the first time (nothing remembered)", _run(score, "")),
            ("thangdiem score, 20 units, again", _run(score, cache)),
        ]
    rows = [(name, taken, taken / times[1][1]) for name, taken in times]
    print_table("From process start to the printed table", ("", "ms", "ratio"), rows)


def _run(arguments: list[str], cache: str, rounds: int = 7) -> float:
    found = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as fresh:
            Path(fresh).chmod(0o700)
            environment = {
                **os.environ,
                "XDG_CACHE_HOME": cache or fresh,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            }
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", *arguments], env=environment, capture_output=True, check=False)
            found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)
