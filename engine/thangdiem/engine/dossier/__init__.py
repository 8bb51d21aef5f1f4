"""Rules, data and results in, a sealed file anyone can compute again out; such a file in, what was altered out."""

from thangdiem.engine.dossier.contents import Computed, Given, compute, given_of
from thangdiem.engine.dossier.question import Question
from thangdiem.engine.dossier.sealing import Sealed, seal
from thangdiem.engine.dossier.verification import Verified, verify

__all__ = ["Computed", "Given", "Question", "Sealed", "Verified", "compute", "given_of", "seal", "verify"]
