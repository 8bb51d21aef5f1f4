"""One case of the corpus: what it is about, its files, what is asked, and what any implementation answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen

from assurance.corpus.content import Content
from assurance.corpus.runner import bytes_of

Question = Mapping[str, Any]
Answer = Mapping[str, Any]


@frozen
class Case:
    """``construct`` names the file it stands in; ``source`` is where it is written, if that is elsewhere."""

    construct: str
    id: str
    about: str
    files: Mapping[str, Content]
    question: Question
    source: str = ""
    expected: Answer = field(factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The case as the corpus holds it."""
        return {
            "id": self.id,
            "about": self.about,
            **({"source": self.source} if self.source else {}),
            "files": dict(self.files),
            "question": dict(self.question),
            "expected": dict(self.expected),
        }

    def expecting(self, answer: Answer) -> Case:
        """The case with what was answered as what is expected."""
        return evolve(self, expected=answer)

    def bytes(self) -> dict[str, bytes]:
        """Its files."""
        return {name: bytes_of(content) for name, content in self.files.items()}


def from_json(construct: str, held: Mapping[str, Any]) -> Case:
    """A case as the corpus holds it."""
    return Case(
        construct, held["id"], held["about"], held["files"], held["question"], held.get("source", ""), held["expected"]
    )
