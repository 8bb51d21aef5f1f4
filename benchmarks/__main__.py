"""``python -m benchmarks [single|check|… …]`` prints the tables of docs/performance.md."""

from __future__ import annotations

import platform
import sys
from importlib import import_module

PARTS = {
    "single": "single_units",
    "check": "checking",
    "start": "starting",
    "memory": "memory",
    "impact": "impacts",
    "consolidate": "consolidating",
}

if __name__ == "__main__":
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := [part for part in wanted if part not in PARTS]:
        sys.exit(f"unknown: {', '.join(unknown)}; known: {', '.join(PARTS)}")
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    for part in wanted:
        import_module(f"benchmarks.{PARTS[part]}").run()
