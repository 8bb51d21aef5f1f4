"""A file in; whether it is a dossier, as it was sealed, and what computing it again comes to, out."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import IO

from attrs import frozen

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.library import RuleSetError
from thangdiem.dsl.rule_files import MOST_FILES
from thangdiem.dsl.source import LARGEST_FILE
from thangdiem.engine.dossier.comparison import differs, differs_in_size
from thangdiem.engine.dossier.container import Container, Refused, unpack
from thangdiem.engine.dossier.contents import Computed, Given, compute
from thangdiem.engine.dossier.limits import LARGEST_MANIFEST
from thangdiem.engine.dossier.manifest import Listed, Manifest, read_manifest
from thangdiem.engine.dossier.members import MANIFEST, SIGNATURE, Member, Role
from thangdiem.engine.dossier.signature import is_available, is_signed
from thangdiem.engine.dossier.versions import versions_here
from thangdiem.engine.tables.limits import MAX_BYTES

NO_DOSSIER = ("TD920", "TD921", "TD922", "TD923", "TD924")
"""The file is no dossier, or not of the form of one."""

_SPARE = 1024**2
_SIGNATURE_BYTES = 64


@frozen
class Verified:
    """What verifying came to: nothing in ``findings`` means that all is as it was sealed.

    ``signed_by`` is the key in the dossier; ``signature_checked`` whether the signature was looked at here.
    """

    findings: tuple[Diagnostic, ...]
    manifest: Manifest | None = None
    digest: str = ""
    units: int = 0
    signature_checked: bool = False


def verify(file: IO[bytes], key: str | None = None) -> Verified:
    """Reads a dossier member by member; ``key`` is the Ed25519 key (hexadecimal digits) it must be signed with."""
    try:
        container = unpack(file)
        data = _manifest(container)
        manifest = read_manifest(data)
    except Refused as refused:
        return Verified((refused.finding,))
    checked = False
    found = tuple(_integrity(container, manifest))
    if not found:
        found, checked = _signed(container, data, manifest, key)
    units = 0
    if not found:
        found, units = _computed_again(container, manifest)
    return Verified(found, manifest, sha256(data).hexdigest(), units, checked)


def _manifest(container: Container) -> bytes:
    entry = container.entries.get(MANIFEST)
    if entry is None or entry.size > LARGEST_MANIFEST:
        raise Refused("TD924", where="/")
    return container.read(MANIFEST)


def _integrity(container: Container, manifest: Manifest) -> Iterator[Diagnostic]:
    """Members that are missing, were changed, are not listed, or stand in another order."""
    names = {each.name for each in manifest.members}
    wanted = [*(each.name for each in manifest.members), MANIFEST, *((SIGNATURE,) if manifest.signer else ())]
    for each in manifest.members:
        if each.name not in container.entries:
            yield Diagnostic("TD926", {"member": each.name})
        elif not _is_as_listed(container, each):
            yield Diagnostic("TD925", {"member": each.name})
    if manifest.signer and SIGNATURE not in container.entries:
        yield Diagnostic("TD926", {"member": SIGNATURE})
    for name in container.entries:
        if name not in wanted:
            yield Diagnostic("TD927", {"member": name})
    there = list(container.entries)
    if set(there) == set(wanted) and (there != wanted or len(names) != len(manifest.members)):
        misplaced = next((name for name, other in zip(there, wanted, strict=False) if name != other), wanted[-1])
        yield Diagnostic("TD921", {"member": misplaced})


def _is_as_listed(container: Container, each: Listed) -> bool:
    digest = sha256()
    try:
        for part in container.chunks(each.name):
            digest.update(part)
    except Refused:
        return False
    return container.entries[each.name].size == each.size and digest.hexdigest() == each.digest


def _signed(
    container: Container, data: bytes, manifest: Manifest, key: str | None
) -> tuple[tuple[Diagnostic, ...], bool]:
    """What is wrong with the signature, and whether it was looked at: without a key, the one in the dossier serves."""
    if manifest.signer is None:
        return ((Diagnostic("TD931"),) if key is not None else ()), False
    try:
        if container.entries[SIGNATURE].size != _SIGNATURE_BYTES:
            return (Diagnostic("TD930"),), True
        signature = container.read(SIGNATURE)
        if key is None and not is_available():
            return (), False
        right = is_signed(data, signature, key or manifest.signer)
    except Refused as refused:
        return (refused.finding,), False
    return (() if right else (Diagnostic("TD930"),)), True


def _computed_again(container: Container, manifest: Manifest) -> tuple[tuple[Diagnostic, ...], int]:
    """The first divergence of what was sealed from what is computed, and how many units there are."""
    given = _given(container, manifest)
    if given is None:
        return (Diagnostic("TD924", {"where": "/members"}),), 0
    try:
        computed, faults = compute(given)
    except RuleSetError as error:
        return (Diagnostic("TD929"), *error.diagnostics), 0
    if computed is None:
        return (Diagnostic("TD929"), *faults), 0
    divergence = _first_divergence(container, manifest, computed)
    if divergence is None:
        return (), computed.units
    here = versions_here("openpyxl" in manifest.versions.dependencies)
    others = "; ".join(f"{name} {there} → {mine}" for name, there, mine in manifest.versions.others(here))
    return (divergence, *((Diagnostic("TD935", {"versions": others}),) if others else ())), computed.units


def _given(container: Container, manifest: Manifest) -> Given | None:
    """What the dossier was computed from; None where that cannot be: no rules, several data files, too large."""
    rules = [each for each in manifest.members if each.role is Role.RULES]
    data = [each for each in manifest.members if each.role is Role.DATA]
    if not 0 < len(rules) <= MOST_FILES or len(data) != 1:
        return None
    if any(each.size > LARGEST_FILE for each in rules) or data[0].size > MAX_BYTES:
        return None
    read = [Member(each.name, each.role, container.read(each.name)) for each in (*rules, *data)]
    return Given(manifest.question, tuple(read[:-1]), read[-1])


def _first_divergence(container: Container, manifest: Manifest, computed: Computed) -> Diagnostic | None:
    sealed = {each.name: each for each in manifest.members}
    made: dict[str, None] = {}  # in their order
    for member in computed.members():
        made[member.name] = None
        there = sealed.get(member.name)
        if there is None:
            return Diagnostic("TD926", {"member": member.name})
        if (there.role, there.unit) != (member.role, member.unit):
            return Diagnostic("TD924", {"where": f"/members/{manifest.members.index(there)}"})
        if there.digest != member.digest:
            return _divergence(container, there, member)
    extra = next((name for name in sealed if name not in made), None)
    if extra is not None:
        return Diagnostic("TD927", {"member": extra})
    misplaced = next((name for name, other in zip(sealed, made, strict=True) if name != other), None)
    return Diagnostic("TD921", {"member": misplaced}) if misplaced is not None else None


def _divergence(container: Container, there: Listed, member: Member) -> Diagnostic:
    """The first difference; of a member that is far larger than it can be no more than its beginning is read."""
    if there.size > 2 * len(member.content) + _SPARE:
        return differs_in_size(member, there.size)
    return differs(member, container.read(there.name))
