"""Rule files the tests of data share."""

from thangdiem.dsl.diagnostic import has_errors
from thangdiem.dsl.parser import parse
from thangdiem.dsl.resolver import resolve
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.source import source_of

FORMS = """Quyết định 1/QĐ-UBND

Thang điểm tỉnh "Cấp tỉnh": 100 điểm
  Áp dụng cho: "sở, ban, ngành", "ngành dọc"
  Số liệu [Số hồ sơ]: số nguyên, từ 0 trở lên, "hồ sơ"
  Số liệu [Chi phí]: số, 2 chữ số thập phân
  Số liệu [Tỷ lệ số hóa]: phần trăm, từ 0% đến 100%
  Số liệu [Có cổng]: có/không
  Số liệu [Ngày gửi]: ngày
  Số liệu [Loại hình]: một trong "A", "B"
  Số liệu [Tên miền]: văn bản
  Chỉ số 1 "Nhóm một": 60 điểm
    Chỉ số thành phần 1.1 "Chỉ đạo": 10 điểm
      Chọn một:
        - Trưởng ban là Chủ tịch: 10 điểm
        - Chưa có: 0 điểm
    Chỉ số thành phần 1.2 "Hồ sơ": 20 điểm
      Điểm = [Số hồ sơ] * 1 điểm, không quá 20 điểm
    Chỉ số thành phần 1.4 "Tập huấn": 30 điểm
      Cộng các ý đạt:
        a) Lãnh đạo: 20 điểm
        b) Công chức: 10 điểm
  Chỉ số 2 "Sáng kiến": 40 điểm
  Điểm thưởng "Giải thưởng": không quá 5 điểm
    Chấm trực tiếp
  Xếp hạng theo tổng điểm, quyết định của Chủ tịch; trong mỗi khối
"""

LAYERED = """Quyết định 2/QĐ-UBND

Thang điểm tỉnh "Cấp tỉnh": 10 điểm
  Lớp điểm: tự chấm, thẩm định; {rule}
  Chỉ số 1 "Một": 10 điểm
"""

TWO_SCALES = """Quyết định 3/QĐ-UBND

Thang điểm tỉnh "Cấp tỉnh": 10 điểm
  Áp dụng cho: "sở"
  Chỉ số 1 "Một": 10 điểm

Thang điểm huyện "Cấp huyện": 20 điểm
  Áp dụng cho: "huyện"
  Chỉ số 1 "Một": 10 điểm
  Chỉ số 2 "Hai": 10 điểm
"""


def book(text: str) -> Rulebook:
    """The rulebook of a text that must be right."""
    syntax, slips = parse(source_of(text))
    assert syntax is not None
    found, wrong = resolve(syntax)
    assert not has_errors((*slips, *wrong)), [(each.code, each.arguments) for each in (*slips, *wrong)]
    assert found is not None
    return found
