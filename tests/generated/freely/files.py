"""Whole rule files and their units, drawn freely: any construct where it may stand, be the checks content or not."""

from __future__ import annotations

from random import Random

from attrs import evolve, field, frozen

from generated.data import PERIOD
from generated.freely.expressions import condition, gathered_items, number, range_of_numbers
from generated.freely.ground import FORMS, NUMBERS, TEXTS, Ground, gap, value
from generated.freely.methods import POLICIES, block, clauses, formula, guarded_limits, limit, method, rounding_form

Row = dict[str, object]


@frozen
class Drawn:
    """A rule file, the units of its first scale and those subordinate to them, of its second."""

    text: str
    units: tuple[Row, ...]
    others: tuple[Row, ...] = ()
    period: int | None = field(default=PERIOD)


def drawn(random: Random) -> Drawn:
    """A rule file and its units."""
    ground = Ground(random, units=random.random() < 0.4)
    columns: dict[str, tuple[object, ...]] = {}
    layered = ground.in_so_many(8)
    lines = [*_scale(ground, layered), *_items(ground, columns), *_end(ground)]
    text = "\n".join(['Bộ tiêu chí "Vẽ tự do"', "", *lines, *(_SECOND if ground.units else ())]) + "\n"
    names = [f"Đơn vị {letter}" for letter in "ABCD"[: random.randint(1, 4)]]
    units = _units(names, columns, layered, ground)
    others = tuple(_other(f"Xã {place}", names, random) for place in range(random.randint(0, 3)))
    return Drawn(text, units, others if ground.units else (), None if ground.in_so_many(20) else PERIOD)


_SECOND = (
    "", 'Thang điểm b "Cấp dưới": 10 điểm', '  Chỉ số 1 "Một": 10 điểm', "  Xếp loại", "    Loại tốt: từ 8 trở lên",
    "    Loại khá: từ 5 đến dưới 8", "    Loại yếu: còn lại",
)  # fmt: skip


# --- the scale


def _scale(ground: Ground, layered: bool) -> list[str]:
    points = ground.one_of(
        "không giới hạn điểm", "không giới hạn điểm", "100 điểm", "20 điểm", "từ -20 đến 50 điểm", "từ 0 điểm trở lên",
        "giá trị từ 0 đến 100", "giá trị", "không có tổng điểm",
    )  # fmt: skip
    head = ground.one_of("", "", f", {limit(ground)}")
    lines = [f'Thang điểm a "Thang": {points}{head}']
    policy = ground.one_of(*POLICIES, "loại khỏi điểm tối đa, quy đổi về thang 20 điểm")
    every = (
        f"Chỉ số không áp dụng: {policy}",
        f"Làm tròn: {'; '.join(_roundings(ground))}",
        f"Tổng hợp: {_aggregation(ground)}",
        ground.one_of("Càng cao càng tốt", "Càng thấp càng tốt", 'Áp dụng cho: "sở"'),
    )
    lines += [line for line in every if ground.in_so_many(2)]
    if layered:
        rule = ground.one_of("lấy lớp cuối cùng có điểm", "bắt buộc có thẩm định")
        lines.append(f"Lớp điểm: tự chấm, thẩm định; {rule}")
    numeric = ("số", "phần trăm")  # of what is only asked for nobody can tell the type
    lines += [
        _declaration(form, name, ground)
        for form in FORMS
        for name in FORMS[form]
        if form not in numeric or not ground.in_so_many(3)
    ]
    return lines + _names(ground)


def _roundings(ground: Ground) -> list[str]:
    steps = ("số liệu", "tỷ lệ", "điểm chỉ số", "điểm nhóm", "điểm chỉ số thành phần", "tổng điểm")
    chosen = ground.random.sample(steps, ground.random.randint(1, 3))
    return [f"{step} {rounding_form(ground)}" for step in chosen]


def _aggregation(ground: Ground) -> str:
    form = ground.one_of(
        "cộng", "trung bình", "trung bình có hệ số", "thấp nhất", "cao nhất",
        "trung bình nhân, làm tròn đến 2 chữ số thập phân, nửa lên",
    )  # fmt: skip
    return form if "," in form or ground.in_so_many(2) else f"{form}, làm tròn {rounding_form(ground)}"


def _declaration(form: str, name: str, ground: Ground) -> str:
    said = form
    if form == "số":
        said = ground.one_of("số", "số, từ -5 đến 10", "số nguyên", "số, 2 chữ số thập phân", 'số, "hồ sơ"')
    if form == "phần trăm":
        said = ground.one_of("phần trăm", "phần trăm, từ 0% đến 80%", "phần trăm, 0 chữ số thập phân")
    if form == "văn bản":
        said = ground.one_of("văn bản", "một trong " + ", ".join(f'"{text}"' for text in TEXTS), 'một trong "A", "B"')
    return f"Số liệu [{name}]: {said}"


def _names(ground: Ground) -> list[str]:
    lines = []
    for name in ("mức chung", "tỷ lệ chung")[: ground.random.choice((0, 1, 2))]:
        rows = block(ground)
        lines += [f"Đặt {name} {rows[0]}", *rows[1:]] if ground.in_so_many(2) else [f"Đặt {name} = {formula(ground)}"]
        ground.names.append(name)
    return lines


