"""The token of a link and the mark of its form: both signed, so that a forged one is known at once.

A token stands in no table and no event; what is kept is its digest.
"""

from __future__ import annotations

import hashlib
import secrets

from ckan.plugins import toolkit as tk
from itsdangerous import BadSignature, Signer, URLSafeSerializer

SALT = "satudata-link"
FORM_SALT = "satudata-link-form"
BYTES = 24
"""Randomness of a token."""


def make() -> str:
    """A new token. It ends in a letter or digit: programs that mark addresses drop other ends."""
    while True:
        token = _signer().sign(secrets.token_urlsafe(BYTES)).decode("ascii")
        if token[-1].isalnum():
            return token


def is_genuine(token: str) -> bool:
    """Whether this portal signed a token; asks no database."""
    return token.isascii() and _signer().validate(token)


def digest(token: str) -> str:
    """What is stored of a token: its sha256 in hex."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def form_mark(link_id: str, version: int) -> str:
    """What a form carries: of which link it is, and how new the case was that it showed."""
    return _form().dumps([link_id, version])


def version_in(mark: str, link_id: str) -> int | None:
    """The version in the mark of a form; None for one that is not of this link."""
    try:
        of_link, version = _form().loads(mark)
    except (BadSignature, ValueError, TypeError):
        return None
    return version if of_link == link_id else None


def _signer() -> Signer:
    return Signer(_keys(), salt=SALT, digest_method=hashlib.sha256)


def _form() -> URLSafeSerializer:
    options = {"digest_method": hashlib.sha256}
    return URLSafeSerializer(_keys(), salt=FORM_SALT, signer_kwargs=options)


def _keys() -> list[str]:
    """The secrets of the app, the present one last: it signs, the former ones are still known."""
    return [*(tk.config.get("SECRET_KEY_FALLBACKS") or ()), tk.config["SECRET_KEY"]]
