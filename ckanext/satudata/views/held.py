"""A file that came with a faulty form, kept for an hour so that it need not be sent again.

Redis holds it: every web process sees it, and it goes by itself. Only its sender gets it back.
"""

from __future__ import annotations

import io
import secrets
from contextlib import suppress
from dataclasses import dataclass

from ckan.lib.redis import connect_to_redis
from redis.exceptions import RedisError
from werkzeug.datastructures import FileStorage

SECONDS = 3600
MAX_BYTES = 20_000_000


@dataclass(frozen=True)
class Held:
    """What the form says of a kept file."""

    token: str
    filename: str


def hold(user_id: str, sent: FileStorage | None) -> Held | None:
    """Keep a file; None where there is none, where it is too big, or while Redis is away."""
    if not sent:
        return None
    content = sent.stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return None
    held = Held(secrets.token_urlsafe(16), sent.filename or "")
    value = held.filename.encode() + b"\0" + content
    try:
        connect_to_redis().set(_key(user_id, held.token), value, ex=SECONDS)
    except RedisError:
        return None
    return held


def take(user_id: str, token: str) -> FileStorage | None:
    """The kept file of this person, or None when there is none any more."""
    try:
        value = connect_to_redis().get(_key(user_id, token)) if token else None
    except RedisError:
        return None
    if not isinstance(value, bytes):
        return None
    filename, _, content = value.partition(b"\0")
    return FileStorage(io.BytesIO(content), filename.decode(), "upload")


def drop(user_id: str, token: str) -> None:
    """Forget a file that has been stored; while Redis is away it goes by its own age."""
    if token:
        with suppress(RedisError):
            connect_to_redis().delete(_key(user_id, token))


def _key(user_id: str, token: str) -> str:
    return f"satudata:held:{user_id}:{token}"
