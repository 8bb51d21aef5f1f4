"""Templates that cannot harm: a folder of templates and plain data in, a text of bounded size and effort out.

Only texts, numbers and lists reach a template; nothing can be called, no container can be built, every string
that grows is counted. The cost is counted in steps and characters, so that no clock is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from pathlib import Path
from textwrap import wrap
from typing import Any

from attrs import define
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateNotFound,
    Undefined,
    nodes,
    pass_context,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from thangdiem.dsl.letters import without_hidden_controls

LARGEST_TEMPLATE = 200_000
"""The most bytes of a template file."""

MOST_STEPS = 200_000
"""The most bodies of loops, conditions and macros that one rendering runs through."""

MOST_CHARACTERS = 50_000_000
"""The most characters one rendering puts out or puts together on the way."""

LONGEST_NUMBER = 10**15
_KEPT_FILTERS = (
    "e", "escape", "upper", "lower", "capitalize", "title", "trim", "length", "count", "first", "last",
    "default", "d", "abs", "reverse", "selectattr", "rejectattr",
)  # fmt: skip
_CONTROLS = {9: None, 13: None}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~#&])")


class TooMuchError(TemplateRuntimeError):
    """A template that would take too long or write too much."""


@define
class Budget:
    """What is left to one rendering."""

    steps: int = MOST_STEPS
    characters: int = MOST_CHARACTERS

    def spend(self, steps: int, characters: int) -> None:
        """Takes off what was used; TooMuchError where nothing is left."""
        self.steps -= steps
        self.characters -= characters
        if self.steps < 0 or self.characters < 0:
            raise TooMuchError("too much")


_BUDGET: ContextVar[Budget] = ContextVar("budget")


class _CountingGenerator(CodeGenerator):
    """Compiles templates so that every body that runs is counted, and no container can be built."""

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """A body, preceded by its price: one step, and the characters it holds itself."""
        body = list(body)
        written = sum(
            len(part.data)
            for node in body
            if isinstance(node, nodes.Output)
            for part in node.nodes
            if isinstance(part, nodes.TemplateData)
        )
        self.writeline(f"environment.spend(1, {written})")
        super().blockvisit(body, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - jinja2 names it
        """``~``, counted."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802 - jinja2 names it
        """Containers nest into texts of any length."""
        self.fail("a template cannot build lists, tuples or dictionaries", node.lineno)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802 - jinja2 names it
        """The same."""
        self.fail("a template cannot build lists, tuples or dictionaries", node.lineno)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802 - jinja2 names it
        """The same; the names a loop unpacks to are no container."""
        if node.ctx != "store":
            self.fail("a template cannot build lists, tuples or dictionaries", node.lineno)
        super().visit_Tuple(node, frame)


