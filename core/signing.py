"""Detached Ed25519 signatures of what leaves the system (TRUST T36). Keys are in the settings, never in the database.

`REPORT_SIGNING_KEYS` names private keys, the newest first: the first one signs, every one verifies. Without it
they are worked out from `SECRET_KEY` and its fallbacks. `REPORT_PUBLIC_KEYS` names public keys whose private half
is gone, so that what they signed still verifies.
"""

import base64
import binascii
from dataclasses import dataclass
from functools import lru_cache
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

ALGORITHM = "Ed25519"
PURPOSE = b"govai_tracker report signatures"
KEY_BYTES, SIGNATURE_BYTES = 32, 64


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature in Base64, and the short name of the key that made it."""

    key: str
    text: str


def sign(content: bytes) -> Signature:
    """By the newest key."""
    private = _private(_secrets()[0])
    public = private.public_key().public_bytes_raw()
    return Signature(key_name(public), base64.b64encode(private.sign(content)).decode("ascii"))


def signer_of(content: bytes, signature: str) -> str | None:
    """The name of the known key that made this signature of these bytes; None where none did."""
    try:
        raw = base64.b64decode(signature.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    if len(raw) != SIGNATURE_BYTES:
        return None
    for public in public_keys():
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw, content)
        except InvalidSignature:
            continue
        return key_name(public)
    return None


def public_keys() -> list[bytes]:
    """Every key that verifies, the one that signs first."""
    own = [_private(secret).public_key().public_bytes_raw() for secret in _secrets()]
    return [*own, *(read_key(text) for text in settings.REPORT_PUBLIC_KEYS)]


def key_name(public: bytes) -> str:
    """The first 16 hexadecimal digits of the public key's SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def read_key(text: str) -> bytes:
    """The 32 bytes of a key in Base64. Raises ValueError where it is none."""
    raw = base64.b64decode(text, validate=True)
    if len(raw) != KEY_BYTES:
        raise ValueError("an Ed25519 key has 32 bytes")
    return raw


def _secrets() -> tuple[bytes, ...]:
    named = tuple(read_key(text) for text in settings.REPORT_SIGNING_KEYS)
    return named or tuple(_derived(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=8)
def _private(secret: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secret)


@lru_cache(maxsize=8)
def _derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE).derive(secret.encode())
