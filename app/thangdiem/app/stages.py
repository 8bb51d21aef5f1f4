"""Two versions of the rules in, the clauses that lead from one to the other out."""

from __future__ import annotations

from thangdiem.app.rule_sets import Chosen
from thangdiem.engine.impact import Stage


def stages_between(before: Chosen, after: Chosen, scale: str) -> tuple[Stage, ...]:
    """The clauses between two versions of a scale, in the order of their effect.

    None are known of documents that do not amend each other: then only the whole difference can be told.
    """
    return ()
