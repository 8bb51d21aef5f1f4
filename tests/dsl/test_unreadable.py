"""Why a file cannot be read is told in the reader's language, whatever the machine's is."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from thangdiem.dsl.rule_files import rule_files
from thangdiem.dsl.unreadable import reasons


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG, errno.EIO])
def test_common_errors_have_words_of_their_own(number: int) -> None:
    told = reasons(OSError(number, os.strerror(number)))
    assert told["reason_vi"] != told["reason_en"]
    assert os.strerror(number) not in told.values()


def test_an_uncommon_error_is_told_by_its_number() -> None:
    assert reasons(OSError(errno.EXDEV, "Invalid cross-device link")) == {
        "reason_vi": f"lỗi hệ thống số {errno.EXDEV}",
        "reason_en": f"error of the system number {errno.EXDEV}",
    }


def test_a_name_that_is_none_is_told() -> None:
    _, (found,) = rule_files(Path("a\0b.rubric"))
    assert found.code in ("TD900", "TD901")
    assert reasons(ValueError("embedded null byte"))["reason_vi"] == "tên có ký tự không dùng được"


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_pipe_is_told_in_both_languages(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.rubric")
    _, (found,) = rule_files(tmp_path)
    assert "không phải là một tệp thường" in found.message("vi")
    assert "no ordinary file" in found.message("en")
