"""``tests/cases/slips/*.txt`` in; for each slip a file that has it, in the dialect of the list, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assurance.corpus.case import Case
from assurance.corpus.content import content_of
from assurance.corpus.sources.markdown import RULES

BASES = {
    "vi": 'Bộ tiêu chí "B"\nThang điểm cấp-xã "C": 10 điểm\n  Chỉ số 1 "N": 10 điểm\n',
    "en": 'Criteria "B"\nScale commune "C": 10 points\n  Indicator 1 "N": 10 points\n',
}
"""What stands above the lines of a slip."""


def cases(root: Path) -> Iterator[Case]:
    """Blocks of the list: a code and the words underlined, then the lines of the slip."""
    for path in sorted((root / "tests" / "cases" / "slips").glob("*.txt")):
        seen: Counter[str] = Counter()
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            head, _, body = block.strip("\n").partition("\n")
            code, _, marked = head.partition(" ")
            seen[code] += 1
            about = f"{code}: “{marked or 'the end of the line'}”"
            files = {RULES: content_of(f"{BASES[path.stem]}{body}\n")}
            name = f"slips/{path.stem}/{code}/{seen[code]}"
            yield Case(f"slips-{path.stem}", name, about, files, {"rules": RULES}, str(path.relative_to(root)))
