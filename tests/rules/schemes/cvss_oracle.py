"""CVSS v3.1 base score: eight metrics (or a vector) in; score and severity out, by exact fractions."""

from fractions import Fraction

W = {
    "AV": {"N": "0.85", "A": "0.62", "L": "0.55", "P": "0.2"},
    "AC": {"L": "0.77", "H": "0.44"},
    "UI": {"N": "0.85", "R": "0.62"},
    "CIA": {"H": "0.56", "L": "0.22", "N": "0"},
}
PR = {"U": {"N": "0.85", "L": "0.62", "H": "0.27"}, "C": {"N": "0.85", "L": "0.68", "H": "0.5"}}


def roundup(x):
    """Appendix A: integer arithmetic at a resolution of 1/100000, so that 4.000001 stays 4.0."""
    n = int(x * 100000 + Fraction(1, 2))  # round half up; x is never negative
    return Fraction(n, 100000) if n % 10000 == 0 else Fraction(n // 10000 + 1, 10)


def severity(s):
    if s == 0:
        return "None"
    if s < 4:
        return "Low"
    if s < 7:
        return "Medium"
    if s < 9:
        return "High"
    return "Critical"


def score(u):
    if "vector" in u:
        u = dict(p.split(":") for p in u["vector"].split("/")[1:])

    def w(t, k):
        return Fraction(W[t][u[k]])

    iss = 1 - (1 - w("CIA", "C")) * (1 - w("CIA", "I")) * (1 - w("CIA", "A"))
    changed = u["S"] == "C"
    impact = (
        Fraction("7.52") * (iss - Fraction("0.029")) - Fraction("3.25") * (iss - Fraction("0.02")) ** 15
        if changed
        else Fraction("6.42") * iss
    )
    expl = Fraction("8.22") * w("AV", "AV") * w("AC", "AC") * Fraction(PR[u["S"]][u["PR"]]) * w("UI", "UI")
    base = (
        Fraction(0)
        if impact <= 0
        else roundup(min((Fraction("1.08") if changed else 1) * (impact + expl), Fraction(10)))
    )
    return {"iss": iss, "impact": impact, "exploitability": expl, "total": base, "grade": severity(base)}
