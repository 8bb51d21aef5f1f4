"""The bytes of a manifest and an Ed25519 key in; a signature, or whether one is of that key, out.

The library ``cryptography`` (the extra ``seal``) is imported only here, and only where a signature is made or checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thangdiem.engine.dossier.container import Refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PACKAGE = "cryptography"
LARGEST_KEY = 100_000
"""Bytes of a key file."""


def is_available() -> bool:
    """Whether signatures can be made and checked here."""
    try:
        import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: F401 - only whether it is there
    except ImportError:
        return False
    return True


def private_key(pem: bytes, name: str) -> Ed25519PrivateKey:
    """The key of a PEM file (PKCS #8, not encrypted). Raises ``Refused``."""
    _demand()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Refused("TD932", file=name) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused("TD932", file=name)
    return key


def public_key(pem: bytes, name: str) -> str:
    """The key of a PEM file as hexadecimal digits. Raises ``Refused``."""
    _demand()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Refused("TD932", file=name) from None
    if not isinstance(key, Ed25519PublicKey):
        raise Refused("TD932", file=name)
    return _digits(key)


def signer(key: Ed25519PrivateKey) -> str:
    """The public key that belongs to a private one, as hexadecimal digits."""
    return _digits(key.public_key())


def is_signed(manifest: bytes, signature: bytes, key: str) -> bool:
    """Whether the signature over the manifest is of the key (hexadecimal digits)."""
    _demand()
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, manifest)
    except (InvalidSignature, ValueError):
        return False
    return True


def _digits(key: Ed25519PublicKey) -> str:
    return key.public_bytes_raw().hex()


def _demand() -> None:
    if not is_available():
        raise Refused("TD933", package=PACKAGE)
