"""Proofs that bounds leave open in; the same proofs, decided by units that were evaluated, out."""

from thangdiem.engine.witnesses.deciding import proofs_of
from thangdiem.engine.witnesses.versions import proofs_of_sameness

__all__ = ["proofs_of", "proofs_of_sameness"]
