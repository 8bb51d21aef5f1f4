"""Straight code for single units, held equal to the plain interpreter by property tests."""

from thangdiem.engine.straight.given import Values
from thangdiem.engine.straight.program import Entry
from thangdiem.engine.straight.scorer import Recording, Score, Scorer, prepare

__all__ = ["Entry", "Recording", "Score", "Scorer", "Values", "prepare"]
