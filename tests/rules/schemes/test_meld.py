"""MELD by the rule file and by the oracle: logarithms, clamps and two roundings."""

from random import Random

from rules.schemes import meld_oracle
from rules.schemes.agreement import decimal, scored


def patient(random: Random) -> dict[str, object]:
    return {
        "creatinine": decimal(random, 0.5, 5, 2),
        "bilirubin": decimal(random, 0.3, 30, 1),
        "inr": decimal(random, 0.8, 4, 2),
        "sodium": str(random.randint(118, 145)),
        "dialysis": random.random() < 0.2,
    }


def columns(unit: dict[str, object], number: int) -> dict[str, object]:
    return {
        "unit": str(number),
        "Creatinine": unit["creatinine"],
        "Bilirubin": unit["bilirubin"],
        "INR": unit["inr"],
        "Sodium": unit["sodium"],
        "Dialysis": unit["dialysis"],
    }


def test_meld_agrees_with_the_oracle() -> None:
    random = Random(17)
    units = [patient(random) for _ in range(300)]
    units += [{"creatinine": "1", "bilirubin": "1", "inr": "1", "sodium": "137", "dialysis": False}]
    results = scored("meld", [columns(unit, number) for number, unit in enumerate(units)])
    totals = [meld_oracle.score(unit)["total"] for unit in units]
    assert [result.total for result in results] == totals
    assert (min(totals), max(totals)) == (6, 40)
