"""Proofs that bounds leave open in; the same proofs, decided by units that were evaluated, out."""

from thangdiem.engine.witnesses.deciding import proofs_of

__all__ = ["proofs_of"]
