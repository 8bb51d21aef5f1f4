"""What a rule file promises, and what of it is proved: a rulebook in, a proof of each promise out.

What bounds alone cannot decide is left open here; the engine then seeks a unit that shows it.
"""

from thangdiem.dsl.proofs.equality import prove_same
from thangdiem.dsl.proofs.proof import Cell, Claim, Outcome, Proof, Reason, Shown
from thangdiem.dsl.proofs.proving import prove

__all__ = ["Cell", "Claim", "Outcome", "Proof", "Reason", "Shown", "prove", "prove_same"]
