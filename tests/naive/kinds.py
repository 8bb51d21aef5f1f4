"""Kinds of items in both languages: which spellings are one kind, and which kind stands above which."""

from __future__ import annotations

from naive.letters import fold

_KINDS = (
    (0, "phần", "part", "parts"),
    (1, "nhóm", "group", "groups"),
    (1, "lĩnh vực", "area", "areas"),
    (1, "trụ cột", "pillar", "pillars"),
    (1, "hạng mục", "category", "categories"),
    (1, "chiều", "dimension", "dimensions"),
    (2, "chỉ số", "indicator", "indicators"),
    (2, "tiêu chí", "criterion", "criteria"),
    (2, "nội dung", "content", "contents"),
    (2, "chỉ tiêu", "metric", "metrics"),
    (2, "thông số", "parameter", "parameters"),
    (2, "yếu tố", "factor", "factors"),
    (2, "bài thi", "event", "events"),
    (3, "chỉ số thành phần", "component", "components"),
    (3, "tiêu chí thành phần", "sub-criterion", "sub-criteria"),
)
_BY_WORD = {fold(word): (words[0], height) for height, *words in _KINDS for word in words}


def kind(word: str) -> str:
    """The kind a word names, whatever its language and number."""
    return _BY_WORD[fold(word)][0]


def height(word: str) -> int:
    """How far from the top: 0 for parts, 3 for components."""
    return _BY_WORD[fold(word)][1]
