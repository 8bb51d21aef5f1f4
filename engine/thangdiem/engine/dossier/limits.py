"""How large a dossier may be; what is larger is neither made nor opened."""

MOST_BYTES = 1024**3
"""Of the whole file."""

MOST_MEMBERS = 60_000
"""Two for each unit, and a few."""

LARGEST_MANIFEST = 32 * 1024**2
