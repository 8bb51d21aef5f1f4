"""The language: the text of a decision in, a rulebook and diagnostics out."""
