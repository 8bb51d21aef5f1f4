"""NEWS2: vital signs of one patient in; parameter scores, total and clinical risk out."""

from fractions import Fraction


def _upto(x, steps, last):
    for edge, points in steps:
        if x <= edge:
            return points
    return last


def score(u):
    rr, hr, sbp, spo2 = (Fraction(str(u[k])) for k in ("resp_rate", "pulse", "systolic", "spo2"))
    t = Fraction(str(u["temperature"]))
    o2 = bool(u["on_oxygen"])
    p = {"resp_rate": _upto(rr, [(8, 3), (11, 1), (20, 0), (24, 2)], 3)}
    if u["spo2_scale"] == 1:
        p["spo2"] = _upto(spo2, [(91, 3), (93, 2), (95, 1)], 0)
    elif spo2 <= 92:
        p["spo2"] = _upto(spo2, [(83, 3), (85, 2), (87, 1)], 0)
    elif not o2:
        p["spo2"] = 0
    else:
        p["spo2"] = _upto(spo2, [(94, 1), (96, 2)], 3)
    p["oxygen"] = 2 if o2 else 0
    p["systolic"] = _upto(sbp, [(90, 3), (100, 2), (110, 1), (219, 0)], 3)
    p["pulse"] = _upto(hr, [(40, 3), (50, 1), (90, 0), (110, 1), (130, 2)], 3)
    p["consciousness"] = {"A": 0, "C": 3, "V": 3, "P": 3, "U": 3}[u["consciousness"]]
    p["temperature"] = _upto(t, [(Fraction(35), 3), (Fraction(36), 1), (Fraction(38), 0), (Fraction(39), 1)], 2)
    total = sum(p.values())
    if total >= 7:
        risk = "High"
    elif total >= 5:
        risk = "Medium"
    elif 3 in p.values():
        risk = "Low-medium"
    else:
        risk = "Low"
    return {"parts": p, "total": total, "grade": risk}
