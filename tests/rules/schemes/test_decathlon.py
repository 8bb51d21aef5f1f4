"""Decathlon points by the rule file and by the oracle: ten powers with broken exponents, rounded down."""

from random import Random

from rules.schemes import decathlon_oracle
from rules.schemes.agreement import decimal, parts, scored

EVENTS = {
    "100m": ("100 metres", 9.8, 18.5),
    "long_jump": ("Long jump", 2, 8.9),
    "shot_put": ("Shot put", 1, 23),
    "high_jump": ("High jump", 0.7, 2.45),
    "400m": ("400 metres", 43, 83),
    "110m_hurdles": ("110 metres hurdles", 12.8, 29),
    "discus": ("Discus throw", 3, 70),
    "pole_vault": ("Pole vault", 0.9, 6.2),
    "javelin": ("Javelin throw", 6, 90),
    "1500m": ("1500 metres", 220, 485),
}


def athlete(random: Random) -> dict[str, str]:
    return {event: decimal(random, low, high, 2) for event, (_, low, high) in EVENTS.items() if random.random() < 0.97}


def test_decathlon_agrees_with_the_oracle_in_every_event() -> None:
    random = Random(19)
    units = [athlete(random) for _ in range(80)]
    named = [
        {"unit": str(number), **{f"[{EVENTS[event][0]}]": mark for event, mark in unit.items()}}
        for number, unit in enumerate(units)
    ]
    for unit, result in zip(units, scored("decathlon", named), strict=True):
        wanted = decathlon_oracle.score(unit)
        assert list(parts(result).values()) == list(wanted["parts"].values())
        assert result.total == wanted["total"]
