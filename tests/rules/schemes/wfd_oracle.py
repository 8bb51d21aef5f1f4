"""EU WFD ecological status (Annex V 1.4.2, CIS guidance 13): class of each element in; overall class out."""

ORDER = ["bad", "poor", "moderate", "good", "high"]


def score(u):
    """Classes by element; None stands for an element that is not monitored, relevant or assessed."""
    bio = [v for v in u["biological"].values() if v is not None]
    if not bio:
        return {"grade": None}
    b = min(bio, key=ORDER.index)
    pc, hm, sp = u.get("physchem"), u.get("hymo"), u.get("pollutants")
    grade = b
    if b in ("high", "good"):
        support = [x for x in (pc, sp) if x is not None]
        worst = min([b, *support], key=ORDER.index)
        grade = "moderate" if ORDER.index(worst) < 3 else worst  # supporting elements never pull below moderate
        if grade == "high" and hm is not None and hm != "high":
            grade = "good"
    return {"biological": b, "grade": grade}
