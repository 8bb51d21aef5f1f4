"""How the tests run: text files as expectations (``--accept`` writes them), the same examples of laws every time."""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings

from drawing import drawn_anew

_MANY_OBJECTS = 100_000
"""So many are made before the collector looks at the youngest: rules and traces are many, and no waste."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what came out as what is expected")


def pytest_configure(config: pytest.Config) -> None:
    settings.register_profile("suite", deadline=None, derandomize=not drawn_anew(), database=None)
    settings.load_profile("suite")
    gc.set_threshold(_MANY_OBJECTS, 20, 20)
    if config.getoption("dist", "no") == "load":
        config.option.dist = "worksteal"  # neighbours stay together: what they read is read and checked once


def pytest_collection_finish() -> None:
    gc.freeze()  # what is there before the first test stays to the last


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))
