"""The SSL Labs rating by the rule file and by the oracle: categories, total and grade with its caps."""

from random import Random

from rules.schemes import ssllabs_oracle
from rules.schemes.agreement import parts, scored, straightly

PROTOCOLS = {"SSL2": "SSL 2.0", "SSL3": "SSL 3.0", "TLS1.0": "TLS 1.0", "TLS1.1": "TLS 1.1", "TLS1.2": "TLS 1.2"}
FLAGS = {
    "certificate_ok": ("Certificate valid", 0.95),
    "exportable": ("Exportable", 0.1),
    "serious_warnings": ("Serious warnings", 0.2),
    "insecure_renegotiation": ("Insecure renegotiation", 0.05),
    "crime": ("CRIME", 0.1),
}


def server(random: Random) -> dict[str, object]:
    count = random.randint(1, 3)
    ciphers = sorted(random.choice((0, 56, 112, 128, 128, 256, 256, 256)) for _ in range(2))
    return {
        "protocols": random.sample(
            ("SSL2", "SSL3", "TLS1.0", "TLS1.1", "TLS1.2", "TLS1.2")[random.randint(0, 3) :], count
        ),
        "weak_key": random.random() < 0.05,
        "key_bits": random.choice((511, 512, 1023, 1024, 2047, 2048, 2048, 4095, 4096)),
        "cipher_bits": ciphers,
        **{flag: random.random() < chance for flag, (_, chance) in FLAGS.items()},
    }


def columns(unit: dict[str, object]) -> dict[str, object]:
    weakest, strongest = unit["cipher_bits"]
    return {
        **{name: protocol in unit["protocols"] for protocol, name in PROTOCOLS.items()},
        **{name: unit[flag] for flag, (name, _) in FLAGS.items()},
        "Weak key or anonymous": unit["weak_key"],
        "Key bits": unit["key_bits"],
        "Strongest cipher": strongest,
        "Weakest cipher": weakest,
    }


def test_the_server_rating_agrees_with_the_oracle_in_every_part() -> None:
    random = Random(31)
    units = [server(random) for _ in range(300)]
    results = scored("ssllabs", [{"unit": str(number), **columns(unit)} for number, unit in enumerate(units)])
    for unit, result in zip(units, results, strict=True):
        wanted = ssllabs_oracle.score(unit)
        assert list(parts(result).values()) == [wanted["protocol"], wanted["key_exchange"], wanted["cipher"]]
        assert (result.total, result.grade) == (wanted["total"], wanted["grade"])
    assert {result.grade for result in results} >= {"A", "A-", "B", "F"}


def test_straight_code_agrees_with_the_oracle_too() -> None:
    random = Random(3001)
    units = [server(random) for _ in range(3000)]
    for unit, found in zip(units, straightly("ssllabs", list(map(columns, units))), strict=True):
        wanted = ssllabs_oracle.score(unit)
        assert (found.total, found.grade) == (wanted["total"], wanted["grade"])
