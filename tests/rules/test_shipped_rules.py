"""What the shipped rule files promise: no errors, examples that hold, and sample data on every threshold."""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from thangdiem.dsl.all_versions import all_versions
from thangdiem.dsl.checker import check_bytes
from thangdiem.dsl.diagnostic import Severity
from thangdiem.dsl.library import ScaleRules, load
from thangdiem.dsl.rulebook import Rulebook, Scale
from thangdiem.dsl.version_findings import with_versions
from thangdiem.engine.binding import bind
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.examples import run_examples
from thangdiem.engine.result import Mode, Results, Status
from thangdiem.engine.tables import read_table

RULES = Path(__file__).parents[2] / "rules"
FOLDERS = sorted(path for path in RULES.iterdir() if path.is_dir())
SCHEMES = sorted((Path(__file__).parent / "schemes").glob("*.rubric"))
DECISION = RULES / "hau-giang-1949" / "1949-qd-ubnd.rubric"
ILLUSTRATION = RULES / "minh-hoa" / "minh-hoa.rubric"


@cache
def book_of(path: Path) -> Rulebook:
    book = check_bytes(path.read_bytes(), path.name).book
    assert book is not None
    return book


@cache
def sample(file: str, scale: str, mode: Mode = Mode.FINAL) -> Results:
    book = book_of(ILLUSTRATION)
    table, faults = read_table(file, (ILLUSTRATION.parent / file).read_bytes())
    assert table is not None
    units, found = bind(table, book, scale)
    assert [*faults, *found] == []
    rules = next(ScaleRules(book, each) for each in book.scales if each.id == scale)
    return evaluate_all(rules, units[scale], mode, period=2022)


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_rule_file_has_no_errors_and_its_examples_hold(path: Path) -> None:
    checked = check_bytes(path.read_bytes(), path.name)
    assert [found for found in checked.diagnostics if found.severity is Severity.ERROR] == []
    assert checked.book is not None
    reports = run_examples(checked.book)
    assert [each for report in reports for each in report.comparisons if not each.met] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_shipped_folder_has_no_errors_in_any_version_and_the_examples_of_each_hold(folder: Path) -> None:
    rules = load(folder)
    assert [found for found in with_versions(rules).diagnostics if found.severity is Severity.ERROR] == []
    books = [*rules.documents, *(book for version in all_versions(rules) for book in version.books)]
    reports = [report for book in books for report in run_examples(book)]
    assert reports
    assert [each for report in reports for each in report.comparisons if not each.met] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_shipped_folder_says_where_it_comes_from(folder: Path) -> None:
    assert "## In English" in (folder / "README.md").read_text("utf-8")
    rules = load(folder)
    assert all(each.document.source for each in (*rules.documents, *rules.amendments))


def test_the_ten_band_sentences_are_the_published_ones_character_for_character() -> None:
    article = (DECISION.parent / "nguon" / "bai-dang-2022-11-24.txt").read_text("utf-8")
    sentences = [line.strip() for line in article.splitlines() if line.startswith("Loại ")]
    assert len(sentences) == 10
    for path in (DECISION, ILLUSTRATION):
        written = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip().startswith("Loại ")]
        assert [line for line in written if "Cơ quan, đơn vị có" in line] == sentences


ARTICLE = (DECISION.parent / "nguon" / "bai-dang-2022-11-24.txt").read_text("utf-8")


@pytest.mark.parametrize("path", [DECISION, ILLUSTRATION], ids=lambda path: path.stem)
@pytest.mark.parametrize(("scale", "said"), [(0, "thang điểm đánh giá cấp tỉnh"), (1, "thang điểm đánh giá cấp huyện")])
def test_the_groups_are_the_published_ones_in_their_order(path: Path, scale: int, said: str) -> None:
    told = ARTICLE.partition(said)[2].partition("như: ")[2].partition(")")[0]
    groups = [each.strip().casefold() for each in told.replace(" và ", ", ").split(",")]
    assert [item.title.casefold() for item in book_of(path).scales[scale].items] == groups
    assert [item.code for item in book_of(path).scales[scale].items] == [str(one + 1) for one in range(len(groups))]


