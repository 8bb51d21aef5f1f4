"""Glasgow Coma Scale: three responses in ("NT" = not testable); sum and severity out."""

EYE = ["none", "to pressure", "to sound", "spontaneous"]
VERBAL = ["none", "sounds", "words", "confused", "orientated"]
MOTOR = ["none", "extension", "abnormal flexion", "normal flexion", "localising", "obeys commands"]


def score(u):
    p = {}
    for k, levels in (("eye", EYE), ("verbal", VERBAL), ("motor", MOTOR)):
        p[k] = None if u[k] == "NT" else levels.index(u[k]) + 1
    if None in p.values():  # 2014 guidance: report the parts, no total
        return {"parts": p, "total": None, "grade": None}
    t = sum(p.values())
    return {"parts": p, "total": t, "grade": "Mild" if t >= 13 else "Moderate" if t >= 9 else "Severe"}