class Sandbox(ImmutableSandboxedEnvironment):
    """Where templates run: plain data, few filters, no calls but macros and loops."""

    code_generator_class = _CountingGenerator
    written: Callable[[str], Markup] = staticmethod(escape)
    """How a text of the data is written in this form of output."""
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def spend(self, steps: int, characters: int) -> None:
        """Called by compiled templates."""
        _BUDGET.get().spend(steps, characters)

    def joined(self, parts: Iterable[object]) -> str:
        """Texts put together, escaped where the template escapes."""
        shown = [_text(part) for part in parts]
        self.spend(0, sum(map(len, shown)))
        if any(isinstance(part, Markup) for part in shown):
            return Markup("".join(part if isinstance(part, Markup) else self.written(part) for part in shown))
        return "".join(shown)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Keys of data, never methods: ``explanation.items`` is the list of items."""
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only what a loop knows of itself; data are looked up as keys."""
        return isinstance(obj, LoopContext) and not attr.startswith("_")

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros, recursive loops and what loops offer."""
        return isinstance(obj, Macro | LoopContext) or isinstance(getattr(obj, "__self__", None), LoopContext)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on small numbers, and texts joined by +."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return self.joined((left, right))
        if operator in ("**", "%") or not all(
            isinstance(part, int) and abs(part) <= LONGEST_NUMBER for part in (left, right)
        ):
            raise SecurityError(f"{operator} is for small whole numbers")
        return super().call_binop(context, operator, left, right)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Undefined):
        return str(value)  # says which name is unknown
    if isinstance(value, bool) or not isinstance(value, int):
        raise SecurityError("only texts and whole numbers can be written")
    return str(value)


def _finalizer(written: Callable[[str], Markup]) -> Callable[[Context, object], str]:
    """What every ``{{ … }}`` goes through; what is written already (the text of a macro) is not written again."""

    @pass_context
    def finalize(context: Context, value: object) -> str:
        text = _text(value)
        _BUDGET.get().spend(0, len(text))
        return text if isinstance(text, Markup) else written(text)

    return finalize


def _printable(text: str) -> str:
    return text if text.isprintable() else without_hidden_controls(text).translate(_CONTROLS)


def _plain(text: str) -> Markup:
    """A text without control characters."""
    return Markup(_printable(text))


def _markdown(text: str) -> Markup:
    """A text in which nothing is taken for Markdown or HTML, on one line."""
    return Markup(_MARKDOWN.sub(r"\\\1", " ".join(_printable(text).split("\n"))))


def _html(text: str) -> Markup:
    return escape(_printable(text))


_WRITTEN: Mapping[str, Callable[[str], Markup]] = {"html": _html, "md": _markdown, "txt": _plain}


def folded(text: str, indent: int = 0, width: int = 96) -> str:
    """Lines of at most so many columns, each indented; the lines after the first a little deeper."""
    indent, width = min(max(indent, 0), 40), min(max(width, 40), 200)
    margin = " " * indent
    lines = [part for line in _printable(_text(text)).split("\n") for part in _wrapped(line, width, margin)]
    _BUDGET.get().spend(0, sum(map(len, lines)))
    return "\n".join(lines)


def _wrapped(line: str, width: int, margin: str) -> list[str]:
    if len(line) + len(margin) <= width:
        return [margin + line]
    return wrap(
        line,
        width,
        initial_indent=margin,
        subsequent_indent=f"{margin}  " if margin else "",
        break_on_hyphens=False,
    )


def padded(text: str, width: int, right: bool = False) -> str:
    """A text of at least so many columns."""
    width = min(max(width, 0), 200)
    return _text(text).rjust(width) if right else _text(text).ljust(width)


class _BoundedFolder(FileSystemLoader):
    """The templates of an office: plain file names of one folder, of bounded size."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template."""
        if not re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+", template):
            raise TemplateNotFound(template)
        path = Path(self.searchpath[0]) / template
        if path.is_file() and path.stat().st_size > LARGEST_TEMPLATE:
            raise TooMuchError("too large")
        return super().get_source(environment, template)


def sandbox(form: str, folder: Path | None) -> Sandbox:
    """The environment of one form of output; templates of the folder come before those of the package."""
    loaders: list[BaseLoader] = [PackageLoader("thangdiem.engine", "templates")]
    if folder is not None:
        loaders.insert(0, _BoundedFolder(str(folder), followlinks=False))
    made = Sandbox(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalizer(_WRITTEN[form]),
        optimized=False,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.written = _WRITTEN[form]
    made.filters = {name: made.filters[name] for name in _KEPT_FILTERS}
    made.filters.update(folded=folded, padded=padded)
    made.globals.clear()
    return made


def render(environment: Sandbox, template: str, data: Mapping[str, object], budget: Budget) -> str:
    """A template laid out; jinja2's exceptions, TooMuchError or RecursionError where it cannot be."""
    token = _BUDGET.set(budget)
    try:
        return "".join(environment.get_template(template).generate(data))
    finally:
        _BUDGET.reset(token)
