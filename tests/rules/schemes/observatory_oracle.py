"""Mozilla HTTP Observatory (rules of 2018-01-18): one result a test in; base, score and grade out."""

TABLE = {
    "contribute": {
        "only-required-on-mozilla-properties": 0,
        "with-required-keys": 0,
        "missing-required-keys": -5,
        "not-implemented": -5,
        "invalid-json": -10,
    },
    "cookies": {
        "secure-with-httponly-sessions-and-samesite": 5,
        "not-found": 0,
        "secure-with-httponly-sessions": 0,
        "without-secure-flag-but-protected-by-hsts": -5,
        "session-without-secure-flag-but-protected-by-hsts": -10,
        "without-secure-flag": -20,
        "samesite-flag-invalid": -20,
        "anticsrf-without-samesite-flag": -20,
        "session-without-httponly-flag": -30,
        "session-without-secure-flag": -40,
    },
    "cors": {
        "public-access": 0,
        "restricted-access": 0,
        "not-implemented": 0,
        "xml-not-parsable": -20,
        "universal-access": -50,
    },
    "csp": {
        "no-unsafe-default-src-none": 10,
        "no-unsafe": 5,
        "unsafe-inline-in-style-src-only": 0,
        "insecure-scheme-in-passive-content-only": -10,
        "unsafe-eval": -10,
        "insecure-scheme": -20,
        "unsafe-inline": -20,
        "not-implemented": -25,
        "header-invalid": -25,
    },
    "hpkp": {
        "preloaded": 0,
        "max-age-at-least-fifteen-days": 0,
        "max-age-less-than-fifteen-days": 0,
        "not-implemented": 0,
        "invalid-cert": 0,
        "not-implemented-no-https": 0,
        "header-invalid": -5,
    },
    "hsts": {
        "preloaded": 5,
        "max-age-at-least-six-months": 0,
        "max-age-less-than-six-months": -10,
        "not-implemented": -20,
        "not-implemented-no-https": -20,
        "invalid-cert": -20,
        "header-invalid": -20,
    },
    "redirection": {
        "all-redirects-preloaded": 0,
        "to-https": 0,
        "not-needed-no-http": 0,
        "off-host-from-http": -5,
        "not-to-https-on-initial-redirection": -10,
        "missing": -20,
        "not-to-https": -20,
        "invalid-cert": -20,
    },
    "referrer": {
        "private": 5,
        "no-referrer-when-downgrade": 0,
        "not-implemented": 0,
        "unsafe": -5,
        "header-invalid": -5,
    },
    "sri": {
        "implemented-and-all-scripts-loaded-securely": 5,
        "implemented-and-external-scripts-loaded-securely": 5,
        "not-implemented-but-all-scripts-loaded-from-secure-origin": 0,
        "not-implemented-but-no-scripts-loaded": 0,
        "response-not-html": 0,
        "not-implemented-but-external-scripts-loaded-securely": -5,
        "request-did-not-return-status-code-200": -5,
        "implemented-but-external-scripts-not-loaded-securely": -20,
        "html-not-parsable": -20,
        "not-implemented-and-external-scripts-not-loaded-securely": -50,
    },
    "xcto": {"nosniff": 0, "not-implemented": -5, "header-invalid": -5},
    "xfo": {
        "via-csp": 5,
        "allow-from-origin": 0,
        "sameorigin-or-deny": 0,
        "not-implemented": -20,
        "header-invalid": -20,
    },
    "xxssp": {
        "not-needed-due-to-csp": 0,
        "enabled-mode-block": 0,
        "enabled": 0,
        "disabled": -10,
        "not-implemented": -10,
        "header-invalid": -10,
    },
}
BANDS = [
    (100, "A+"),
    (90, "A"),
    (85, "A-"),
    (80, "B+"),
    (70, "B"),
    (65, "B-"),
    (60, "C+"),
    (50, "C"),
    (45, "C-"),
    (40, "D+"),
    (30, "D"),
    (25, "D-"),
    (0, "F"),
]


def total_of(modifiers):
    base = 100 + sum(m for m in modifiers if m < 0)
    total = base + (sum(m for m in modifiers if m > 0) if base >= 90 else 0)
    return base, max(total, 0)


def score(u):
    mods = [TABLE[t][u[t]] for t in TABLE] if "modifiers" not in u else u["modifiers"]
    base, total = total_of(mods)
    return {"base": base, "total": total, "grade": next(g for lo, g in BANDS if total >= lo)}
