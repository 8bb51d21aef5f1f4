"""``python run.py COMMAND …`` asks an implementation every case: a line of JSON with the question in, one out."""

import base64
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path


def content(held):
    """The bytes of a file."""
    if isinstance(held, list):
        return "".join(f"{line}\n" for line in held).encode()
    ((form, value),) = held.items()
    if form == "zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, each in value.items():
                archive.writestr(zipfile.ZipInfo(name), content(each), zipfile.ZIP_DEFLATED)
        return packed.getvalue()
    if form == "repeat":
        return content(value[0]) * value[1]
    return {"text": str.encode, "base64": base64.b64decode, "all": lambda all: b"".join(map(content, all))}[form](value)


def fits(wanted, got):
    """What is expected is there; what is not spoken of may be anything."""
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(key in got and fits(each, got[key]) for key, each in wanted.items())
    if isinstance(wanted, list):
        return isinstance(got, list) and len(wanted) == len(got) and all(map(fits, wanted, got))
    return wanted == got


def conforms(expected, answer):
    """Errors and warnings are exactly these, in any order; hints are at least these."""
    told, found = ([json.dumps(one, sort_keys=True) for one in each["diagnostics"]] for each in (expected, answer))
    exact, others = (sorted(one for one in each if '"severity": "hint"' not in one) for each in (told, found))
    rest = {key: each for key, each in expected.items() if key != "diagnostics"}
    return exact == others and set(told) <= set(found) and fits(rest, answer)


def ask(process, case):
    """The answer to a case, whose files lie in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, held in case["files"].items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content(held))
        process.stdin.write(json.dumps({"folder": folder, "question": case["question"]}) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())


if __name__ == "__main__":
    paths = [path for path in sorted(Path(__file__).parent.glob("*.json")) if path.name != "schema.json"]
    cases = [case for path in paths for case in json.loads(path.read_text(encoding="utf-8"))["cases"]]
    process = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    failed = [case["id"] for case in cases if not conforms(case["expected"], ask(process, case))]
    print(*failed, f"{len(cases) - len(failed)} of {len(cases)} cases", sep="\n")
    sys.exit(1 if failed else 0)
