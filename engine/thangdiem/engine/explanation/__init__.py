"""Explanations: results and a unit's name in; why it has its points, its grade and its rank, out."""

from thangdiem.engine.explanation.explaining import explain
from thangdiem.engine.explanation.parts import ROLES, Explanation, ItemExplanation, LedgerRow, Statement

__all__ = ["ROLES", "Explanation", "ItemExplanation", "LedgerRow", "Statement", "explain"]
