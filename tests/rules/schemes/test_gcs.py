"""The Glasgow Coma Scale by the rule file and by the oracle: all 210 combinations, with no total where one is NT."""

from itertools import product

from rules.schemes import gcs_oracle
from rules.schemes.agreement import parts, scored


def test_gcs_agrees_with_the_oracle_in_every_combination() -> None:
    levels = [[*names, "NT"] for names in (gcs_oracle.EYE, gcs_oracle.VERBAL, gcs_oracle.MOTOR)]
    units = [dict(zip(("eye", "verbal", "motor"), chosen, strict=True)) for chosen in product(*levels)]
    named = [
        {"unit": str(number), "E": unit["eye"], "V": unit["verbal"], "M": unit["motor"]}
        for number, unit in enumerate(units)
    ]
    for unit, result in zip(units, scored("gcs", named), strict=True):
        wanted = gcs_oracle.score(unit)
        assert list(parts(result).values()) == list(wanted["parts"].values())
        assert (result.total, result.grade) == (wanted["total"], wanted["grade"])
    assert len(units) == 210
