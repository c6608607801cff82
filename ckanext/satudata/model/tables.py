"""The tables, as SQLAlchemy classes. Their constraints and triggers are made by the migrations."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from ckan.plugins import toolkit as tk
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

Base: Any = tk.BaseModel


def new_id() -> str:
    """A random id for a row."""
    return str(uuid.uuid4())


class SopRow(Base):
    """One revision of one SOP file, kept as it stood; a case runs on exactly one."""

    __tablename__ = "satudata_sop"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    subject: Mapped[str] = mapped_column(sa.Text, index=True)
    revision: Mapped[int] = mapped_column(sa.Integer)
    number: Mapped[str | None] = mapped_column(sa.Text)
    name: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.Text, unique=True)
    text: Mapped[str] = mapped_column(sa.Text)
    loaded_at: Mapped[datetime] = mapped_column(sa.DateTime)


class CaseRow(Base):
    """One run of a SOP. `version` is the sequence of its last event; acts lock this row."""

    __tablename__ = "satudata_case"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(
        sa.BigInteger, sa.Sequence("satudata_case_number_seq"), unique=True
    )
    sop_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_sop.id"))
    organization_id: Mapped[str] = mapped_column(sa.Text, index=True)
    version: Mapped[int] = mapped_column(sa.Integer)
    opened_at: Mapped[datetime] = mapped_column(sa.DateTime)
    closed_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


class CaseItemRow(Base):
    """One dataset of a case and what it is called there (projection of the events)."""

    __tablename__ = "satudata_case_item"

    case_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_case.id"), primary_key=True)
    dataset_id: Mapped[str] = mapped_column(sa.Text, primary_key=True, index=True)
    status: Mapped[str | None] = mapped_column(sa.Text)
    status_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


class VisitRow(Base):
    """One stay at a step (projection of the events); open while `closed_by` is empty."""

    __tablename__ = "satudata_visit"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_case.id"))
    item: Mapped[str | None] = mapped_column(sa.Text)
    step: Mapped[int] = mapped_column(sa.Integer)
    number: Mapped[int] = mapped_column(sa.Integer)
    opened_at: Mapped[datetime] = mapped_column(sa.DateTime)
    opened_by: Mapped[int] = mapped_column(sa.Integer)
    closed_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    closed_by: Mapped[int | None] = mapped_column(sa.Integer)
    outcome: Mapped[str | None] = mapped_column(sa.Text)


class EventRow(Base):
    """What happened, written once. A trigger refuses every change, whoever asks."""

    __tablename__ = "satudata_event"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_case.id"))
    sequence: Mapped[int] = mapped_column(sa.Integer)
    kind: Mapped[str] = mapped_column(sa.Text)
    actor: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(sa.DateTime)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(sa.Integer)
    previous_hash: Mapped[str] = mapped_column(sa.Text)
    hash: Mapped[str] = mapped_column(sa.Text)


class AssignmentRow(Base):
    """Who holds which actor of which SOP, for which agency (none: for all), from when to when."""

    __tablename__ = "satudata_assignment"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(sa.Text, index=True)
    sop: Mapped[str] = mapped_column(sa.Text)
    actor: Mapped[str] = mapped_column(sa.Text)
    organization_id: Mapped[str | None] = mapped_column(sa.Text)
    valid_from: Mapped[date] = mapped_column(sa.Date)
    valid_until: Mapped[date | None] = mapped_column(sa.Date)
    created_by: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(sa.DateTime)


class ReleaseRow(Base):
    """The approved content of a dataset: the only licence to be public."""

    __tablename__ = "satudata_release"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    dataset_id: Mapped[str] = mapped_column(sa.Text)
    number: Mapped[int] = mapped_column(sa.Integer)
    case_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_case.id"))
    event_sequence: Mapped[int] = mapped_column(sa.Integer)
    status: Mapped[str] = mapped_column(sa.Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    content_sha256: Mapped[str] = mapped_column(sa.Text)
    made_by: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[datetime] = mapped_column(sa.DateTime)
    shown_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


class ReleaseFileRow(Base):
    """One file of a release, by content."""

    __tablename__ = "satudata_release_file"

    release_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_release.id"), primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    name: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.Text)
    size: Mapped[int] = mapped_column(sa.BigInteger)
