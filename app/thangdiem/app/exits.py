"""How a run ends: the exit codes, and the exceptions that end a command early."""

from __future__ import annotations

from enum import IntEnum

from thangdiem.dsl.diagnostic import Diagnostic


class Exit(IntEnum):
    """Every exit code of the program; where there is a choice they are those of ``sysexits.h``."""

    FINE = 0
    FAILED = 1
    MISUSE = 2
    BAD_INPUT = 65
    NO_INPUT = 66
    BUG = 70
    CANNOT_CREATE = 73
    CANNOT_WRITE = 74
    INTERRUPTED = 130


class Stopped(Exception):
    """The command cannot go on: the findings say why, the exit code sums it up."""

    def __init__(self, code: Exit, *findings: Diagnostic) -> None:
        super().__init__(code, findings)
        self.code = code
        self.findings = findings
