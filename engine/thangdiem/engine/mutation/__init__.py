"""A rule file in; which small changes of it its examples notice, and which they do not, out."""

from thangdiem.engine.mutation.trying import Mutated, Outcome, Tried, mutate

__all__ = ["Mutated", "Outcome", "Tried", "mutate"]
