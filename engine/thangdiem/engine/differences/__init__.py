"""A comparison of two rulebooks told to a reader: what changed, where, and who may be touched."""

from thangdiem.engine.differences.parts import DifferenceReport
from thangdiem.engine.differences.reporting import report

__all__ = ["DifferenceReport", "report"]
