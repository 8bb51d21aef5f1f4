"""The Python shown in the guide to embedding runs, fence after fence, as one program."""

from __future__ import annotations

import pytest

from pages import DOCS, fences

GUIDE = DOCS / "guide" / "embedding.md"


def test_the_guide_to_embedding_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(DOCS.parent)
    shown = fences(GUIDE, "python")
    namespace: dict[str, object] = {}
    for fence in shown:
        code = "\n" * fence.line + fence.text
        exec(compile(code, str(GUIDE), "exec"), namespace)
    assert len(shown) > 5
    assert "xuất sắc" in capsys.readouterr().out
