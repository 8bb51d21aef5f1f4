"""Everything a dossier holds in, its bytes out."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from attrs import field, frozen

from thangdiem.engine.dossier.container import pack
from thangdiem.engine.dossier.contents import Computed
from thangdiem.engine.dossier.manifest import Listed, Manifest, listed
from thangdiem.engine.dossier.members import MANIFEST, SIGNATURE
from thangdiem.engine.dossier.signature import signer
from thangdiem.engine.dossier.versions import versions_here

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_WORKBOOK = b"PK\x03\x04"


@frozen
class Sealed:
    """A dossier: the file, and the manifest in it."""

    content: bytes = field(repr=False)
    manifest: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256 of the manifest: whoever knows it knows all that is in the dossier."""
        return sha256(self.manifest).hexdigest()


def seal(computed: Computed, key: Ed25519PrivateKey | None = None) -> Sealed:
    """The dossier, signed where there is a key. Raises ``Refused`` where it would be too large."""
    kept: list[Listed] = []
    manifests: list[bytes] = []

    def members() -> Iterator[tuple[str, bytes]]:
        for member in computed.members():
            kept.append(listed(member))
            yield member.name, member.content
        workbook = computed.given.data.content.startswith(_WORKBOOK)
        signed_by = signer(key) if key is not None else None
        manifest = Manifest(computed.given.question, versions_here(workbook), tuple(kept), signed_by).to_bytes()
        manifests.append(manifest)
        yield MANIFEST, manifest
        if key is not None:
            yield SIGNATURE, key.sign(manifest)

    content = pack(members())
    return Sealed(content, manifests[0])
