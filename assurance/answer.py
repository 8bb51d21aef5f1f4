"""``python -m assurance answer``: questions of the conformance corpus in, a line of JSON each; our answers out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from assurance.corpus.answering import answer


def run(_arguments: Sequence[str]) -> int:
    """Answers until there are no more questions."""
    for line in sys.stdin:
        asked = json.loads(line)
        answered = answer(Path(asked["folder"]), asked["question"])
        print(json.dumps(answered, ensure_ascii=False), flush=True)
    return 0
