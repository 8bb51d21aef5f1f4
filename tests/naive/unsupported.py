"""What this reading of the language leaves out, by name."""

from __future__ import annotations

REASONS = {
    "amendment": "operations and clauses of amending documents: another language, of texts, not of points",
    "based on another scale": "a scale that is another one with exceptions (`như … trừ`): it is consolidated first",
}


class Unsupported(Exception):
    """One of the reasons above."""

    def __init__(self, reason: str) -> None:
        assert reason in REASONS
        super().__init__(reason)
        self.reason = reason
