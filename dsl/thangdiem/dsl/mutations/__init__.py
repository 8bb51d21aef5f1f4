"""A parsed rule file in; each slip a drafter might make in it – a figure, a word, a line – out."""

from thangdiem.dsl.mutations.making import mutations_of, without_examples
from thangdiem.dsl.mutations.mutation import Mutation, Operator

__all__ = ["Mutation", "Operator", "mutations_of", "without_examples"]
