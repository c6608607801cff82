"""Many cases out of a few: moulds are copied by SQL, each copy with ids and people of its own.

What a column is in a copy is said once (`_COLUMNS`); every other column is the mould's. Hashes
have the shape of real ones and prove nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from ckan import model

from bench.moulds import Mould, Office
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.tables import (
    CaseItemRow,
    CaseRow,
    EventRow,
    PublishingRow,
    VisitRow,
)

TABLES = (CaseRow, CaseItemRow, VisitRow, EventRow, PublishingRow, ClockRow)

COPIES = """
DROP TABLE IF EXISTS bench_copy;
CREATE UNLOGGED TABLE bench_copy (
    batch int, n bigint PRIMARY KEY, mould text, token text, agency text, producer text,
    case_id text, number bigint, data text, own_agency text, own_producer text, later interval
)"""

# The same number gives the same copy: ids are digests of it.
MADE = """
INSERT INTO bench_copy
SELECT :batch, n, :mould, :token, :agency, :producer,
       md5('kasus ' || n)::uuid::text, nextval('satudata_case_number_seq'),
       md5('data ' || n)::uuid::text,
       (cast(:agencies as text[]))[1 + n % :size], (cast(:producers as text[]))[1 + n % :size],
       make_interval(mins => (n * 7919 % :minutes)::int)
FROM generate_series(cast(:first as bigint), cast(:last as bigint)) AS n"""

TITLES = (
    "Jumlah penduduk menurut kecamatan",
    "Produksi padi sawah dan ladang",
    "Luas panen jagung",
    "Panjang jalan menurut kondisi",
    "Jumlah sekolah dasar negeri dan swasta",
    "Persentase balita stunting",
    "Realisasi pendapatan asli daerah",
    "Jumlah kunjungan wisatawan",
)

PACKAGES = """
INSERT INTO package (id, name, title, type, state, private, owner_org, creator_user_id,
                     metadata_created, metadata_modified)
SELECT replace(i.dataset_id, c.token, c.data), 'ukur-' || replace(i.dataset_id, c.token, c.data),
       (cast(:titles as text[]))[1 + c.n % :count] || ' (rekaan ' || c.n || ')',
       'dataset', 'active', true, c.own_agency, c.own_producer,
       i.delivered_at + c.later, i.delivered_at + c.later
FROM bench_copy c JOIN satudata_case_item i ON i.case_id = c.mould
WHERE c.batch = :batch"""

CLOSED_FOR = 5 * 365 * 24 * 60
OPEN_FOR = 200 * 24 * 60
"""Minutes over which copies are spread: closed cases over years, open ones over some months."""


@dataclass(frozen=True)
class Share:
    """A mould and how many copies of it there are among `TOTAL` cases."""

    mould: Mould
    of_total: int


TOTAL = 100_000


class Copies:
    """The copies made so far; `grow` makes those that are missing to a number of cases."""

    def __init__(self, office: Office, shares: list[Share]) -> None:
        self.office, self.shares = office, shares
        self.made = dict.fromkeys(range(len(shares)), 0)
        self.batch = self.last = 0
        model.Session.execute(sa.text(COPIES))
        model.Session.commit()

    @property
    def cases(self) -> int:
        return self.last

    def grow(self, cases: int) -> None:
        """As many copies of each mould as its share of `cases` is; the statistics are made anew."""
        self.batch += 1
        for place, share in enumerate(self.shares):
            more = share.of_total * cases // TOTAL - self.made[place]
            self._make(share.mould, more)
            self.made[place] += more
        self._fill()
        model.Session.commit()
        tidy()

    def _make(self, mould: Mould, count: int) -> None:
        if count <= 0:
            return
        values = {
            "batch": self.batch,
            "mould": mould.case.id,
            "token": mould.token,
            "agency": mould.agency,
            "producer": mould.producer,
            "agencies": self.office.agencies,
            "producers": self.office.producers,
            "size": len(self.office.agencies),
            "minutes": OPEN_FOR if mould.visits() else CLOSED_FOR,
            "first": self.last + 1,
            "last": self.last + count,
        }
        model.Session.execute(sa.text(MADE), values)
        self.last += count

    def _fill(self) -> None:
        model.Session.execute(sa.text("ANALYZE bench_copy"))
        for table in TABLES:
            model.Session.execute(sa.text(_copied(table.__table__)), {"batch": self.batch})
        titles = {"batch": self.batch, "titles": list(TITLES), "count": len(TITLES)}
        model.Session.execute(sa.text(PACKAGES), titles)


def forget() -> None:
    """Drop the list of copies; the copies themselves stay."""
    model.Session.execute(sa.text("DROP TABLE bench_copy"))
    model.Session.commit()


def tidy() -> None:
    """What a database that lives does by itself now and then."""
    model.Session.remove()
    owned = [table.__tablename__ for table in TABLES if table is not EventRow]
    _vacuum(model.meta.engine, *owned, "package")
    # Events are another role's, whose connection the runner of a bench or of tests gives.
    _vacuum(sa.create_engine(os.environ["SATUDATA_OWNER_URL"]), EventRow.__table__.fullname)


def _vacuum(engine: sa.Engine, *tables: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as link:
        link.execute(sa.text(f"VACUUM ANALYZE {', '.join(tables)}"))


def _own(column: str) -> str:
    """A text of the mould with the copy's own ids in it."""
    replaced = column
    for old, new in (("token", "data"), ("agency", "own_agency"), ("producer", "own_producer")):
        replaced = f"replace({replaced}, c.{old}, c.{new})"
    return replaced


