"""The suite collected in this process, but not run: what is given the tests may fork as often as it likes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from importlib import import_module

import pytest
from attrs import field, frozen
from hypothesis import Phase, settings

from assurance.mutants.compiled_otherwise import modules
from assurance.mutants.mutant import ROOT

_OPTIONS = ("-q", "-n", "0", "--assert=plain", "--tb=no", "-p", "no:cacheprovider", "-p", "no:faulthandler")
Tests = list[pytest.Item]


@frozen
class Suite:
    """A plugin of pytest that does something else with the collected tests than to run them."""

    do: Callable[[Tests], None]
    sound: list[bool] = field(factory=list)
    """Whether every test could be collected."""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.sound.append(not session.testsfailed)
        for test in session.items:
            _without_shrinking(test)
        if not session.testsfailed:
            self.do(session.items)
        return True


def with_suite(do: Callable[[Tests], None], tests: Iterable[str] = ("tests",)) -> bool:
    """Collects tests and hands them over; whether they could be collected. Nothing is kept between runs."""
    os.environ["THANGDIEM_NO_CACHE"] = "1"
    os.chdir(ROOT)
    suite = Suite(do)
    pytest.main([*_OPTIONS, *tests], plugins=[suite])
    return suite.sound == [True]


def load_every_module() -> None:
    for path in modules():
        names = path.relative_to(ROOT).with_suffix("").parts[1:]
        import_module(".".join(names).removesuffix(".__init__"))


def _without_shrinking(test: pytest.Item) -> None:
    """A counterexample is enough: it need not be the smallest."""
    function = getattr(test, "function", None)
    drawn = getattr(function, "_hypothesis_internal_use_settings", None)
    if function is not None and drawn is not None:
        function._hypothesis_internal_use_settings = settings(drawn, phases=(Phase.explicit, Phase.generate))