def test_what_the_decision_is_called_when_it_was_signed_and_whom_it_is_for_are_as_published() -> None:
    document, scales = book_of(DECISION).document, book_of(DECISION).scales
    assert f"Ngày {document.issued:%d/%m/%Y}, {document.issuer} ký ban hành" in ARTICLE
    assert f"{document.kind_word} số {document.number} ban hành {document.title}." in ARTICLE
    assert (document.in_force, document.first_period, document.last_period) == (document.issued, 2022, None)
    assert "Ngày " + document.source.rpartition(" ")[2] in ARTICLE
    told = ARTICLE.partition("công tác chuyển đổi số là các ")[2].partition(".")[0]
    assert [len(scale.audience) for scale in scales] == [2, 1]
    audience = [kind for scale in scales for kind in scale.audience]
    assert told == f"{audience[0]}; {audience[1]} và {audience[2]} thuộc tỉnh Hậu Giang"
    for scale in scales:
        assert f"{scale.title.removeprefix('Chỉ số chuyển đổi số ')}" in ARTICLE
        assert f": {scale.points.high} điểm (" in ARTICLE


def test_nothing_is_ruled_in_the_decision_that_is_not_published() -> None:
    for scale in book_of(DECISION).scales:
        (grading,) = scale.gradings
        assert (grading.rules, grading.quotas, grading.when) == ((), (), None)
        assert [each.count for each in scale.counts] == {"cấp-tỉnh": [5, 24], "cấp-huyện": [7, 33]}[scale.id]
        plain = Scale(scale.id, scale.title, scale.points)
        kept = (
            "names",
            "roundings",
            "policy",
            "layers",
            "aggregation",
            "total",
            "limits",
            "bonuses",
            "ranking",
            "data",
        )
        assert {name: getattr(scale, name) for name in kept} == {name: getattr(plain, name) for name in kept}


def test_the_decision_has_no_component_and_no_points_that_are_not_published() -> None:
    for scale in book_of(DECISION).scales:
        assert [item.points.form.value for item in scale.walk()] == ["unknown"] * len(scale.items)
        assert all(not item.children and item.method is not None for item in scale.items)


def test_the_illustration_says_so_wherever_it_is_shown() -> None:
    assert "Không phải phụ lục" in book_of(ILLUSTRATION).document.illustration
    rules = load(ILLUSTRATION.parent)
    documents = [each.document for each in (*rules.documents, *rules.amendments)]
    assert len(documents) == 5
    assert all("do người viết đặt ra" in document.illustration for document in documents)
    assert all("MINH HỌA" in document.title for document in documents)
    assert all(scale.title.startswith("MINH HỌA") for book in rules.documents for scale in book.scales)


def test_the_illustration_has_the_published_counts_and_a_basis_for_every_component() -> None:
    shape = []
    for scale in book_of(ILLUSTRATION).scales:
        counted = [item for item in scale.walk() if item.points.counted]
        components = [item for item in counted if item.kind_word == "chỉ số thành phần"]
        assert all(item.provision.citations for item in components)
        shape.append((scale.points.high, len(scale.items), len(components)))
    assert shape == [(245, 5, 24), (360, 7, 33)]


def test_departments_lie_on_each_threshold_and_a_hundredth_below() -> None:
    results = sample("so-lieu-so-nganh.csv", "cấp-tỉnh")
    found = {unit.total: unit.grade for unit in results.units if unit.total is not None}
    wanted = {
        "220": "xuất sắc", "219.99": "tốt", "196": "tốt", "195.99": "khá",
        "171": "khá", "170.99": "trung bình", "122": "trung bình", "121.99": "yếu",
    }  # fmt: skip
    assert {total: found[Fraction(total)] for total in wanted} == wanted
    assert len(results.units) == 20