def _own_list(column: str) -> str:
    inner = f"array_replace({column}, c.agency, c.own_agency)"
    return f"array_replace({inner}, c.producer, c.own_producer)"


_MADE_UP_HASH = "encode(sha256(convert_to(c.case_id || ({}), 'UTF8')), 'hex')"

_COLUMNS = {
    "satudata_case": {
        "id": "c.case_id",
        "number": "c.number",
        "organization_id": _own("m.organization_id"),
        "opened_at": "m.opened_at + c.later",
        "closed_at": "m.closed_at + c.later",
    },
    "satudata_case_item": {
        "case_id": "c.case_id",
        "dataset_id": _own("m.dataset_id"),
        "organization_id": _own("m.organization_id"),
        "status_at": "m.status_at + c.later",
        "delivered_at": "m.delivered_at + c.later",
    },
    "satudata_visit": {
        "id": "md5(c.case_id || m.id)::uuid::text",
        "case_id": "c.case_id",
        "item": _own("m.item"),
        "opened_at": "m.opened_at + c.later",
        "closed_at": "m.closed_at + c.later",
        "paused_since": "m.paused_since + c.later",
        "organization_id": _own("m.organization_id"),
        "agencies": _own_list("m.agencies"),
        "kept_out": _own_list("m.kept_out"),
        "case_number": "c.number",
        "due_at": "m.due_at + c.later",
        "near_at": "m.near_at + c.later",
    },
    "satudata_clock": {
        "id": "md5(c.case_id || m.id)::uuid::text",
        "case_id": "c.case_id",
        "case_number": "c.number",
        "item": _own("m.item"),
        "visit_id": "md5(c.case_id || m.visit_id)::uuid::text",
        "office_id": _own("m.office_id"),
        "organization_id": _own("m.organization_id"),
        "opened_at": "m.opened_at + c.later",
        "due_at": "m.due_at + c.later",
        "near_at": "m.near_at + c.later",
        "stopped_at": "m.stopped_at + c.later",
        "closed_at": "m.closed_at + c.later",
    },
    "satudata_event": {
        "stream": "c.case_id",
        "case_id": "c.case_id",
        "actor": _own("m.actor"),
        "at": "m.at + c.later",
        "body": f"({_own('m.body::text')})::jsonb",
        "previous_hash": _MADE_UP_HASH.format("m.sequence - 1"),
        "hash": _MADE_UP_HASH.format("m.sequence"),
    },
    "satudata_publishing": {"case_id": "c.case_id", "dataset_id": _own("m.dataset_id")},
}


def _copied(table: sa.Table) -> str:
    key = {"satudata_case": "id", "satudata_event": "stream"}.get(table.name, "case_id")
    order = "c.n, m.sequence" if table.name == "satudata_event" else "c.n"
    names, values = zip(*_values(table), strict=True)
    return (
        f"INSERT INTO {table.fullname} ({', '.join(names)}) SELECT {', '.join(values)} "  # noqa: S608
        f"FROM bench_copy c JOIN {table.fullname} m ON m.{key} = c.mould "
        f"WHERE c.batch = :batch ORDER BY {order}"
    )


def _values(table: sa.Table) -> Iterator[tuple[str, str]]:
    own = _COLUMNS[table.name]
    for column in table.columns:
        if table is EventRow.__table__ and column.name == "id":
            continue  # counted by the table itself
        yield f'"{column.name}"', own.get(column.name, f'm."{column.name}"')
