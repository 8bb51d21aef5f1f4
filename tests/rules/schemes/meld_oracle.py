"""MELD and MELD-Na (OPTN 2016): laboratory values in; initial and final score out, by 60-digit decimals."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

DIGITS = 60


def score(u):
    with localcontext(prec=DIGITS):
        return _score(u)


def _score(u):
    def d(k):
        return Decimal(str(u[k]))

    cr = Decimal(4) if u.get("dialysis") else min(max(d("creatinine"), Decimal(1)), Decimal(4))
    bili, inr = max(d("bilirubin"), Decimal(1)), max(d("inr"), Decimal(1))
    raw = Decimal("0.957") * cr.ln() + Decimal("0.378") * bili.ln() + Decimal("1.120") * inr.ln() + Decimal("0.643")
    meld_i = raw.quantize(Decimal("0.1"), ROUND_HALF_UP) * 10  # "round to the tenth decimal place, multiply by 10"
    if meld_i > 11:
        na = min(max(d("sodium"), Decimal(125)), Decimal(137))
        m = meld_i + Decimal("1.32") * (137 - na) - Decimal("0.033") * meld_i * (137 - na)
    else:
        m = meld_i
    total = min(m, Decimal(40)).quantize(Decimal(1), ROUND_HALF_UP)
    return {
        "raw": str(raw.quantize(Decimal("0.000001"))),
        "meld_i": int(meld_i),
        "before_rounding": str(m),
        "total": int(total),
    }
