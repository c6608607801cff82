"""Each further disagreement of `ckan satudata reconcile`: made by hand, said, and mended or not."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckanext.datastore.backend.postgres import get_write_engine

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.duties import doing, table
from ckanext.satudata.logic.files import fixity, store
from ckanext.satudata.logic.proof import signing
from ckanext.satudata.model import datastore, duties, strays
from ckanext.satudata.model.resource_tables import table_of
from ckanext.satudata.model.tables import EventRow
from tests.integration.hostile import first_file
from tests.integration.office import CSV, Office, call, submit, upload, walk
from tests.integration.proof_owner import as_owner
from tests.integration.rows_scene import load, published_with_rows
from tests.integration.stored import Stored, sha256_of
from tests.integration.terminal import Said, Terminal

pytestmark = pytest.mark.usefixtures("with_plugins", "empty_datastore")

NAME = "jumlah-penduduk"
MINE = sha256_of(CSV)
KEY = "17" * 32


@pytest.fixture
def terminal(app) -> Terminal:
    return Terminal(app)


@pytest.fixture
def published(office: Office, storage: Stored) -> Stored:
    walk(office, submit(office), until=10)
    return storage


def by_sql(statement: str, **values: Any) -> None:
    model.Session.execute(sa.text(statement), values)
    model.Session.commit()


def named(said: Said) -> list[str]:
    """The checks that found something; the last line counts."""
    return [line.partition(":")[0] for line in said.out.splitlines()[:-1]]


def said(terminal: Terminal, *checks: str) -> Said:
    """What it says of these checks, and of no other."""
    answer = terminal.run("reconcile")
    assert (answer.status, named(answer)) == (1, list(checks)), answer.out
    return answer


def mended(terminal: Terminal, *checks: str) -> None:
    """Said, mended, and not said again."""
    said(terminal, *checks)
    assert terminal.run("reconcile", "--fix").status == 0
    clean(terminal)


def left(terminal: Terminal, *checks: str) -> Said:
    """Said, and left to a person, who is told what to do."""
    said(terminal, *checks)
    answer = terminal.run("reconcile", "--fix")
    assert (answer.status, named(answer)) == (1, list(checks)), answer.out
    return answer


def clean(terminal: Terminal) -> None:
    answer = terminal.run("reconcile")
    assert (answer.status, named(answer)) == (0, []), answer.out


def test_a_published_dataset_with_files_and_rows_is_in_order(terminal, office, storage):
    published_with_rows(office)

    clean(terminal)


class TestFiles:
    def test_that_are_gone_are_said_with_whose_they_are(self, terminal, published: Stored):
        published.path(MINE).unlink()

        assert NAME in left(terminal, "file").out

    def test_of_another_size_are_said(self, terminal, published: Stored):
        published.path(MINE).write_bytes(CSV[:-1])

        left(terminal, "file")

    def test_that_fixity_found_broken_are_said(self, terminal, published: Stored):
        published.path(MINE).write_bytes(CSV.replace(b"1200", b"1201"))
        list(fixity.check(clock.now(), everything=True))

        left(terminal, "file")

    def test_whose_bytes_are_back_are_mended(self, terminal, published: Stored):
        published.path(MINE).write_bytes(CSV.replace(b"1200", b"1201"))
        list(fixity.check(clock.now(), everything=True))
        published.path(MINE).write_bytes(CSV)

        mended(terminal, "file")

    def test_of_a_release_that_nothing_records_are_recorded(self, terminal, published: Stored):
        other = sha256_of(b"lain")
        path = published.path(other)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"lain")
        _name_in_a_release(other)

        mended(terminal, "file")

    def test_that_were_not_read_for_a_month_are_read(self, terminal, published: Stored):
        by_sql("UPDATE satudata_file SET stored_at = stored_at - interval '31 days',"
               " checked_at = checked_at - interval '31 days'")  # fmt: skip

        mended(terminal, "fixity")


def _name_in_a_release(sha256: str) -> None:
    by_sql(
        "INSERT INTO satudata_release_file (release_id, resource_id, name, sha256, size)"
        " SELECT id, 'berkas-lain', 'lain.csv', :sha256, 4 FROM satudata_release",
        sha256=sha256,
    )


class TestAttachments:
    def test_that_are_gone_are_said(self, terminal, office: Office, storage: Stored):
        case = submit(office)
        sent = upload(b"%PDF-1.7\nBerita acara rekaan\n%%EOF\n", "berita-acara.pdf")
        call(office["admin_data"], "satudata_attachment_create", case_id=case["id"], upload=sent)
        next((storage.root / "satudata-attachments").rglob("*/*")).unlink()

        left(terminal, "attachment")


LONG_AGO = clock.now() - timedelta(days=60)


def put(storage: Stored, location: str) -> str:
    """Bytes of nobody's, old enough to be no upload under way."""
    path = storage.root / location
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"sisa")
    os.utime(path, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    return location


LEFT = f"{store.ON_THE_WAY}/0123"
NOBODYS = f"{store.FOLDER}/ab/{'ab' * 32}"
ASIDE = f"{store.SET_ASIDE}/{'ab' * 32}.0123"
STRAYS = [(LEFT, "temporary"), (NOBODYS, "orphan"), (ASIDE, "orphan")]


@pytest.mark.parametrize(("location", "check"), STRAYS)
class TestStrayFiles:
    def test_are_said_and_written_down(self, terminal, published, location, check):
        put(published, location)

        mended(terminal, check)
        assert location in strays.known(strays.FILE)

    def test_are_not_removed_at_once(self, terminal, published, location, check):
        put(published, location)
        terminal.run("reconcile", "--fix")

        assert (published.root / location).exists()

    def test_that_lie_there_for_too_long_are_said_and_removed(
        self, terminal, published, location, check
    ):
        put(published, location)
        strays.note(strays.FILE, [location], LONG_AGO)
        model.Session.commit()

        mended(terminal, check)
        assert not (published.root / location).exists()


def test_a_file_that_was_not_stored_by_the_portal_is_for_a_person(terminal, published):
    put(published, "resources/abc/def")

    left(terminal, "orphan")
    assert (published.root / "resources/abc/def").exists()


class TestTables:
    def test_that_nothing_names_are_written_down(self, terminal, published):
        make_table("rows-20250101000000-" + "0" * 32)

        mended(terminal, "table")
        assert len(datastore.table_names()) == 1

    def test_that_lie_there_for_too_long_are_dropped(self, terminal, published):
        name = make_table("rows-20250101000000-" + "0" * 32)
        strays.note(strays.TABLE, [name], LONG_AGO)
        model.Session.commit()

        mended(terminal, "table")
        assert datastore.table_names() == frozenset()

    def test_that_a_release_names_and_that_are_gone_are_said(self, terminal, office, storage):
        lost = table_of(published_with_rows(office))
        assert lost
        datastore.drop_table(lost)

        assert NAME in left(terminal, "lost").out

    def test_that_only_a_resource_names_and_that_are_gone_are_said(self, terminal, office, storage):
        submit(office)
        resource = first_file(office)["id"]
        load(office["produsen_data"], resource)
        lost = table_of(resource)
        assert lost
        datastore.drop_table(lost)

        left(terminal, "lost")


def make_table(name: str) -> str:
    with get_write_engine().begin() as connection:
        connection.execute(sa.text(f'CREATE TABLE "{name}" (a integer)'))
    return name


class TestShown:
    def test_a_release_without_its_answer_gets_it_anew(self, terminal, published):
        by_sql("DELETE FROM satudata_shown")

        mended(terminal, "shown")

    def test_an_answer_without_a_release_that_is_shown_goes(self, terminal, published):
        by_sql("INSERT INTO satudata_shown SELECT 'tidak-ada', release_id, dataset"
               " FROM satudata_shown")  # fmt: skip

        mended(terminal, "shown")

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("{title}", '"Judul curian"'),
            ("{resources,0,name}", '"Lain"'),
            ("{tags}", '[{"name": "curian"}]'),
        ],
    )
    def test_an_answer_that_is_not_what_the_release_says_is_made_anew(
        self, terminal, published, path, value
    ):
        by_sql(
            "UPDATE satudata_shown SET dataset ="
            " jsonb_set(dataset, CAST(:path AS text[]), CAST(:value AS jsonb))",
            path=path,
            value=value,
        )

        mended(terminal, "shown")

    def test_where_the_rows_differ_too_nothing_is_made_anew(self, terminal, published, no_wall):
        by_sql("UPDATE package SET title = 'Judul curian'")
        by_sql("DELETE FROM satudata_shown")
        answer = terminal.run("reconcile", "--fix")

        assert (answer.status, "shown" in named(answer)) == (1, True)
        assert not model.Session.scalar(sa.text("SELECT count(*) FROM satudata_shown"))