# --- items


def _items(ground: Ground, columns: dict[str, tuple[object, ...]]) -> list[str]:
    lines = []
    for place in range(1, ground.random.randint(1, 3) + 1):
        if ground.in_so_many(2):
            lines += _leaf(ground, ground.one_of("chỉ số", "tiêu chí"), str(place), columns)
        else:
            lines += _group(ground, str(place), columns)
        lines += _bonus(ground, columns, place) if ground.in_so_many(3) else []
    return lines


def _head(ground: Ground, kind: str, code: str, children: bool = False) -> str:
    points = ground.one_of(
        "10 điểm", "10 điểm", "10 điểm", "20 điểm", "từ -5 đến 20 điểm", "không giới hạn điểm", "không giới hạn điểm",
        "không tính điểm", "từ -10 điểm trở lên", "chưa rõ điểm" if not children else "30 điểm",
    )  # fmt: skip
    weight = ground.one_of("", "", "", ", hệ số 2", ", hệ số 0,5")
    limits = f", {limit(ground)}" if ground.in_so_many(5) else ""
    return f'{kind.capitalize()} {code} "Mục {code}": {points}{weight}{limits}'


def _leaf(ground: Ground, kind: str, code: str, columns: dict[str, tuple[object, ...]]) -> list[str]:
    inner = evolve(ground, names=list(ground.names), item=True)
    lines = [_head(inner, kind, code)]
    if inner.in_so_many(3):
        lines.append(f"tên riêng = {formula(inner)}")
        inner.names.append("tên riêng")
    found = method(inner)
    if found.column:
        columns[code] = found.column
    lines += [*found.lines, *clauses(inner)]
    ground.items.append((kind, code))
    return lines


def _group(ground: Ground, code: str, columns: dict[str, tuple[object, ...]]) -> list[str]:
    kind = ground.one_of("nhóm", "chỉ số")
    inner = evolve(ground, names=list(ground.names), item=True)
    lines = [_head(inner, kind, code, children=True)]
    if ground.in_so_many(2):
        lines.append(f"Tổng hợp: {_aggregation(ground)}")
    lines += clauses(inner)
    children: list[str] = []
    below = "chỉ số thành phần" if kind == "chỉ số" else "chỉ số"
    for place in range(1, ground.random.randint(1, 3) + 1):
        children += _leaf(ground, below, f"{code}.{place}", columns)
    if ground.in_so_many(6):
        whole = evolve(ground, item=True)
        lines.append(f"Tổng = {ground.one_of(gathered_items(whole, kind, code, below), formula(whole))}")
    ground.items.append((kind, code))
    if any("không tính điểm" not in line for line in children if ' "Mục ' in line):
        ground.parents.append((kind, code, below))
    return lines + children


def _bonus(ground: Ground, columns: dict[str, tuple[object, ...]], place: int) -> list[str]:
    word = ground.one_of("Điểm thưởng", "Điểm trừ")
    kind, code = ground.random.choice(ground.items)
    whose = f" của {kind} {code}" if ground.in_so_many(2) else ""
    form = ground.one_of("", f": {limit(ground)}", ": 2 điểm", ": không giới hạn điểm", ": từ 0 đến 5 điểm")
    title = f"Khoản {place}"
    inner = evolve(ground, items=[], parents=[])
    found = method(inner)
    if found.column:
        columns[title] = found.column
    extra = [_line for _line in (f"Thiếu số liệu: {ground.one_of('0 điểm', '1 điểm')}",) if ground.in_so_many(4)]
    extra += [limit(inner).capitalize()] if ground.in_so_many(4) else []
    return [f'{word} "{title}"{whose}{form}', *found.lines, *extra]


# --- the end of the scale


def _end(ground: Ground) -> list[str]:
    lines = []
    if ground.in_so_many(2) and not ground.in_so_many(5):
        lines += _grades(ground)
    if ground.in_so_many(2):
        lines.append(_ranking(ground))
    lines += _of_scale(ground) if lines else []
    return lines


def _of_scale(ground: Ground) -> list[str]:
    """Behind grades and ranking the scale is meant again."""
    lines = []
    if ground.in_so_many(5):
        rows = block(ground)
        lines += ground.random.choice(
            (
                [f"Tổng = {formula(ground)}"],
                [f"Tổng {rows[0]}", *rows[1:]],
                [f"Khi {condition(ground, 1)}, tổng = {formula(ground)}", f"Còn lại, tổng {rows[0]}", *rows[1:]],
            )
        )
    if ground.in_so_many(4):
        lines.append(limit(ground).capitalize())
    if ground.in_so_many(6):
        lines += guarded_limits(ground)
    if ground.in_so_many(6):
        before = f"không dưới 1 khi tổng điểm trước điểm thưởng {range_of_numbers(ground)}"
        lines.append(before.capitalize())
    return lines


