"""Methods: how a value is found, by levels, checklists, steps, cases or a formula."""

from __future__ import annotations

from attrs import frozen

from thangdiem.dsl.rulebook.expressions import Expression, Range
from thangdiem.dsl.rulebook.spans import Span, where


@frozen
class NotApplicable:
    """An outcome: the row says ``không áp dụng``."""

    span: Span = where()


Outcome = Expression | NotApplicable


@frozen
class Limit:
    """``không quá N`` (``most``) or ``không dưới N``, perhaps under a condition."""

    bound: Expression
    most: bool
    when: Expression | None = None
    span: Span = where()


@frozen
class Formula:
    """``Điểm = EXPR, không quá …``."""

    value: Expression
    limits: tuple[Limit, ...] = ()
    span: Span = where()


@frozen
class Level:
    """One of several exclusive levels; ``aliases`` are former labels that data may still use."""

    label: str
    value: Outcome
    aliases: tuple[str, ...] = ()
    span: Span = where()


@frozen
class Choice:
    """``Chọn một:`` the unit's datum under the item's code is the label of a level."""

    levels: tuple[Level, ...]
    span: Span = where()


@frozen
class Mark:
    """One letter of a checklist: ticked in the data (``label``), or met under a condition."""

    letter: str
    value: Expression
    label: str = ""
    when: Expression | None = None
    span: Span = where()


@frozen
class Checklist:
    """``Cộng các ý đạt:`` the points of what is met are added."""

    marks: tuple[Mark, ...]
    span: Span = where()


@frozen
class Row:
    """A row of steps or of a table: a cell per subject (None: any value; () for ``còn lại``)."""

    cells: tuple[tuple[Range, ...] | None, ...]
    value: Outcome
    span: Span = where()


@frozen
class Steps:
    """``Theo [x]:`` / ``Theo [x] và [y]:`` the first row whose cells all hold."""

    subjects: tuple[Expression, ...]
    rows: tuple[Row, ...]
    span: Span = where()


@frozen
class PerMark:
    """``mỗi mốc vượt 5; 10; 15: 1 điểm``: each mark exceeded (or reached) counts ``value``."""

    marks: tuple[Expression, ...]
    reached: bool
    value: Expression
    span: Span = where()


@frozen
class Marks:
    """``Theo [x]:`` made only of ``mỗi mốc`` rows: their counts are added."""

    subject: Expression
    rows: tuple[PerMark, ...]
    span: Span = where()


@frozen
class Case:
    """A condition (None: ``còn lại``) and what holds under it."""

    when: Expression | None
    value: Outcome
    span: Span = where()


@frozen
class Cases:
    """``Theo trường hợp:`` the first case that holds; with ``best``, the highest value of all that hold."""

    cases: tuple[Case, ...]
    best: bool = False
    span: Span = where()


@frozen
class Direct:
    """``Chấm trực tiếp``: the points are given; ``written`` tells whether the file says so."""

    written: bool = True
    span: Span = where()


@frozen
class Guard:
    """One branch of a method under a condition (None: ``còn lại``)."""

    when: Expression | None
    method: Method
    span: Span = where()


@frozen
class Guarded:
    """``Khi …, theo [x]: … Còn lại, …``: the method of the first branch that holds."""

    guards: tuple[Guard, ...]
    span: Span = where()


Method = Formula | Choice | Checklist | Steps | Marks | Cases | Direct | Guarded


@frozen
class Named:
    """A named value of a scale or an item."""

    name: str
    owner: str
    method: Method
    span: Span = where()
