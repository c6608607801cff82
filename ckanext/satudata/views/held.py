"""A file that came with a faulty form, kept for an hour so that it need not be sent again.

Redis holds it: every web process sees it, and it goes by itself. Only its sender gets it back.
"""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass

from ckan.lib.redis import connect_to_redis
from werkzeug.datastructures import FileStorage

SECONDS = 3600
MAX_BYTES = 20_000_000


@dataclass(frozen=True)
class Held:
    """What the form says of a kept file."""

    token: str
    filename: str


def hold(user_id: str, sent: FileStorage | None) -> Held | None:
    """Keep a file; None where there is none, or where it is too big to be kept in memory."""
    if not sent:
        return None
    content = sent.stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return None
    held = Held(secrets.token_urlsafe(16), sent.filename or "")
    value = held.filename.encode() + b"\0" + content
    connect_to_redis().set(_key(user_id, held.token), value, ex=SECONDS)
    return held


def take(user_id: str, token: str) -> FileStorage | None:
    """The kept file of this person, or None when there is none any more."""
    value = connect_to_redis().get(_key(user_id, token)) if token else None
    if not isinstance(value, bytes):
        return None
    filename, _, content = value.partition(b"\0")
    return FileStorage(io.BytesIO(content), filename.decode(), "upload")


def drop(user_id: str, token: str) -> None:
    """Forget a file that has been stored."""
    if token:
        connect_to_redis().delete(_key(user_id, token))


def _key(user_id: str, token: str) -> str:
    return f"satudata:held:{user_id}:{token}"
