"""Consolidating 20 amendments of five operations with a file of 100 indicators, against the parse of the 21 files."""

from __future__ import annotations

import re

from benchmarks.job import INDICATORS, rule_text
from benchmarks.measure import print_table, taking_turns
from thangdiem.dsl.amendments.clauses import Amendment, Clause
from thangdiem.dsl.amendments.consolidation import Consolidated, consolidate
from thangdiem.dsl.amendments.reading import read_amendment
from thangdiem.dsl.checker import check
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.parser import Vocabulary, parse, vocabulary
from thangdiem.dsl.resolve.scope import Findings
from thangdiem.dsl.rulebook import Document
from thangdiem.dsl.source import source_of
from thangdiem.dsl.syntax import SyntaxFile

_MANY = 20
_HEAD = "Quyết định 1/QĐ-UBND\n  Hiệu lực: từ 01/01/2024\n"
_SAID = (
    "Căn cứ: điểm a khoản 2 Điều 5",
    'Nguyên văn: "Chấm theo hồ sơ kiểm chứng."',
    'Tài liệu kiểm chứng: "Quyết định thành lập", "Biên bản họp"',
    'Nguồn số liệu: "Cổng thông tin điện tử tỉnh"',
    'Đơn vị xác minh: "Văn phòng UBND tỉnh"',
)
"""What decisions say of each indicator besides its rule."""


def run() -> None:
    base = _HEAD + _with_provisions(rule_text().split("\n", 1)[1])
    texts = [_amendment(number) for number in range(_MANY)]
    known = vocabulary(base, "vi")
    syntax = _parsed(base, known)
    document = Document("Quyết định", "1/QĐ-UBND")
    clauses = [clause for text in texts for clause in _clauses(text, known)]
    found = _consolidated(syntax, document, clauses)
    assert not found.diagnostics, [each.message("en") for each in found.diagnostics]
    assert len(found.changes) == _MANY * 5
    parsing, consolidating, reading = taking_turns(
        lambda: [parse(source_of(base)), *(parse(source_of(text), known) for text in texts)],
        lambda: _consolidated(syntax, document, clauses),
        lambda: check(found.source, checks=False),
    )
    rows = [
        (
            f"parsing the {_MANY + 1} files ({base.count(chr(10))} lines, and {texts[0].count(chr(10))} each)",
            parsing,
            1.0,
        ),
        (f"consolidating them: {len(found.changes)} operations, to the text", consolidating, consolidating / parsing),
        ("reading the consolidated text: to the rulebook", reading, reading / parsing),
    ]
    print_table("Consolidation", ("", "ms", "ratio"), [(name, time * 1000, ratio) for name, time, ratio in rows])


def _with_provisions(text: str) -> str:
    said = "\n".join(("", *_SAID))
    return re.sub(r"^Chỉ số thành phần .*$", lambda head: head[0] + said, text, flags=re.MULTILINE)


def _amendment(number: int) -> str:
    """Five operations on five of the indicators, of the kinds the job gives them."""
    at = {kind: code for code, kind, _ in INDICATORS[number % 10 * 10 :][:10]}
    maximum = {code: points for code, _, points in INDICATORS}
    old, fresh = ("4", "5") if number < 10 else ("5", "6")
    replaced = at["best"] if number < 10 else at["deadline"]
    title = f"Chỉ số {at['direct']}" + (" (sửa)" if number >= 10 else "")
    level = 'mức "Một phần" của ' if number < 10 else ""
    return "\n".join(
        (
            f"Quyết định {number + 2}/QĐ-UBND sửa đổi, bổ sung Quyết định 1/QĐ-UBND",
            f"  Hiệu lực: từ {number % 28 + 1:02}/02/2024",
            "Khoản 1 Điều 1",
            f"  Sửa đổi ngưỡng chỉ số thành phần {at['steps']} từ {old} thành {fresh}",
            "Khoản 2 Điều 1",
            f'  Thay cụm từ "{title}" bằng "{title} (sửa)" tại chỉ số thành phần {at["direct"]} (1 lần)',
            "Khoản 3 Điều 1",
            f"  Bổ sung vào sau chỉ số thành phần {at['parts']}",
            f'    Chỉ số thành phần {at["parts"]}{"ab"[number // 10]} "Thêm": không tính điểm',
            "      Chấm trực tiếp",
            "Khoản 4 Điều 1",
            f'  Sửa đổi, bổ sung Chỉ số thành phần {replaced} "Thay": {maximum[replaced]} điểm',
            "    Chấm trực tiếp",
            "    Bỏ phần còn lại",
            "Khoản 5 Điều 1",
            f"  Bãi bỏ {level}chỉ số thành phần {at['choice']}",
            "",
        )
    )


def _parsed(text: str, known: Vocabulary) -> SyntaxFile:
    syntax, slips = parse(source_of(text), known)
    assert syntax is not None
    assert not slips, [slip.message("en") for slip in slips]
    return syntax


def _clauses(text: str, known: Vocabulary) -> tuple[Clause, ...]:
    syntax = _parsed(text, known)
    amendment = read_amendment(syntax, Findings(syntax.source, dialect("vi")))
    assert isinstance(amendment, Amendment)
    return amendment.clauses


def _consolidated(syntax: SyntaxFile, document: Document, clauses: list[Clause]) -> Consolidated:
    return consolidate(syntax, document, clauses)