def _grades(ground: Ground) -> list[str]:
    if ground.in_so_many(5):
        first, second = _grade_block(ground), _grade_block(ground)
        last = ground.one_of("Còn lại", "Còn lại", f"Khi {condition(ground, 1)}")
        lines = [f"Khi {condition(ground, 1)}, {first[0]}", *first[1:]]
        return [*lines, f"{last}, {second[0]}", *second[1:]]
    found = _grade_block(ground)
    return [found[0].capitalize(), *found[1:]]


def _grade_block(ground: Ground) -> list[str]:
    by = ground.one_of("", "", "", " theo tỷ lệ điểm", f" theo {number(ground, 1)}")
    better = ground.one_of("", "", ", càng thấp càng tốt")
    lines = [f"xếp loại{by}{better}"]
    names = ["tốt", "khá", "yếu"]
    lines += [f"Loại {name}{_band(ground, by)}" for name in names[:2]]
    lines.append("Loại yếu: còn lại" if not ground.in_so_many(5) else f"Loại yếu{_band(ground, by)}")
    if ground.in_so_many(6):
        lines.insert(1, "Loại đặc biệt: chỉ theo điều kiện riêng")
        names.insert(0, "đặc biệt")
    heads = ("Xếp ít nhất loại", "Không xếp quá loại", "Không xếp loại", "Xếp loại")
    for _ in range(ground.random.choice((0, 0, 1, 2, 3))):
        reason = condition(ground, 1) if not ground.in_so_many(3) else f"tổng điểm {range_of_numbers(ground)}"
        lines.append(f"{ground.one_of(*heads)} {ground.one_of(*names)} khi {reason}")
    if ground.in_so_many(3):  # of two that pull apart the later one wins
        when = f"tổng điểm {ground.one_of('từ -100 trở lên', range_of_numbers(ground))}"
        lines += [f"Xếp ít nhất loại tốt khi {when}", f"Không xếp quá loại khá khi {when}"]
    if ground.in_so_many(2):
        lines.append(_quota(ground))
    return lines


def _band(ground: Ground, by: str) -> str:
    found = range_of_numbers(ground, many=False)
    if by == " theo tỷ lệ điểm":
        low = ground.one_of("20", "50", "80")
        found = ground.one_of(f"từ {low}% trở lên", f"trên {low}%", f"dưới {low}%", f"từ {low}% đến 90%")
    return ground.one_of(
        f": {found}",
        f": {found}",
        f": Cơ quan, đơn vị có tổng số điểm {found}.",
        f": {found} và {condition(ground, 1)}",
        f" khi {condition(ground, 1)}",
        f" khi đạt tất cả:\na) {condition(ground, 1)}\nb) tổng điểm {range_of_numbers(ground)}",
    )


def _quota(ground: Ground) -> str:
    among = ground.one_of("", " xếp loại khá trở lên", " xếp loại yếu trở lên")
    each = ground.one_of("", " trong mỗi khối")
    rounded = ground.one_of("xuống", "lên", "nửa lên")
    ties = ground.one_of("không đạt", "đạt")
    return (
        f"Loại tốt không quá {ground.one_of('0', '20', '50', '75')}% số đơn vị{among}{each}, làm tròn {rounded}, "
        f"đồng hạng ở ranh giới thì cùng {ties}; số còn lại xếp loại {ground.one_of('khá', 'yếu')}"
    )


def _ranking(ground: Ground) -> str:
    keys = [ground.one_of("tổng điểm", "tổng điểm", number(ground, 1))]
    for way in ground.random.sample(("", " tăng dần", " giảm dần"), ground.random.choice((0, 1, 2))):
        keys += [f"{number(ground, 1)}{way}"]
    if ground.in_so_many(3):
        keys.append("quyết định của Chủ tịch")
    return f"Xếp hạng theo {', '.join(keys)}{ground.one_of('', '; trong mỗi khối')}"


# --- units


def _units(names: list[str], columns: dict[str, tuple[object, ...]], layered: bool, ground: Ground) -> tuple[Row, ...]:
    """Often some of them give the same, so that they tie where places are few."""
    units = [_unit(name, columns, layered, ground) for name in names]
    for place in range(1, len(units)):
        if ground.in_so_many(3):
            units[place] = {**units[place - 1], "Đơn vị": names[place]}
    return tuple(units)


def _unit(name: str, columns: dict[str, tuple[object, ...]], layered: bool, ground: Ground) -> Row:
    random = ground.random
    row: Row = {"Đơn vị": name}
    complete = random.random() < 0.6
    for form, names in FORMS.items():
        for each in names:
            missing = random.random() < (0.03 if complete else 0.2)
            row[f"[{each}]"] = gap(random) if missing else value(form, random)
    for heading, values in columns.items():
        for layer in (" (tự chấm)", " (thẩm định)") if layered else ("",):
            missing = random.random() < (0.03 if complete else 0.2)
            row[heading + layer] = gap(random) if missing else random.choice(values)
    row["Khối"] = random.choice(("x", "y"))
    if ground.in_so_many(2):
        row["Chủ tịch"] = random.choice((1, 2, None))
    return row


def _other(name: str, names: list[str], random: Random) -> Row:
    return {"Đơn vị": name, "Trực thuộc": random.choice(names), "1": random.choice((*NUMBERS, None))}
