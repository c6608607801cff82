"""What lies somewhere and is named by nothing: known, and since when.

What is written down here is no surprise any more, and goes when it has lain long enough.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base

FILE, TABLE = "file", "table"
"""Where something lies: in the storage of the resources, or in the DataStore."""


class StrayRow(Base):
    """One thing astray; `name`: its location in the storage, or the name of the table."""

    __tablename__ = "satudata_stray"

    place: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    name: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(sa.DateTime)


def known(place: str) -> dict[str, datetime]:
    """What is known to lie astray there, and since when (UTC)."""
    query = sa.select(StrayRow.name, StrayRow.seen_at).where(StrayRow.place == place)
    return {name: at for name, at in model.Session.execute(query)}


def note(place: str, names: Collection[str], at: datetime) -> None:
    """Write down what was seen now; what is known keeps its time. The caller commits."""
    rows = [{"place": place, "name": one, "seen_at": at} for one in sorted(names)]
    if rows:
        model.Session.execute(insert(StrayRow).values(rows).on_conflict_do_nothing())


def forget(place: str, names: Collection[str]) -> None:
    """It is gone, or something names it again. The caller commits."""
    named = StrayRow.name.in_(list(names))
    model.Session.execute(sa.delete(StrayRow).where(StrayRow.place == place, named))
