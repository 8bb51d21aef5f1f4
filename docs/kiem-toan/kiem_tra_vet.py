"""Kiểm tra vết tính / Check a trace:  python kiem_tra_vet.py trace.json   ("-" reads stdin; Python 3.11+, nothing else)

Vết tính là một bảng các bước: phép tính (op), các bước đứng trên mà nó dùng (operands), trạng thái (state), giá trị
(value). Mọi bước được tính lại từ trên xuống; điểm, loại, hạng (result) phải bằng bước mà chúng dẫn tới (figures).

A trace is a sheet of steps: an operation, the steps above it that it uses, a state, a value. Each is computed again.
Kết thúc / ends with: 0 đúng cả / all follows; 1 có chỗ sai, ở đâu / not so, and where; 2 không đọc được / unreadable.
"""

import hashlib
import json
import math
import operator
import re
import sys
import unicodedata
from datetime import date
from decimal import Decimal, localcontext
from enum import Enum
from fractions import Fraction
from pathlib import Path

# --- Values: every number is a fraction, so nothing is lost; irrational ones stand for themselves with 90 digits.

LARGEST = 13_000  # bits of a numerator or denominator; a larger number is invalid


class NoValue(Enum):
    """Why a step has no value; of several reasons the first of these is passed on."""

    INVALID = "invalid"
    MISSING = "missing"
    NOT_ASSESSED = "not_assessed"
    NOT_APPLICABLE = "not_applicable"


def has_value(found):
    return not isinstance(found, NoValue)


def gravest(values):
    """What is passed on of values some of which are none; None where all are there."""
    return next((reason for reason in NoValue if reason in values), None)


def read(value):
    """A number, date, text, yes/no or list of texts from its spelling; {"approx": …} is a number without end."""
    if isinstance(value, list):
        return [read(each) for each in value]
    if isinstance(value, dict):
        if not re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d{1,4})?", value["approx"]):
            raise ValueError("no number, or one too large to compute with")
        return Fraction(value["approx"])
    if re.fullmatch(r"-?\d+(\.\d+)?(/\d+)?", str(value)):
        return Fraction(value)
    return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)) else value


def outcome(written):
    """What a step, or what was read, says it comes to."""
    if (written["state"] == "value") is (written["value"] is None):
        raise ValueError("a value and no value at once")
    return read(written["value"]) if written["state"] == "value" else NoValue(written["state"])


