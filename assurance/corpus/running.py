"""A case in, our answer out: its files are laid into a folder, and the question is asked there."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from assurance.corpus.answering import answer
from assurance.corpus.case import Answer, Case


def answered(case: Case) -> Answer:
    """Our answer."""
    with TemporaryDirectory() as folder:
        for name, content in case.bytes().items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return answer(Path(folder), case.question)
