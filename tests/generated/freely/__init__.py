"""Rule files and units drawn freely from a random number: every construct of the language, wherever it may stand.

Unlike those of ``generated`` they need not please the checks: sums of maxima, bands that cover, points that fit. What
they mean is as certain.
"""

from generated.freely.files import Drawn, drawn

__all__ = ["Drawn", "drawn"]
