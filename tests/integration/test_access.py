"""Who reads what is released and not open: by search, by id, its file and its rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.reconcile import flags
from ckanext.satudata.logic.releases import history
from ckanext.satudata.model import releases
from tests.integration.office import Office, call, make_organization, submit, walk

NAME = "jumlah-penduduk"
TEST = {
    "legal_basis": "Uji konsekuensi PPID (rekaan)",
    "exclusion_article": "UU 14/2008 Pasal 17 huruf h (rekaan)",
    "consequence_test_number": "555/01/PPID/2026 (rekaan)",
    "consequence_test_day": "2026-01-15",
    "exclusion_until": "2035-12-31",
}
"""What is filled in for data that is not open."""

PEOPLE = ("anonymous", "other OPD", "person", "agency", "own OPD", "holder", "walidata", "sysadmin")


def released(office: Office, access_class: str) -> dict[str, Any]:
    """A dataset of this class, with a file and rows, that its case has released."""
    more = {} if access_class == "terbuka" else TEST
    submit(office, access_class=access_class, **more)
    producer = office["produsen_data"]
    resource = call(producer, "package_show", id=NAME)["resources"][0]
    rows = {"resource_id": resource["id"], "force": True, "records": [{"jumlah": 1}]}
    call(producer, "datastore_create", **rows)
    return walk(office, call(producer, "satudata_case_show", id=NAME), until=10)


def cast(office: Office) -> dict[str, str]:
    """An account for each of PEOPLE; `own OPD` belongs to the agency and holds no post there."""
    member, person, sent = (factories.UserWithToken() for _ in range(3))
    values = {"id": office.agency["id"], "username": member["name"], "role": "member"}
    call(office["sysadmin"], "organization_member_create", **values)
    make_organization("dinas-ketiga", "produsen", {"name": sent["name"], "capacity": "member"})
    office.people |= {"member": member, "person": person, "sent": sent}
    return {
        "anonymous": "",
        "other OPD": office["outsider"],
        "person": person["name"],
        "agency": sent["name"],
        "own OPD": member["name"],
        "holder": office["produsen_data"],
        "walidata": office["verifikator"],
        "sysadmin": office["sysadmin"],
    }


def name_reader(office: Office, kind: str, reader: str = "", **values: Any) -> dict[str, Any]:
    values = {"id": NAME, "kind": kind, "reader": reader, "reason": "Rekaan", **values}
    return call(office["verifikator"], "satudata_reader_add", **values)


def shows(person: str) -> bool:
    try:
        call(person, "package_show", id=NAME)
    except tk.NotAuthorized:
        return False
    return True


def finds(person: str) -> bool:
    found = call(person, "package_search", include_private=True, q=f"name:{NAME}")
    return NAME in [one["name"] for one in found["results"]]


def reads_rows(person: str) -> bool:
    try:
        call(person, "datastore_search", resource_id=_resource().id)
    except tk.NotAuthorized:
        return False
    return True


def _resource() -> Any:
    return model.Package.get(NAME).resources[0]


@pytest.fixture
def downloads(app: Any, office: Office) -> Callable[[str], bool]:
    """Whether somebody is handed the file, over the web."""

    def asked(person: str) -> bool:
        token = next((one["token"] for one in office.people.values() if one["name"] == person), "")
        headers = {"Authorization": token} if token else {}
        address = f"/dataset/{NAME}/resource/{_resource().id}/download/penduduk.csv"
        return app.get(address, headers=headers).status_code == 200

    return asked


READERS: dict[str, dict[str, str]] = {
    # class -> people who read it by id, file and rows; `s` where search finds it too.
    "terbuka": dict.fromkeys(PEOPLE, "s"),
    "terbatas": {
        "person": "s", "agency": "s", "own OPD": "s", "holder": "s", "walidata": "s",
        "sysadmin": "s",
    },
    "tertutup": {"holder": "", "walidata": "", "sysadmin": ""},
}  # fmt: skip


@pytest.mark.parametrize("access_class", READERS)
def test_each_class_is_read_by_those_it_is_for(office, downloads, access_class):
    people = cast(office)
    released(office, access_class)
    if access_class == "terbatas":
        name_reader(office, "person", people["person"])
        name_reader(office, "agency", "dinas-ketiga")

    expected, found = READERS[access_class], {}
    for who, person in people.items():
        seen = {"id": shows(person), "file": downloads(person), "rows": reads_rows(person)}
        found[who] = (seen, finds(person))
    assert found == {
        who: (dict.fromkeys(("id", "file", "rows"), who in expected), expected.get(who) == "s")
        for who in people
    }


def test_all_staff_may_be_let_in_and_nobody_else(office):
    people = cast(office)
    released(office, "terbatas")
    name_reader(office, "staff")

    assert {who for who, person in people.items() if shows(person)} == (
        set(people) - {"anonymous", "person"}
    )


def test_a_reader_reads_nothing_before_the_release(office):
    people = cast(office)
    submit(office, access_class="terbatas", **TEST)
    name_reader(office, "person", people["person"])

    assert not shows(people["person"])


def test_a_reader_does_not_read_the_working_copy(office):
    people = cast(office)
    released(office, "terbatas")
    name_reader(office, "person", people["person"])
    copy = call(office["produsen_data"], "satudata_working_copy_create", id=NAME)

    with pytest.raises(tk.NotAuthorized):
        call(people["person"], "package_show", id=copy["id"])


def test_what_was_taken_back_is_found_no_more_though_the_index_knows_it(office):
    people = cast(office)
    released(office, "terbatas")
    name_reader(office, "person", people["person"])
    assert finds(people["person"])
    model.Session.execute(sa.text("UPDATE satudata_reader SET ended_at = given_at"))
    model.Session.commit()

    assert not finds(people["person"])
    assert not shows(people["person"])


def test_a_reader_whose_day_is_over_reads_no_more(office, monkeypatch):
    people = cast(office)
    released(office, "terbatas")
    today = clock.today()
    name_reader(office, "person", people["person"], until=today.isoformat())
    assert shows(people["person"])

    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=1))
    assert not shows(people["person"])


def test_taking_a_reader_back_is_an_event_of_the_dataset(office):
    from ckanext.satudata.audit.kinds import dataset_stream
    from ckanext.satudata.model import records

    people = cast(office)
    released(office, "terbatas")
    given = name_reader(office, "person", people["person"])
    call(office["verifikator"], "satudata_reader_remove", id=given["id"])

    stream = dataset_stream(model.Package.get(NAME).id)
    kinds = [one.kind for one in records.records_of(stream)]
    assert kinds == ["reader_added", "reader_removed"]


@pytest.mark.parametrize("person", ["produsen_data", "outsider", "sysadmin"])
def test_nobody_but_the_walidata_names_readers(office, person):
    released(office, "terbatas")
    values = {"id": NAME, "kind": "staff", "reason": "Rekaan"}

    with pytest.raises((tk.NotAuthorized, tk.ValidationError), match="not_reader_giver|not_found"):
        call(office[person], "satudata_reader_add", **values)


REFUSED = {
    "an account that is not there": ({"kind": "person", "reader": "tiada"}, "reader_unknown"),
    "no agency": ({"kind": "agency", "reader": "tiada"}, "organization_unknown"),
    "a day that is over": ({"kind": "staff", "until": "2020-01-01"}, "reader_until_past"),
    "no day": ({"kind": "staff", "until": "besok"}, "date_invalid"),
    "an unknown kind": ({"kind": "semua"}, "kind"),
    "no reason": ({"kind": "staff", "reason": " "}, "reason"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_reader_is_named_by_an_account_or_agency_a_reason_and_a_day_to_come(office, what):
    released(office, "terbatas")
    values, code = REFUSED[what]

    with pytest.raises(tk.ValidationError, match=code):
        name_reader(office, **values)
    model.Session.rollback()


def test_the_same_reader_is_not_named_twice(office):
    released(office, "terbatas")
    name_reader(office, "staff")

    with pytest.raises(tk.ValidationError, match="reader_exists"):
        name_reader(office, "staff")
    model.Session.rollback()


def test_open_data_has_no_readers(office):
    released(office, "terbuka")

    with pytest.raises(tk.ValidationError, match="reader_not_restricted"):
        name_reader(office, "staff")
    model.Session.rollback()


def test_one_reader_learns_of_no_other(office):
    people = cast(office)
    released(office, "terbatas")
    name_reader(office, "person", people["person"])

    with pytest.raises(tk.NotAuthorized):
        call(people["person"], "satudata_reader_list", id=NAME)


def change_class(office: Office, access_class: str, **more: Any) -> None:
    """The next release of the dataset, in another class."""
    producer = office["produsen_data"]
    copy = call(producer, "satudata_working_copy_create", id=NAME)
    call(producer, "package_patch", id=copy["id"], access_class=access_class, **more)
    walk(office, call(producer, "satudata_case_show", id=copy["id"]), until=10)


def test_open_data_that_becomes_restricted_is_taken_from_the_public(office, app):
    released(office, "terbuka")
    change_class(office, "terbatas", title="Judul terbatas", **TEST)

    assert not shows("")
    assert not finds("")
    assert not reads_rows("")


def test_the_address_of_what_was_open_says_that_it_is_restricted_and_nothing_new(office, app):
    released(office, "terbuka")
    change_class(office, "terbatas", title="Judul terbatas", **TEST)

    body = app.get(f"/dataset/{NAME}", status=403).body
    assert "Jumlah penduduk menurut kecamatan" in body
    assert "Judul terbatas" not in body


@pytest.mark.parametrize("access_class", ["terbatas", "tertutup"])
def test_the_address_of_what_was_never_open_tells_nothing(office, app, access_class):
    released(office, access_class)

    assert app.get(f"/dataset/{NAME}").status_code == 404


def test_restricted_data_that_was_withdrawn_leaves_no_tombstone(office, app):
    released(office, "terbatas")
    call(office["pengelola_data"], "satudata_release_withdraw", id=NAME, reason="Rahasia.")

    assert app.get(f"/dataset/{NAME}").status_code == 404


def test_restricted_data_that_becomes_open_is_read_by_everybody(office):
    released(office, "terbatas")
    change_class(office, "terbuka")

    assert (shows(""), finds(""), reads_rows("")) == (True, True, True)


def test_the_public_is_not_told_of_the_releases_of_before_it_was_open(office):
    released(office, "terbatas")
    change_class(office, "terbuka")

    told = helpers.call_action("satudata_release_list", {"user": "", "ignore_auth": False}, id=NAME)
    assert [one["number"] for one in told] == [2]


def test_restricted_data_that_becomes_closed_is_read_by_its_readers_no_more(office):
    people = cast(office)
    released(office, "terbatas")
    name_reader(office, "person", people["person"])
    change_class(office, "tertutup")

    assert not shows(people["person"])


@pytest.mark.parametrize("access_class", ["terbatas", "tertutup"])
def test_raw_sql_does_not_open_what_is_released_to_some(office, access_class):
    released(office, access_class)

    with pytest.raises(sa.exc.IntegrityError, match="without a release"):
        _run("UPDATE package SET private = false WHERE name = :name")


def test_raw_sql_changes_nothing_of_what_is_released_to_some(office):
    released(office, "terbatas")

    with pytest.raises(sa.exc.IntegrityError, match="would differ from its release"):
        _run("UPDATE package SET title = 'lain' WHERE name = :name")


def test_raw_sql_gives_a_release_no_other_class(office):
    released(office, "terbatas")

    with pytest.raises(sa.exc.ProgrammingError, match="access_class"):
        _run("UPDATE satudata_release SET access_class = 'terbuka' WHERE :name = :name")


def test_the_flag_of_restricted_data_agrees_with_its_release(office):
    released(office, "terbatas")

    assert list(flags.find()) == []
    assert not releases.may_be_public(model.Package.get(NAME).id)


def test_an_update_by_the_portal_itself_keeps_restricted_data_private(office):
    released(office, "terbatas")
    context = {"user": office["sysadmin"], "ignore_auth": True}
    dataset = helpers.call_action("package_show", dict(context), id=NAME)

    with pytest.raises(tk.ValidationError, match="needs_release"):
        helpers.call_action("package_update", dict(context), **{**dataset, "private": False})
    model.Session.rollback()
    assert model.Package.get(NAME).private


def test_search_is_told_nothing_of_closed_data(office):
    released(office, "tertutup")

    context = {"user": office["sysadmin"], "ignore_auth": True}
    found = helpers.call_action("package_search", context, include_private=True, rows=100)
    assert NAME not in [one["name"] for one in found["results"]]


def test_the_index_and_the_database_agree_on_closed_data(office):
    from ckanext.satudata.logic.reconcile import searches

    released(office, "tertutup")

    assert [one.facts for one in searches.find()] == []


def _run(sql: str) -> None:
    try:
        model.Session.execute(sa.text(sql), {"name": NAME})
        model.Session.commit()
    finally:
        model.Session.rollback()


def test_a_past_release_of_closed_data_is_read_by_holders_of_posts(office):
    """A member of its agency who holds no post is told of it, and not what it held."""
    people = cast(office)
    released(office, "tertutup")
    package = model.Package.get(NAME)
    release = releases.shown_release(package.id)

    reads = [
        one
        for one in PEOPLE
        if history.may_read(model.User.get(people[one]) if people[one] else None, package, release)
    ]
    assert reads == ["holder", "walidata", "sysadmin"]
