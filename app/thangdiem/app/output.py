"""Results in, the bytes of the form that was asked for out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Literal, assert_never

from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.files import STREAM
from thangdiem.dsl.diagnostic import Diagnostic, Language
from thangdiem.engine.result import Results

Form = Literal["table", "json", "jsonl", "csv", "xlsx", "md", "html"]
FORMS: tuple[Form, ...] = ("table", "json", "jsonl", "csv", "xlsx", "md", "html")


def form_of(wanted: str | None, out: str | None, forms: Sequence[str], otherwise: str) -> str:
    """The form that was asked for; else the one the name of the output ends in; else the usual one."""
    if wanted is not None:
        return wanted
    ending = PurePath(out).suffix.lower().lstrip(".") if out and out != STREAM else ""
    ending = {"htm": "html", "txt": otherwise}.get(ending, ending)
    return ending if ending in forms else otherwise


def written(results: Sequence[Results], form: Form, language: Language, width: int) -> bytes | str:
    """The results of all scales, Excel as bytes; each form is imported only when it is asked for."""
    match form:
        case "table":
            from thangdiem.engine.explanation.table import render_table

            return render_table(results, language, width)
        case "md" | "html":
            from thangdiem.engine.rendering import render_ranking

            return render_ranking(results, language, form)
        case "json":
            from json import dumps

            from thangdiem.engine.writing import result_json

            return dumps(result_json(results, language=language), ensure_ascii=False, indent=2) + "\n"
        case "jsonl":
            from thangdiem.engine.writing import to_jsonl

            return to_jsonl(results, language)
        case "csv":
            from thangdiem.engine.writing import to_csv

            return to_csv(results, language)
        case "xlsx":
            try:
                from thangdiem.app.workbook import to_workbook
            except ImportError:
                raise Stopped(Exit.CANNOT_CREATE, Diagnostic("TD908", {"package": "openpyxl"})) from None
            return to_workbook(results, language)
        case _:
            assert_never(form)
