"""Nutri-Score 2017: nutrients per 100 g or ml and category in; points, score and letter out."""

from fractions import Fraction

E_ = [335, 670, 1005, 1340, 1675, 2010, 2345, 2680, 3015, 3350]
EB = [0, 30, 60, 90, 120, 150, 180, 210, 240, 270]
S_ = ["4.5", 9, "13.5", 18, "22.5", 27, 31, 36, 40, 45]
SB = [0, "1.5", 3, "4.5", 6, "7.5", 9, "10.5", 12, "13.5"]
FAT = list(range(1, 11))
RATIO = [10, 16, 22, 28, 34, 40, 46, 52, 58, 64]
NA = [90 * i for i in range(1, 11)]
FIB = ["0.9", "1.9", "2.8", "3.7", "4.7"]
PRO = ["1.6", "3.2", "4.8", "6.4", "8"]


def above(x, edges):
    return sum(x > Fraction(str(e)) for e in edges)


def reached(x, edges):
    return sum(x >= Fraction(str(e)) for e in edges)


def score(u):
    """category: general | cheese | fats | beverage | water; the values are used as given (no rounding)."""

    def g(k):
        return Fraction(str(u.get(k, 0)))

    cat = u.get("category", "general")
    drink = cat in ("beverage", "water")
    p = {
        "energy": above(g("energy_kj"), EB if drink else E_),
        "sugars": above(g("sugars"), SB if drink else S_),
        "sodium": above(g("sodium_mg"), NA),
    }
    if cat == "fats":
        p["saturates"] = reached(100 * g("saturates") / g("fat"), RATIO)
    else:
        p["saturates"] = above(g("saturates"), FAT)
    n = sum(p.values())
    f = g("fruit_percent")
    step = 5 if f > 80 else 2 if f > 60 else 1 if f > 40 else 0
    p["fruit"] = {0: 0, 1: 2, 2: 4, 5: 10}[step] if drink else step
    p["fibre"] = above(g("fibre"), FIB)
    p["protein"] = above(g("protein"), PRO)
    counts = n < 11 or cat == "cheese" or p["fruit"] == (10 if drink else 5)
    total = n - p["fruit"] - p["fibre"] - (p["protein"] if counts else 0)
    if cat == "water":
        letter = "A"
    elif drink:
        letter = "B" if total <= 1 else "C" if total <= 5 else "D" if total <= 9 else "E"
    else:
        letter = "A" if total <= -1 else "B" if total <= 2 else "C" if total <= 10 else "D" if total <= 18 else "E"
    return {"parts": p, "negative": n, "protein_counts": counts, "total": total, "grade": letter}
