"""Divisions whose divisor may be 0 where no rule says what holds then."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.checks.survey import Ground, grounds
from thangdiem.dsl.diagnostic import Diagnostic


def check_division(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD230 the divisor may be 0; TD231 it always is."""
    for ground in grounds(book):
        owners = _divisors(ground)
        for met in ground.divisions:
            if id(met.divisor) not in owners or not met.may_be_zero:
                continue
            code = "TD231" if met.only_zero else "TD230"
            yield ground.tell(code, met.divisor.span, owners[id(met.divisor)], divisor=ground.text(met.divisor.span))


def _divisors(ground: Ground) -> dict[int, rb.Item | rb.Bonus | None]:
    """The divisors written in the scale, with the node each stands at."""
    found: dict[int, rb.Item | rb.Bonus | None] = {}
    for method, node in ground.methods:
        for outer in walk.of_method(method):
            for each in walk.all_of(outer):
                if isinstance(each, rb.Arithmetic) and each.operator is rb.Operator.DIVIDE:
                    found[id(each.right)] = node
    return found
