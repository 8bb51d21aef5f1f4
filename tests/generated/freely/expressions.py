"""Expressions and conditions, drawn freely."""

from __future__ import annotations

from generated.freely.ground import DAYS, FORMS, NUMBERS, SHARES, TEXTS, TIES, Ground, written

_OF_UNITS = ("của các đơn vị", "của các đơn vị cùng khối", "của các đơn vị trực thuộc")


def number(ground: Ground, depth: int = 2) -> str:
    """An expression that comes to a number."""
    if depth == 0 or ground.in_so_many(3):
        return _plain(ground)
    forms = (_chain, _chain, _quotient, _bracket, _call, _rounded, _power, _over_items, _percentage, _over_units)
    return ground.random.choice(forms)(ground, depth - 1)


def _plain(ground: Ground) -> str:
    choices = [written(abs(ground.random.choice(NUMBERS))), f"[{ground.one_of(*FORMS['số'])}]"]
    choices += [f"[{ground.one_of(*FORMS['số'])}]", f"[{ground.one_of(*FORMS['phần trăm'])}]"]
    choices.append(f"{written(abs(ground.random.choice(NUMBERS)))} điểm")
    if ground.names:
        choices += [ground.one_of(*ground.names)] * 2
    if ground.items:
        choices += [_item(ground), _item(ground)]
    if ground.item:
        choices += ["điểm tối đa", f"{ground.one_of('50', '80')}% điểm tối đa"]
    if ground.judged:
        choices += ["điểm chấm"] * 3
    return ground.one_of(*choices)


def _item(ground: Ground) -> str:
    kind, code = ground.random.choice(ground.items)
    return f"{kind} {code}"


def _chain(ground: Ground, depth: int) -> str:
    return f"{number(ground, depth)} {ground.one_of('+', '-', '*', '×')} {number(ground, depth)}"


def _quotient(ground: Ground, depth: int) -> str:
    if ground.items and ground.in_so_many(3):
        return "{0} / điểm tối đa của {0}".format(_item(ground))
    return f"{_plain(ground)} {ground.one_of('/', '÷')} {_plain(ground)}"


def _bracket(ground: Ground, depth: int) -> str:
    return f"{ground.one_of('-', '')}({number(ground, depth)})"


def _call(ground: Ground, depth: int) -> str:
    inner = number(ground, depth)
    return ground.one_of(
        f"nhỏ nhất({inner}; {_plain(ground)})",
        f"lớn nhất({inner}; {_plain(ground)}; 0)",
        f"trị tuyệt đối({inner})",
        f"căn({inner}; {ground.one_of('2', '3')})",
        f"{ground.one_of('ln', 'lg', 'exp')}({_plain(ground)})",
    )


def _rounded(ground: Ground, depth: int) -> str:
    to = ground.one_of("0", "1", "2", "-1", "bội của 0,5", "bội của 5")
    return f"làm tròn({number(ground, depth)}; {to}; {ground.one_of(*TIES)})"


def _power(ground: Ground, depth: int) -> str:
    return f"({number(ground, depth)})^{ground.one_of('2', '3', '-1', '0,5', '0', '1,5')}"


def _over_items(ground: Ground, depth: int) -> str:
    if not ground.parents:
        return _plain(ground)
    return gathered_items(ground, *ground.random.choice(ground.parents))


def gathered_items(ground: Ground, kind: str, code: str, children: str) -> str:
    """A value over the items below another."""
    of = f" của {kind} {code}"
    if ground.in_so_many(3):
        return f"tổng {ground.one_of('các điểm âm', 'các điểm dương')}{of}"
    return f"{ground.one_of('tổng', 'trung bình', 'cao nhất', 'thấp nhất')} các {children}{of}"


def _percentage(ground: Ground, depth: int) -> str:
    return f"{written(ground.random.choice(SHARES) * 100)}% * {_plain(ground)}"


def _over_units(ground: Ground, depth: int) -> str:
    if not ground.units:
        return _plain(ground)
    skipped = ground.one_of("", " không kể đơn vị thiếu số liệu")
    if ground.in_so_many(4):
        grade = ground.one_of("tốt", "khá", "yếu")
        better = ground.one_of("", " trở lên")
        counted = ground.one_of("tỷ lệ", "số")
        return f"{counted} các đơn vị trực thuộc xếp loại {grade}{better}"
    what = f"[{ground.one_of(*FORMS['số'])}]"
    if ground.in_so_many(3):
        what = f"({what} + [{ground.one_of(*FORMS['phần trăm'])}])"
    form = ground.one_of("cao nhất", "thấp nhất", "trung bình", "tổng", "hạng theo")
    return f"{form} {what} {ground.random.choice(_OF_UNITS)}{skipped}"


