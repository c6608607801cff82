"""The tables, as SQLAlchemy classes. Their constraints and triggers are made by the migrations."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from ckan.plugins import toolkit as tk
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

Base: Any = tk.BaseModel

PROOF_SCHEMA = "satudata_proof"
"""A schema of the owner's: who owns a schema may drop its tables, and `public` is not his."""


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
    publishes: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    cancelled: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    closes_on: Mapped[date | None] = mapped_column(sa.Date)
    adoption_id: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_adoption.id"))
    origin_case_id: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_case.id"))


class CaseItemRow(Base):
    """One entry of a case and what it is called there (projection of the events).

    `dataset_id` is the id of a request until its dataset exists. `ended` says how it left the
    case before its end: `dropped`, `cancelled`, `late`; it is then no dataset of the case.
    """

    __tablename__ = "satudata_case_item"

    case_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_case.id"), primary_key=True)
    dataset_id: Mapped[str] = mapped_column(sa.Text, primary_key=True, index=True)
    status: Mapped[str | None] = mapped_column(sa.Text)
    status_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    title: Mapped[str] = mapped_column(sa.Text, default="")
    organization_id: Mapped[str] = mapped_column(sa.Text, default="")
    release_date: Mapped[str | None] = mapped_column(sa.Text)
    is_request: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    product: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    party: Mapped[int] = mapped_column(sa.Integer, default=1)
    waits_at: Mapped[int | None] = mapped_column(sa.Integer)
    delivered_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    ended: Mapped[str | None] = mapped_column(sa.Text)
    position: Mapped[int] = mapped_column(sa.Integer, default=0)


class VisitRow(Base):
    """One stay at a step (projection of the events); open while `closed_by` is empty.

    What the inbox asks stands on the row itself: whose step it is (`actors` of the SOP, for the
    agency `organization_id`), who may write meanwhile, whether a return opened it, who claimed it.
    `joint`: the outcome that led there says by which actors, not the step itself. `agencies`: whose
    data it is about, and the office of its case; their people see it. `approver`: whose named
    approval is still missing. `kept_out`: users who hold the step and cannot end it. `due_at`,
    `near_at` (UTC): of its clock (`model/clocks.py`), where somebody is told of that.
    """

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
    organization_id: Mapped[str] = mapped_column(sa.Text, default="")
    sop_id: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_sop.id"))
    actors: Mapped[list[str]] = mapped_column(ARRAY(sa.Text), default=list)
    writers: Mapped[list[str]] = mapped_column(ARRAY(sa.Text), default=list)
    returned: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    items: Mapped[int] = mapped_column(sa.Integer, default=1)
    claimed_by: Mapped[str | None] = mapped_column(sa.Text)
    paused_since: Mapped[datetime | None] = mapped_column(sa.DateTime)
    decided: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    counted_on: Mapped[date | None] = mapped_column(sa.Date)
    case_number: Mapped[int | None] = mapped_column(sa.BigInteger)
    joint: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    agencies: Mapped[list[str]] = mapped_column(ARRAY(sa.Text), default=list)
    approver: Mapped[str | None] = mapped_column(sa.Text)
    kept_out: Mapped[list[str]] = mapped_column(ARRAY(sa.Text), default=list)
    due_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    near_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


class EventRow(Base):
    """What happened, written once. A trigger refuses every change, whoever asks.

    The table belongs to another role than the application's (`model/proof_tables.py`). `stream` is
    the case (`case_id` too), `dataset:<id>` or `portal`.
    """

    __tablename__ = "satudata_event"
    __table_args__ = {"schema": PROOF_SCHEMA}

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=True)
    stream: Mapped[str] = mapped_column(sa.Text)
    case_id: Mapped[str | None] = mapped_column(sa.Text)
    sequence: Mapped[int] = mapped_column(sa.Integer)
    kind: Mapped[str] = mapped_column(sa.Text)
    actor: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(sa.DateTime)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(sa.Integer)
    previous_hash: Mapped[str] = mapped_column(sa.Text)
    hash: Mapped[str] = mapped_column(sa.Text)


