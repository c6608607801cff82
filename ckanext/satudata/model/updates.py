"""When the next data of each dataset are due, and whether its agency was asked for them.

One row a dataset, made anew from the release that is shown; what it went through before stands in
the record of the dataset. Days are those of the office, times UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base


class UpdateRow(Base):
    """What comes after the release that is shown (`release_id`).

    `base_id`: the release that the time counts from, of which the shown one may be a small
    correction. `due_on`, `near_on`: None where nothing is ever due; `basis`: the field that says
    it. `asked_at`: since when the data are asked for; `list_subject`: the SOP whose next list
    takes them up, where it runs over lists. `*_told_at`: when people were told.
    """

    __tablename__ = "satudata_update"

    dataset_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    release_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_release.id"))
    base_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_release.id"))
    organization_id: Mapped[str] = mapped_column(sa.Text)
    due_on: Mapped[date | None] = mapped_column(sa.Date)
    near_on: Mapped[date | None] = mapped_column(sa.Date)
    basis: Mapped[str | None] = mapped_column(sa.Text)
    asked_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    list_subject: Mapped[str | None] = mapped_column(sa.Text)
    asked_told_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    overdue_told_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


@dataclass(frozen=True)
class Shown:
    """A release that was shown, with what it says of the next one."""

    id: str
    number: int
    corrects: str | None
    shown_at: datetime
    withdrawn_at: datetime | None
    frequency: str
    schedule: str


_SHOWN = sa.text("""
    SELECT id, number, corrects, shown_at, withdrawn_at,
           coalesce(content #>> '{metadata,extras,update_frequency}', '') AS frequency,
           coalesce(content #>> '{metadata,extras,release_schedule}', '') AS schedule
    FROM satudata_release WHERE dataset_id = :dataset_id AND shown_at IS NOT NULL
    ORDER BY number DESC
""")

# Of every release that is shown an answer is kept, in the same commit.
_STALE = sa.text("""
    SELECT coalesce(s.dataset_id, u.dataset_id) FROM satudata_shown s
    FULL JOIN satudata_update u ON u.dataset_id = s.dataset_id
    WHERE u.release_id IS DISTINCT FROM s.release_id ORDER BY 1
""")

NO_COPY = """
    NOT EXISTS (SELECT FROM satudata_working_copy w
                WHERE w.dataset_id = u.dataset_id AND w.ended_at IS NULL)
"""
"""Nobody prepares the next release of the dataset `u` yet."""

IN_FORCE = """
    satudata_shown s ON s.dataset_id = u.dataset_id AND s.release_id = u.release_id
"""
"""What is joined to `u`: the release that it was made from is still the one that is shown."""

_TO_ASK = sa.text(f"""
    SELECT u.dataset_id FROM satudata_update u
    JOIN {IN_FORCE} JOIN package p ON p.id = u.dataset_id AND p.state = 'active'
    WHERE u.asked_at IS NULL AND u.near_on <= :today AND {NO_COPY}
    ORDER BY u.near_on, u.dataset_id
""")  # noqa: S608 - words of ours

_TO_TELL = sa.text(f"""
    SELECT u.dataset_id, u.organization_id FROM satudata_update u
    JOIN {IN_FORCE} JOIN package p ON p.id = u.dataset_id AND p.state = 'active'
    WHERE u.asked_at IS NOT NULL AND {NO_COPY}
      AND (u.asked_told_at IS NULL OR u.due_on < :today AND u.overdue_told_at IS NULL)
    ORDER BY u.organization_id, u.due_on, u.dataset_id
""")  # noqa: S608 - words of ours


def shown_releases(dataset_id: str) -> list[Shown]:
    """Every release of a dataset that was shown, the newest first."""
    rows = model.Session.execute(_SHOWN, {"dataset_id": dataset_id})
    return [Shown(*row) for row in rows]


def stale() -> Sequence[str]:
    """Datasets whose row is not made from the release that is shown, or is missing, or left."""
    return model.Session.scalars(_STALE).all()


def to_ask(today: date) -> Sequence[str]:
    """Datasets whose next data are to be asked for and were not; not those of which somebody
    prepares the next release already."""
    return model.Session.scalars(_TO_ASK, {"today": today}).all()


def to_tell(today: date) -> list[tuple[str, str]]:
    """Datasets of which people are still to be told and nobody prepares the next release, with
    their agencies."""
    rows = model.Session.execute(_TO_TELL, {"today": today})
    return [(dataset_id, agency) for dataset_id, agency in rows]


_REQUEST = sa.text("""
    SELECT c.id, i.dataset_id, c.version FROM satudata_case_item i
    JOIN satudata_case c ON c.id = i.case_id JOIN satudata_sop s ON s.id = c.sop_id
    WHERE s.subject = :subject AND c.closed_at IS NULL AND i.is_request AND i.ended IS NULL
      AND i.organization_id = :agency AND lower(i.title) = lower(:title)
    ORDER BY c.number LIMIT 1
""")


def request_for(subject: str, agency: str, title: str) -> tuple[str, str, int] | None:
    """The open list of a SOP that asks an agency for data of this title: id and version of its
    case, and (in the middle) the id of the request."""
    values = {"subject": subject, "agency": agency, "title": title}
    row = model.Session.execute(_REQUEST, values).first()
    return (row[0], row[1], row[2]) if row else None


def of_dataset(dataset_id: str) -> UpdateRow | None:
    """The row of a dataset as it stands."""
    return model.Session.get(UpdateRow, dataset_id, populate_existing=True)


def lock(dataset_id: str) -> UpdateRow | None:
    """The row of a dataset, locked until the commit and read anew."""
    query = sa.select(UpdateRow).where(UpdateRow.dataset_id == dataset_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    return model.Session.scalar(query)


def start(dataset_id: str, release_id: str, base_id: str, organization_id: str) -> UpdateRow:
    """The row of a dataset, locked, which is made where there is none."""
    values = {"release_id": release_id, "base_id": base_id, "organization_id": organization_id}
    added = insert(UpdateRow).values(dataset_id=dataset_id, **values)
    model.Session.execute(added.on_conflict_do_nothing(index_elements=["dataset_id"]))
    row = lock(dataset_id)
    if row is None:
        raise LookupError(dataset_id)
    return row


def forget(row: UpdateRow) -> None:
    """Nothing of the dataset is shown any more. The caller commits."""
    model.Session.delete(row)
    model.Session.flush()
