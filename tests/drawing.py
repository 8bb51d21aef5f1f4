"""How many examples of a law are drawn: a few, always the same; ``THANGDIEM_EXAMPLES=500`` draws so many others."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st

_MANY = os.environ.get("THANGDIEM_EXAMPLES")
_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def drawn_anew() -> bool:
    """Whether the examples are others every time."""
    return _MANY is not None


def few(count: int) -> settings:
    """So many examples, drawn without looking at how long it takes; many if many are asked for."""
    return settings(
        max_examples=int(_MANY or count),
        derandomize=not drawn_anew(),
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=_QUIET,
    )


def beyond_the_simplest(data: st.DataObject) -> None:
    """Passes over the first example, which is the simplest of all and says little where one or two are drawn."""
    assume(data.draw(st.integers(0, 99)))
