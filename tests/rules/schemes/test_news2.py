"""NEWS2 by the rule file and by the oracle: every parameter, the total and the risk."""

from random import Random

from rules.schemes import news2_oracle
from rules.schemes.agreement import decimal, parts, scored, straightly

CODES = ("resp_rate", "spo2", "oxygen", "systolic", "pulse", "consciousness", "temperature")


def patient(random: Random) -> dict[str, object]:
    return {
        "resp_rate": random.randint(4, 32),
        "spo2": random.randint(80, 100),
        "spo2_scale": random.choice((1, 2)),
        "on_oxygen": random.random() < 0.4,
        "systolic": random.choice((random.randint(80, 120), random.randint(210, 230))),
        "pulse": random.randint(35, 140),
        "consciousness": random.choice("AAAACVPU"),
        "temperature": decimal(random, 34.5, 39.5, 1),
    }


def columns(unit: dict[str, object]) -> dict[str, object]:
    return {
        "Respiration rate": unit["resp_rate"],
        "SpO2": unit["spo2"],
        "SpO2 scale": str(unit["spo2_scale"]),
        "On oxygen": unit["on_oxygen"],
        "Systolic": unit["systolic"],
        "[Pulse]": unit["pulse"],
        "[Consciousness]": unit["consciousness"],
        "[Temperature]": unit["temperature"],
    }


def test_news2_agrees_with_the_oracle_in_every_part() -> None:
    random = Random(2)
    units = [patient(random) for _ in range(300)]
    grades = set()
    for unit, result in zip(
        units,
        scored("news2", [{"unit": str(number), **columns(unit)} for number, unit in enumerate(units)]),
        strict=True,
    ):
        wanted = news2_oracle.score(unit)
        assert list(parts(result).values()) == [wanted["parts"][code] for code in CODES]
        assert result.total == wanted["total"]
        assert result.grade == wanted["grade"]
        grades.add(result.grade)
    assert len(grades) == 4


def test_straight_code_agrees_with_the_oracle_too() -> None:
    random = Random(3001)
    units = [patient(random) for _ in range(3000)]
    for unit, found in zip(units, straightly("news2", list(map(columns, units))), strict=True):
        wanted = news2_oracle.score(unit)
        assert (found.total, found.grade) == (wanted["total"], wanted["grade"])
