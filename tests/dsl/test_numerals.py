import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thangdiem.dsl.numerals import (
    NumeralError,
    plain_decimal,
    read_date,
    read_number,
    read_percent,
    write_approximate,
    write_date,
    write_number,
    write_percent,
    write_plain,
)

DIALECTS = st.sampled_from(["vi", "en"])
LITERALS = st.builds(
    lambda whole, fraction, places: Fraction(whole) + Fraction(fraction % 10**places, 10**places),
    st.integers(0, 10**15 - 1),
    st.integers(0, 10**6 - 1),
    st.integers(0, 6),
)


def fault(read, text, dialect):
    with pytest.raises(NumeralError) as caught:
        read(text, dialect)
    return caught.value.kind, *caught.value.readings


@pytest.mark.parametrize(
    ("dialect", "text", "value"),
    [
        ("vi", "5", 5),
        ("vi", "05", 5),
        ("vi", "0", 0),
        ("vi", "2022", 2022),
        ("vi", "12,5", Fraction(25, 2)),
        ("vi", "1.000", 1000),
        ("vi", "1.250", 1250),
        ("vi", "1.234,5", Fraction(2469, 2)),
        ("vi", "1234,5", Fraction(2469, 2)),
        ("vi", "1,250", Fraction(5, 4)),
        ("vi", "1234,000", 1234),
        ("vi", "999999999999999", 10**15 - 1),
        ("vi", "0,000", 0),
        ("vi", "-12,5", Fraction(-25, 2)),
        ("vi", "−3", -3),
        ("vi", "999999999999999,999999", Fraction(10**21 - 1, 10**6)),
        ("en", "12.5", Fraction(25, 2)),
        ("en", "1,000", 1000),
        ("en", "1,234,567.125", Fraction(9876537, 8)),
        ("en", "1.250", Fraction(5, 4)),
    ],
)
def test_each_dialect_reads_its_own_form(dialect, text, value):
    assert read_number(text, dialect) == value
    assert type(read_number(text, dialect)) is Fraction


@pytest.mark.parametrize(
    ("dialect", "text", "expected"),
    [
        ("vi", "12.5", ("other-dialect", "12,5")),
        ("vi", "0.125", ("other-dialect", "0,125")),
        ("vi", "1234.567", ("other-dialect", "1.234,567")),
        ("vi", "1,234.5", ("other-dialect", "1.234,5")),
        ("vi", "1,234,567", ("other-dialect", "1.234.567")),
        ("vi", "-12.5", ("other-dialect", "-12,5")),
        ("en", "12,5", ("other-dialect", "12.5")),
        ("en", "1.234,5", ("other-dialect", "1,234.5")),
        ("vi", "1,000", ("ambiguous", "1.000", "1")),
        ("vi", "120,000", ("ambiguous", "120.000", "120")),
        ("en", "1.000", ("ambiguous", "1,000", "1")),
        ("vi", "1.00", ("bad-grouping", "1", "100")),
        ("vi", "12.3456", ("bad-grouping", "12,3456", "123.456")),
        ("vi", "1.0000", ("bad-grouping", "1", "10.000")),
        ("vi", "1.00.000", ("bad-grouping",)),
        ("en", "12,34,567", ("bad-grouping",)),
        ("vi", "1234567890123456", ("too-long",)),
        ("vi", "0,1234567", ("too-long",)),
        ("vi", "9" * 100_000, ("too-long",)),
        ("vi", "1.234.567.890.123.456", ("too-long",)),
        ("vi", "1e5", ("not-a-number",)),
        ("vi", "", ("not-a-number",)),
        ("vi", "-", ("not-a-number",)),
        ("vi", "--3", ("not-a-number",)),
        ("vi", "+3", ("not-a-number",)),
        ("vi", "5,", ("not-a-number",)),
        ("vi", ",5", ("not-a-number",)),
        ("vi", "١٢", ("not-a-number",)),
        ("vi", "１２", ("not-a-number",)),
        ("vi", "²", ("not-a-number",)),
        ("vi", "1_000", ("not-a-number",)),
        ("vi", " 5", ("not-a-number",)),
        ("vi", "a" * 100_000, ("not-a-number",)),
        ("vi", "1.2" * 21 + "3", ("bad-grouping",)),
        ("vi", "1.2" * 21 + "34", ("too-long",)),
        ("vi", "0123456789.," * 6, ("too-long",)),
        ("vi", "123.00", ("bad-grouping", "123", "12.300")),
        ("vi", "120.00", ("bad-grouping", "120", "12.000")),
        ("vi", "1234.00", ("other-dialect", "1.234")),
        ("vi", "1.10", ("other-dialect", "1,1")),
        ("vi", "12.0", ("other-dialect", "12")),
    ],
)
def test_what_is_no_numeral_of_the_dialect_is_refused_with_its_readings(dialect, text, expected):
    assert fault(read_number, text, dialect) == expected