def fold(text):
    """A text as it is compared: capitals, spaces, and on which letter a tone mark is typed, do not count."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    words = unicodedata.normalize("NFD", text.casefold()).split()
    return [sorted(word, key=lambda letter: letter in tones) for word in words]


def rounded(value, unit, tie):
    """To a multiple of the unit; the tie says where a half goes, or where all goes."""
    exact = value / Fraction(unit)
    low, rest = math.floor(exact), exact % 1
    halves = {"HALF_UP": exact > 0, "HALF_DOWN": exact < 0, "HALF_EVEN": low % 2 == 1}
    all_of_it = {"UP": rest > 0, "DOWN": False, "TRUNCATE": rest > 0 and exact < 0}
    up = all_of_it[tie] if tie in all_of_it else rest > Fraction(1, 2) or (rest == Fraction(1, 2) and halves[tie])
    return (low + up) * Fraction(unit)


def decimal(number):
    return Decimal(number.numerator) / Decimal(number.denominator)


def power(base, exponent):
    """Exact where it can be: a root that is a fraction is found as that fraction."""
    if max(abs(base.numerator), base.denominator).bit_length() * abs(exponent.numerator) > 2 * LARGEST:
        raise OverflowError("too large to compute")
    if exponent.denominator == 1:
        return base ** int(exponent)
    if base < 0 and exponent.denominator % 2 == 0:
        raise ArithmeticError("no real number")
    size = Fraction(decimal(abs(base)) ** decimal(exponent)) if base else base
    near = size.limit_denominator(10**40)
    if exponent.denominator <= 1000 and near**exponent.denominator == abs(base) ** exponent.numerator:
        size = near
    return -size if base < 0 else size


def root(number, degree):
    """A degree is a whole number from 1 to 1000."""
    if degree.denominator != 1 or not 1 <= degree <= 1000:
        raise ArithmeticError("no root of this degree")
    return power(number, 1 / degree)


# --- The operations. "values" are those of the operands, "step" is the step as written, with what the rule adds.


def standing(value, text, step):
    """A figure, date, text or yes/no, which must stand in the words quoted with it: of the rule, or of its cell."""
    if isinstance(value, Fraction):
        group, point = (".", ",") if step["dialect"] == "vi" else (",", ".")
        figures = [each.strip(".,") for each in re.findall(r"\d[\d.,]*", text)]
        figures = [Fraction(each.replace(group, "").replace(point, ".")) for each in figures]
        there = not figures or abs(value) in figures or ("%" in text and abs(value) * 100 in figures)  # 50 % is 1/2
    elif isinstance(value, date):  # where no year is written, the day is of the year assessed or of one beside it
        numbers = [int(each) for each in re.findall(r"\d+", text)]
        near = max(numbers) < 32 and abs(value.year - (step["period"] or value.year)) < 2
        there = {value.day, value.month} <= {*numbers} and (near or value.year in numbers)
    elif isinstance(value, bool):
        there = value is (fold(text) not in map(fold, ("không", "no", "false")))
    else:  # the name of a level may be a former one
        there = step["op"] == "datum" or not has_value(value) or fold(value) == fold(text.strip('"“”'))
    if not there:
        raise ValueError(f"not in the words: {text}")
    return value


def first(values, step):
    """Test, value, test, value …: the value after the first test that holds, else a last operand without a test."""
    last = values[-1] if len(values) % 2 else NoValue.INVALID
    pairs = zip(values[::2], values[1::2], strict=False)
    found = next((value if test is True else test for test, value in pairs if test is not False), last)
    if found is None:
        raise ValueError("an operand is needed that was not computed")
    return found


def in_range(values, step):
    """The first operand compared with each of the others by its sign; turned around where negated."""
    signs = {"=": operator.eq, ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
    if len(set(map(type, values))) > 1:
        return NoValue.INVALID
    subject, *bounds = map(fold, values) if isinstance(values[0], str) else values
    met = all(signs[sign](subject, bound) for bound, sign in zip(bounds, step["signs"], strict=True))
    return met is not step.get("negated", False)


def one_of(values, step):
    """Whether what was chosen, or something of what was ticked, is one of the names."""
    chosen = values[0] if isinstance(values[0], list) else values
    texts = [fold(each) for each in chosen if isinstance(each, str)]
    return any(fold(name) in texts for name in step["names"])


def rank(values, step):
    """1 + how many others have better keys, the greater the better; ties "last": or the same keys."""
    others = [read(keys) for unit, *keys in step["others"]]
    if len({step["unit"], *(unit for unit, *keys in step["others"])}) <= len(others):
        raise ValueError("a unit twice")
    return Fraction(1 + sum(keys > values or (keys == values and step["ties"] == "last") for keys in others))


WHATEVER_LACKS = {  # these look at operands without a value, too; of "all" and "any" one operand may decide
    "constant": lambda values, step: outcome(step),
    "literal": lambda values, step: standing(outcome(step), step["provision"]["text"], step),
    "datum": lambda values, step: standing(outcome(step["input"]), step["input"]["written"], step),
    "has_value": lambda values, step: has_value(values[0]),
    "has_state": lambda values, step: values[0] is NoValue(step["of"]),
    "first": first,
    "all": lambda values, step: False if False in values else gravest(values) or True,
    "any": lambda values, step: True if True in values else gravest(values) or False,
}
ON_VALUES = {  # these and the next: where an operand has no value, neither has the step
    "copy": lambda values, step: values[0],
    "no_value": lambda values, step: NoValue.INVALID,
    "not": lambda values, step: not values[0],
    "in_range": in_range,
    "one_of": one_of,
    "count": lambda values, step: Fraction(values.count(True)),
    "days": lambda values, step: Fraction((values[0] - values[1]).days),
    "power": lambda values, step: power(values[0], Fraction(step["exponent"])),
    "rank": rank,
    "name": lambda values, step: read(step["names"][int(values[0]) - 1]),
}
ON_NUMBERS = {
    "add": lambda *numbers: sum(numbers),
    "subtract": lambda one, two: one - two,
    "multiply": lambda *numbers: math.prod(numbers),
    "divide": lambda one, two: one / two,
    "negative": lambda number: -number,
    "abs": lambda number: abs(number),
    "min": lambda *numbers: min(numbers),
    "max": lambda *numbers: max(numbers),
    "mean": lambda *numbers: sum(numbers) / len(numbers),
    "root": root,
    "ln": lambda number: Fraction(decimal(number).ln()),
    "log10": lambda number: Fraction(decimal(number).log10()),
    "exp": lambda number: Fraction(decimal(number).exp()),
}


def operands_of(step, known):
    """The values a step is computed from: of steps or of units, without what the rule leaves out."""
    values = [known[each] if each is not None else None for each in step.get("operands", [])]
    for _, figure in step.get("units", []):
        values.append(Fraction(figure in step["counting"]) if "counting" in step else read(figure))
    return [each for each in values if "skip" not in step or each is not NoValue(step["skip"])]


def compute(step, known):
    """What a step comes to; what cannot be computed (division by zero, no number, too large) is invalid."""
    values, op = operands_of(step, known), step["op"]
    if not values and "if_none" in step:
        return NoValue(step["if_none"])
    try:
        if op in WHATEVER_LACKS:
            found = WHATEVER_LACKS[op](values, step)
        elif lacking := gravest(values):
            found = lacking
        elif op in ON_VALUES:
            found = ON_VALUES[op](values, step)
        else:
            numeric = all(isinstance(each, Fraction) for each in values)
            found = ON_NUMBERS[op](*values) if numeric else NoValue.INVALID
        if "unit_of" in step and has_value(found):
            found = rounded(found, step["unit_of"], step["tie"])
    except (ArithmeticError, TypeError):
        return NoValue.INVALID
    large = isinstance(found, Fraction) and max(abs(found.numerator), found.denominator).bit_length() > LARGEST
    return NoValue.INVALID if large else found


def check(document):
    """Everything that does not follow: where, what is written, what it comes to."""
    wrong, known, used, cells, quoted = [], {}, set(), {}, {}
    about = {"unit": document["unit"], "dialect": document["rules"]["dialect"], "period": document["rules"]["period"]}

    def compare(where, written, found):
        if written != found or isinstance(written, bool) is not isinstance(found, bool):
            wrong.append((where, written, found))

    compare("sha256 (nội dung đã bị sửa / content was altered)", document["sha256"], digest(document))
    for step in document["steps"]:
        name, written = step["id"], None
        try:
            written = outcome(step)
            found = compute({**about, **step}, known)
        except (LookupError, ValueError, AttributeError) as error:
            found = f"? {error!r:.200}"
        compare(f"{name}: id", name in known, False)
        known[name] = written
        if isinstance(step["value"], dict) and isinstance(found, Fraction):  # written with 12 digits, computed with 90
            known[name], near = found, abs(written - found) <= max(abs(found) / 10**11, Fraction(1, 10**60))
            written = found if near else written
        compare(f"{name} ({step['kind']}: {step['op']})", written, found)
        used.update(step.get("operands", []))
        if step["op"] == "datum" and (cell := step["input"]["name"]) is not None:
            compare(f"{name}: {cell}", step["input"], cells.setdefault(cell, step["input"]))
        quoted[name] = step
        for part in [quoted[each] for each in step.get("operands", []) if each in quoted]:
            compare(f"{name}: lời văn của / words of {part['id']}", has_words_of(part, step), True)
    for row, steps in zip([document["result"], *document["result"]["items"]], document["figures"], strict=True):
        compare_row(row, steps, known, compare)
        used.update(steps.values())
    ends = {step["id"] for step in document["steps"] if step["kind"] in ("item", "name", "total", "grade")}
    compare("bước không thuộc gì / steps that are part of nothing", sorted(known.keys() - used - ends), [])
    compare("bước không có / steps that are not there", sorted(used - known.keys() - {None}), [])
    compare("unit", document["result"]["unit"], document["unit"])
    compare("result: graded", document["result"]["status"] == "graded", document["result"]["grade"] is not None)
    return wrong


def has_words_of(part, whole):
    """Whether what a step quotes from within a line that another quotes is what stands there."""
    here, there = part.get("span"), whole.get("span")
    if not here or not there or (here["file"], here["line"]) != (there["file"], there["line"]):
        return True
    text, at = whole["provision"]["text"], here["character"] - there["character"]
    return not 0 < at < len(text) or "\n" in text or text[at:].startswith(part["provision"]["text"])


def digest(document):
    """SHA-256 of all but the digest itself: JSON with sorted keys, without spaces, in UTF-8."""
    rest = {key: value for key, value in document.items() if key != "sha256"}
    text = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def compare_row(row, steps, known, compare):
    """The figures of the result, or of one item of it, are the steps they refer to."""
    keys = ("score", "maximum") if "code" in row else ("total", "maximum", "share", "grade", "rank")
    code = row.get("code", "")
    where = f"result {code}" if code else "result"
    ids = {"score": f"item:{code}", "maximum": f"points:{code} maximum:{code} maximum:left maximum None"}
    for key in keys:
        found = known.get(steps[key])
        compare(f"{where} {key}: {steps[key]}", str(steps[key]) in ids.get(key, f"{key} None").split(), True)
        compare(f"{where} {key}", read(row[key]), found if has_value(found) else None)
        approximate = "approx" if key == "score" else f"{key}_approx"
        if approximate in row and isinstance(found, Fraction):
            compare(f"{where} {approximate}", read(row[approximate]), rounded(found, "0.000001", "HALF_UP"))
    if "code" in row:
        score = known.get(steps["score"])
        compare(f"{where} state", row["state"], "value" if has_value(score) else score.value)


UNREADABLE = (OSError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, MemoryError)


def once(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("one key twice")
    return dict(pairs)


def main(arguments):
    """Reads the trace, prints what does not follow, returns how the run ends."""
    sys.set_int_max_str_digits(50_000)  # what is too large is shown, too
    try:
        (file,) = arguments
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        document = json.loads(data, object_pairs_hook=once, parse_float=str, parse_constant=str)
        if document["schema"] != "thangdiem/trace/1":
            raise ValueError(document["schema"])
        with localcontext(prec=90):
            wrong = check(document)
    except UNREADABLE as error:
        print(f"Không đọc được vết tính / not a trace that can be read: {error!r:.300}", file=sys.stderr)
        return 2
    for where, written, found in wrong:
        print(f"{where}: ghi / says {str(written)!r:.200}, tính ra / comes to {str(found)!r:.200}")
    verdict = "có chỗ không khớp / NOT as stated" if wrong else "đúng / all follows"
    print(f"{len(document['steps'])} bước / steps: {verdict}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
