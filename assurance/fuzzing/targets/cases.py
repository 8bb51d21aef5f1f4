"""A Markdown file of cases beside the small rules: its blocks run, recorded, and the record read again."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from assurance.fuzzing.altering import altered_text, as_text
from assurance.fuzzing.laws import tell
from assurance.fuzzing.seeds import ROOT
from assurance.fuzzing.small import small
from thangdiem.dsl.source import read_source
from thangdiem.engine.cases import blocks_of, books_with, recorded_text, scale_named
from thangdiem.engine.examples import run_examples

LONGEST = 4_000
_MOST_BLOCKS = 4
_WORDS = (
    "|", "|---|", ":-:", "```", "```rubric", "```kết-quả", "theo: phong, kỳ 2022", "by: xa", "# ", "±", "1.1",
    "[Số hồ sơ]", "không áp dụng", "thiếu", "bị từ chối", "kết quả", "tổng điểm", "hạng", "xếp loại", "=", ";", '"',
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """The fences of the tests of cases, and small tables."""
    for path in sorted((ROOT / "docs" / "huong-dan").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for part in text.split("\n## "):
            if "```" in part or "|" in part:
                yield part.encode()
    head = "# Bảng\n\ntheo: phong, kỳ 2022\n\n| đơn vị | [Số hồ sơ] | 2 | kết quả |\n|---|---|---|---|\n"
    yield f"{head}| A | 5 | Chưa họp | loại tốt |\n".encode()
    yield "theo: xa\n\n| đơn vị | 1 |\n|:-:|--:|\n| A | 5 |\n| B | |\n\n```kết-quả\nA: 5\n```\n".encode()
    yield '```rubric\nVí dụ "A" theo phong, kỳ 2022:\n  [Số hồ sơ] = 5\n  Tổng điểm: 5\n```\n'.encode()


def altered(data: bytes, chance: Random) -> bytes:
    """Rows, cells and fences."""
    return _altered(data, chance)


def attempt(data: bytes) -> None:
    """What a file of cases holds can be run or told."""
    source, faults = read_source("ca.md", data)
    tell(faults)
    if source is None:
        return
    for block in blocks_of(source.text)[:_MOST_BLOCKS]:
        books = small().version.books
        book, scale = scale_named(books, block.scale) or (books[0], books[0].scales[0])
        made, wrong = books_with(book, [(scale, block)], source, books)
        tell(wrong)
        for each in made:
            reports = run_examples(each)
            tell(found for report in reports for found in report.findings)
            recorded_text([unit for report in reports for unit in report.units], book.dialect)


_altered = as_text(lambda text, chance: altered_text(text, chance, _WORDS))
