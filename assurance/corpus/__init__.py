"""``python -m assurance corpus [--write]``: the sources in; the conformance corpus, written or compared, out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from assurance.corpus.case import Case
from assurance.corpus.files import FOLDER, corpus_files, corpus_paths
from assurance.corpus.running import answered
from assurance.corpus.sources import cases

ROOT = Path(__file__).parents[2]


def run(arguments: Sequence[str]) -> int:
    """Tells what the corpus holds; with ``--write`` its files are written, else compared."""
    began = time.perf_counter()
    made = [case.expecting(answered(case)) for case in cases(ROOT)]
    seconds = time.perf_counter() - began
    texts = corpus_files(made)
    print(figures(made), f"in {seconds:.1f} s")
    if "--write" in arguments:
        return _write(texts)
    there = {path.stem: path.read_text(encoding="utf-8") for path in corpus_paths(ROOT)}
    stale = sorted(name for name in {*texts, *there} if texts.get(name) != there.get(name))
    print("stale: " + ", ".join(stale) if stale else "nothing is stale")
    return 1 if stale else 0


def _write(texts: dict[str, str]) -> int:
    for path in corpus_paths(ROOT):
        if path.stem not in texts:
            path.unlink()
    for name, text in texts.items():
        (ROOT / FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
    return 0


def figures(made: Sequence[Case]) -> str:
    """How many cases accept and reject, and how many codes they expect."""
    sorts = Counter(case.expected["accepted"] for case in made)
    codes = {each["code"] for case in made for each in case.expected["diagnostics"]}
    return f"{sorts[True]} accepting, {sorts[False]} rejecting cases, {len(codes)} codes"