class AssignmentRow(Base):
    """Who holds which actor of which SOP, for which agency (none: for all), from when to when.

    `acting`: `plt` or `plh`, in place of `for_user_id`. `ended_on`: taken back before its time,
    the first day on which it gives nothing any more; such a row is kept as a record.
    """

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
    decree_number: Mapped[str | None] = mapped_column(sa.Text)
    decree_date: Mapped[date | None] = mapped_column(sa.Date)
    decree_attachment: Mapped[str | None] = mapped_column(sa.Text)
    acting: Mapped[str | None] = mapped_column(sa.Text)
    for_user_id: Mapped[str | None] = mapped_column(sa.Text)
    ended_on: Mapped[date | None] = mapped_column(sa.Date)
    ended_by: Mapped[str | None] = mapped_column(sa.Text)
    ended_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


class ReleaseRow(Base):
    """The approved content of a dataset: the only licence to be public.

    `case_id` and `event_sequence` name the act that approved it; a forced one has no case, its
    event stands in the chain of the dataset; so does that of a small correction, which has the
    case of the release that it `corrects`. `shown_at`, `withdrawn_at`: UTC; `withdrawal` says
    why; `scheduled_at`: it is shown by itself then. `rows_digest` is what the database's own wall
    compares the rows with. The database makes `access_class` of the content (migration 009).
    """

    __tablename__ = "satudata_release"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    dataset_id: Mapped[str] = mapped_column(sa.Text)
    number: Mapped[int] = mapped_column(sa.Integer)
    case_id: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_case.id"))
    event_sequence: Mapped[int] = mapped_column(sa.Integer)
    status: Mapped[str] = mapped_column(sa.Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    content_sha256: Mapped[str] = mapped_column(sa.Text)
    made_by: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[datetime] = mapped_column(sa.DateTime)
    shown_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    rows_digest: Mapped[str | None] = mapped_column(sa.Text)
    withdrawn_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    withdrawal: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    forced: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    scheduled_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    corrects: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_release.id"))
    access_class: Mapped[str] = mapped_column(sa.Text, sa.FetchedValue())


class ReleaseFileRow(Base):
    """One file of a release, by content."""

    __tablename__ = "satudata_release_file"

    release_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_release.id"), primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    name: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.Text)
    size: Mapped[int] = mapped_column(sa.BigInteger)


class WorkingCopyRow(Base):
    """A private dataset (`id`) that prepares the next release of a public one (`dataset_id`).

    Whose copy it is stands here and in no field of a dataset, which an editor could write.
    `ended`: `applied` or `dropped`."""

    __tablename__ = "satudata_working_copy"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    dataset_id: Mapped[str] = mapped_column(sa.Text)
    base_release_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_release.id"))
    restored_release_id: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_release.id"))
    opened_by: Mapped[str] = mapped_column(sa.Text)
    opened_at: Mapped[datetime] = mapped_column(sa.DateTime)
    ended_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    ended: Mapped[str | None] = mapped_column(sa.Text)


class WorkingCopyResourceRow(Base):
    """Which resource of the public dataset a resource of a working copy is, or will be."""

    __tablename__ = "satudata_working_copy_resource"

    copy_resource_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    copy_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_working_copy.id"))
    resource_id: Mapped[str] = mapped_column(sa.Text)


class ShownRow(Base):
    """What `package_show` answers of a public dataset: one row, so that it is one release."""

    __tablename__ = "satudata_shown"

    dataset_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    release_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_release.id"))
    dataset: Mapped[dict[str, Any]] = mapped_column(JSONB)


class AdoptionRow(Base):
    """A SOP revision put in force by an office (`organization_id`), with its decree.

    `serves`: ids of the agencies it is for (none: all). `bound`: number of a step with a
    `sambungan` -> subject of the office's SOP that it leads to. In force while `ended_at` is empty.
    """

    __tablename__ = "satudata_adoption"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    sop_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_sop.id"))
    subject: Mapped[str] = mapped_column(sa.Text)
    organization_id: Mapped[str] = mapped_column(sa.Text)
    serves: Mapped[list[str] | None] = mapped_column(ARRAY(sa.Text))
    bound: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    decree_number: Mapped[str | None] = mapped_column(sa.Text)
    decree_date: Mapped[date | None] = mapped_column(sa.Date)
    decree_attachment: Mapped[str | None] = mapped_column(sa.Text)
    adopted_by: Mapped[str] = mapped_column(sa.Text)
    adopted_at: Mapped[datetime] = mapped_column(sa.DateTime)
    ended_by: Mapped[str | None] = mapped_column(sa.Text)
    ended_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


class RouteRow(Base):
    """Which SOP an upload opens, for an agency and a kind of dataset (none: for any)."""

    __tablename__ = "satudata_route"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    organization_id: Mapped[str | None] = mapped_column(sa.Text)
    kind: Mapped[str | None] = mapped_column(sa.Text)
    subject: Mapped[str] = mapped_column(sa.Text)
    set_by: Mapped[str] = mapped_column(sa.Text)
    set_at: Mapped[datetime] = mapped_column(sa.DateTime)


class AttachmentRow(Base):
    """A file that belongs to a case, not to a dataset: evidence of paper, a decree, a letter."""

    __tablename__ = "satudata_attachment"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    case_id: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_case.id"))
    name: Mapped[str] = mapped_column(sa.Text)
    mimetype: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.Text)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    uploaded_by: Mapped[str] = mapped_column(sa.Text)
    uploaded_at: Mapped[datetime] = mapped_column(sa.DateTime)


