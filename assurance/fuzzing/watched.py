"""Names of targets and seconds in; for each what broke it, how many inputs were tried and how fast, out.

An input breaks a target where ``attempt`` raises, or where it takes longer than ``SLOWEST``. The first input of each
kind is kept, and the run goes on. Where the system can fork, each target runs in a child of its own, so that one that
hangs or dies takes nothing with it.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from random import Random
from shutil import rmtree
from typing import Any

from attrs import define, evolve, field, frozen

from assurance.fuzzing.seeds import seeds_of, write_seeds
from assurance.fuzzing.targets import target

SLOWEST = 8.0
"""Seconds of processor time one input may take; coverage makes everything about three times slower."""

MOST_MEMORY = 2048
"""Megabytes the process may grow to."""

_HANGS = 60
_SEEDS_A_SECOND = 3
"""The fuzzer tries every seed before it looks at the clock."""
_LOG = "log"


@frozen
class Found:
    """The first input of its kind that broke a law: what was raised and where, and the file that holds it."""

    sentence: str
    file: str


@frozen
class Outcome:
    """What a run came to."""

    target: str
    executions: int
    seconds: float
    found: tuple[Found, ...]


def is_guided() -> bool:
    """Whether inputs can be led by coverage here."""
    return find_spec("atheris") is not None and hasattr(os, "fork")


def watch(names: Sequence[str], seconds: float, seed: int, folder: Path, *, kept: bool) -> Iterator[Outcome]:
    """Runs the targets one after the other, each so many seconds, and prints a line about each."""
    os.environ["THANGDIEM_NO_CACHE"] = "1"
    if is_guided():
        _load_instrumented(names)
    for name in names:
        found = folder / "found" / name
        rmtree(found, ignore_errors=True)
        found.mkdir(parents=True)
        outcome = _in_a_child(name, seconds, seed, folder, kept) if hasattr(os, "fork") else None
        if outcome is None:
            _Watch(name, folder).at_random(seconds, seed)
            outcome = _read(name, found)
        speed = outcome.executions / outcome.seconds if outcome.seconds else 0
        tried = f"{outcome.executions:8} inputs in {outcome.seconds:5.1f} s ({speed:7.1f} a second)"
        print(f"{name:10} {tried}, {len(outcome.found)} broke it", flush=True)
        yield outcome


def _load_instrumented(names: Sequence[str]) -> None:
    """Our modules with coverage; lark, jinja2 and openpyxl without it: what they do is not ours to explore."""
    import atheris

    with atheris.instrument_imports(include=["thangdiem", "kiem_tra_vet"]):
        for name in names:
            target(name)
    for name in names:
        for seed in seeds_of(name)[:3]:
            target(name).attempt(seed)  # what is loaded when it is first needed is loaded before the children are made


def _in_a_child(name: str, seconds: float, seed: int, folder: Path, kept: bool) -> Outcome:
    child = os.fork()
    if not child:
        os.dup2(os.open(folder / "found" / name / _LOG, os.O_WRONLY | os.O_CREAT), 2)
        try:
            watched = _Watch(name, folder)
            watched.guided(seconds, seed, kept) if is_guided() else watched.at_random(seconds, seed)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, ended = os.waitpid(child, 0)
    outcome = _read(name, folder / "found" / name)
    if ended and not outcome.found:
        early = Found("the run ended before its time", str(folder / "found" / name / _LOG))
        outcome = evolve(outcome, found=(early,))
    return outcome


def _read(name: str, folder: Path) -> Outcome:
    """What the run left behind, the inputs the fuzzer itself had to stop at among it."""
    state = folder / "state.json"
    told: dict[str, Any] = {"executions": 0, "seconds": 0.0, "found": {}}
    if state.exists():
        told = json.loads(state.read_text())
    found = [Found(sentence, str(folder / key)) for key, sentence in told["found"].items()]
    stopped = [path for path in sorted(folder.iterdir()) if path.name.startswith(("crash-", "timeout-", "oom-"))]
    found += [Found(f"the fuzzer had to stop: {path.name.partition('-')[0]}", str(path)) for path in stopped]
    return Outcome(name, told["executions"], told["seconds"], tuple(found))


@define
class _Watch:
    """A target being run."""

    name: str
    folder: Path
    executions: int = 0
    found: dict[str, str] = field(factory=dict)
    began: float = field(factory=time.monotonic)
    told: float = 0

    def attempt(self, data: bytes) -> None:
        """One input; the first of each kind that breaks the target is kept."""
        self.executions += 1
        begun = time.process_time()
        try:
            target(self.name).attempt(data)
        except Exception as error:
            self._note(_sentence(error), data)
        if (taken := time.process_time() - begun) > SLOWEST:
            self._note(f"took {taken:.0f} s of at most {SLOWEST:.0f}", data, "slow")
        if time.monotonic() - self.told > 0.5:
            self.tell()

    def _note(self, sentence: str, data: bytes, kind: str = "") -> None:
        key = sha256((kind or sentence.partition(" | ")[0]).encode()).hexdigest()[:16]
        if key not in self.found:
            self.found[key] = sentence
            (self._found / key).write_bytes(data)
            self.tell()

    @property
    def _found(self) -> Path:
        return self.folder / "found" / self.name

    def tell(self) -> None:
        """Writes down how far it is: the fuzzer may end the process at any time."""
        self.told = time.monotonic()
        state = {"executions": self.executions, "seconds": self.told - self.began, "found": self.found}
        (self._found / "state.json").write_text(json.dumps(state))

    def at_random(self, seconds: float, seed: int) -> None:
        """Seeds and what became of them, altered again and again."""
        chance, module = Random(seed), target(self.name)
        known = [*seeds_of(self.name)]
        self.began = time.monotonic()
        for each in known:
            if time.monotonic() - self.began < seconds:
                self.attempt(each)
        while time.monotonic() - self.began < seconds:
            data = module.altered(chance.choice(known), chance)[: module.LONGEST]
            self.attempt(data)
            if chance.random() < 0.05:
                known.append(data)
        self.tell()

    def guided(self, seconds: float, seed: int, kept: bool) -> None:
        """The fuzzer's own loop: it ends the process."""
        import atheris

        module = target(self.name)
        seeds, corpus = self.folder / "seeds" / self.name, self.folder / "corpus" / self.name
        rmtree(seeds, ignore_errors=True)
        write_seeds(self.name, seeds, max(int(seconds * _SEEDS_A_SECOND), 1), seed)
        if not kept:
            rmtree(corpus, ignore_errors=True)
        corpus.mkdir(parents=True, exist_ok=True)

        def altered(data: bytes, most: int, seed: int) -> bytes:
            chance = Random(seed)
            if chance.random() < 0.15:
                return bytes(atheris.Mutate(data, most))
            return bytes(module.altered(data, chance))[:most]

        options = {
            "seed": seed, "max_total_time": max(int(seconds), 1), "max_len": module.LONGEST, "timeout": _HANGS,
            "rss_limit_mb": MOST_MEMORY, "artifact_prefix": f"{self._found}/", "verbosity": 0, "len_control": 0,
            "print_final_stats": 0,
        }  # fmt: skip
        flags = [f"-{key}={value}" for key, value in options.items()]
        atheris.Setup(["fuzz", *flags, str(corpus), str(seeds)], self.attempt, custom_mutator=altered)
        self.began = time.monotonic()
        atheris.Fuzz()


def _sentence(error: Exception) -> str:
    """What was raised and where: the frame of ours it was raised from, then its words."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if "thangdiem" in each.filename or "kiem_tra" in each.filename] or list(frames)
    last = ours[-1]
    place = f"{Path(last.filename).parent.name}/{Path(last.filename).name}:{last.lineno} {last.name}"
    kind = str(error) if type(error).__name__ == "BrokenLawError" else ""
    return f"{type(error).__name__} at {place} {kind.partition(':')[0]} | {str(error)[:300]}"
