"""Human Development Index: four indicators in; dimension indices, index and group out, by 60-digit decimals."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

DIGITS = 60


def score(u):
    with localcontext(prec=DIGITS):
        return _score(u)


def _score(u):
    le, eys, mys, gni = (Decimal(str(u[k])) for k in ("life_expectancy", "expected_schooling", "mean_schooling", "gni"))

    def cap(x, hi):
        return min(x, Decimal(hi))

    health = (cap(le, 85) - 20) / 65
    edu = (cap(mys, 15) / 15 + cap(eys, 18) / 18) / 2
    income = (cap(gni, 75000).ln() - Decimal(100).ln()) / (Decimal(75000).ln() - Decimal(100).ln())
    hdi = ((health * edu * income).ln() / 3).exp()
    out = hdi.quantize(Decimal("0.001"), ROUND_HALF_UP)
    group = (
        "Very high"
        if out >= Decimal("0.800")
        else "High"
        if out >= Decimal("0.700")
        else "Medium"
        if out >= Decimal("0.550")
        else "Low"
    )

    def q(x):
        return str(x.quantize(Decimal("0.0001"), ROUND_HALF_UP))

    return {"health": q(health), "education": q(edu), "income": q(income), "total": str(out), "grade": group}
