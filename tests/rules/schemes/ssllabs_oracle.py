"""SSL Labs server rating, guides 2009c to 2009e: a server in; category scores, total and grade out."""

from fractions import Fraction

PROTOCOL = {"SSL2": 20, "SSL3": 80, "TLS1.0": 90, "TLS1.1": 95, "TLS1.2": 100}
ORDER = ["A", "A-", "B", "C", "D", "E", "F"]


def key_score(u):
    if u.get("weak_key") or u.get("anonymous"):
        return 0
    bits = u["key_bits"]
    if bits < 512:
        s = 20
    elif bits < 1024:
        s = 40
    elif bits < 2048:
        s = 80
    elif bits < 4096:
        s = 90
    else:
        s = 100
    return min(s, 40) if u.get("exportable") else s


def cipher_score(bits):
    return 0 if bits == 0 else 20 if bits < 128 else 80 if bits < 256 else 100


def score(u, version="2009e"):
    ps = [PROTOCOL[p] for p in u["protocols"]]
    cs = [cipher_score(b) for b in u["cipher_bits"]]
    p, k, c = Fraction(max(ps) + min(ps), 2), Fraction(key_score(u)), Fraction(max(cs) + min(cs), 2)
    total = (
        Fraction(0)
        if (not u["certificate_ok"] or 0 in (p, k, c))
        else Fraction(3, 10) * p + Fraction(3, 10) * k + Fraction(4, 10) * c
    )
    g = next((g for lo, g in ((80, "A"), (65, "B"), (50, "C"), (35, "D"), (20, "E")) if total >= lo), "F")

    def cap(g, to):
        return max(g, to, key=ORDER.index)

    if (version == "2009c" and u.get("beast")) or u.get("crime"):
        g = cap(g, "B")
    if version == "2009e":
        if "TLS1.2" not in u["protocols"]:
            g = cap(g, "B")
        if u.get("serious_warnings"):
            g = cap(g, "A-")
    if "SSL2" in u["protocols"] or u.get("insecure_renegotiation"):
        g = "F"
    return {"protocol": p, "key_exchange": k, "cipher": c, "total": total, "grade": g}
