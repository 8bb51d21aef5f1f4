"""The difference of two rulebooks in the terms of a rubric, and which units each change may touch.

``compare`` takes the former and the later rulebook; nothing in which they differ passes without a ``Change``.
"""

from thangdiem.dsl.comparison.change import (
    About,
    Change,
    ChangeKind,
    Comparison,
    Condition,
    Consequence,
    Effect,
    Instance,
    Side,
    Stretch,
    Subject,
    SubjectForm,
)
from thangdiem.dsl.comparison.comparing import compare

__all__ = [
    "About",
    "Change",
    "ChangeKind",
    "Comparison",
    "Condition",
    "Consequence",
    "Effect",
    "Instance",
    "Side",
    "Stretch",
    "Subject",
    "SubjectForm",
    "compare",
]
