"""The tables beside events that proof needs, as SQLAlchemy classes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import PROOF_SCHEMA, Base, new_id


class HeadRow(Base):
    """What all streams came to on one day, signed (`audit/heads.py`). As unchangeable as events."""

    __tablename__ = "satudata_head"
    __table_args__ = {"schema": PROOF_SCHEMA}

    number: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(sa.Integer)
    day: Mapped[date] = mapped_column(sa.Date, unique=True)
    at: Mapped[datetime] = mapped_column(sa.DateTime)
    streams: Mapped[int] = mapped_column(sa.Integer)
    events: Mapped[int] = mapped_column(sa.BigInteger)
    ends_sha256: Mapped[str] = mapped_column(sa.Text)
    previous_sha256: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.Text)
    key: Mapped[str] = mapped_column(sa.Text)
    signature: Mapped[str] = mapped_column(sa.Text)


class HeadEndRow(Base):
    """How far a stream had come at a head; kept only where it was further than at the last one."""

    __tablename__ = "satudata_head_end"
    __table_args__ = {"schema": PROOF_SCHEMA}

    stream: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    number: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    sequence: Mapped[int] = mapped_column(sa.Integer)
    hash: Mapped[str] = mapped_column(sa.Text)


class DeniedRow(Base):
    """Refused attempts of one actor at one action: the last one that is an event (`since`), and
    how many more there were that no event tells yet."""

    __tablename__ = "satudata_denied"

    actor: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    action: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    since: Mapped[datetime] = mapped_column(sa.DateTime)
    further: Mapped[int] = mapped_column(sa.Integer, default=0)


class DeniedAnonymousRow(Base):
    """How often a day an action was refused to somebody whom nobody knows."""

    __tablename__ = "satudata_denied_anonymous"

    day: Mapped[date] = mapped_column(sa.Date, primary_key=True)
    action: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    count: Mapped[int] = mapped_column(sa.BigInteger)


class PersonRow(Base):
    """What names a person in an event, apart from it: erased, the event and its hash stay."""

    __tablename__ = "satudata_person"

    reference: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    salt: Mapped[str | None] = mapped_column(sa.Text)
    value: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    made_at: Mapped[datetime] = mapped_column(sa.DateTime)
    erased_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
