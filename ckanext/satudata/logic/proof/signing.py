"""The head of a day: made once, signed with the key that the environment holds."""

from __future__ import annotations

from ckan import model
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ckanext.satudata import config
from ckanext.satudata.audit import heads as signed_heads
from ckanext.satudata.audit.kinds import PORTAL, RecordKind
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.model import denied, heads
from ckanext.satudata.model.proof_rows import HeadRow
from ckanext.satudata.model.records import record

ACTOR = "portal"
"""Who signs: the portal itself, not a person."""


def key() -> Ed25519PrivateKey:
    """The signing key. Raises Refused `signing_key_missing` where there is none."""
    text = config.signing_key()
    try:
        return signed_heads.signing_key(text or "")
    except ValueError:
        raise Refused("signing_key_missing") from None


def make_head() -> tuple[HeadRow, bool]:
    """Today's head, committed, and whether it was made now; one a day, however often it is asked.

    Raises Refused `signing_key_missing`.
    """
    signer = key()
    model.Session.rollback()
    try:
        row, made = _made(signer)
        model.Session.commit()
    except BaseException:
        model.Session.rollback()
        raise
    return row, made


def _made(signer: Ed25519PrivateKey) -> tuple[HeadRow, bool]:
    heads.lock_heads()
    last, today = heads.last_head(), clock.today()
    if last is not None and last.day >= today:
        return last, False
    number = last.number + 1 if last else 1
    at = clock.now()
    denied.close_counts(at)
    ends = signed_heads.Ends()
    heads.keep_ends(number)
    for end in heads.ends_at(number):
        ends.add(*end)
    head = signed_heads.signed(
        {
            "day": today.isoformat(),
            "at": at.isoformat(timespec="microseconds"),
            "streams": ends.streams,
            "events": ends.events,
            "ends_sha256": ends.sha256,
        },
        heads.as_signed(last) if last else None,
        signer,
    )
    row = heads.keep(head)
    body = {"number": row.number, "day": head["day"], "sha256": row.sha256, "key": row.key}
    record(PORTAL, RecordKind.HEAD_SIGNED, ACTOR, at, body)
    return row, True
