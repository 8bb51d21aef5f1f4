"""``python -m assurance SUBCOMMAND …`` runs one of them; each takes its own arguments and gives an exit code."""

from __future__ import annotations

import sys
from importlib import import_module

SUBCOMMANDS = {
    "alterations": "alterations",
    "answer": "answer",
    "corpus": "corpus",
    "coverage": "branch_coverage",
    "differential": "differential",
    "fuzz": "fuzz",
    "release": "release",
    "mutants": "mutants.command",
}

if __name__ == "__main__":
    wanted, *arguments = sys.argv[1:] or [""]
    if wanted not in SUBCOMMANDS:
        sys.exit(f"unknown: {wanted!r}; known: {', '.join(SUBCOMMANDS)}")
    sys.exit(import_module(f"assurance.{SUBCOMMANDS[wanted]}").run(arguments))
