"""Two versions of the rules and the same units in; who is moved, by which clause, by how much, out."""

from thangdiem.engine.impact.comparison import impact
from thangdiem.engine.impact.effect import ClauseEffect, Impact, Part, UnitEffect
from thangdiem.engine.impact.kept import Division, Kept
from thangdiem.engine.impact.outcomes import Outcome
from thangdiem.engine.impact.stage import Stage

__all__ = ["ClauseEffect", "Division", "Impact", "Kept", "Outcome", "Part", "Stage", "UnitEffect", "impact"]
