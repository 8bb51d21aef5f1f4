"""An office's template, its first line the form: laid out in the sandbox, within its budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from assurance.fuzzing.altering import altered_text, as_text
from assurance.fuzzing.laws import hold, tell
from assurance.fuzzing.seeds import ROOT
from thangdiem.dsl.checker import check_text
from thangdiem.engine.explanation import explain
from thangdiem.engine.layout import Layout
from thangdiem.engine.sandbox import MOST_CHARACTERS

LONGEST = 8_000
_FORMS = ("html", "md", "txt")
_WORDS = (
    "{{", "}}", "{%", "%}", "for", "in", "endfor", "if", "endif", "macro m(x)", "endmacro", "call m(1)", "endcall",
    "set", "loop.index", "loop(x)", "recursive", "import 'explanation.html' as e", "include 'a.txt'",
    "extends 'x.html'", "~", "|upper", "|length", "|default", "|reverse", "|selectattr", "__class__", ".__globals__",
    "self", "namespace()", "**", "explanation", "items", "words", "caller()", "'a'*99999999", "block b", "endblock",
    "raw", "endraw", "filter upper", "endfilter", "range(9)", "lipsum()", "|attr('x')", "|format", "x[0:9]", "not",
    "is defined", "else", "|e", "|safe", "+", "|folded", "|padded", "folded", "autoescape false", "endautoescape",
    "with", "endwith", "do", "loop.cycle", "joiner()",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """The templates of the package."""
    for path in sorted((ROOT / "engine" / "thangdiem" / "engine" / "templates").glob("*.*")):
        if path.suffix[1:] in _FORMS:
            yield f"{path.suffix[1:]}\n".encode() + path.read_bytes()
    yield b"txt\n{% for i in explanation.items recursive %}{{ i.code ~ i.title }}{{ loop(i.children) }}{% endfor %}"
    yield b"md\n{% macro m(x) %}{{ x|upper }}{% endmacro %}{{ m(explanation.unit) }}{% set a = 'x' %}{{ a + a }}"


def altered(data: bytes, chance: Random) -> bytes:
    """Tokens of jinja among those of the text."""
    return _altered(data, chance)


def attempt(data: bytes) -> None:
    """A text within the budget, or one finding that says why there is none."""
    form, _, content = data.partition(b"\n")
    name = form.decode("ascii", "replace")
    chosen = name if name in _FORMS else "txt"
    (_folder() / f"explanation.{chosen}").write_bytes(content)
    text, found = Layout(_folder()).render("explanation", chosen, "vi", _data())  # type: ignore[arg-type]
    tell(found)
    hold((text is None) == bool(found), "neither a text nor a reason")
    hold(len(text or "") <= MOST_CHARACTERS, "more than the budget")
    hold("injected<" not in (text or "") or chosen != "html", "a text of the data is not escaped")


_altered = as_text(lambda text, chance: altered_text(text, chance, _WORDS))


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="template-"))


@cache
def _data() -> Mapping[str, object]:
    rules = """\
Bộ tiêu chí "A injected< *b* [c](d)"

Thang điểm a "A injected<": 10 điểm
  Chỉ số 1 "Một injected<": 10 điểm
    Chấm trực tiếp
  Xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại khá: dưới 5 điểm

"""
    book = check_text(rules).book
    assert book is not None
    from thangdiem.dsl.library import ScaleRules
    from thangdiem.engine.evaluator import evaluate_all
    from thangdiem.engine.facts import UnitFacts

    results = evaluate_all(ScaleRules(book, book.scales[0]), (UnitFacts("A injected<", "a"),))
    return {"explanation": explain(results, results.units[0]).to_data()}
