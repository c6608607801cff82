"""The digest: once a day one letter to each who wants it, of what came since the last."""

from __future__ import annotations

from collections.abc import Iterator

from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.notices import channels
from ckanext.satudata.model import notices
from ckanext.satudata.model.notices import MAIL, OF_A_DAY, Notice


def write_all() -> Iterator[object]:
    """Write a digest for each person who has something waiting, in a commit each.

    Never two on one day at the office, whoever asks how often: the day is part of its key.
    """
    for user_id in notices.people_to_gather():
        if _write(user_id):
            yield user_id


def _write(user_id: str) -> bool:
    at = clock.now()
    day = clock.day_of(at)
    key = f"digest:{day.isoformat()}:{user_id}"
    made = notices.write([Notice(key, OF_A_DAY, user_id, at, MAIL)], channels.host())
    for digest_id in made:
        notices.gather(user_id, digest_id)
    model.Session.commit()
    return bool(made)
