"""What differs between a working copy and its release: told by field, file and row, and to whom."""

from __future__ import annotations

import json

import pytest
import redis
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.datastore.backend.postgres import get_write_engine

from ckanext.satudata.logic.releases import compared_rows
from ckanext.satudata.model.row_differences import stamp_of
from tests.integration.beginnings import begin_with
from tests.integration.office import call
from tests.integration.release_scene import (
    NAME,
    NEW_TITLE,
    put_rows,
    with_changed_copy,
    with_rows,
    with_two_releases,
)
from tests.integration.test_pages import Browser, main_part

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture
def begun(with_plugins, clean_index):
    forget()
    return begin_with(with_changed_copy)


@pytest.fixture
def office(begun):
    return begun[0]


@pytest.fixture
def copy(begun):
    return begun[1]


@pytest.fixture
def browser(app, office):
    return Browser(app, office)


@pytest.fixture
def jobs(monkeypatch):
    """The jobs that were asked for, each (function, values); none of them runs by itself."""
    asked = []
    monkeypatch.setattr(tk, "enqueue_job", lambda fn, values, **_more: asked.append((fn, values)))
    return asked


def forget():
    """Nothing that was compared before is kept."""
    with redis.Redis.from_url(tk.config["ckan.redis.url"]) as kept:
        for key in kept.scan_iter("satudata:rows:*"):
            kept.delete(key)


def differences(office, copy, actor="verifikator"):
    return call(office[actor], "satudata_release_differences", id=copy["id"])


def path_of(copy):
    return f"/dataset/{copy['name']}/perbedaan"


class TestFieldsAndFiles:
    def test_that_changed_are_told_old_and_new(self, office, copy):
        found = differences(office, copy)["metadata"]

        assert [(one["field"], one["new"]) for one in found] == [("title", NEW_TITLE)]

    def test_are_those_of_the_public_resource(self, office, copy):
        public = call(office["verifikator"], "package_show", id=NAME)["resources"][0]

        assert [one["id"] for one in differences(office, copy)["resources"]] == [public["id"]]

    def test_tell_both_files(self, office, copy):
        one = differences(office, copy)["resources"][0]

        names = (one["old_file"]["name"], one["new_file"]["name"])
        assert names == ("penduduk.csv", "penduduk-baru.csv")

    def test_of_an_untouched_copy_are_none(self, with_plugins, clean_index):
        office = begin_with(with_two_releases)
        copy = call(office["produsen_data"], "satudata_working_copy_create", id=NAME)
        found = differences(office, copy, "produsen_data")

        assert (found["metadata"], found["resources"]) == ([], [])

    def test_of_two_releases_are_told_by_their_numbers(self, with_plugins, clean_index):
        office = begin_with(with_two_releases)
        found = call(office["verifikator"], "satudata_release_differences", id=NAME)

        assert (found["from"]["release"], found["to"]["release"]) == (1, 2)
        assert [one["field"] for one in found["metadata"]] == ["title"]


class TestRowsOfFiles:
    def test_are_counted_where_nothing_was_loaded(self, office, copy):
        rows = differences(office, copy)["resources"][0]["rows"]

        assert (rows["state"], rows["added"], rows["removed"]) == ("compared", 2, 1)

    def test_of_a_big_file_are_left_to_a_job(self, office, copy, jobs, monkeypatch):
        monkeypatch.setattr(compared_rows, "SMALL_BYTES", 10)

        assert differences(office, copy)["resources"][0]["rows"] == {"state": "pending"}
        assert len(jobs) == 1

    def test_that_a_job_compares_are_asked_for_once(self, office, copy, jobs, monkeypatch):
        monkeypatch.setattr(compared_rows, "SMALL_BYTES", 10)
        differences(office, copy)
        differences(office, copy)

        assert len(jobs) == 1

    def test_that_a_job_compared_are_told_from_then_on(self, office, copy, jobs, monkeypatch):
        monkeypatch.setattr(compared_rows, "SMALL_BYTES", 10)
        differences(office, copy)
        run, values = jobs[0]
        run(*json.loads(json.dumps(values)))

        assert differences(office, copy)["resources"][0]["rows"]["added"] == 2

    def test_of_what_is_no_table_are_not_compared(self, office, copy):
        found = compared_rows._now(compared_rows.csv_file("0" * 64, 3), _same(), 100)

        assert found == {"state": "failed"}

    def test_are_told_as_away_while_nobody_can_be_told(self, office, copy, monkeypatch):
        monkeypatch.setattr(compared_rows, "SMALL_BYTES", 10)
        monkeypatch.setitem(tk.config, "ckan.redis.url", "redis://127.0.0.1:1/0")

        assert differences(office, copy)["resources"][0]["rows"] == {"state": "away"}

    def test_of_small_files_are_told_also_then(self, office, copy, monkeypatch):
        monkeypatch.setitem(tk.config, "ckan.redis.url", "redis://127.0.0.1:1/0")

        assert differences(office, copy)["resources"][0]["rows"]["added"] == 2


def _same():
    return compared_rows.csv_file("1" * 64, 3)


