"""What is said of a rule and changes no result: its basis, its words, its evidence, how it was read."""

from __future__ import annotations

from hypothesis import strategies as st

_LINES = (
    'Nguyên văn: "Chấm theo hồ sơ kiểm chứng; trường hợp đặc biệt do Hội đồng quyết định."',
    'Tài liệu kiểm chứng: "Quyết định thành lập", "Biên bản họp"',
    'Nguồn số liệu: "Cổng thông tin điện tử tỉnh"',
    'Đơn vị xác minh: "Văn phòng UBND tỉnh"',
    'Ghi chú: "kể cả họp trực tuyến"',
)


@st.composite
def provisions(draw: st.DrawFn, place: str) -> list[str]:
    """Lines below the head of an item of that code."""
    if draw(st.booleans()):
        return []
    letter, clause = draw(st.sampled_from("abcd")), draw(st.integers(1, 9))
    lines = [f"Căn cứ: điểm {letter} khoản {clause} Điều 5"]
    lines += draw(st.lists(st.sampled_from(_LINES), max_size=2, unique=True))
    if draw(st.integers(0, 4)) == 0:
        reading = f"CH{place.replace('.', '-')}"
        lines.append(f'Cách hiểu {reading}: "Hiểu theo nghĩa rộng" (15/01/2024); cách khác "Đúng từng chữ"')
    return lines
