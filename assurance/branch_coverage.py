"""The suite in; every line and branch of dsl and engine that no test reaches out, and those that argue why.

``python -m assurance coverage`` runs the whole suite; with test files after it, only those. It fails below 100 %.
``--part dsl`` looks at one part; ``--again`` tells what the last run measured without running.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Measured = dict[str, dict[str, Any]]
"""What coverage found, by file."""

ROOT = Path(__file__).parents[1]
PARTS = ("dsl", "engine")
ARGUED = re.compile(r"# unreached: (\S.*)")


def run(arguments: Sequence[str]) -> int:
    asked = _asked(arguments)
    if not asked.again and (failed := _measure(asked.tests)):
        return failed
    parts = (asked.part,) if asked.part else PARTS
    argued = list(_argued(parts))
    print(f"Argued, not reached: {len(argued)}", *argued, sep="\n  ")
    files = {name: found for name, found in _measured().items() if name.split("/")[0] in parts}
    missing = [line for name in sorted(files) for line in _missing(name, files[name])]
    print(f"Missing: {len(missing)}", *missing, sep="\n  ")
    print(_summary(files))
    return 1 if missing else 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m assurance coverage")
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--again", action="store_true", help="tell what the last run measured")
    parser.add_argument("tests", nargs="*", help="only these test files")
    return parser.parse_args(arguments)


def _measure(tests: Sequence[str]) -> int:
    """Run the tests; a few in this process, the whole suite on all cores."""
    pytest = (sys.executable, "-m", "pytest", "-q", "--cov", "--cov-report=", "-n", "0" if tests else "auto")
    return subprocess.run((*pytest, *tests), cwd=ROOT, check=False).returncode


def _measured() -> Measured:
    with TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        command = (sys.executable, "-m", "coverage", "json", "-q", "-o", str(report))
        subprocess.run(command, cwd=ROOT, check=True)
        files: Measured = json.loads(report.read_text(encoding="utf-8"))["files"]
        return files


def _missing(name: str, found: dict[str, Any]) -> Iterator[str]:
    """``file:line text`` of what is not reached, and of each way on from a reached line that is never taken."""
    text = (ROOT / name).read_text(encoding="utf-8").splitlines()
    unreached = set(found["missing_lines"])
    for line in found["missing_lines"]:
        yield f"{name}:{line} {text[line - 1].strip()}"
    for start, end in found["missing_branches"]:
        if start not in unreached and end not in unreached:
            yield f"{name}:{start} to {end if end > 0 else 'the end'} {text[start - 1].strip()}"


def _argued(parts: Sequence[str]) -> Iterator[str]:
    """``file:line: reason`` of each place that says itself why no test can reach it."""
    for part in parts:
        for path in sorted((ROOT / part).rglob("*.py")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if argued := ARGUED.search(line):
                    yield f"{path.relative_to(ROOT).as_posix()}:{number}: {argued[1]}"


def _summary(files: Measured) -> str:
    counts = {
        key: sum(int(found["summary"][key]) for found in files.values())
        for key in ("num_statements", "covered_lines", "num_branches", "covered_branches")
    }
    return "{covered_lines} of {num_statements} lines, {covered_branches} of {num_branches} branches".format(**counts)
