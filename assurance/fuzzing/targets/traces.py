"""The bytes of a trace: held against itself by the auditors' checker, which ends in one of its three ways."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from random import Random

from assurance.fuzzing.altering import altered_bytes, altered_json
from assurance.fuzzing.laws import hold
from assurance.fuzzing.seeds import ROOT, cases
from thangdiem.dsl.checker import check_text
from thangdiem.engine.examples import run_examples
from thangdiem.engine.writing import trace_json

sys.path.append(str(ROOT / "docs" / "kiem-toan"))
import kiem_tra_vet

LONGEST = 60_000
_MOST = 150
"""Seeds: those of the first cases are enough of every kind of step."""


def seeds() -> Iterator[bytes]:
    """The trace of the first unit of the examples of the cases."""
    made = 0
    for files in cases():
        book = check_text(files[0]).book if len(files) == 1 and made < _MOST else None
        if book is None:
            continue
        scales = {scale.id: scale for scale in book.scales}
        for report in run_examples(book)[:2]:
            for unit in report.units[:1]:
                if unit.trace is not None:
                    made += 1
                    yield json.dumps(trace_json(unit, book, scales[report.example.scale]), ensure_ascii=False).encode()


def altered(data: bytes, chance: Random) -> bytes:
    """Values of the document, seldom its bytes."""
    return altered_bytes(data, chance) if chance.random() < 0.05 else altered_json(data, chance)


def attempt(data: bytes) -> None:
    """Right, wrong or no trace; never anything else."""
    spoken, complaints = io.StringIO(), io.StringIO()
    given = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(data))
    try:
        with contextlib.redirect_stdout(spoken), contextlib.redirect_stderr(complaints):
            ended = kiem_tra_vet.main(["-"])  # type: ignore[no-untyped-call]
    finally:
        sys.stdin = given
    hold(ended in (0, 1, 2), "the checker ends in another way")
    hold(len(complaints.getvalue()) < 2_000, "a complaint is long")