def test_districts_lie_on_each_threshold_and_a_hundredth_below() -> None:
    results = sample("so-lieu-huyen.csv", "cấp-huyện")
    ranked = sorted(results.units, key=lambda unit: unit.rank or 0)
    assert [(str(float(unit.total or 0)), unit.grade) for unit in ranked] == [
        ("324.0", "xuất sắc"), ("323.99", "tốt"), ("288.0", "tốt"), ("287.99", "khá"),
        ("252.0", "khá"), ("251.99", "trung bình"), ("180.0", "trung bình"), ("179.99", "yếu"),
    ]  # fmt: skip


def test_two_departments_lack_data_and_every_gap_is_named() -> None:
    refused = {unit.unit: unit.gaps for unit in sample("so-lieu-so-nganh.csv", "cấp-tỉnh").units if unit.gaps}
    assert refused == {
        "Chi cục U (minh họa)": ("[Số tin bài]",),
        "Chi cục V (minh họa)": ("1.1", "[Mức độ hài lòng]"),
    }


def test_in_a_draft_the_two_departments_have_a_range() -> None:
    drafted = sample("so-lieu-so-nganh.csv", "cấp-tỉnh", Mode.DRAFT).by_name()
    for name, width in (("Chi cục U (minh họa)", 5), ("Chi cục V (minh họa)", 20)):
        unit = drafted[name]
        assert unit.status is Status.UNDETERMINED
        assert unit.range is not None
        low, high = unit.range
        assert low is not None
        assert high is not None
        assert high - low == width
        assert unit.grades


def test_ties_share_a_rank_and_a_tie_of_totals_is_broken_by_indicator_5() -> None:
    units = sample("so-lieu-so-nganh.csv", "cấp-tỉnh").by_name()
    assert [units[f"Sở {letter} (minh họa)"].rank for letter in "ABCD"] == [1, 2, 2, 4]
    first, second = units["Sở H (minh họa)"], units["Sở G (minh họa)"]
    assert first.total == second.total == 205
    assert (first.rank, second.rank) == (8, 9)


def test_each_condition_of_the_grades_moves_one_department() -> None:
    units = sample("so-lieu-so-nganh.csv", "cấp-tỉnh").by_name()
    moved = {name: units[f"{name} (minh họa)"].grade for name in ("Chi cục R", "Chi cục S", "Chi cục T")}
    assert moved == {"Chi cục R": "khá", "Chi cục S": "yếu", "Chi cục T": "trung bình"}


@pytest.mark.parametrize("file", ["so-lieu-so-nganh.csv", "so-lieu-huyen.csv", "so-lieu-so-nganh-2023.csv"])
def test_sample_data_are_written_as_excel_writes_them_in_vietnam_and_named_as_invented(file: str) -> None:
    data = (ILLUSTRATION.parent / file).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    assert all(row[0].endswith("(minh họa)") for row in rows[1:])


def test_the_national_index_of_ho_chi_minh_city_recomputes_to_six_decimals() -> None:
    book = load(RULES / "dti").for_period(2022).book
    (report,) = (each for each in run_examples(book) if "tính lại" in each.example.title)
    assert [each.got for each in report.comparisons][-2:] == [Fraction("716.355"), Fraction("0.716355")]


def test_the_national_index_states_as_many_components_as_each_decision_has() -> None:
    rules = load(RULES / "dti")
    counts = {book.document.number: [each.count for each in book.scales[0].counts] for book in rules.documents}
    assert counts == {"1726/QĐ-BTTTT": [108], "922/QĐ-BTTTT": [2, 98], "405/QĐ-BKHCN": [47]}


def test_all_28_published_cvss_examples_are_tested() -> None:
    book = load(RULES / "cvss-3.1").only().book
    assert len(book.examples[0].units) == 28
    assert all(len(unit.expected) == 2 for unit in book.examples[0].units)
