"""Goals: a unit and a grade in; the smallest changes that reach it, each evaluated again, out."""

from thangdiem.engine.goal.answer import DatumChange, Goal, Loss, Margin, Obstacle, PointsChange, Way
from thangdiem.engine.goal.seeking import MOST_TRIALS, NoGoalError, Wish, seek

__all__ = [
    "MOST_TRIALS",
    "DatumChange",
    "Goal",
    "Loss",
    "Margin",
    "NoGoalError",
    "Obstacle",
    "PointsChange",
    "Way",
    "Wish",
    "seek",
]
