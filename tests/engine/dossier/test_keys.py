"""Keys of other kinds do not sign dossiers."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from thangdiem.engine.dossier.container import Refused
from thangdiem.engine.dossier.signature import private_key, public_key

OTHER = Ed448PrivateKey.generate()


def test_a_private_key_of_another_kind_is_refused() -> None:
    pem = OTHER.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(Refused) as refused:
        private_key(pem, "khoa.pem")
    assert refused.value.finding.code == "TD932"


def test_a_public_key_of_another_kind_is_refused() -> None:
    pem = OTHER.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(Refused) as refused:
        public_key(pem, "khoa.pem")
    assert refused.value.finding.code == "TD932"
