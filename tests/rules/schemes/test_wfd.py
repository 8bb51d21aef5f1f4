"""Ecological status by the rule file and by the oracle: the worst element decides, the supporting ones cap."""

from random import Random

from rules.schemes import wfd_oracle
from rules.schemes.agreement import scored

ELEMENTS = ("phytoplankton", "macrophytes", "invertebrates", "fish")


def water(random: Random) -> dict[str, object]:
    least = random.randint(0, 4)
    classes = wfd_oracle.ORDER[least:]
    supporting = ("high", "high", "good", "moderate", None)
    return {
        "biological": {element: random.choice((None, *classes)) for element in ELEMENTS},
        "physchem": random.choice(supporting),
        "pollutants": random.choice(supporting),
        "hymo": random.choice(("high", "good", None)),
    }


def columns(unit: dict[str, object], number: int) -> dict[str, object]:
    biological = unit["biological"]
    assert isinstance(biological, dict)
    return {
        "unit": str(number),
        **{str(code): biological[each] or "not monitored" for code, each in enumerate(ELEMENTS, 1)},
        "Physico-chemical": unit["physchem"] or "left out",
        "Specific pollutants": unit["pollutants"] or "left out",
        "Hydromorphology": unit["hymo"] or "left out",
    }


def test_ecological_status_agrees_with_the_oracle() -> None:
    random = Random(29)
    units = [water(random) for _ in range(500)]
    results = scored("wfd", [columns(unit, number) for number, unit in enumerate(units)])
    assert [result.grade for result in results] == [wfd_oracle.score(unit)["grade"] for unit in units]
    assert {result.grade for result in results} == {*wfd_oracle.ORDER, None}
