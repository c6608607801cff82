"""Secrets at rest: encrypted or digested with keys that are derived from one of the site's."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SEAL, _DIGEST = b"satudata second factor", b"satudata account digest"


def seal(text: str, key: str) -> str:
    """A text that only who knows the site's key can read."""
    return _fernet(key).encrypt(text.encode("utf-8")).decode("ascii")


def unseal(sealed: str, key: str) -> str | None:
    """The text again; None where the site's key is another one than it was."""
    try:
        return _fernet(key).decrypt(sealed.encode("ascii")).decode("utf-8")
    except InvalidToken:
        return None


def digest(parts: tuple[str, ...], key: str) -> str:
    """A digest in hex that nobody makes without the site's key."""
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hmac.new(_derived(key, _DIGEST), text, hashlib.sha256).hexdigest()


def _fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(key, _SEAL)))


def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(key.encode("utf-8"))