class TestRowsOfTables:
    """Release 1 has rows, the working copy a table of its own."""

    @pytest.fixture
    def begun(self, with_plugins, clean_index):
        forget()
        return begin_with(with_rows)

    def test_are_counted_and_told(self, office, copy):
        rows = differences(office, copy)["resources"][0]["rows"]

        assert (rows["added"], rows["removed"], rows["changed"]) == (1, 1, 1)
        assert rows["first_changed"] == [
            {"old": {"kode": "b", "nilai": "2"}, "new": {"kode": "b", "nilai": "20"}}
        ]

    def test_are_told_piece_by_piece(self, office, copy):
        resource = differences(office, copy)["resources"][0]["id"]
        where = {"id": copy["id"], "resource": resource, "kind": "added"}
        found = call(office["verifikator"], "satudata_row_differences", **where, limit=1)
        after = call(office["verifikator"], "satudata_row_differences", **where, offset=1)

        assert (found["results"], after["results"]) == ([{"kode": "d", "nilai": "4"}], [])

    def test_are_told_anew_when_the_copy_changed(self, office, copy):
        differences(office, copy)
        put_rows(office, copy["id"], [("e", 5)])

        assert differences(office, copy)["resources"][0]["rows"]["added"] == 2

    def test_of_big_tables_are_left_to_a_job(self, office, copy, jobs, monkeypatch):
        monkeypatch.setattr(compared_rows, "SMALL_ROWS", 2)
        assert differences(office, copy)["resources"][0]["rows"] == {"state": "pending"}
        run, values = jobs[0]
        run(*json.loads(json.dumps(values)))

        assert differences(office, copy)["resources"][0]["rows"]["changed"] == 1

    @pytest.fixture
    def table(self, office):
        with get_write_engine().begin() as connection:
            connection.execute(sa.text('DROP TABLE IF EXISTS "rows-t"'))
            connection.execute(sa.text('CREATE TABLE "rows-t" (_id serial primary key, a int)'))
            connection.execute(sa.text('INSERT INTO "rows-t" (a) VALUES (1), (2)'))
        yield "rows-t"
        with get_write_engine().begin() as connection:
            connection.execute(sa.text('DROP TABLE "rows-t"'))

    @pytest.mark.parametrize(
        "change",
        [
            'UPDATE "rows-t" SET a = 3 WHERE a = 1',
            'DELETE FROM "rows-t" WHERE a = 1',
            'INSERT INTO "rows-t" (a) VALUES (3)',
        ],
    )
    def test_have_another_stamp_after_any_change(self, table, change):
        before = stamp_of(table)
        with get_write_engine().begin() as connection:
            connection.execute(sa.text(change))

        assert stamp_of(table) != before

    def test_have_the_same_stamp_while_nothing_changes(self, table):
        assert stamp_of(table) == stamp_of(table)


class TestThePage:
    @pytest.mark.parametrize("actor", ["produsen_data", "verifikator", "sysadmin"])
    def test_shows_who_sees_the_copy_what_changes(self, browser, copy, actor):
        page = main_part(browser.get(actor, path_of(copy)))

        assert NEW_TITLE in page
        assert "penduduk-baru.csv" in page
        assert "<td>1300</td>" in page

    def test_is_not_there_for_another_agency(self, browser, copy):
        assert browser.get("outsider", path_of(copy)).status_code == 404

    def test_asks_the_public_to_log_in(self, browser, copy):
        assert "/user/login" in browser.get(None, path_of(copy)).location

    @pytest.mark.parametrize("place", ["case", "act", "dataset", "list"])
    def test_is_reached_from_where_people_decide(self, browser, office, copy, place):
        case = call(office["admin_data"], "satudata_case_show", id=copy["id"])
        path = {
            "case": f"/kasus/{case['number']}",
            "act": f"/kasus/{case['number']}/langkah/{case['open_visits'][0]['step']}",
            "dataset": f"/dataset/{copy['name']}",
            "list": f"/dataset/{NAME}/rilis",
        }[place]

        assert f'href="{path_of(copy)}"' in main_part(browser.get("admin_data", path))

    def test_says_that_the_rows_are_being_compared(self, browser, copy, jobs, monkeypatch):
        monkeypatch.setattr(compared_rows, "SMALL_BYTES", 10)

        assert "sedang dibandingkan" in main_part(browser.get("verifikator", path_of(copy)))

    def test_of_rows_shows_all_that_are_kept(self, browser, office, copy):
        one = differences(office, copy)["resources"][0]
        page = main_part(browser.get("verifikator", f"{path_of(copy)}/{one['id']}/baru"))

        assert "<td>1300</td>" in page

    @pytest.mark.parametrize("tail", ["x/baru", "x/lain"])
    def test_of_rows_that_are_none_is_not_there(self, browser, copy, tail):
        assert browser.get("verifikator", f"{path_of(copy)}/{tail}").status_code == 404


class TestThePageOfTwoReleases:
    @pytest.fixture
    def office(self, with_plugins, clean_index):
        return begin_with(with_two_releases)

    @pytest.mark.parametrize("actor", ["produsen_data", "verifikator", "pimpinan_walidata"])
    def test_is_for_the_agency_and_the_office(self, browser, actor):
        answer = browser.get(actor, f"/dataset/{NAME}/perbedaan")

        assert answer.status_code == 200
        assert "Rilis 1" in main_part(answer)

    def test_tells_another_agency_who_reads_it(self, browser):
        answer = browser.get("outsider", f"/dataset/{NAME}/perbedaan")

        assert answer.status_code == 403
        assert "not_history_reader" in main_part(answer)

    @pytest.mark.parametrize("query", ["dari=1&ke=9", "dari=9&ke=2", "ke=1"])
    def test_of_releases_that_never_were_is_not_there(self, browser, query):
        answer = browser.get("sysadmin", f"/dataset/{NAME}/perbedaan?{query}")

        assert answer.status_code == 404


def test_what_differs_runs_nothing(app, with_plugins, clean_index):
    office, copy = begin_with(with_changed_copy)
    bad = "<script>alert(1)</script>"
    call(office["produsen_data"], "package_patch", id=copy["id"], notes=bad, title=bad)
    model.Session.remove()

    body = Browser(app, office).get("verifikator", path_of(copy)).body
    assert bad not in body
