"""Kiểm tra vết tính / check a trace: python kiem_tra_vet.py trace.json ("-": stdin). Python 3.11+, nothing else.

A trace (thangdiem/trace/1) is a sheet of steps. Each names its kind, the steps above it that it is computed from (its
operands) and its value. Every value is computed again by the table KINDS; then the maxima, the grade, the result.
Ends with 0: all follows; 1: something does not, and which step; 2: this is no trace that can be read.
"""

# fmt: off
import json
import math
import re
import sys
import unicodedata
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction


class Absent(str):
    """What a step comes to that has no value: invalid, missing, not_assessed, not_applicable."""

INVALID, MISSING, NOT_APPLICABLE = Absent("invalid"), Absent("missing"), Absent("not_applicable")
GRAVITY = [INVALID, MISSING, Absent("not_assessed"), NOT_APPLICABLE]
TINY = Fraction(1, 10**40)  # irrational numbers are computed to 90 digits; those that agree to 40 are equal

# --- values

def read(value):
    """A number, date or text from its spelling; {"approx": …} is a number with digits without end."""
    if isinstance(value, list):
        return [read(each) for each in value]
    if isinstance(value, dict):
        return Decimal(value["approx"])
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(/[0-9]+)?", value):
        return Fraction(value)
    return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)) else value

def fold(text):
    """Text as it is compared: case, spaces and where a tone mark is typed do not count."""
    words = unicodedata.normalize("NFD", str(text).casefold()).split()
    return " ".join("".join(sorted(word, key=lambda sign: sign in "\u0300\u0301\u0303\u0309\u0323")) for word in words)

def numbers(*values):
    """Fractions stay exact; with an irrational number among them all become decimals."""
    if not all(type(value) in (Fraction, Decimal) for value in values):
        raise TypeError("not a number")
    return [decimal(value) for value in values] if any(type(value) is Decimal for value in values) else [*values]

def decimal(number):
    return number if isinstance(number, Decimal) else Decimal(number.numerator) / Decimal(number.denominator)

def order(one, two):
    """-1, 0, 1: the first is less, equal, greater; texts and yes/no are only equal (0) or not (1)."""
    if type(one) is type(two) and isinstance(one, bool | str):
        return int(fold(one) != fold(two))
    if not type(one) is type(two) is date:
        one, two = numbers(one, two)
        if isinstance(one, Decimal) and abs(Fraction(one) - Fraction(two)) < TINY:
            return 0
    return (one > two) - (one < two)

def rounded(value, unit, tie, stated=""):
    """To a multiple of the unit; the tie says where a half goes."""
    share = Fraction(value) / Fraction(unit)
    if isinstance(value, Decimal) and abs(share * 2 - round(share * 2)) < TINY:
        if stated == INVALID:
            return INVALID  # whether it is a half, no number of digits can prove
        share = Fraction(round(share * 2), 2)
    low, rest, half = math.floor(share), share - math.floor(share), Fraction(1, 2)
    halves = {"HALF_UP": share > 0, "HALF_DOWN": share < 0, "HALF_EVEN": low % 2 == 1}
    always = {"UP": rest > 0, "DOWN": False, "TRUNCATE": low < share < 0}
    up = always[tie] if tie in always else rest > half or (rest == half and halves[tie])
    return (low + up) * Fraction(unit)

def power(base, exponent):
    if isinstance(base, Fraction) and exponent.denominator == 1:
        if max(abs(base.numerator), base.denominator).bit_length() * abs(exponent) > 26_000:
            raise OverflowError("too large to compute")
        return base ** int(exponent)
    if base < 0 and not exponent.denominator % 2:
        raise ArithmeticError("no real number")
    size = decimal(abs(base)) ** decimal(exponent) if base else base
    return -size if base < 0 else size

def gathered(form, values, weights=None):
    """Many numbers made one; the sum of none is 0, a mean of none does not apply."""
    if not values and form != "sum":
        return NOT_APPLICABLE
    values, weights = numbers(*values), weights or [Fraction(1)] * len(values)
    total = sum((weight * value for weight, value in zip(weights, values, strict=True)), Fraction(0))
    return {"sum": lambda: total, "weighted_mean": lambda: total / sum(weights),
            "mean": lambda: sum(values) / len(values),
            "geometric_mean": lambda: power(math.prod(values), Fraction(1, 2 * len(values))) ** 2,
            "highest": lambda: max(values), "lowest": lambda: min(values)}[form]()

# --- what a step comes to: v what its operands came to, d its detail, s the whole step

