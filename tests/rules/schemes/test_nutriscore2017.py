"""Nutri-Score by the rule file and by the oracle: every nutrient, the score and the letter."""

from random import Random

from rules.schemes import nutriscore2017_oracle
from rules.schemes.agreement import decimal, parts, scored

CODES = {
    "N.1": "energy",
    "N.2": "sugars",
    "N.3": "saturates",
    "N.4": "sodium",
    "P.1": "fruit",
    "P.2": "fibre",
}


def food(random: Random) -> dict[str, str]:
    drink = random.random() < 0.4
    return {
        "category": random.choice(("beverage", "water") if drink else ("general", "cheese", "fats")),
        "energy_kj": str(random.choice((random.randrange(0, 3700, 5), random.randrange(0, 300, 15)))),
        "sugars": decimal(random, 0, 16 if drink else 50, 1),
        "saturates": decimal(random, 0, 12, 1),
        "fat": decimal(random, 1, 60, 1),
        "sodium_mg": str(random.choice((random.randrange(0, 1000, 45), 0))),
        "fruit_percent": random.choice(("0", "40", "40.1", "60", "61", "80", "80.5", "100")),
        "fibre": decimal(random, 0, 6, 1),
        "protein": decimal(random, 0, 10, 1),
    }


def columns(unit: dict[str, str], number: int) -> dict[str, object]:
    names = {
        "Category": "category",
        "[Energy]": "energy_kj",
        "[Sugars]": "sugars",
        "[Saturates]": "saturates",
        "[Fat]": "fat",
        "[Sodium]": "sodium_mg",
        "[Fruit]": "fruit_percent",
        "[Fibre]": "fibre",
        "[Protein]": "protein",
    }
    return {"unit": f"food {number}", **{column: unit[key] for column, key in names.items()}}


def test_nutriscore_agrees_with_the_oracle_in_every_part() -> None:
    random = Random(7)
    units = [food(random) for _ in range(200)]
    results = scored("nutriscore2017", [columns(unit, number) for number, unit in enumerate(units)])
    uncounted = 0
    for unit, result in zip(units, results, strict=True):
        wanted, found = nutriscore2017_oracle.score(unit), parts(result)
        assert {name: found[code] for code, name in CODES.items()} == {
            name: wanted["parts"][name] for name in CODES.values()
        }
        assert found["N"] == wanted["negative"]
        assert found["P.3"] == (wanted["parts"]["protein"] if wanted["protein_counts"] else 0)
        assert (result.total, result.grade) == (wanted["total"], wanted["grade"])
        uncounted += not wanted["protein_counts"]
    assert uncounted > 15
