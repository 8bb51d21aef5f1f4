"""A line of a rule file in, the same with the quotation marks of print out."""

from __future__ import annotations

import re

_QUOTED = re.compile(r'"([^"]*)"')


def printed(text: str) -> str:
    """The line with “ and ” for the straight marks."""
    return _QUOTED.sub(r"“\1”", text)
