"""Child-Pugh by the rule file and by the oracle: edges of every column, and the other limits in cholestasis."""

from random import Random

from rules.schemes import child_pugh_oracle
from rules.schemes.agreement import decimal, parts, scored, straightly


def patient(random: Random) -> dict[str, object]:
    return {
        "bilirubin": decimal(random, 1, 12, 1),
        "cholestatic": random.random() < 0.4,
        "albumin": decimal(random, 2.4, 4, 1),
        "inr": decimal(random, 1.4, 2.6, 1),
        "ascites": random.choice(("none", "slight", "moderate")),
        "encephalopathy_grade": random.randint(0, 4),
    }


def columns(unit: dict[str, object]) -> dict[str, object]:
    return {
        "[Bilirubin]": unit["bilirubin"],
        "Cholestatic": unit["cholestatic"],
        "[Albumin]": unit["albumin"],
        "[INR]": unit["inr"],
        "4": unit["ascites"],
        "Encephalopathy grade": unit["encephalopathy_grade"],
    }


def test_child_pugh_agrees_with_the_oracle_in_every_part() -> None:
    random = Random(23)
    units = [patient(random) for _ in range(300)]
    results = scored("child_pugh", [{"unit": str(number), **columns(unit)} for number, unit in enumerate(units)])
    for unit, result in zip(units, results, strict=True):
        wanted = child_pugh_oracle.score(unit)
        assert list(parts(result).values()) == list(wanted["parts"].values())
        assert (result.total, result.grade) == (wanted["total"], wanted["grade"])


def test_straight_code_agrees_with_the_oracle_too() -> None:
    random = Random(3001)
    units = [patient(random) for _ in range(3000)]
    for unit, found in zip(units, straightly("child_pugh", list(map(columns, units))), strict=True):
        wanted = child_pugh_oracle.score(unit)
        assert (found.total, found.grade) == (wanted["total"], wanted["grade"])
