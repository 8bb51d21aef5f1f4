"""Child-Pugh: five findings in; points and class out."""

from fractions import Fraction


def score(u):
    def g(k):
        return Fraction(str(u[k]))

    b, a, i = g("bilirubin"), g("albumin"), g("inr")
    lo, hi = (
        (Fraction(4), Fraction(10)) if u.get("cholestatic") else (Fraction(2), Fraction(3))
    )  # mg/dL; other limits in PBC/PSC
    p = {
        "bilirubin": 1 if b < lo else 2 if b <= hi else 3,
        "albumin": 1 if a > Fraction("3.5") else 2 if a >= Fraction("2.8") else 3,
        "inr": 1 if i < Fraction("1.7") else 2 if i <= Fraction("2.3") else 3,
        "ascites": {"none": 1, "slight": 2, "moderate": 3}[u["ascites"]],
        "encephalopathy": {0: 1, 1: 2, 2: 2, 3: 3, 4: 3}[u["encephalopathy_grade"]],
    }
    t = sum(p.values())
    return {"parts": p, "total": t, "grade": "A" if t <= 6 else "B" if t <= 9 else "C"}
