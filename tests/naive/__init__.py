"""A second reading of the language, by another head: a rule file and units in, points, grades and ranks out.

It walks the syntax tree in plain fractions, slowly, and shares no code with the engine: what it says was read in the
language reference alone. Where both agree, two readings of the same page agree.
"""

from naive.examples import Population, examples
from naive.scoring import Score, score
from naive.states import State
from naive.unit import Given, Share
from naive.unsupported import REASONS, Unsupported

__all__ = ["REASONS", "Given", "Population", "Score", "Share", "State", "Unsupported", "examples", "score"]
