"""Whole valid rule files, and data of units for them, for property tests: what to draw from.

``rule_files()`` draws a rule file in Vietnamese with the model it was written from; ``units(file)`` draws what a unit
gives to it, ``unit_lists(file)`` several of different names.
"""

from generated.documents import RuleFile, rule_files
from generated.grades import Bands, Grading
from generated.ground import Method
from generated.items import Bonus, Item
from generated.scales import Scale
from generated.units import unit_lists, units

__all__ = ["Bands", "Bonus", "Grading", "Item", "Method", "RuleFile", "Scale", "rule_files", "unit_lists", "units"]
