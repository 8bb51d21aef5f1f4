"""The rules on the way from one version to another, clause by clause."""

from __future__ import annotations

from attrs import frozen

from thangdiem.dsl.library import ScaleRules


@frozen
class Stage:
    """One clause of the amendments between two versions, in the order of their effect.

    ``clause`` names it: "khoản 3 Điều 1 Quyết định 12/QĐ-UBND". ``rules`` are those after this clause and all before
    it, ``alone`` the old ones with this clause only; None where it needs an earlier clause.
    """

    clause: str
    rules: ScaleRules
    alone: ScaleRules | None
