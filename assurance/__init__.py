"""Long runs that hold the project to what it says of itself: too slow for the suite, each a command."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # what the tests share is used here, too
