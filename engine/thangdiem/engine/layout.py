"""Plain data laid out: a template's name and data in, text or what is wrong with the template out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from thangdiem.dsl.diagnostic import Diagnostic, Place
from thangdiem.engine.explanation.phrases import phrases

if TYPE_CHECKING:
    from thangdiem.engine.sandbox import Sandbox

Form = Literal["html", "md", "txt"]


@frozen
class Layout:
    """Lays out with the package's templates, or an office's own where ``template_folder`` holds them.

    A template that is wrong, or would take or write too much, gives no text and a diagnostic (TD580–TD587).
    """

    template_folder: Path | None = None
    _environments: dict[str, Sandbox] = field(factory=dict, init=False, eq=False, repr=False)

    def render(
        self, name: str, form: Form, language: str, data: Mapping[str, object]
    ) -> tuple[str | None, tuple[Diagnostic, ...]]:
        """What the template ``name.form`` makes of the data and of the phrases of a language."""
        # jinja2 is imported only where something is laid out
        from thangdiem.engine.sandbox import Budget, render

        template = f"{name}.{form}"
        words = dict(phrases("en" if language == "en" else "vi").texts)
        # What our own templates write is bounded by the data; an office's must not hang or flood.
        budget = Budget() if self.template_folder is not None else Budget(sys.maxsize, sys.maxsize)
        return _told(template, lambda: render(self._environment(form), template, {**data, "words": words}, budget))

    def _environment(self, form: Form) -> Sandbox:
        from thangdiem.engine.sandbox import sandbox

        if self.template_folder is None:
            return _shipped(form)
        if form not in self._environments:
            self._environments[form] = sandbox(form, self.template_folder)
        return self._environments[form]


@cache
def _shipped(form: Form) -> Sandbox:
    from thangdiem.engine.sandbox import sandbox

    return sandbox(form, None)


def _told(template: str, lay_out: Callable[[], str]) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """What was laid out, or what is wrong with the template."""
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError

    from thangdiem.engine.sandbox import LARGEST_TEMPLATE, MOST_CHARACTERS, MOST_STEPS, TooMuchError

    try:
        return lay_out(), ()
    except TemplateSyntaxError as error:
        return None, (_wrong("TD580", error.name or template, line=error.lineno, reason=str(error.message)),)
    except UndefinedError as error:
        return None, (_wrong("TD581", template, reason=str(error.message)),)
    except SecurityError as error:
        return None, (_wrong("TD582", template, reason=str(error.message)),)
    except TooMuchError as error:
        if error.message == "too large":
            return None, (_wrong("TD584", template, limit=LARGEST_TEMPLATE),)
        return None, (_wrong("TD583", template, steps=MOST_STEPS, characters=MOST_CHARACTERS),)
    except RecursionError:
        return None, (_wrong("TD583", template, steps=MOST_STEPS, characters=MOST_CHARACTERS),)
    except TemplateNotFound as error:
        return None, (_wrong("TD585", template, missing=str(error.name)),)
    except (UnicodeDecodeError, OSError):
        return None, (_wrong("TD586", template),)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        return None, (_wrong("TD587", template, reason=str(error)),)


def _wrong(code: str, template: str, **arguments: object) -> Diagnostic:
    return Diagnostic(code, {"template": template, **arguments}, Place(template))
