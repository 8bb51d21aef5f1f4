"""The CVSS v3.1 base score by the shipped rule file and by the oracle: a seventh of all 2,592 vectors."""

from itertools import product

from rules.schemes import cvss_oracle
from rules.schemes.agreement import SHIPPED, scored

METRICS = {
    "AV": ("Attack Vector", {"N": "Network", "A": "Adjacent", "L": "Local", "P": "Physical"}),
    "AC": ("Attack Complexity", {"L": "Low", "H": "High"}),
    "PR": ("Privileges Required", {"N": "None", "L": "Low", "H": "High"}),
    "UI": ("User Interaction", {"N": "None", "R": "Required"}),
    "S": ("Scope", {"U": "Unchanged", "C": "Changed"}),
    "C": ("Confidentiality", {"H": "High", "L": "Low", "N": "None"}),
    "I": ("Integrity", {"H": "High", "L": "Low", "N": "None"}),
    "A": ("Availability", {"H": "High", "L": "Low", "N": "None"}),
}


def test_the_base_score_agrees_with_the_oracle_for_vectors_all_over_the_space() -> None:
    vectors = [
        dict(zip(METRICS, chosen, strict=True)) for chosen in product(*(levels for _, levels in METRICS.values()))
    ]
    assert len(vectors) == 2592
    vectors = [*vectors[::7], vectors[-1]]
    named = [
        {"unit": str(number), **{f"[{METRICS[code][0]}]": METRICS[code][1][level] for code, level in vector.items()}}
        for number, vector in enumerate(vectors)
    ]
    for vector, result in zip(vectors, scored("cvss-3.1", named, SHIPPED / "cvss-3.1"), strict=True):
        wanted = cvss_oracle.score(vector)
        assert (result.total, result.grade) == (wanted["total"], wanted["grade"])
