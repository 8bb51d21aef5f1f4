"""Dossiers for tests: made of a small rule file, taken apart, forged with a manifest that fits, signed."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from thangdiem.dsl.rule_files import RuleFile
from thangdiem.engine.dossier import Question, compute, given_of, seal
from thangdiem.engine.dossier.canonical import canonical
from thangdiem.engine.dossier.container import pack
from thangdiem.engine.dossier.members import MANIFEST

RULES = """\
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
DATA = "Đơn vị;[Số hồ sơ];2\nPhòng A;120;4\nPhòng B;60;3\n"
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
"""The private key of the first test of RFC 8032: everybody knows it."""


def pem(label: str, der: bytes) -> bytes:
    return f"-----BEGIN {label}-----\n{b64encode(der).decode()}\n-----END {label}-----\n".encode()


PRIVATE = pem("PRIVATE KEY", bytes.fromhex("302e020100300506032b657004220420") + SEED)
KEY = Ed25519PrivateKey.from_private_bytes(SEED)
PUBLIC_DIGITS = KEY.public_key().public_bytes_raw().hex()
PUBLIC = pem("PUBLIC KEY", bytes.fromhex("302a300506032b6570032100" + PUBLIC_DIGITS))


def sealed(
    rules: str = RULES, data: str = DATA, question: Question | None = None, key: Ed25519PrivateKey | None = None
) -> bytes:
    given = given_of(
        question or Question(), [RuleFile("a/phòng.rubric", rules.encode())], RuleFile("b/so-lieu.csv", data.encode())
    )
    computed, faults = compute(given)
    assert computed is not None, faults
    return seal(computed, key).content


def members(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(changed: Mapping[str, bytes]) -> bytes:
    return pack(changed.items())


def deflated(content: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in members(content).items():
            archive.writestr(name, data)
    return out.getvalue()


def forged(
    content: bytes, changed: Mapping[str, bytes], alter: Callable[[dict[str, Any]], None] = lambda _: None
) -> bytes:
    """Members replaced, and a manifest that lists them as they are now, altered besides."""
    kept = {**members(content), **changed}
    manifest = json.loads(kept[MANIFEST])
    for each in manifest["members"]:
        each["sha256"], each["size"] = sha256(kept[each["name"]]).hexdigest(), len(kept[each["name"]])
    alter(manifest)
    return repacked({**kept, MANIFEST: canonical(manifest)})


def replaced(content: bytes, name: str, old: str, new: str) -> bytes:
    """A dossier in which words of one member were replaced, and the manifest made to fit."""
    text = members(content)[name].decode()
    assert old in text
    return forged(content, {name: text.replace(old, new).encode()})
