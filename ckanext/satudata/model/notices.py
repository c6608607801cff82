"""Notices as rows: who is told of what, by which way, and what became of it.

A notice is written in the transaction of what it tells of. Times are UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model import outbox
from ckanext.satudata.model.tables import Base, new_id

MAIL, DIGEST, PAGE = "mail", "digest", "page"
WAYS = (MAIL, DIGEST, PAGE)
"""By e-mail at once, in the daily digest, or on the page alone. Every notice is on the page."""

EVERY_KIND = "*"
"""In place of a kind: what holds for all for which nothing else is said."""

OF_A_DAY, RESET, LINK = "digest", "reset", "link"
LETTERS = (OF_A_DAY, RESET, LINK)
"""Kinds that are nothing but an e-mail: no page shows them."""

WITHOUT_SETTINGS = (RESET, LINK)
"""Letters that nobody chooses the way of."""


class NoticeRow(Base):
    """One notice. `recipient`: user id; a letter to the holder of a link has `link_id` instead.

    `key` is what makes it the same one, `message_id` what a mail server knows it by, whenever and
    however often it is sent. `actor`: the user id of who acted, empty for the portal itself.
    `secret` is sealed, and forgotten once it is sent or opens nothing any more. `undeliverable`:
    why no e-mail will be sent.
    """

    __tablename__ = "satudata_notice"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(sa.Text, unique=True)
    message_id: Mapped[str] = mapped_column(sa.Text, unique=True)
    kind: Mapped[str] = mapped_column(sa.Text)
    recipient: Mapped[str | None] = mapped_column(sa.Text)
    link_id: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_link.id"))
    case_id: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_case.id"))
    step: Mapped[int | None] = mapped_column(sa.Integer)
    actor: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime] = mapped_column(sa.DateTime)
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    secret: Mapped[str | None] = mapped_column(sa.Text)
    way: Mapped[str] = mapped_column(sa.Text)
    digest_id: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_notice.id"))
    read_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    sent_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    sent_by: Mapped[str | None] = mapped_column(sa.Text)
    undeliverable: Mapped[str | None] = mapped_column(sa.Text)
    undeliverable_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


class NoticeSettingRow(Base):
    """By which way a person wants to be told of a kind, or of every kind."""

    __tablename__ = "satudata_notice_setting"

    user_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    kind: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    way: Mapped[str] = mapped_column(sa.Text)


@dataclass(frozen=True)
class Notice:
    """What is to be written down."""

    key: str
    kind: str
    recipient: str | None
    at: datetime
    way: str
    case_id: str | None = None
    step: int | None = None
    actor: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    link_id: str | None = None
    secret: str | None = None


_NOTE_ALL = sa.text(
    "SELECT satudata_note(:topic, id, NULL) FROM unnest(CAST(:ids AS text[])) AS id"
)

_SETTLED = sa.or_(NoticeRow.sent_at.is_not(None), NoticeRow.undeliverable.is_not(None))


def write(notices: Iterable[Notice], host: str) -> list[str]:
    """Write notices down in the caller's transaction, and note those that go by e-mail.

    `host` stands in their Message-ID. Returns the ids of the new ones: what has a key that is
    there already is not written again.
    """
    values = [_values(one, host) for one in notices]
    if not values:
        return []
    added = insert(NoticeRow).on_conflict_do_nothing(index_elements=["key"])
    rows = model.Session.execute(added.returning(NoticeRow.id, NoticeRow.way), values).all()
    mailed = [row.id for row in rows if row.way == MAIL]
    if mailed:
        model.Session.execute(_NOTE_ALL, {"topic": outbox.NOTICE, "ids": mailed})
    return [row.id for row in rows]


def _values(notice: Notice, host: str) -> dict[str, Any]:
    made = new_id()
    values = {name: getattr(notice, name) for name in Notice.__dataclass_fields__}
    return {**values, "id": made, "message_id": f"<satudata.{made}@{host}>"}


def lock(notice_id: str) -> NoticeRow | None:
    """A notice, locked until the commit and read anew; None where there is none, or where
    somebody else has it locked: who sends it holds it until the end."""
    query = sa.select(NoticeRow).where(NoticeRow.id == notice_id)
    query = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return model.Session.scalar(query)


def is_there(notice_id: str) -> bool:
    """Whether there is such a notice, locked or not."""
    return (
        model.Session.scalar(sa.select(NoticeRow.id).where(NoticeRow.id == notice_id)) is not None
    )


def settings_of(user_ids: Iterable[str]) -> dict[tuple[str, str], str]:
    """The ways that people chose, by user id and kind."""
    query = sa.select(NoticeSettingRow).where(NoticeSettingRow.user_id.in_(list(user_ids)))
    return {(row.user_id, row.kind): row.way for row in model.Session.scalars(query)}


def set_way(user_id: str, kind: str, way: str) -> None:
    """Keep by which way a person wants to be told of a kind."""
    row = insert(NoticeSettingRow).values(user_id=user_id, kind=kind, way=way)
    key = ["user_id", "kind"]
    model.Session.execute(row.on_conflict_do_update(index_elements=key, set_={"way": way}))


@dataclass(frozen=True)
class Wanted:
    """Which notices of a person are asked for."""

    recipient: str
    unread: bool = False
    kind: str = ""
    case_id: str = ""


def listed(wanted: Wanted, limit: int, offset: int) -> Sequence[NoticeRow]:
    """Notices of a person, the newest first."""
    order = sa.select(NoticeRow).where(*_wanted(wanted)).order_by(NoticeRow.at.desc(), NoticeRow.id)
    return model.Session.scalars(order.limit(limit).offset(offset)).all()


def count(wanted: Wanted) -> int:
    """How many there are of them."""
    query = sa.select(sa.func.count()).select_from(NoticeRow).where(*_wanted(wanted))
    return model.Session.scalar(query) or 0


def mark_read(recipient: str, ids: Sequence[str] | None, at: datetime, case_id: str = "") -> int:
    """Mark notices of a person as read, all of them (of a case) where none is named; how many it
    was."""
    query = sa.update(NoticeRow).where(*_wanted(Wanted(recipient, unread=True, case_id=case_id)))
    if ids is not None:
        query = query.where(NoticeRow.id.in_(ids))
    done = model.Session.execute(query.values(read_at=at))
    return done.rowcount  # type: ignore[attr-defined]


def mark_answered(recipient: str, case_id: str, step: int, at: datetime) -> int:
    """Mark as read what told a person of a step that he has ended; how many it was."""
    query = sa.update(NoticeRow).where(
        *_wanted(Wanted(recipient, unread=True, case_id=case_id)), NoticeRow.step == step
    )
    done = model.Session.execute(query.values(read_at=at))
    return done.rowcount  # type: ignore[attr-defined]


def key_of_link(link_id: str) -> str:
    """What makes the letter of a link the same one."""
    return f"{LINK}:{link_id}"


def of_links(link_ids: Sequence[str]) -> dict[str, NoticeRow]:
    """The letters by which links go to their addresses, by the id of the link."""
    if not link_ids:
        return {}
    query = sa.select(NoticeRow).where(NoticeRow.key.in_([key_of_link(one) for one in link_ids]))
    return {row.link_id or "": row for row in model.Session.scalars(query)}


def undeliverable(limit: int, offset: int) -> Sequence[NoticeRow]:
    """Notices that no e-mail was sent of, the newest first."""
    query = sa.select(NoticeRow).where(NoticeRow.undeliverable.is_not(None))
    query = query.order_by(NoticeRow.undeliverable_at.desc(), NoticeRow.id)
    return model.Session.scalars(query.limit(limit).offset(offset)).all()


def count_undeliverable() -> int:
    query = sa.select(sa.func.count()).where(NoticeRow.undeliverable.is_not(None))
    return model.Session.scalar(query) or 0


def send_again(ids: Sequence[str]) -> int:
    """Have what was undeliverable tried again; how many it was. The caller commits."""
    query = sa.update(NoticeRow).where(NoticeRow.id.in_(ids), NoticeRow.undeliverable.is_not(None))
    values = {"undeliverable": None, "undeliverable_at": None, "way": MAIL}
    found = model.Session.scalars(query.values(**values).returning(NoticeRow.id)).all()
    model.Session.execute(_NOTE_ALL, {"topic": outbox.NOTICE, "ids": list(found)})
    return len(found)


def people_to_gather() -> list[str]:
    """Who has notices that wait for a digest."""
    query = sa.select(NoticeRow.recipient).where(*_waits_for_digest()).distinct()
    return [one for one in model.Session.scalars(query.order_by(NoticeRow.recipient)) if one]


def gather(recipient: str, digest_id: str) -> int:
    """Put what waits for a digest of a person into this one; how many it was."""
    query = sa.update(NoticeRow).where(NoticeRow.recipient == recipient, *_waits_for_digest())
    done = model.Session.execute(query.values(digest_id=digest_id))
    return done.rowcount  # type: ignore[attr-defined]


def gathered(digest_id: str) -> Sequence[NoticeRow]:
    """The notices of a digest, the oldest first."""
    query = sa.select(NoticeRow).where(NoticeRow.digest_id == digest_id)
    return model.Session.scalars(query.order_by(NoticeRow.at, NoticeRow.id)).all()


def lost() -> list[str]:
    """Ids of notices that go by e-mail, have not gone, and wait nowhere: there are none."""
    waits = sa.text(
        "NOT EXISTS (SELECT FROM satudata_outbox o"
        " WHERE o.topic = :topic AND o.key = satudata_notice.id)"
    ).bindparams(topic=outbox.NOTICE)
    query = sa.select(NoticeRow.id).where(NoticeRow.way == MAIL, ~_SETTLED, waits)
    return list(model.Session.scalars(query.order_by(NoticeRow.at)))


def has_reset(user_id: str, since: datetime) -> bool:
    """Whether somebody was written a letter with a link for a new password since a moment, whatever
    became of it, or has one on its way."""
    query = sa.select(NoticeRow.id).where(
        NoticeRow.recipient == user_id,
        NoticeRow.kind == RESET,
        sa.or_(~_SETTLED, NoticeRow.at > since),
    )
    return model.Session.scalar(query.limit(1)) is not None


def forget_resets(user_id: str) -> None:
    """Remove such letters of somebody: the link of the next one is the only good one."""
    gone = sa.delete(NoticeRow).where(NoticeRow.recipient == user_id, NoticeRow.kind == "reset")
    model.Session.execute(gone)


def forget_secrets(links: Iterable[str] | sa.Select[Any]) -> int:
    """Forget what opens these links (ids, or a query for them); how many letters had it still."""
    had = sa.update(NoticeRow).where(NoticeRow.secret.is_not(None), NoticeRow.link_id.in_(links))
    done = model.Session.execute(had.values(secret=None))
    return done.rowcount  # type: ignore[attr-defined]


def forget(recipient: str) -> None:
    """Remove what somebody was told and how he wanted it: nobody else reads it."""
    of_his = sa.select(NoticeRow.id).where(NoticeRow.recipient == recipient)
    model.Session.execute(sa.delete(NoticeRow).where(NoticeRow.digest_id.in_(of_his)))
    model.Session.execute(sa.delete(NoticeRow).where(NoticeRow.recipient == recipient))
    settings = NoticeSettingRow.user_id == recipient
    model.Session.execute(sa.delete(NoticeSettingRow).where(settings))


def _wanted(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found = [NoticeRow.recipient == wanted.recipient, NoticeRow.kind.not_in(LETTERS)]
    if wanted.unread:
        found.append(NoticeRow.read_at.is_(None))
    if wanted.kind:
        found.append(NoticeRow.kind == wanted.kind)
    if wanted.case_id:
        found.append(NoticeRow.case_id == wanted.case_id)
    return found


def _waits_for_digest() -> tuple[sa.ColumnElement[bool], ...]:
    return NoticeRow.way == DIGEST, NoticeRow.digest_id.is_(None)