def worst(outcomes):
    """The gravest state among outcomes without a value; None where all have one."""
    return min((each for each in outcomes if isinstance(each, Absent)), key=GRAVITY.index, default=None)

def kept(outcomes):
    return [each for each in outcomes if not (isinstance(each, Absent) and each == NOT_APPLICABLE)]

def inside(value, ends):
    low, high = read(ends)
    return (low is None or value >= low) and (high is None or value <= high)

def literal(v, d, s):
    """What is written in the words of the rule; a day of the year assessed may be unknown."""
    value, text = read(s["value"]), (s["provision"] or {"text": ""})["text"]
    group, point = ".," if d["rules"]["dialect"] == "vi" else ",."
    if s["state"] != "value":
        return Absent(s["state"])
    if isinstance(value, date):
        return value if str(value.day) in text else INVALID
    figures = [each.strip(".,").replace(group, "").replace(point, ".") for each in re.findall(r"\d[\d.,]*", text)]
    if isinstance(value, Fraction):
        return value if not figures or abs(value) in [Fraction(f) / n for f in figures for n in (1, 100)] else INVALID
    if isinstance(value, bool):
        return fold(text) not in map(fold, ("không", "no"))
    return value if fold(value) == fold(text.strip('"“”')) else INVALID

def given(v, d, s):
    datum = s["inputs"][0]
    if datum["state"] != "value":
        return Absent(datum["state"])
    return INVALID if "range" in d and not inside(read(datum["value"]), d["range"]) else read(datum["value"])

def row(v, d, s):
    """None where a condition does not hold; else the value that follows the conditions."""
    tests = v[: int(d["conditions"])]
    demand(len(v) == int(d["conditions"]) + (False not in tests and not worst(tests)), None, "one value if all hold")
    return None if False in tests else worst(tests) or v[int(d["conditions"])]

def first(v, d, s):
    """Of rows, the first that holds, which is the last tried; the best of all where the rule says so."""
    if d.get("best"):
        return worst(v) or max((each for each in v if each is not None), default=INVALID)
    if worst(v):
        return worst(v)
    if any(each is not None for each in v[:-1]):
        raise LookupError("an earlier row holds")
    return INVALID if v[-1] is None else v[-1]

SIGNS = {"=": [0], ">": [1], ">=": [0, 1], "<": [-1], "<=": [-1, 0]}

def in_range(v, d, s):
    held = [order(v[0], bound) in SIGNS[sign] for sign, bound in zip(d["signs"], v[1:], strict=True)]
    return all(held) != d["negated"]

def decided(v, by):
    """Whether some operand holds (by: True), all hold (by: False: one that does not decides)."""
    if any(each is by for each in v):
        return by
    return INVALID if any(not isinstance(each, bool | Absent) for each in v) else worst(v) or (not by)

def gather(v, d, s):
    """What applies, and has the sign asked for; of children each with its weight."""
    there, sign = kept(v), int(d.get("sign", 0))
    if v and not there and s["kind"] == "children":
        return NOT_APPLICABLE
    weights = [read(weight) for _, weight in d["weights"]] if "weights" in d else None
    return worst(there) or gathered(d["form"], [each for each in there if not sign or each * sign > 0], weights)

def limit(v, d, s):
    """The value before, a condition if there is one, the bound unless the condition does not hold."""
    before, *rest = v
    if worst(rest[:1]) or rest[0] is False:
        return worst(rest[:1]) or before
    beyond = isinstance(rest[-1], Absent) or order(before, rest[-1]) == (1 if d["most"] else -1)
    return rest[-1] if beyond else before

def node(v, d, s):
    """The last stage, held to the range stated; bonuses and deductions may carry it out of it."""
    if not v or isinstance(v[0], Absent):
        return v[0] if v else NOT_APPLICABLE
    signed = [int(sign + "1") * p for sign, p in zip(d["signs"], v[1:], strict=True) if not isinstance(p, Absent)]
    fine = type(v[0]) is Fraction and (inside(v[0], d["range"]) or inside(v[0] - sum(signed), d["range"]))
    return v[0] if fine else INVALID

def units_graded(v, d, s):
    count, wanted = sum(grade in d["counting"] for _, grade in d["grades"]), fold(d["wanted"])
    if wanted in (fold(grade) for _, grade in d["grades"]) and wanted not in map(fold, d["counting"]):
        raise LookupError("the grade wanted is not counted")
    return Fraction(count) if not d["share"] else Fraction(count, len(d["grades"])) if d["grades"] else NOT_APPLICABLE

def demand(fine, value, why):
    if not fine:
        raise LookupError(why)
    return value

