"""The Scorecard aggregate by the rule file and by the oracle: a mean that inconclusive checks leave."""

from random import Random

from rules.schemes import scorecard_oracle
from rules.schemes.agreement import scored
from thangdiem.engine import Status

INCONCLUSIVE = "n/a"


def repository(random: Random) -> dict[str, int | None]:
    conclusive = random.random()
    return {
        check: random.randint(0, 10) if random.random() < conclusive else None
        for check in scorecard_oracle.RISK
        if random.random() < 0.8
    }


def columns(unit: dict[str, int | None], number: int) -> dict[str, object]:
    return {
        "unit": str(number),
        **{check: INCONCLUSIVE if points is None else points for check, points in unit.items()},
    }


def test_scorecard_agrees_with_the_oracle_exactly() -> None:
    random = Random(13)
    units = [{}, *(repository(random) for _ in range(300))]
    results = scored("scorecard", [columns(unit, number) for number, unit in enumerate(units)])
    for unit, result in zip(units, results, strict=True):
        assert result.total == scorecard_oracle.score(unit)["total"]
        assert result.status is Status.UNGRADED