class TestHeads:
    @pytest.fixture(autouse=True)
    def _aged(self, office: Office, storage: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
        """A record that began two days ago."""
        walk(office, submit(office), until=3)
        model.Session.commit()
        as_owner([sa.update(EventRow).values(at=EventRow.at - timedelta(days=2))])
        monkeypatch.setenv("SATUDATA_SIGNING_KEY", KEY)

    def test_that_are_overdue_are_signed(self, terminal):
        mended(terminal, "head")

    def test_that_are_old_are_said(self, terminal, monkeypatch):
        day = clock.today() - timedelta(days=2)
        with monkeypatch.context() as patch:
            patch.setattr(clock, "today", lambda: day)
            signing.make_head()

        mended(terminal, "head")

    def test_cannot_be_signed_without_a_key(self, terminal, monkeypatch):
        monkeypatch.delenv("SATUDATA_SIGNING_KEY")

        left(terminal, "head")


class TestDuties:
    @pytest.fixture(autouse=True)
    def _done_once(self, published, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SATUDATA_SIGNING_KEY", KEY)
        doing.all_due("yang pertama")

    def test_that_are_done_are_no_disagreement(self, terminal):
        clean(terminal)

    def test_that_failed_are_said_with_the_reason_and_done_again(self, terminal, monkeypatch):
        with monkeypatch.context() as patch:
            patch.setattr(table.tidying, "tidy", breaking)
            doing.now("yang gagal", "strays")

        assert "sengaja" in said(terminal, "duty").out
        mended(terminal, "duty")

    def test_that_fail_again_are_left(self, terminal, monkeypatch):
        monkeypatch.setattr(table.tidying, "tidy", breaking)
        doing.now("yang gagal", "strays")

        left(terminal, "duty")

    def test_that_nobody_does_are_said_and_done(self, terminal):
        by_sql("UPDATE satudata_duty SET next_at = satudata_now() - interval '2 hours'"
               " WHERE name = 'fixity'")  # fmt: skip

        mended(terminal, "duty")

    def test_that_somebody_began_and_never_ended_are_released(self, terminal):
        assert duties.begin("yang mati", ["head"], 0, anyhow=True)
        model.Session.commit()

        mended(terminal, "begun")


def breaking(_now: object) -> Any:
    raise RuntimeError("sengaja")
