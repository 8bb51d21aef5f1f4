"""The Human Development Index by the rule file and by the oracle: dimensions, index, group, and the rank."""

from fractions import Fraction
from random import Random

from rules.schemes import hdi_oracle
from rules.schemes.agreement import decimal, parts, scored


def country(random: Random) -> dict[str, str]:
    return {
        "life_expectancy": random.choice((decimal(random, 45, 90, 1), "20.0", "85.0")),
        "expected_schooling": decimal(random, 0, 22, 1),
        "mean_schooling": decimal(random, 0.1, 16, 1),
        "gni": random.choice((str(random.randint(101, 120000)), "100", "75000")),
    }


def columns(unit: dict[str, str], number: int) -> dict[str, object]:
    return {
        "unit": f"country {number}",
        "Life expectancy": unit["life_expectancy"],
        "Expected schooling": unit["expected_schooling"],
        "Mean schooling": unit["mean_schooling"],
        "GNI per capita": unit["gni"],
    }


def test_hdi_agrees_with_the_oracle_to_the_last_digit() -> None:
    random = Random(3)
    units = [country(random) for _ in range(400)]
    results = scored("hdi", [columns(unit, number) for number, unit in enumerate(units)])
    for unit, result in zip(units, results, strict=True):
        wanted = hdi_oracle.score(unit)
        assert result.total == Fraction(wanted["total"])
        assert result.grade == wanted["grade"]
        assert parts(result)["3"] == Fraction(wanted["income"])
        assert abs(parts(result)["1"] - Fraction(wanted["health"])) <= Fraction(1, 20000)
        assert abs(parts(result)["2"] - Fraction(wanted["education"])) <= Fraction(1, 20000)


def test_equal_indices_share_a_rank_and_the_next_is_skipped() -> None:
    random = Random(5)
    results = scored("hdi", [columns(country(random), number) for number in range(200)])
    totals = [result.total for result in results]
    assert [result.rank for result in results] == [1 + sum(other > own for other in totals) for own in totals]
    assert len(set(totals)) < len(totals)
