"""A text while it is amended: its passages, its outline, and what the clauses before did to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, evolve, field, frozen

from thangdiem.dsl.amendments.clauses import Clause, Operation
from thangdiem.dsl.amendments.outline import Outline, outline
from thangdiem.dsl.diagnostic import Diagnostic, Related
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.parser import Vocabulary, parse
from thangdiem.dsl.passages import Passage, Row, compose, layout, passages_of
from thangdiem.dsl.rulebook import Span

VERBS = ("amended", "inserted", "replaced", "renumbered", "moved", "corrected", "suspended")
"""What a clause may do to a line that stays, in the order of the spellings of AMENDED_BY."""


class Refusal(Exception):
    """An operation that cannot be carried out; the diagnostic says why and names the clauses involved."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message("en"))
        self.diagnostic = diagnostic


@frozen
class Change:
    """What one operation did: to whom, and the text of it before and after."""

    clause: Clause
    operation: Operation
    verb: str
    identities: tuple[str, ...]
    """Of the passages it changed, with the items they stand in."""
    gone: tuple[tuple[str, str], ...] = ()
    """Items and bonuses, by scale and code, that are not called so any more."""
    before: str = ""
    after: str = ""


@define
class Draft:
    """The text after the operations so far."""

    passages: tuple[Passage, ...]
    dialect: str
    name: str
    vocabulary: Vocabulary
    changes: list[Change] = field(factory=list)
    warnings: list[Diagnostic] = field(factory=list)
    aside: dict[str, tuple[Passage, ...]] = field(factory=dict)
    """By identity of a suspended item, the policy that holds again when it is resumed."""
    tail: tuple[str, ...] = ()
    """Comments at the end of the text."""
    clause: Clause | None = None
    operation: Operation | None = None
    _outline: Outline | None = None

    @property
    def outline(self) -> Outline:
        """Which passage stands under what, as the text is now."""
        if self._outline is None:
            self._outline = outline(self.passages)
        return self._outline

    def put(self, passages: Iterable[Passage]) -> None:
        """Takes other passages for the text."""
        self.passages = tuple(passages)
        self._outline = None

    def set(self, index: int, passage: Passage) -> None:
        """Puts a passage in the place of another that stands under the same."""
        self.passages = (*self.passages[:index], passage, *self.passages[index + 1 :])
        self._outline = None

    def replace(self, indexes: Sequence[int], content: Sequence[Passage]) -> None:
        """Puts passages where the first of others stood, and takes those away."""
        first, away = indexes[0], frozenset(indexes)
        before = [each for index, each in enumerate(self.passages[:first]) if index not in away]
        behind = [each for index, each in enumerate(self.passages) if index > first and index not in away]
        self.put((*before, *content, *behind))

    def insert(self, at: int, content: Sequence[Passage]) -> None:
        """Puts passages before the one at a place."""
        self.put((*self.passages[:at], *content, *self.passages[at:]))

    def reword(self, index: int, place: int, written: str, verb: str) -> None:
        """Puts other words on a line, and what was done to it."""
        passage = self.passages[index]
        row = self.note(evolve(passage.rows[place], written=written), verb)
        rows = (*passage.rows[:place], row, *passage.rows[place + 1 :])
        self.set(index, self.read_again(evolve(passage, rows=rows)))

    def text_of(self, indexes: Iterable[int]) -> str:
        """What stands at these places, as it is printed."""
        return text_of([self.passages[index] for index in indexes], self.dialect)

    def note(self, row: Row, verb: str) -> Row:
        """The row with what the clause at work did to it, said once."""
        assert self.clause is not None
        said = (dialect(self.dialect).spell("AMENDED_BY", VERBS.index(self._done(verb))), self.clause.label)
        return row if said in row.notes or not self.clause.code else evolve(row, notes=(*row.notes, said))

    def identities(self, indexes: Iterable[int]) -> tuple[str, ...]:
        """Who stands at these places, and the items and the scale they stand in."""
        found: dict[str, None] = {}
        for index in indexes:
            found[self.passages[index].identity] = None
            scale, owner = self.outline.scale_of[index], self.outline.owner_of[index]
            while owner and (head := self.outline.heads.get((scale, owner))) is not None:
                found[self.passages[head].identity] = None
                owner = self.outline.parents.get((scale, owner), "")
            if scale in self.outline.scales:
                found[self.passages[self.outline.scales[scale]].identity] = None
        return tuple(found)

    def tell(
        self,
        verb: str,
        identities: Iterable[str],
        *,
        before: str = "",
        after: str = "",
        gone: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Keeps what the operation at work did."""
        assert self.clause is not None and self.operation is not None
        done = self._done(verb)
        self.changes.append(Change(self.clause, self.operation, done, tuple(identities), tuple(gone), before, after))

    def _done(self, verb: str) -> str:
        """What the operation at work does: an amendment that corrects is a correction."""
        corrects = self.operation is not None and self.operation.correction
        return "corrected" if corrects and verb == "amended" else verb

    def refuse(self, code: str, related: tuple[Related, ...] = (), /, **arguments: object) -> Refusal:
        """Why the operation at work cannot be carried out."""
        return Refusal(self.finding(code, related, **arguments))

    def finding(self, code: str, related: tuple[Related, ...] = (), /, **arguments: object) -> Diagnostic:
        """A finding about the operation at work."""
        assert self.clause is not None and self.operation is not None
        span: Span = self.operation.span
        place = self.operation.head.source.place(span.start, span.end)
        label = self.clause.label or self.operation.head.text(self.dialect)
        return Diagnostic(code, {"clause": label, **arguments}, place, related)

    def last_change(self, identity: str) -> tuple[Related, ...]:
        """The clause that changed a passage last, as a place involved."""
        for change in reversed(self.changes):
            if identity in change.identities:
                return (related(change),)
        return ()

    def read_again(self, passage: Passage) -> Passage:
        """The passage with the tokens its lines have where they stand; refused where they cannot stand there.

        Lines of another dialect are read in theirs first, since they are translated by their tokens.
        """
        foreign = next((row.dialect for row in passage.rows if row.dialect != self.dialect and not row.written), None)
        if foreign is not None:
            fresh = self._read(passage, foreign)
            rows = (new if old.dialect == foreign else old for new, old in zip(fresh, passage.rows, strict=True))
            passage = evolve(passage, rows=tuple(rows))
        return evolve(passage, rows=self._read(passage, self.dialect))

    def _read(self, passage: Passage, target: str) -> tuple[Row, ...]:
        """The lines of a passage as they are read in a dialect."""
        bare = evolve(passage, rows=tuple(row.bare for row in passage.rows))
        source = compose([bare], target, self.name)
        syntax, slips = parse(source, self.vocabulary)
        if slips or syntax is None:
            raise Refusal(slips[0])
        (read,) = passages_of(syntax, "")
        return tuple(
            evolve(new, above=old.above, beside=old.beside, notes=old.notes)
            for new, old in zip(read.rows, passage.rows, strict=True)
        )


def related(change: Change) -> Related:
    """A clause that was at work before, as a place involved."""
    span = change.operation.span
    place = change.operation.head.source.place(span.start, span.end)
    return Related(place, "changed-by", {"clause": change.clause.label})


def text_of(passages: Sequence[Passage], target: str) -> str:
    """Passages as they are printed, without comments and without what happened to them."""
    bare = [evolve(each, rows=tuple(row.bare for row in each.rows)) for each in passages]
    return "".join(f"{line}\n" for line, _ in layout(bare, target))
