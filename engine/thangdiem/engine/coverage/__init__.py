"""Rules and the traces of their examples in; what of the rules some example reaches, and what none does, out."""

from thangdiem.engine.coverage.measuring import Coverage, Reached, coverage_of
from thangdiem.engine.coverage.targets import Aim, Target, targets_of

__all__ = ["Aim", "Coverage", "Reached", "Target", "coverage_of", "targets_of"]