# --- ranges and conditions


def edge(ground: Ground) -> str:
    """A number a value is compared with."""
    if ground.in_so_many(5):
        return _plain(ground)
    return written(ground.random.choice(NUMBERS))


def range_of_numbers(ground: Ground, bare: bool = False, many: bool = True) -> str:
    """A range; a bare value, or a list of values, where one may stand."""
    low, high = edge(ground), edge(ground)
    forms = [
        f"từ {low} trở lên", f"trên {low}", f"từ {low} trở xuống", f"dưới {low}", f"từ {low} đến dưới {high}",
        f"từ {low} đến {high}", f"trên {low} đến {high}", f"trên {low} đến dưới {high}", f"đến hết {low}", f"≥ {low}",
        f"> {low}", f"≤ {low}", f"< {low}", f"= {low}", f"khác {low}",
    ]  # fmt: skip
    return ground.one_of(*forms, *([low] * 3 if bare else ()), *([f"một trong ({low}; {high})"] if many else ()))


def range_of_days(ground: Ground) -> str:
    """A range of days."""
    day = ground.one_of(
        "31/05 năm đánh giá", "29/02 năm đánh giá", "31/01 năm sau năm đánh giá", "01/12 năm trước năm đánh giá",
        ground.random.choice(DAYS).strftime("%d/%m/%Y"),
    )  # fmt: skip
    return ground.one_of(f"đến hết {day}", f"sau {day}", f"trước {day}", f"từ {day} trở lên", f"= {day}")


def range_of_texts(ground: Ground, bare: bool = False) -> str:
    """Which texts."""
    one, other = ground.random.choice(TEXTS), ground.random.choice(TEXTS)
    if bare:
        return ground.one_of(f'"{one}"', f'"{one}", "{other}"', f'"{one}" hoặc "{other}"')
    return ground.one_of(f'= "{one}"', f'khác "{one}"', f'một trong ("{one}"; "{other}")')


def condition(ground: Ground, depth: int = 2) -> str:
    """A condition."""
    if depth > 0 and not ground.in_so_many(3):
        one, other = condition(ground, depth - 1), condition(ground, depth - 1)
        return ground.one_of(f"({one} và {other})", f"({one} hoặc {other})", f"không phải ({one})", one)
    forms = (_of_number, _of_number, _of_yes_no, _of_text, _of_day, _of_items, _of_presence, _of_ratio)
    return ground.random.choice(forms)(ground)


def _of_number(ground: Ground) -> str:
    return f"{number(ground, 1)} {range_of_numbers(ground)}"


def _of_ratio(ground: Ground) -> str:
    return f"[{ground.one_of(*FORMS['phần trăm'])}] từ {ground.one_of('20', '50', '80')}% trở lên"


def _of_yes_no(ground: Ground) -> str:
    name = ground.one_of(*FORMS["có/không"])
    return ground.one_of(f"[{name}] = có", f"[{name}] = không", f"[{name}]")


def _of_text(ground: Ground) -> str:
    return f"[{ground.one_of(*FORMS['văn bản'])}] {range_of_texts(ground)}"


def _of_day(ground: Ground) -> str:
    return f"[{ground.one_of(*FORMS['ngày'])}] {range_of_days(ground)}"


def _of_presence(ground: Ground) -> str:
    return f"có số liệu [{ground.one_of('x', 'c', 't', 'n')}]"


def _of_items(ground: Ground) -> str:
    if not ground.parents:
        return _of_number(ground)
    above, code, kind = ground.random.choice(ground.parents)
    of = f" của {above} {code}"
    share = f"{ground.one_of('từ', 'trên')} 50% điểm tối đa"
    within = ground.one_of(
        range_of_numbers(ground, many=False), f"{share} trở lên" if share.startswith("từ") else share
    )
    return ground.one_of(
        f"có {kind}{of} {within}",
        f"mọi {kind}{of} {within}",
        f"số {kind}{of} {within} từ {ground.one_of('1', '2')} trở lên",
        f"{_item(ground)} dưới 50% điểm tối đa",
    )
