"""Values, folders and arguments that grow are told within bounds of time."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from thangdiem.dsl.checker import check_text
from thangdiem.dsl.library import RuleSetError, ScaleRules, load
from thangdiem.dsl.rule_files import MOST_FILES
from thangdiem.dsl.rulebook import State
from thangdiem.engine import evaluate
from thangdiem.engine.result import Mode


def test_a_value_that_is_squared_again_and_again_is_invalid() -> None:
    squares = "".join(f"    a{at} = a{at - 1} * a{at - 1}\n" for at in range(1, 28))
    text = f'Bộ tiêu chí "Thử"\n\nThang điểm a "A": 10 điểm\n  Chỉ số 1 "M": 10 điểm\n    a0 = [x]\n{squares}'
    book = check_text(text + "    Điểm = a27, không quá 10 điểm\n").book
    assert book is not None
    begun = time.process_time()
    found = evaluate(ScaleRules(book, book.scales[0]), {"[x]": "1,000001"}, mode=Mode.DRAFT)
    assert found.items[0].state is State.INVALID
    assert time.process_time() - begun < 5


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_folder_of_links_in_a_circle_or_of_too_many_files_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.rubric").symlink_to("b.rubric")
    (tmp_path / "b.rubric").symlink_to("a.rubric")
    (tmp_path / "inside").symlink_to(tmp_path)
    assert told(tmp_path) == {"TD901"}
    for number in range(MOST_FILES):
        (tmp_path / f"{number}.rubric").touch()
    assert told(tmp_path) == {"TD612"}


def told(folder: Path) -> set[str]:
    with pytest.raises(RuleSetError) as error:
        load(folder)
    return {found.code for found in error.value.diagnostics}
