"""Markdown files of cases beside the rules in; their examples run by the rules they name, and what they record, out."""

from thangdiem.engine.cases.reading import Block, Recording, blocks_of
from thangdiem.engine.cases.recording import recorded_text
from thangdiem.engine.cases.resolving import books_with, scale_named

__all__ = ["Block", "Recording", "blocks_of", "books_with", "recorded_text", "scale_named"]
