"""Node by node, a text is brought to say what another says: by narrow orders where they suffice, else by wider ones.

Every order is carried out on a trial by the engine that will carry out the amendment, and stands only if what came of
it is what was wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define

from thangdiem.dsl.amendments.drafting.nodes import Reader, displaced, distance, runs
from thangdiem.dsl.amendments.drafting.orders import Place, orders
from thangdiem.dsl.amendments.drafting.sentences import Sentences
from thangdiem.dsl.amendments.drafting.trial import Trial
from thangdiem.dsl.amendments.outline import Outline
from thangdiem.dsl.passages import Passage

_SPARE = 2
"""A node is stated anew where that takes no more lines than its changes one by one, and some more are too many."""


@define
class Settling:
    """A trial text, what it should say, and how that is ordered."""

    trial: Trial
    target: Outline
    sentences: Sentences
    reader: Reader

    def same(self, scale: str, code: str) -> bool:
        """Whether a node, with all below it, says what it should."""
        before = self.reader.tree(self.trial.outline, scale, code)
        return before == self.reader.tree(self.target, scale, code)

    def settle(self, scale: str, code: str) -> bool:
        """Brings a node with all below it to what it should say; whether that could be done."""
        if self.same(scale, code):
            return True
        beginning = self.trial.stand()
        narrow = self._narrow(scale, code) and self._below(scale, code) and self.same(scale, code)
        change_by_change = self.trial.stand()
        length = sum(each.count("\n") + 1 for each in change_by_change.orders[len(beginning.orders) :])
        anew = len(self.reader.written(self.target, scale, code)) + _SPARE
        if narrow and (length <= anew or not code):
            return True
        self.trial.back(beginning)
        if not self._anew(scale, code):  # unreached: no node is known that cannot be stated anew
            self.trial.back(change_by_change if narrow else beginning)
            return narrow
        return True

    # --- the node itself

    def _narrow(self, scale: str, code: str) -> bool:
        """Its own lines, one change after the other, each bringing them nearer."""
        while self._apart(scale, code) != (0, 0):
            if not any(self._nearer(order, scale, code) for order in orders(self._place(scale, code))):
                return False
        return self._own(self.trial.outline, scale, code) == self._own(self.target, scale, code)

    def _place(self, scale: str, code: str) -> Place:
        outline = self.trial.outline
        return Place(
            scale,
            self.reader.own(outline, scale, code),
            self.reader.own(self.target, scale, code),
            [outline.passages[index] for index in outline.extent(scale, code)],
            self.sentences,
            self.reader,
        )

    def _own(self, text: Outline, scale: str, code: str) -> list[tuple[str, ...]]:
        return [self.reader.lines(each) for each in self.reader.own(text, scale, code)]

    def _apart(self, scale: str, code: str) -> tuple[int, int]:
        return distance(self._own(self.trial.outline, scale, code), self._own(self.target, scale, code))

    def _nearer(self, order: str, scale: str, code: str) -> bool:
        """Carries out an order if it brings the node nearer and touches nothing else."""
        beginning, apart = self.trial.stand(), self._apart(scale, code)
        others = self._others(scale, code)
        if not self.trial.attempt(order):
            return False
        there = code == "" or (scale, code) in self.trial.outline.heads
        if there and self._apart(scale, code) < apart and self._others(scale, code) == others:
            return True
        self.trial.back(beginning)
        return False

    def _others(self, scale: str, code: str) -> list[tuple[str, ...]]:
        outline = self.trial.outline
        own = frozenset(outline.own(scale, code))
        return [self.reader.lines(each) for index, each in enumerate(outline.passages) if index not in own]

    # --- what is below it

    def _below(self, scale: str, code: str) -> bool:
        """Each node below it; those that are to come are brought, and so is what stands elsewhere among them."""
        wanted = self.target.below(scale, code)
        there = frozenset(self.trial.outline.below(scale, code))
        if not there <= frozenset(wanted):
            return False
        items = [each for each in self.trial.outline.below(scale, code) if each[0] not in "+-"]
        for each in displaced(items, wanted):
            self.trial.attempt(self.sentences.repeal(self._address(scale, each)))
            there -= {each}
        return all(self.settle(scale, each) for each in wanted if each in there) and all(
            self._brought(scale, code, run, wanted, there)
            for bonus in (False, True)
            for is_there, run in runs([each for each in wanted if (each[0] in "+-") is bonus], there)
            if not is_there
        )

    def _brought(self, scale: str, code: str, run: Sequence[str], wanted: Sequence[str], there: frozenset[str]) -> bool:
        """Nodes come behind the one before them, before the one behind them, or to the end."""
        content = [line for each in run for line in self.reader.written(self.target, scale, each)]
        return any(self.trial.attempt(order) for order in self._insertions(scale, code, run, wanted, content))

    def _insertions(
        self, scale: str, code: str, run: Sequence[str], wanted: Sequence[str], content: Sequence[str]
    ) -> Iterator[str]:
        alike = [each for each in wanted if (each[0] in "+-") is (run[0][0] in "+-")]
        at = alike.index(run[0])
        behind = alike[at + len(run) : at + len(run) + 1]
        if at:
            yield self.sentences.insert("INSERT_AFTER", self._address(scale, alike[at - 1]), content)
        if behind:
            yield self.sentences.insert("INSERT_BEFORE", self._address(scale, behind[0]), content)
        owner = "" if run[0][0] in "+-" else code
        yield self.sentences.insert("INSERT_AT_END", self._address(scale, owner), content)

    def _address(self, scale: str, code: str) -> str:
        return self.sentences.node(self._head(scale, code), scale)

    def _head(self, scale: str, code: str) -> Passage:
        outline = self.trial.outline
        return outline.passages[outline.heads[scale, code] if code else outline.scales[scale]]

    # --- the node anew

    def _anew(self, scale: str, code: str) -> bool:
        """The node stated anew: its own lines alone where it has nodes below it that are kept, then all of it."""
        own = self.reader.own(self.target, scale, code)
        if self.target.below(scale, code) and code:
            beginning = self.trial.stand()
            lines = [line for each in own[1:] for line in self.reader.lines(each)]
            said = self.sentences.renew(own[0].head, scale, (*lines, self.sentences.keep()))
            if self.trial.attempt(said) and self._below(scale, code) and self.same(scale, code):
                return True
            self.trial.back(beginning)
        lines = self.reader.written(self.target, scale, code)[1:] if code else self._of_scale(scale)
        said = self.sentences.renew(own[0].head, scale, lines)
        return any(self._is_then_same(each, scale, code) for each in (said, f"{said}\n{self.sentences.drop()}"))

    def _of_scale(self, scale: str) -> list[str]:
        passages = (self.target.passages[index] for index in self.target.of_scale(scale)[1:])
        return [line for each in passages if each.name != "amended" for line in self.reader.lines(each)]

    def _is_then_same(self, order: str, scale: str, code: str) -> bool:
        beginning = self.trial.stand()
        if self.trial.attempt(order) and self.same(scale, code):
            return True
        self.trial.back(beginning)
        return False