WHATEVER = {  # these look at operands without a value, too
    "reference": lambda v, d, s: v[0] if v else INVALID,
    "literal": literal, "datum": given, "given": given, "ticked": given, "total_given": given,
    "present": lambda v, d, s: s["inputs"][0]["state"] == "value",
    "maximum": lambda v, d, s: INVALID if d["maxima"][d["of"]] is None else d["maxima"][d["of"]],
    "not_applicable": lambda v, d, s: NOT_APPLICABLE,
    "within": lambda v, d, s: v[0] if isinstance(v[0], Absent) else decided(v[1:], True),
    "all": lambda v, d, s: decided(v, False), "any": lambda v, d, s: decided(v, True),
    "some_item": lambda v, d, s: decided(kept(v), not d["every"]),
    "count_items": lambda v, d, s: worst(kept(v)) or Fraction(kept(v).count(True)),
    "gather": gather, "children": gather, "formula": lambda v, d, s: v[-1], "name": lambda v, d, s: v[-1],
    "own": lambda v, d, s: v[-1], "row": row,
    "mark": lambda v, d, s: Fraction(0) if row(v, d, s) is None else row(v, d, s),
    "steps": first, "cases": first, "guarded": first, "choice": first, "limit": limit, "item": node, "total": node,
    "missing_rule": lambda v, d, s: demand(v[0] == MISSING, v[1], "nothing is missing"),
    "exempt": lambda v, d, s: NOT_APPLICABLE if True in v else worst(v),
    "applicability": lambda v, d, s: demand(v[-1] == NOT_APPLICABLE, INVALID if not d["policy"] else
                                            read(d["points"]) if "points" in d else NOT_APPLICABLE, "it applies"),
    "replaced": lambda v, d, s: v[1] if isinstance(v[1], Absent) else v[2] if v[1] else v[0],
    "counts_when": lambda v, d, s: v[1] if isinstance(v[1], Absent) else v[0] if v[1] else Fraction(0),
}
KINDS = {  # these have no value where an operand has none: then the gravest state
    "add": lambda v, d, s: sum(numbers(*v)), "multiply": lambda v, d, s: math.prod(numbers(*v)),
    "subtract": lambda v, d, s: Fraction((v[0] - v[1]).days) if type(v[0]) is type(v[1]) is date else
                                numbers(*v)[0] - numbers(*v)[1],
    "divide": lambda v, d, s: numbers(*v)[0] / numbers(*v)[1], "negative": lambda v, d, s: -numbers(*v)[0],
    "min": lambda v, d, s: min(numbers(*v)), "max": lambda v, d, s: max(numbers(*v)),
    "abs": lambda v, d, s: abs(numbers(*v)[0]),
    "power": lambda v, d, s: power(numbers(*v)[0], read(d["exponent"])), "root": lambda v, d, s: power(v[0], 1 / v[1]),
    "ln": lambda v, d, s: decimal(v[0]).ln(), "log10": lambda v, d, s: decimal(v[0]).log10(),
    "exp": lambda v, d, s: decimal(v[0]).exp(),
    "round": lambda v, d, s: v[0], "rounding": lambda v, d, s: v[0],  # every step with unit_of in its detail is rounded
    "range": in_range, "not": lambda v, d, s: not v[0],
    "one_of": lambda v, d, s: fold(v[0]) in map(fold, d["names"]),
    "has_letter": lambda v, d, s: d["letter"] in v[0],
    "checklist": lambda v, d, s: gathered("sum", v), "marks": lambda v, d, s: gathered("sum", v),
    "per_mark": lambda v, d, s: v[:-1].count(True) * v[-1],
    "bonus": lambda v, d, s: v[0] + int(d["sign"] + "1") * v[1],
    "rescaled": lambda v, d, s: v[0] * d["maxima"][None] / d["left"] if d["left"] else NOT_APPLICABLE,
    "over_units": lambda v, d, s: gathered(d["form"], [read(value) for _, value in d["values"]]),
    "rank_among": lambda v, d, s: Fraction(1 + sum(read(value) > v[0] for _, value in d["values"])),
    "units_graded": units_graded,
}

# --- the sheet

def check(document):
    """The steps and figures of a trace that do not follow, each with what is stated and what it comes to."""
    wrong = []

    def agree(where, stated, found):
        if isinstance(stated, Decimal) and type(found) in (Fraction, Decimal):
            fine = abs(stated - decimal(found)) <= max(abs(decimal(found)) * Decimal("1e-11"), Decimal("1e-60"))
        else:
            fine = stated == found and isinstance(stated, bool) is isinstance(found, bool)
        if not fine:
            wrong.append((where, stated, found))
        return fine

    try:
        follow(document, agree)
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        agree("reference or form", repr(error), "what stands there")
    return wrong

