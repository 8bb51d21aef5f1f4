"""The sample runner of the corpus as a module: what the bytes of a file are, and whether an answer conforms."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

PATH = Path(__file__).parents[2] / "tests" / "conformance" / "run.py"


def _loaded() -> ModuleType:
    spec = spec_from_file_location("conformance_run", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_RUNNER = _loaded()
bytes_of = _RUNNER.content
conforms = _RUNNER.conforms
