"""``python -m assurance release [--pin]``: this checkout in; what an office installs, in ``dist/``, out.

The wheel and the sources (the same bytes every time), the pinned requirements, the bill of materials and the SHA-256
of each. ``--pin`` renews ``requirements/`` first. The tools are those of the extra ``release``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from shutil import copy, rmtree
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PINNED = ROOT / "requirements"
DIST = ROOT / "dist"
SETS = {"run": (), "full": ("full",), "dev": ("dev", "fuzz", "release")}
"""The files of ``requirements/`` and the extras each holds beside what is always needed."""

BILL = "thangdiem.cdx.json"
SUMS = "SHA256SUMS"


def run(arguments: Sequence[str]) -> int:
    """Builds everything twice; 1 where the two are not the same."""
    parser = argparse.ArgumentParser(prog="assurance release", description=__doc__)
    parser.add_argument(
        "--pin", action="store_true", help="first choose the newest versions that fit, with their hashes"
    )
    if parser.parse_args(arguments).pin:
        for name in SETS:
            pin(name)
    rmtree(DIST, ignore_errors=True)
    build(DIST)
    with TemporaryDirectory() as again:
        build(Path(again))
        files = sorted(each.name for each in DIST.iterdir())
        if other := [name for name in files if (DIST / name).read_bytes() != Path(again, name).read_bytes()]:
            print(f"not the same bytes twice: {', '.join(other)}", file=sys.stderr)
            return 1
    for name in SETS:
        copy(PINNED / f"{name}.txt", DIST / f"requirements-{name}.txt")
    (DIST / BILL).write_text(bill_of_materials(), encoding="utf-8")
    sums = [f"{sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in sorted(DIST.iterdir())]
    (DIST / SUMS).write_text("".join(sums), encoding="utf-8")
    print("".join(sums), end="")
    return 0


def pin(name: str) -> None:
    """Every package a set needs, on any system and Python the project is for, with the hashes of all its files."""
    extras = [f"--extra={extra}" for extra in SETS[name]]
    options = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-emit-index-url", "--upgrade"]
    quiet = ["--quiet", "--no-annotate", "--no-header"]
    out = PINNED / f"{name}.txt"
    _call("uv", "pip", "compile", *options, *quiet, *extras, "pyproject.toml", f"--output-file={out}")


def build(folder: Path) -> None:
    """The wheel and the sources; their times are that of the last commit."""
    last = _call("git", "log", "-1", "--format=%ct").strip()
    _call(sys.executable, "-m", "hatchling", "build", "-d", str(folder), SOURCE_DATE_EPOCH=last)


def bill_of_materials() -> str:
    """What the wheel with all it may use needs (CycloneDX): no address, no time, no number drawn by chance."""
    options = ["--of=JSON", "--output-reproducible", "--pyproject=pyproject.toml"]
    made = (sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", *options, "requirements/full.txt")
    bill = json.loads(_call(*made))
    for component in (*bill["components"], *bill["metadata"]["tools"]["components"]):
        component.pop("externalReferences", None)  # where this machine gets packages from is nobody's business
        component.pop("description", None)
    root, needed = bill["metadata"]["component"]["bom-ref"], [each["bom-ref"] for each in bill["components"]]
    bill["dependencies"] = [{"ref": root, "dependsOn": needed}, *({"ref": each} for each in needed)]
    return json.dumps(bill, ensure_ascii=False, indent=2) + "\n"


def _call(program: str, *arguments: str, **surroundings: str) -> str:
    beside = Path(sys.executable).parent
    path = os.pathsep.join((str(beside), os.environ.get("PATH", "")))
    environment = {**os.environ, **surroundings, "PATH": path}
    return subprocess.run(
        [program, *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ).stdout
