"""The bytes of a dossier: verified, with or without a manifest that was made to fit what was altered."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from hashlib import sha256
from random import Random

from assurance.fuzzing.altering import altered_bytes, altered_json, altered_text, as_text, members_of
from assurance.fuzzing.laws import hold, tell
from thangdiem.dsl.rule_files import RuleFile
from thangdiem.engine.dossier import Question, compute, given_of, seal, verify
from thangdiem.engine.dossier.canonical import canonical
from thangdiem.engine.dossier.container import Refused, pack
from thangdiem.engine.dossier.members import MANIFEST

LONGEST = 100_000
_RULES = """\
Quyết định 7/QĐ-UBND
  Hiệu lực: từ 01/02/2023
  Áp dụng: kỳ đánh giá năm 2023

Thang điểm phòng "Đánh giá": 10 điểm
  Chỉ số 1 "Hồ sơ": 6 điểm
    Theo [Số hồ sơ]:
      - từ 100 trở lên: 6 điểm
      - còn lại: 0 điểm
  Chỉ số 2 "Kỷ luật": 4 điểm
    Chấm trực tiếp
  Xếp loại
    Loại tốt: có tổng số điểm từ 8 điểm trở lên.
    Loại khá: có tổng số điểm dưới 8 điểm.
"""
_DATA = "Đơn vị;[Số hồ sơ];2\nPhòng A;120;4\nPhòng B;60;\n"


def seeds() -> Iterator[bytes]:
    """A dossier of two units, one of a unit that is refused, one of a draft period."""
    for question, data in ((Question(), _DATA), (Question(period=2023), _DATA.replace("60", "x"))):
        rules, units = RuleFile("phong.rubric", _RULES.encode()), RuleFile("so-lieu.csv", data.encode())
        computed, _ = compute(given_of(question, [rules], units))
        if computed is not None:
            yield seal(computed).content


def altered(data: bytes, chance: Random) -> bytes:
    """A member, the manifest, names, the order; mostly with a manifest that fits again."""
    members = members_of(data)
    if not members or chance.random() < 0.25:
        return altered_bytes(data, chance)
    name = chance.choice([*members, "manifest.json"])
    match chance.randrange(8):
        case 0:
            members.pop(name, None)
        case 1:
            members[chance.choice(_NAMES)] = members.pop(name, b"")
        case 2:
            members = dict(chance.sample(list(members.items()), len(members)))
        case _ if name.endswith(".json"):
            members[name] = altered_json(members.get(name, b"{}"), chance)
        case _:
            members[name] = _altered(members.get(name, b""), chance)
    if chance.random() < 0.7:
        _fit(members)
    try:
        return pack(members.items())
    except (Refused, UnicodeError):
        return altered_bytes(data, chance)


_NAMES = (
    "../a",
    "/a",
    "rules/CON.rubric",
    "rules/a/b",
    "data/..",
    "MANIFEST.JSON",
    "traces/00001.json",
    "a\0b",
    "data/x",
)
_altered = as_text(altered_text)


def _fit(members: dict[str, bytes]) -> None:
    """A manifest that lists the members as they are now, where there is one to do it with."""
    try:
        manifest = json.loads(members[MANIFEST])
        for each in manifest["members"]:
            content = members[each["name"]]
            each["sha256"], each["size"] = sha256(content).hexdigest(), len(content)
        members[MANIFEST] = canonical(manifest)
    except (ValueError, LookupError, TypeError, RecursionError):
        return


def attempt(data: bytes) -> None:
    """Findings or none; without any, the file is byte for byte what its members make."""
    found = verify(io.BytesIO(data))
    tell(found.findings)
    if not found.findings:
        members = members_of(data)
        hold(members is not None, "accepted, and no ZIP file")
        hold(pack((members or {}).items()) == data, "accepted, and not the only form of its members")
