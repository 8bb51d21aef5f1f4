"""OpenSSF Scorecard aggregate: check scores 0 to 10, or None (inconclusive), in; weighted mean out."""

from fractions import Fraction

WEIGHT = {"Critical": Fraction(10), "High": Fraction("7.5"), "Medium": Fraction(5), "Low": Fraction("2.5")}
RISK = {
    "Dangerous-Workflow": "Critical",
    "Webhooks": "Critical",
    "Binary-Artifacts": "High",
    "Branch-Protection": "High",
    "Code-Review": "High",
    "Dependency-Update-Tool": "High",
    "Maintained": "High",
    "Signed-Releases": "High",
    "Token-Permissions": "High",
    "Vulnerabilities": "High",
    "Fuzzing": "Medium",
    "Packaging": "Medium",
    "Pinned-Dependencies": "Medium",
    "SAST": "Medium",
    "SBOM": "Medium",
    "Security-Policy": "Medium",
    "CI-Tests": "Low",
    "CII-Best-Practices": "Low",
    "Contributors": "Low",
    "License": "Low",
}


def score(u):
    """Checks that are not in u were not run: they leave the mean as inconclusive ones do."""
    top = bottom = Fraction(0)
    for name, s in u.items():
        if s is None or s < 0:
            continue
        w = WEIGHT[RISK[name]]
        top += w * s
        bottom += w
    if bottom == 0:
        return {"total": None, "shown": "?"}
    t = top / bottom
    tenth = int(t * 10 + Fraction(1, 2))
    return {"total": t, "weight": bottom, "shown": f"{tenth // 10}.{tenth % 10}"}