@given(LITERALS, DIALECTS, st.booleans(), st.sampled_from([1, -1]))
def test_a_written_number_reads_back_as_itself(value, dialect, grouping, sign):
    assert read_number(write_number(sign * value, dialect, grouping), dialect) == sign * value


@given(LITERALS, DIALECTS)
def test_only_three_digits_after_one_separator_mean_another_number_in_the_other_dialect(value, dialect):
    written = write_number(value, dialect)
    other = {"vi": "en", "en": "vi"}[dialect]
    try:
        read = read_number(written, other)
    except NumeralError as error:
        refused = error
    else:
        assert read == value or re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", written)
        return
    assert refused.kind in ("other-dialect", "ambiguous", "bad-grouping")
    assert write_number(value, other) in refused.readings


@given(st.text("0123456789.,-−", max_size=24), DIALECTS)
def test_every_suggestion_is_itself_readable(text, dialect):
    try:
        read_number(text, dialect)
    except NumeralError as error:
        for reading in error.readings:
            read_number(reading, dialect)


@pytest.mark.parametrize(
    ("value", "dialect", "written"),
    [
        (Fraction(0), "vi", "0"),
        (Fraction(999), "vi", "999"),
        (Fraction(1000), "vi", "1.000"),
        (Fraction(-1234567), "vi", "-1.234.567"),
        (Fraction(12345, 10), "vi", "1.234,5"),
        (Fraction(12345, 10), "en", "1,234.5"),
        (Fraction(-1, 8), "vi", "-0,125"),
        (Fraction(1, 3), "vi", "1/3"),
        (Fraction(-2000, 3), "vi", "-2000/3"),
        (Fraction(1, 10**30), "en", "0." + "0" * 29 + "1"),
        (Fraction(1, 10**31), "en", "1/1" + "0" * 31),
    ],
)
def test_numbers_are_written_exactly(value, dialect, written):
    assert write_number(value, dialect) == written


def test_thousands_are_left_ungrouped_on_request():
    assert write_number(Fraction(12345, 10), "vi", grouping=False) == "1234,5"


@pytest.mark.parametrize(
    ("text", "dialect", "value"),
    [
        ("80%", "vi", Fraction(4, 5)),
        ("12,5 %", "vi", Fraction(1, 8)),
        ("12.5%", "en", Fraction(1, 8)),
        ("-3%", "vi", Fraction(-3, 100)),
        ("0%", "vi", 0),
    ],
)
def test_a_percentage_is_the_ratio_it_stands_for(text, dialect, value):
    assert read_percent(text, dialect) == value


def test_faults_of_percentages_suggest_percentages():
    assert fault(read_percent, "12.5%", "vi") == ("other-dialect", "12,5%")
    assert fault(read_percent, "80", "vi") == ("not-a-percent",)
    assert fault(read_percent, "%", "vi") == ("not-a-number",)


