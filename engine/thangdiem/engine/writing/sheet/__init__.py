"""A unit's trace in; one sheet of plain operations, each step below those it is computed from, out.

The evaluator's steps say what a reader wants to see: a band, a limit, a row that holds. The sheet says of each how a
pocket calculator finds it: an operation out of a small closed list, and the steps it is done with.
"""

from thangdiem.engine.writing.sheet.figures import Figures, figures_of
from thangdiem.engine.writing.sheet.formula import Workings
from thangdiem.engine.writing.sheet.rows import Rows

__all__ = ["Figures", "Rows", "Workings", "figures_of"]
