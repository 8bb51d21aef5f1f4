"""What each datum of a scale must hold: as declared, or as its uses show."""

from __future__ import annotations

from collections.abc import Iterator

from lark import Token, Tree

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.diagnostic import Related
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.letters import fold
from thangdiem.dsl.resolve.expressions import one_range
from thangdiem.dsl.resolve.literals import number
from thangdiem.dsl.resolve.scope import Scope, span_of
from thangdiem.dsl.syntax import Node
from thangdiem.dsl.walk import all_of, expressions_of, inner

_FORMS = {
    "INTEGER": rb.DataForm.INTEGER,
    "DECIMAL": rb.DataForm.NUMBER,
    "PERCENT_TYPE": rb.DataForm.PERCENT,
    "YES_NO": rb.DataForm.YES_NO,
    "DATE_TYPE": rb.DataForm.DATE,
    "TEXT_TYPE": rb.DataForm.TEXT,
    "ONE_OF": rb.DataForm.ONE_OF,
}


def declared(node: Node, scope: Scope) -> rb.DataField:
    """``Số liệu [Số hồ sơ]: số nguyên, từ 0 trở lên, "hồ sơ"``."""
    name, written, *attributes = node.children
    assert isinstance(name, Token) and isinstance(written, Tree)
    token = written.children[0]
    assert isinstance(token, Token)
    options = [str(child) for child in written.children[1:]]
    domain, unit, decimals, source, evidence = [], "", None, "", ""
    for attribute in attributes:
        assert isinstance(attribute, Tree)
        last = attribute.children[-1]
        match str(attribute.data):
            case "domain":
                domain.append(one_range(last, scope))
            case "unit_or_option" if token.type == "ONE_OF":
                options.append(str(last))
            case "unit_or_option":
                unit = str(last)
            case "data_decimals":
                assert isinstance(last, Token)
                decimals = int(number(last, scope))
            case "data_source":
                source = str(last)
            case _:
                evidence = str(last)
    return rb.DataField(
        scope.data_keys.setdefault(fold(str(name)), str(name)),
        _FORMS[token.type],
        True,
        tuple(options),
        tuple(domain),
        unit,
        decimals,
        source,
        evidence,
        span=span_of(node),
    )


def with_inferred(scale: rb.Scale, fields: dict[str, rb.DataField], scope: Scope) -> dict[str, rb.DataField]:
    """All data of the scale: those declared, and those only used, typed by their uses."""
    uses: dict[str, list[tuple[rb.DataForm, rb.Span]]] = {}
    first: dict[str, rb.Span] = {}
    asked: dict[str, rb.Span] = {}
    by_name: dict[str, rb.DataForm] = {}
    behind = _data_behind_names(scale)
    for whole in expressions_of(scale):
        asked.update((part.name, part.span) for part in all_of(whole) if isinstance(part, rb.Present))
        for used, form, span in _uses(whole, boolean=False):
            if isinstance(used, str):
                first.setdefault(used, span)
                if form is not None:
                    uses.setdefault(used, []).append((form, span))
            elif used in behind and form is not None:
                by_name.setdefault(behind[used], form)
    found = dict(fields)
    for name, owners in scope.used.items():
        if name in found:
            _agrees(found[name], uses.get(name, []), scope)
            continue
        forms = uses.get(name, [])
        if {form for form, _ in forms} == {rb.DataForm.PERCENT, rb.DataForm.NUMBER}:
            forms = [(rb.DataForm.PERCENT, span) for _, span in forms]  # a percentage is reckoned with as a number
        only_asked = name in asked and name not in first
        shown = rb.DataForm.TEXT if only_asked else by_name.get(name, rb.DataForm.NUMBER)
        form, first_use = forms[0] if forms else (shown, rb.Span())
        for other, span in forms[1:]:
            if other is not form:
                related = (scope.findings.related("used-here", first_use),)
                _tell_kinds(name, (form, first_use), (other, span), related, scope)
                break
        found[name] = rb.DataField(name, form, used_by=tuple(owners), span=first.get(name, asked.get(name, rb.Span())))
    return {
        name: rb.DataField(
            field.name,
            field.form,
            field.declared,
            field.options,
            field.domain,
            field.unit,
            field.decimals,
            field.source,
            field.evidence,
            tuple(scope.used.get(name, ())),
            span=field.span,
        )
        for name, field in found.items()
    }


_NUMERIC = (rb.DataForm.INTEGER, rb.DataForm.NUMBER, rb.DataForm.PERCENT)
_TEXTUAL = (rb.DataForm.TEXT, rb.DataForm.ONE_OF)


def _agrees(field: rb.DataField, uses: list[tuple[rb.DataForm, rb.Span]], scope: Scope) -> None:
    for form, span in uses:
        same = (
            form is field.form
            or (form in _NUMERIC and field.form in _NUMERIC)
            or (form in _TEXTUAL and field.form in _TEXTUAL)
        )
        if not same:
            related = (scope.findings.related("declared-here", field.span),)
            _tell_kinds(field.name, (field.form, field.span), (form, span), related, scope)
            return


