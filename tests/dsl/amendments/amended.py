"""A generated rule file and decisions that amend it in, the rule set, its versions and their rules out."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from generated import RuleFile
from generated.patches import SINCE, Decision
from thangdiem.dsl.amendments.clauses import Amendment
from thangdiem.dsl.checker import Beside, check_bytes
from thangdiem.dsl.diagnostic import Severity
from thangdiem.dsl.library import RuleSet, ScaleRules
from thangdiem.dsl.parser import vocabulary
from thangdiem.dsl.rulebook import Provision, Rulebook
from thangdiem.dsl.versions import RuleVersion


def amendment_of(base: str, text: str, name: str = "sửa đổi.rubric") -> Amendment:
    """An amending document as it is read beside the file."""
    checked = check_bytes(text.encode(), name, beside=Beside(vocabulary(base, "vi")))
    assert checked.amendment is not None
    faults = [found.message("en") for found in checked.diagnostics if found.severity is Severity.ERROR]
    assert faults == [], faults
    return checked.amendment


def rule_set(file: RuleFile, *decisions: Decision) -> RuleSet:
    """The file and the decisions, as from one folder."""
    book = file.rules().book
    read = tuple(amendment_of(file.text, each.text, f"{each.number}.rubric") for each in decisions)
    return RuleSet((book,), (), read)


def version(file: RuleFile, *decisions: Decision, day: date = SINCE) -> RuleVersion:
    """What holds on a day, by default the first of the amendments."""
    return rule_set(file, *decisions).on(day)


def rules(found: RuleVersion) -> ScaleRules:
    """The first scale."""
    return ScaleRules(found.book, found.book.scales[0])


def plain(book: Rulebook) -> Any:
    """All scales mean and say, but not which clauses made them so."""
    return _plain(book.scales)


def _plain(value: Any) -> Any:
    if isinstance(value, Provision):
        value = attrs.evolve(value, amendments=())
    if attrs.has(type(value)):
        fields = [each.name for each in attrs.fields(type(value)) if each.eq]
        return type(value), [_plain(getattr(value, name)) for name in fields]
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value
