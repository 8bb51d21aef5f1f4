"""What a lawyer most likely meant: from the place where reading failed to a finding that says what to do."""

from __future__ import annotations

from collections.abc import Callable

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.slips import enclosed, figures, formulas, heads, keywords, phrasings, quotas, rows
from thangdiem.dsl.slips.expected import expected
from thangdiem.dsl.slips.figures import numeral_slip
from thangdiem.dsl.slips.slip import Slip

__all__ = ["READING_ENDS", "SLIPS", "Slip", "explain", "numeral_slip"]

READING_ENDS = frozenset(("TD014",))
"""After one of these, the rest of the file is not read: what is found there says nothing more."""

SLIPS: tuple[Callable[[Slip], Diagnostic | None], ...] = (
    enclosed.unclosed_quote,
    enclosed.unclosed_bracket,
    enclosed.too_deep,
    enclosed.too_many_operands,
    rows.pasted_table,
    enclosed.other_quotes,
    enclosed.stray_bracket,
    formulas.equals_form,
    formulas.comparison_form,
    formulas.about,
    phrasings.figures_and_words,
    phrasings.exceeding,
    phrasings.no_points,
    phrasings.order,
    phrasings.if_in_grade_rule,
    phrasings.mark_after_code,
    formulas.if_then,
    keywords.look_alike_keyword,
    keywords.keyword_without_tones,
    keywords.foreign_keyword,
    formulas.percent_in_words,
    formulas.percent_of_nothing,
    formulas.letter_x,
    formulas.comma_between_arguments,
    formulas.unknown_function,
    enclosed.extra_parenthesis,
    enclosed.unclosed_parenthesis,
    heads.scale_without_id,
    heads.scale_id_with_spaces,
    heads.document_without_number,
    heads.name_begins_with_keyword,
    heads.item_without_code,
    heads.item_without_title,
    heads.title_without_quotes,
    heads.field_without_quotes,
    heads.item_without_points,
    heads.not_applicable_without_when,
    figures.period_without_year,
    figures.missing_date,
    figures.date_form,
    rows.choose_one_in_figures,
    rows.level_without_colon,
    rows.level_without_points,
    rows.band_without_range,
    rows.open_range,
    quotas.quota_left_open,
    rows.bullet_outside,
    rows.letter_form,
    rows.letter_outside,
    rows.grade_outside,
    formulas.missing_equals,
    formulas.chained_comparison,
    heads.missing_colon,
    heads.missing_comma,
    rows.missing_bullet,
    formulas.longer_name,
    keywords.misspelt_keyword,
    rows.mark_at_end,
    rows.left_over,
    keywords.unknown_line,
)
"""The explanations, the most certain first."""


def explain(slip: Slip) -> Diagnostic:
    """The finding for a slip: the first hand-written explanation that fits, or what was expected there."""
    for explanation in SLIPS:
        if found := explanation(slip):
            return found
    code = "TD085" if slip.at_line_end else "TD020"
    words = slip.line if slip.at_line_end else slip.found
    lists = {f"wanted_{language}": expected(slip.wanted, slip.dialect, language) for language in ("vi", "en")}
    return slip.finding(code, words=words, **lists)