@given(st.integers(0, 10**9).map(lambda number: Fraction(number, 10**6)), DIALECTS)
def test_a_written_percentage_reads_back_as_itself(value, dialect):
    assert read_percent(write_percent(value, dialect), dialect) == value


def test_a_percentage_is_grouped_as_any_number():
    assert write_percent(Fraction(25), "vi") == "2.500%"
    assert write_percent(Fraction(25), "vi", grouping=False) == "2500%"


def test_a_ratio_without_decimal_form_is_written_as_a_quotient_not_as_a_percentage():
    assert write_percent(Fraction(1, 3), "vi") == "1/3"


def test_an_approximation_rounds_half_up_and_drops_zeros():
    assert write_approximate(Fraction(2, 3), "vi") == "0,666667"
    assert write_approximate(Fraction(2, 3), "en", 2) == "0.67"
    assert write_approximate(Fraction(5, 2), "vi", 0) == "3"
    assert write_approximate(Fraction(5000, 2), "vi", 4) == "2.500"


@pytest.mark.parametrize(
    ("value", "plain"),
    [(Fraction(196), "196"), (Fraction(4, 5), "0.8"), (Fraction(-25, 2), "-12.5"), (Fraction(1, 3), None)],
)
def test_the_machine_form_is_a_plain_decimal(value, plain):
    assert plain_decimal(value) == plain


@given(st.fractions())
def test_the_machine_form_reads_back_as_itself(value):
    assert Fraction(write_plain(value)) == value


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("23/11/2022", "vi"),
        ("23-11-2022", "vi"),
        ("ngày 23 tháng 11 năm 2022", "vi"),
        ("Ngày  23 tháng\u00a011 năm 2022", "vi"),
        ("ngày 23" + " " * 40 + "tháng 11 năm 2022", "vi"),
        ("nga\u0300y 23 tha\u0301ng 11 na\u0306m 2022", "vi"),
        ("2022-11-23", "en"),
    ],
)
def test_the_forms_of_a_date(text, dialect):
    assert read_date(text, dialect) == date(2022, 11, 23)


def test_zeros_before_a_day_or_month_do_not_matter():
    spellings = ["3/4/2022", "03/04/2022", "ngày 3 tháng 4 năm 2022", "ngày 03 tháng 04 năm 2022"]
    assert {read_date(text, "vi") for text in spellings} == {date(2022, 4, 3)}
    assert read_date("2022-4-3", "en") == date(2022, 4, 3)


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("2022-11-23", "vi", ("other-dialect", "23/11/2022")),
        ("2022-04-03", "vi", ("other-dialect", "03/04/2022")),
        ("23/11/2022", "en", ("other-dialect", "2022-11-23")),
        ("ngày 3 tháng 4 năm 2022", "en", ("other-dialect", "2022-04-03")),
        ("03/04/2022", "en", ("ambiguous", "2022-04-03", "2022-03-04")),
        ("04/04/2022", "en", ("other-dialect", "2022-04-04")),
        ("11/23/2022", "vi", ("no-such-day", "23/11/2022")),
        ("31/02/2022", "vi", ("no-such-day",)),
        ("29/02/2023", "vi", ("no-such-day",)),
        ("00/01/2023", "vi", ("no-such-day",)),
        ("23/11/22", "vi", ("not-a-date",)),
        ("23/11-2022", "vi", ("not-a-date",)),
        ("hôm nay", "vi", ("not-a-date",)),
        ("ngày 23" + " " * 41 + "tháng 11 năm 2022", "vi", ("not-a-date",)),
        ("1" * 100_000, "vi", ("not-a-date",)),
    ],
)
def test_what_is_no_date_of_the_dialect_is_refused_with_its_readings(text, dialect, expected):
    assert fault(read_date, text, dialect) == expected


@given(st.dates(), DIALECTS)
def test_a_written_date_reads_back_as_itself(day, dialect):
    assert read_date(write_date(day, dialect), dialect) == day
