"""The name of a state of the machine in, this process put into it out: a full disk, a library that is missing."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn
from unittest.mock import patch

from thangdiem.app import sample
from thangdiem.app.commands import score
from thangdiem.engine import scoring
from thangdiem.engine.dossier import container

Machine = Callable[[], AbstractContextManager[object]]


def full_disk() -> AbstractContextManager[object]:
    """No file can be made."""
    opened = Path.open

    def open_file(path: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if "r" not in mode:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return opened(path, mode, *rest, **named)

    return patch.object(Path, "open", open_file)


def full_memory() -> AbstractContextManager[object]:
    """Evaluation runs out of memory."""

    def evaluate(*_rules_and_units: object) -> NoReturn:
        raise MemoryError

    return patch.object(scoring, "evaluate_all", evaluate)


@contextmanager
def no_excel() -> Iterator[None]:
    """The library for Excel files is not installed."""
    with patch.dict(sys.modules, {"openpyxl": None}):
        sys.modules.pop("thangdiem.app.workbook", None)
        yield


def no_signatures() -> AbstractContextManager[object]:
    """The library for signatures is not installed."""
    return patch.dict(sys.modules, {"cryptography.hazmat.primitives.asymmetric.ed25519": None})


def terminal() -> AbstractContextManager[object]:
    """Standard output is a terminal."""
    return patch.object(score, "sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))


def nothing_shipped() -> AbstractContextManager[object]:
    """The rules that ship are not installed."""
    return patch.object(sample, "shipped_rules", lambda: Path("khong-co"))


def small_dossiers() -> AbstractContextManager[object]:
    """A dossier may have three members only."""
    return patch.object(container, "MOST_MEMBERS", 3)


MACHINES: dict[str, Machine] = {
    "": nullcontext,
    "full-disk": full_disk,
    "full-memory": full_memory,
    "no-excel": no_excel,
    "no-signatures": no_signatures,
    "terminal": terminal,
    "nothing-shipped": nothing_shipped,
    "small-dossiers": small_dossiers,
}
