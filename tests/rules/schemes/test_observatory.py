"""The HTTP Observatory by the rule file and by the oracle: every test, the score and the grade."""

from random import Random

from rules.schemes import observatory_oracle
from rules.schemes.agreement import parts, scored, straightly


def site(random: Random) -> dict[str, str]:
    careful = random.random()
    chosen = {}
    for test, table in observatory_oracle.TABLE.items():
        fine = [name for name, points in table.items() if points >= 0]
        chosen[test] = random.choice(fine if random.random() < careful else list(table))
    return chosen


def test_observatory_agrees_with_the_oracle_in_every_part() -> None:
    random = Random(11)
    units = [site(random) for _ in range(300)]
    results = scored("observatory", [{"unit": str(number), **unit} for number, unit in enumerate(units)])
    for unit, result in zip(units, results, strict=True):
        wanted = observatory_oracle.score(unit)
        assert parts(result) == {test: observatory_oracle.TABLE[test][name] for test, name in unit.items()}
        assert (result.total, result.grade) == (wanted["total"], wanted["grade"])
    assert len({result.grade for result in results}) > 10


def test_the_highest_score_is_the_published_135() -> None:
    best = {test: max(table, key=table.__getitem__) for test, table in observatory_oracle.TABLE.items()}
    (result,) = scored("observatory", [{"unit": "best", **best}])
    assert (result.total, result.grade) == (135, "A+")


def test_straight_code_agrees_with_the_oracle_too() -> None:
    random = Random(3001)
    units = [site(random) for _ in range(3000)]
    for unit, found in zip(units, straightly("observatory", units), strict=True):
        wanted = observatory_oracle.score(unit)
        assert (found.total, found.grade) == (wanted["total"], wanted["grade"])