def follow(document, agree):
    """Each step from those above it; then what the steps make: maxima, grade, result."""
    known, steps = {}, document["steps"]
    states = {step["id"]: Absent(step["state"]) for step in steps}
    detail = {"rules": document["rules"], **maxima(document, states, agree)}
    for step in steps:
        name, kind = step["id"], step["kind"]
        stated = read(step["value"]) if step["state"] == "value" else Absent(step["state"])
        d = {**step["detail"], **detail}
        try:
            agree(f"{name}: id", name in known, False)
            v = [known[each] for each in step["operands"]]
            lacking = worst(v) if kind in KINDS else None
            if kind in ("over_units", "rank_among", "units_graded") and not d.keys() & {"values", "grades"}:
                lacking = stated  # what other units lack does not stand in this unit's trace
            found = lacking or {**KINDS, **WHATEVER}[kind](v, d, step)
            if "unit_of" in d and not isinstance(found, Absent):
                found = rounded(*numbers(found), d["unit_of"], d["tie"], step["state"])
            size = max(abs(found.numerator), found.denominator).bit_length() if isinstance(found, Fraction) else 0
            if size > 13_000 or (isinstance(found, Decimal) and not found.is_finite()):
                found = INVALID
        except (ArithmeticError, TypeError):
            found = INVALID
        except (LookupError, ValueError) as error:
            found = f"? ({error})"
        agree(f"{name} ({kind})", step["state"], str(found) if isinstance(found, Absent) else "value")
        agree(f"{name} ({kind})", read(step["value"]), None if isinstance(found, Absent) else found)
        known[name] = found if isinstance(found, Decimal) else stated
        for datum in step["inputs"]:
            agree(f"{name}: input", datum["name"], d.get("name", d.get("code")))
            agree(f"{name}: input", datum["value"] is None, datum["state"] != "value")
            agree(f"{name}: input", datum["state"] in ("value", *map(str, GRAVITY)), True)
    named = [(code, each, "code") for part in ("items", "bonuses") for code, each in document[part].items()]
    named += [(one["name"], one["step"], "name") for one in document["names"]]
    details = {step["id"]: step["detail"] for step in steps}
    for code, each, key in named:
        agree(each, details[each][key], code)
    grading = document["grading"] or {"bands": [], "rules": [], "basis": None, "guard": None}
    used = {each for step in steps for each in step["operands"]} | {each for _, each, _ in named}
    used |= {document["total"], document["subtotal"], grading["basis"], grading["guard"]}
    used |= {each for band in grading["bands"] for each in band["conditions"]}
    used |= {rule["condition"] for rule in grading["rules"]}
    agree("steps that are part of nothing, or are not there", sorted((used - {None}) ^ known.keys()), [])
    result(document, known, grade(document, known, agree), detail["maxima"][None], agree)

def maxima(document, states, agree):
    """The maximum of each node: nothing where it does not apply, else without the parts that left it."""
    stated, used, left = document["maxima"], {}, None
    for code, node in stated.items():
        high = read(node["high"])
        parts = [(stated[part], read(weight)) for part, weight in node["parts"]]
        gone = [weight * (read(part["high"]) - read(part["used"])) for part, weight in parts]
        left = None if high is None else high - sum(gone)
        step = document["items"].get(code)
        used[code] = Fraction(0) if step and states[step] == NOT_APPLICABLE else left
        if code == "":
            rest, rescaled = left, read(node.get("rescaled_to"))
            used[None] = rescaled if rescaled is not None and left != high else left
        agree(f"maximum {code}", read(node["used"]), used[None] if code == "" else used[code])
    return {"maxima": used, "left": rest}

