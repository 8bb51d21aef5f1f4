"""Every finding has a page that explains it, and every page explains a finding."""

from __future__ import annotations

import re

from pages import DOCS
from thangdiem.dsl.diagnostic import catalogue

PAGES = {page.stem for page in (DOCS / "diagnostics").glob("TD*.md")}
CODES = {code for code in catalogue() if re.fullmatch(r"TD\d{3}", code)}


def test_every_finding_has_a_page() -> None:
    assert sorted(CODES - PAGES) == []


def test_every_page_is_about_a_finding() -> None:
    assert sorted(PAGES - CODES) == []


def test_every_finding_is_told_in_both_languages() -> None:
    assert sorted(code for code in CODES if not (catalogue()[code]["vi"] and catalogue()[code]["en"])) == []
    assert sorted(code for code in CODES if ("hint_vi" in catalogue()[code]) != ("hint_en" in catalogue()[code])) == []
