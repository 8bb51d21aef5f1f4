"""A rulebook in; a proof of everything it promises, decided as far as bounds and structure decide it, out."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl.checks.survey import Ground, grounds
from thangdiem.dsl.proofs.directions import prove_directions
from thangdiem.dsl.proofs.grades import prove_grades
from thangdiem.dsl.proofs.proof import Proof
from thangdiem.dsl.proofs.scores import prove_scores
from thangdiem.dsl.rulebook import Rulebook


def prove(book: Rulebook) -> tuple[Proof, ...]:
    """Scale by scale: items and total, grades, directions."""
    return tuple(found for ground in grounds(book) for found in prove_scale(ground))


def prove_scale(ground: Ground) -> Iterator[Proof]:
    """The proofs of one scale."""
    yield from prove_scores(ground)
    yield from prove_grades(ground)
    yield from prove_directions(ground)


def year_assessed(book: Rulebook) -> int | None:
    """The year the proofs are about: dates such as 31/05 of the year assessed lie in it."""
    return next((ground.world.tables.year for ground in grounds(book)), None)
