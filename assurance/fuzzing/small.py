"""A rule file with every kind of data and method, and units for it: small, so that many inputs can be tried on it."""

from __future__ import annotations

from functools import cache

from thangdiem.dsl.choosing import Choice, choice
from thangdiem.dsl.library import rules_of
from thangdiem.dsl.rule_files import RuleFile

RULES = """\
Quyết định 7/QĐ-UBND
  Hiệu lực: từ 01/02/2022
  Áp dụng: kỳ đánh giá từ năm 2022

Thang điểm phòng "Đánh giá phòng": 40 điểm
  Chỉ số không áp dụng: giữ nguyên điểm tối đa
  Chỉ số 1 "Hồ sơ": 20 điểm
    Chỉ số thành phần 1.1 "Đúng hạn": 10 điểm
      Không áp dụng khi [Số hồ sơ] = 0
      Tỷ lệ = a/b
        a = [Số hồ sơ đúng hạn]
        b = [Số hồ sơ]
      Điểm = Tỷ lệ * Điểm tối đa, không quá điểm tối đa
    Chỉ số thành phần 1.2 "Mức": 10 điểm
      Theo [Tỷ lệ hài lòng]:
        - từ 90% trở lên: 10 điểm
        - từ 50% đến dưới 90%: 5 điểm
        - còn lại: 0 điểm
  Chỉ số 2 "Họp": 10 điểm
    Chọn một:
      - Trưởng phòng chủ trì: 10 điểm
      - Chưa họp: 0 điểm
  Chỉ số 3 "Ý": 10 điểm
    Cộng các ý đạt:
      a) Có kế hoạch: 6 điểm
      b) Có báo cáo: 4 điểm

  Xếp hạng theo tổng điểm; trong mỗi khối

  Xếp loại
    Loại tốt: có tổng số điểm từ 30 điểm trở lên.
    Loại khá: có tổng số điểm dưới 30 điểm.

Thang điểm xã "Đánh giá xã": 10 điểm
  Số liệu [Ngày nộp]: ngày
  Chỉ số 1 "Nộp": 4 điểm
    Theo [Ngày nộp]:
      - trước 01/07/2022: 4 điểm
      - còn lại: 0 điểm
  Chỉ số 2 "Khác": 6 điểm
    Chấm trực tiếp
"""
DATA = """\
Đơn vị;Loại đơn vị;[Số hồ sơ];[Số hồ sơ đúng hạn];[Tỷ lệ hài lòng];2;3.a;3.b;[Ngày nộp]
Phòng A;phòng;120;60;90%;Chưa họp;đạt;không đạt;
Phòng B;phòng;0;0;0,5;Trưởng phòng chủ trì;đạt;;
Phòng C;phòng;10;11;95%;;đạt;đạt;
"""


@cache
def small() -> Choice:
    """The rules, chosen as a run chooses them."""
    return choice(rules_of([RuleFile("luat.rubric", RULES.encode())]), None, 2022, None)