class LinkRow(Base):
    """A one-time link by which somebody without an account does one act at one visit."""

    __tablename__ = "satudata_link"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    token_sha256: Mapped[str] = mapped_column(sa.Text, unique=True)
    case_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_case.id"))
    item: Mapped[str | None] = mapped_column(sa.Text)
    step: Mapped[int] = mapped_column(sa.Integer)
    visit: Mapped[int] = mapped_column(sa.Integer)
    actor: Mapped[str] = mapped_column(sa.Text)
    name: Mapped[str] = mapped_column(sa.Text)
    email: Mapped[str | None] = mapped_column(sa.Text)
    made_by: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[datetime] = mapped_column(sa.DateTime)
    expires_at: Mapped[datetime] = mapped_column(sa.DateTime)
    used_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    withdrawn_by: Mapped[str | None] = mapped_column(sa.Text)


class WorkRow(Base):
    """What an act over a list has still to do to one dataset; done in a commit of its own.

    `sequence` is the event that decided it, `effects` are the values of `Efek`. `refused` and
    `facts` say why the last attempt did not come through. `not_before`: it is shown then (UTC);
    `release_id`: what will be shown, once all but that is done.
    """

    __tablename__ = "satudata_work"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_case.id"))
    sequence: Mapped[int] = mapped_column(sa.Integer)
    item: Mapped[str] = mapped_column(sa.Text)
    effects: Mapped[list[str]] = mapped_column(ARRAY(sa.Text))
    actor: Mapped[str] = mapped_column(sa.Text)
    done_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    attempts: Mapped[int] = mapped_column(sa.Integer, default=0)
    not_before: Mapped[datetime | None] = mapped_column(sa.DateTime)
    release_id: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_release.id"))
    refused: Mapped[str | None] = mapped_column(sa.Text)
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class IdempotencyRow(Base):
    """A call that was made under a key of the caller's; made again, it does nothing more."""

    __tablename__ = "satudata_idempotency"

    user_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    key: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    request_sha256: Mapped[str] = mapped_column(sa.Text)
    case_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_case.id"))
    sequence: Mapped[int] = mapped_column(sa.Integer)
    made_at: Mapped[datetime] = mapped_column(sa.DateTime)


class PublishingRow(Base):
    """The one open case that can publish a dataset; its key is what keeps it the only one."""

    __tablename__ = "satudata_publishing"

    dataset_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    case_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_case.id"))


class DeliveryRow(Base):
    """A dataset handed over by one SOP to another, with the approval it brings along.

    Unplaced (`placed_case_id` empty) it waits in the inbox of those who keep the lists there.
    """

    __tablename__ = "satudata_delivery"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    dataset_id: Mapped[str] = mapped_column(sa.Text)
    organization_id: Mapped[str] = mapped_column(sa.Text)
    subject: Mapped[str] = mapped_column(sa.Text)
    step: Mapped[int] = mapped_column(sa.Integer)
    from_case_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_case.id"))
    approval: Mapped[dict[str, Any]] = mapped_column(JSONB)
    delivered_by: Mapped[str] = mapped_column(sa.Text)
    delivered_at: Mapped[datetime] = mapped_column(sa.DateTime)
    placed_case_id: Mapped[str | None] = mapped_column(sa.ForeignKey("satudata_case.id"))
    placed_by: Mapped[str | None] = mapped_column(sa.Text)
    placed_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
