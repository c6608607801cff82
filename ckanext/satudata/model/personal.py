"""What was found of data of persons, by content, and what people answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base


class PersonalCheckRow(Base):
    """What a check found in bytes, or in rows; the same are never looked through twice.

    `content`: sha256 of a file (hex), or the name of a table. `ending`: how the file's name ends,
    by which a text is taken for a table; "" for rows. `version` is that of the check.
    """

    __tablename__ = "satudata_personal_check"

    content: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    ending: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    version: Mapped[int] = mapped_column(sa.Integer)
    findings: Mapped[dict[str, Any]] = mapped_column(JSONB)
    checked_at: Mapped[datetime] = mapped_column(sa.DateTime)


class PersonalAnswerRow(Base):
    """What somebody answered to one finding in one content of a dataset. New bytes ask anew."""

    __tablename__ = "satudata_personal_answer"

    dataset_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    content: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    finding: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    verdict: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.Text)
    answered_by: Mapped[str] = mapped_column(sa.Text)
    answered_at: Mapped[datetime] = mapped_column(sa.DateTime)


def found_in(content: str, ending: str, version: int) -> dict[str, Any] | None:
    """What this version of the check found; None where it has not looked yet."""
    row = model.Session.get(PersonalCheckRow, (content, ending), populate_existing=True)
    return row.findings if row is not None and row.version == version else None


def keep(
    content: str, ending: str, version: int, findings: Mapping[str, Any], at: datetime
) -> sa.Insert:
    """The statement that keeps what was found, to be executed where the caller commits."""
    values = {"version": version, "findings": dict(findings), "checked_at": at}
    row = insert(PersonalCheckRow).values(content=content, ending=ending, **values)
    return row.on_conflict_do_update(index_elements=["content", "ending"], set_=values)


def forget_rows(table: str) -> None:
    """The rows of a table were written: what was found and answered before says nothing now."""
    for row in (PersonalCheckRow, PersonalAnswerRow):
        model.Session.execute(sa.delete(row).where(row.content == table))


def answers(dataset_id: str) -> dict[tuple[str, str], PersonalAnswerRow]:
    """Every answer about a dataset, by content and finding."""
    query = sa.select(PersonalAnswerRow).where(PersonalAnswerRow.dataset_id == dataset_id)
    return {(row.content, row.finding): row for row in model.Session.scalars(query)}
