"""Decathlon (men, tables of 1985 and 2001): ten marks in; points and total out, by 60-digit decimals."""

from decimal import ROUND_FLOOR, Decimal, localcontext

DIGITS = 60
#        kind    a          b       c      factor to the unit of the formula (jumps in centimetres)
T = {
    "100m": ("run", "25.4347", "18", "1.81"),
    "long_jump": ("jump", "0.14354", "220", "1.40"),
    "shot_put": ("throw", "51.39", "1.5", "1.05"),
    "high_jump": ("jump", "0.8465", "75", "1.42"),
    "400m": ("run", "1.53775", "82", "1.81"),
    "110m_hurdles": ("run", "5.74352", "28.5", "1.92"),
    "discus": ("throw", "12.91", "4", "1.10"),
    "pole_vault": ("jump", "0.2797", "100", "1.35"),
    "javelin": ("throw", "10.14", "7", "1.08"),
    "1500m": ("run", "0.03768", "480", "1.85"),
}


def points(event, mark):
    kind, a, b, c = T[event]
    a, b, c, x = Decimal(a), Decimal(b), Decimal(c), Decimal(str(mark))
    if kind == "jump":
        x *= 100
    gap = b - x if kind == "run" else x - b
    return int((a * (c * gap.ln()).exp()).to_integral_value(ROUND_FLOOR)) if gap > 0 else 0


def score(u):
    with localcontext(prec=DIGITS):
        return _score(u)


def _score(u):
    p = {e: points(e, u[e]) if u.get(e) is not None else 0 for e in T}  # no mark = 0 points
    return {"parts": p, "total": sum(p.values())}