def _tell_kinds(
    name: str,
    first: tuple[rb.DataForm, rb.Span],
    other: tuple[rb.DataForm, rb.Span],
    related: tuple[Related, ...],
    scope: Scope,
) -> None:
    """The two kinds and the lines they stand on, unless a number, a date or a name there could not be read."""
    nowhere = rb.Span()
    if nowhere in (first[1], other[1]) or any(found.code in _UNREADABLE for found in scope.findings.found):
        return
    arguments: dict[str, object] = {"name": name}
    for key, (form, span) in (("first", first), ("other", other)):
        place = scope.findings.source.place(span.start, span.end)
        arguments[f"{key}_line"] = place.start.line + 1 if place.start else 0
        arguments[f"{key}_vi"], arguments[f"{key}_en"] = _CALLED[form]
    scope.findings.tell_related("TD133", other[1], related, **arguments)


_UNREADABLE = frozenset(f"TD{number:03}" for number in (*range(66, 75), 87))
_CALLED = {
    form: (vi.spellings[name][0], en.spellings[name][0])
    for vi, en in ((dialect("vi"), dialect("en")),)
    for name, form in _FORMS.items()
}


Used = str | tuple[str, str]
"""A datum by its name, or a named value by its owner and name."""


def _data_behind_names(scale: rb.Scale) -> dict[Used, str]:
    """The named values that are only another word for a datum: what is asked of them is asked of it."""
    items = tuple(scale.walk())
    bonuses = [*scale.bonuses, *(bonus for item in items for bonus in item.bonuses)]
    named = [*scale.names, *(found for item in items for found in item.names)]
    named += [found for bonus in bonuses for found in bonus.names]
    words = {
        (found.owner, found.name): found.method.value
        for found in named
        if isinstance(found.method, rb.Formula) and not found.method.limits
    }
    behind: dict[Used, str] = {}
    for key in words:
        value: rb.Expression | None = words[key]
        for _ in words:
            if not isinstance(value, rb.NameRef):
                break
            value = words.get((value.owner, value.name))
        if isinstance(value, rb.Datum):
            behind[key] = value.name
    return behind


def _used(value: rb.Datum | rb.NameRef) -> Used:
    return value.name if isinstance(value, rb.Datum) else (value.owner, value.name)


def _uses(value: rb.Expression, boolean: bool) -> Iterator[tuple[Used, rb.DataForm | None, rb.Span]]:
    """Each datum and each named value in an expression, with what its use there shows."""
    match value:
        case rb.Datum() | rb.NameRef():
            yield _used(value), rb.DataForm.YES_NO if boolean else None, value.span
        case rb.Within(subject=rb.Datum() | rb.NameRef() as datum):
            forms = [shown for found in value.ranges for shown in _bound_forms(found)]
            form, span = forms[0] if forms else (None, datum.span)
            yield _used(datum), form, span
            for found in value.ranges:
                for bound in {id(each): each for each in (found.low, found.high) if each is not None}.values():
                    yield from _uses(bound, boolean=False)
        case rb.AllOf() | rb.AnyOf():
            for part in value.parts:
                yield from _uses(part, boolean=True)
        case rb.Not():
            yield from _uses(value.part, boolean=True)
        case rb.Arithmetic(operator=rb.Operator.SUBTRACT, left=rb.Datum() | rb.NameRef() as left, right=rb.Day()):
            yield _used(left), rb.DataForm.DATE, left.span
        case rb.Arithmetic(operator=rb.Operator.SUBTRACT, left=rb.Day(), right=rb.Datum() | rb.NameRef() as right):
            yield _used(right), rb.DataForm.DATE, right.span
        case rb.Arithmetic():
            for side in (value.left, value.right):
                if isinstance(side, rb.Datum | rb.NameRef) and value.operator is not rb.Operator.SUBTRACT:
                    yield _used(side), rb.DataForm.NUMBER, side.span
                else:
                    yield from _uses(side, boolean=False)
        case _:
            for part in inner(value):
                yield from _uses(part, boolean=False)


def _bound_forms(found: rb.Range) -> Iterator[tuple[rb.DataForm, rb.Span]]:
    for bound in (found.low, found.high):
        match bound:
            case rb.YesNo():
                yield rb.DataForm.YES_NO, bound.span
            case rb.Text():
                yield rb.DataForm.TEXT, bound.span
            case rb.Day():
                yield rb.DataForm.DATE, bound.span
            case rb.Number() if bound.kind is rb.Kind.RATIO:
                yield rb.DataForm.PERCENT, bound.span
            case rb.Number() | rb.Arithmetic():
                yield rb.DataForm.NUMBER, bound.span
            case _:
                pass
