"""Secrets that must be readable again, encrypted before they reach the database (issue 5).

`SEAL_KEYS` names Fernet keys, the newest first: the first one seals, every one opens. Without it the keys are
worked out from `SECRET_KEY` and its fallbacks, so that a change of either is done by the same rotation: put the
new key first, let `manage.py reseal_push_keys` write everything anew, then drop the old key.
"""

import base64
from functools import lru_cache

from cryptography.exceptions import InvalidKey
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"govai_tracker sealed secrets"


class CannotOpen(Exception):
    """None of the installation's keys opens it: a key was dropped before everything was sealed anew."""


def seal(secret: str) -> str:
    return _keys(*_configured()).encrypt(secret.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    try:
        return _keys(*_configured()).decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as error:
        raise CannotOpen from error


def seal_anew(sealed: str) -> str:
    """The same secret under the newest key."""
    try:
        return _keys(*_configured()).rotate(sealed.encode("ascii")).decode("ascii")
    except InvalidToken as error:
        raise CannotOpen from error


def is_key(text: str) -> bool:
    """Whether a text of `SEAL_KEYS` is a Fernet key."""
    try:
        Fernet(text)
    except (ValueError, InvalidKey):
        return False
    return True


def _configured() -> tuple[str, ...]:
    return tuple(settings.SEAL_KEYS) or tuple(
        _derived(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


@lru_cache(maxsize=8)
def _keys(*keys: str) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


@lru_cache(maxsize=8)
def _derived(secret: str) -> str:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(key).decode("ascii")


def decoy(text: str) -> str:
    """`text` under the newest key, made once: for work that must take as long where there is no secret."""
    return _decoy(text, _configured())


@lru_cache(maxsize=8)
def _decoy(text: str, keys: tuple[str, ...]) -> str:
    return _keys(*keys).encrypt(text.encode()).decode("ascii")
