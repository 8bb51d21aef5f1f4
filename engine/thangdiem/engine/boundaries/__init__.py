"""Rules in; for each threshold examples just below, at and just above it, with what the rules make of them, out."""

from thangdiem.engine.boundaries.proposing import Open, Proposal, Proposals, Side, propose
from thangdiem.engine.boundaries.wording import example_text

__all__ = ["Open", "Proposal", "Proposals", "Side", "example_text", "propose"]