def grade(document, known, agree):
    """The first band met, moved by the rules in order, then held to the quotas; None where it cannot be told."""
    grading, now, forced = document["grading"], None, set()
    if grading is None or not grading["bands"]:
        return None
    if grading["guard"]:
        agree("grading: guard", known[grading["guard"]], True)
    order_of, open_before = [band["grade"] for band in grading["bands"]], False
    for band in grading["bands"]:
        met = band["form"] == "rest" and now is None and not open_before
        if band["form"] == "tried":
            tests = [known[each] for each in band["conditions"]]
            tests += [MISSING] if isinstance(known[grading["basis"]], Absent) and band["met"] is None else []
            met = False if False in tests else None if worst(tests) else demand(tests, True, "nothing tried")
        agree(f"band {band['grade']}", band["met"], met)
        open_before |= now is None and met is None
        now = band["grade"] if met and now is None and not open_before else now
    for rule in grading["rules"]:
        when, name = known[rule["condition"]], f"rule {rule['form']} {rule['grade']}"
        agree(name, (rule["met"], rule["before"]), (None if isinstance(when, Absent) else when, now or ""))
        if now is not None and when is not False:
            held, aim = order_of.index(now), order_of.index(rule["grade"])
            moved = order_of[{"raise": min(held, aim), "cap": max(held, aim), "force": aim,
                              "exclude": min(aim + 1, len(order_of) - 1) if held == aim else held}[rule["form"]]]
            forced |= {moved} if when is True and rule["form"] == "force" else set()
            now = moved if when is True or moved == now else None
        agree(name, rule["after"], now or "")
    now = None if len(forced) > 1 else now
    for quota in grading["quotas"]:
        name, totals, share = f"quota {quota['grade']}", read(quota["totals"]), read(quota["share"])
        places = int(rounded(share * quota["units"], quota["unit_of"], quota["tie"]))
        keep, edge = min(places, len(totals)), totals[places - 1] if 0 < places < len(totals) else None
        if edge is not None and edge == totals[places]:
            keep = sum(total >= edge if quota["ties"] == "all_pass" else total > edge for total in totals)
        holders = list(zip(quota["holders"], totals, strict=True))
        agree(name, (quota["places"], quota["before"], totals), (places, now, sorted(totals, reverse=True)))
        agree(name, quota["kept"], quota["holders"][:keep])
        if now == quota["grade"]:
            agree(name, (document["unit"], known[document["total"]]) in holders, True)
            now = now if document["unit"] in quota["kept"] else quota["otherwise"]
        agree(name, quota["after"], now)
    return now

def result(document, known, grade, maximum, agree):
    """The result repeats what the steps came to."""
    shown, total = document["result"], known[document["total"]]
    status, total = shown["status"], None if isinstance(total, Absent) else total
    share = total / maximum if total is not None and maximum else None
    agree("result: status", status in ("graded", "ungraded", "refused", "undetermined"), True)
    agree("result: grade", shown["grade"], grade if status == "graded" else None)
    agree("result: grade", status == "graded", shown["grade"] is not None)
    agree("result: range", status == "undetermined", shown["range"] is not None)
    told = status in ("graded", "ungraded")
    for key, found in (("total", total if told else None), ("maximum", maximum), ("share", share if told else None)):
        agree(f"result: {key}", read(shown[key]), found)
        if f"{key}_approx" in shown:
            agree(f"result: {key}_approx", read(shown[f"{key}_approx"]), rounded(found, "0.000001", "HALF_UP"))
    for item in shown["items"]:
        found, most = known[document["items"][item["code"]]], document["maxima"][item["code"]]["used"]
        score, state = (None, str(found)) if isinstance(found, Absent) else (found, "value")
        agree(f"result: {item['code']}", (read(item["score"]), item["state"], item["maximum"]), (score, state, most))
        if "approx" in item:
            agree(f"result: {item['code']} approx", read(item["approx"]), rounded(score, "0.000001", "HALF_UP"))

# --- the program

def refused(*_):
    raise ValueError("a number that is not written as text, or one key twice")

def once(pairs):
    return dict(pairs) if len({key for key, _ in pairs}) == len(pairs) else refused()

def main(arguments):
    """Reads the trace, prints what does not follow, returns how the run ends."""
    try:
        if len(arguments) != 1:
            raise ValueError("python kiem_tra_vet.py trace.json")
        data = sys.stdin.buffer.read() if arguments[0] == "-" else open(arguments[0], "rb").read()  # noqa: SIM115
        document = json.loads(data, object_pairs_hook=once, parse_float=refused, parse_constant=refused)
        if document["schema"] != "thangdiem/trace/1":
            raise ValueError(document["schema"])
        count = len(document["steps"])
        with localcontext() as context:
            context.prec = 90
            wrong = check(document)
    except (OSError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError, MemoryError) as error:
        print(f"Không đọc được vết tính / not a trace that can be read: {error!r:.300}", file=sys.stderr)
        return 2
    for where, stated, found in wrong:
        print(f"{where}: ghi / says {str(stated)!r:.200}, tính ra / comes to {str(found)!r:.200}")
    verdict = "có chỗ không khớp / NOT as stated" if wrong else "đúng / all follows"
    print(f"{count} bước / steps: {verdict}")
    return 1 if wrong else 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
