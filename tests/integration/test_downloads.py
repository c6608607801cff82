"""A download: the name of the file as it is now, under an address that stays, and never run."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.tests.helpers import CKANTestApp
from flask import Response

from ckanext.satudata.views import downloads
from tests.integration.hostile import NAME, first_file
from tests.integration.office import CSV, Office, call, resource_values, submit, upload, walk
from tests.integration.stored import Stored, pointed, sha256_of
from tests.integration.test_files import OTHER, replace

SCRIPT = b"<script>alert(1)</script>"
ACTIVE = {
    "data.html": b"<!doctype html>" + SCRIPT,
    "data.svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
}


def fetch(app: CKANTestApp, office: Office, address: str, **headers: str) -> Any:
    token = office.people["produsen_data"]["token"]
    return app.get(address, headers={"Authorization": token, **headers}, follow_redirects=False)


def address_of(resource: dict[str, Any], name: str = "/penduduk.csv") -> str:
    return f"/dataset/{NAME}/resource/{resource['id']}/download{name}"


@pytest.mark.parametrize("name", ["", "/penduduk.csv", "/entah.html"])
def test_a_file_is_called_what_it_is_called_whatever_its_address_says(app, office, name):
    submit(office)

    answer = fetch(app, office, address_of(first_file(office), name))
    assert answer.headers["Content-Disposition"] == "attachment; filename=penduduk.csv"


def test_an_address_stays_and_gives_the_new_file_under_its_new_name(app, office):
    submit(office)
    address = first_file(office)["url"]
    replace(office, upload=upload(OTHER, "penduduk-2024.csv"))

    answer = fetch(app, office, address)
    assert answer.data == OTHER
    assert answer.headers["Content-Disposition"] == "attachment; filename=penduduk-2024.csv"


@pytest.mark.parametrize("asked", [{}, {"Range": "bytes=0-9"}], ids=["whole", "part"])
@pytest.mark.parametrize("name", ACTIVE)
def test_a_file_that_could_act_is_handed_over_and_not_run(app, office, name, asked):
    """Stock `ckan:fs` sends these inline. Can go when core hands over, with nosniff, by itself."""
    submit(office)
    values = resource_values(NAME, upload=upload(ACTIVE[name], name), url=name)
    resource = call(office["produsen_data"], "resource_create", **values)

    answer = fetch(app, office, address_of(resource, f"/{name}"), **asked)

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("status", [200, 206])
def test_what_another_view_sends_for_a_download_is_handed_over_too(app, office, status):
    headers = {"Content-Disposition": 'inline; filename="data.html"'}
    with app.flask_app.test_request_context(address_of({"id": "entah"})):
        answer = downloads.hand_over(Response(SCRIPT, status, headers))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="data.html"'


def test_a_part_of_a_file_can_be_asked_for(app, office):
    submit(office)

    answer = fetch(app, office, address_of(first_file(office)), Range="bytes=6-11")
    assert (answer.status_code, answer.data) == (206, CSV[6:12])


@pytest.mark.parametrize("name", ["", "/penduduk.csv"])
def test_a_private_file_is_no_answer_to_the_public(app, office, name):
    submit(office)

    answer = app.get(address_of(first_file(office), name), follow_redirects=False)
    assert answer.status_code in (302, 403, 404)
    assert CSV not in answer.data


def test_a_file_of_one_dataset_is_not_asked_for_by_a_dataset_that_is_not_there(app, office):
    walk(office, submit(office), until=9)
    file = first_file(office)

    answer = app.get(f"/dataset/tidak-ada/resource/{file['id']}/download")
    assert answer.status_code == 404


def test_a_file_whose_bytes_are_gone_is_not_found(app, office, storage: Stored):
    submit(office)
    storage.path(pointed(first_file(office)).sha256).unlink()

    assert fetch(app, office, address_of(first_file(office))).status_code == 404


def test_a_resource_that_is_a_link_leads_where_it_says(app, office):
    submit(office)
    link = {"url": "http://contoh.example/x.csv", "upload": None}
    resource = call(office["produsen_data"], "resource_create", **resource_values(NAME, **link))

    answer = fetch(app, office, address_of(resource))
    assert (answer.status_code, answer.headers["Location"]) == (302, link["url"])


def test_the_preview_shows_the_file_as_it_is_now(app, office):
    submit(office)
    replace(office)

    page = fetch(app, office, f"/dataset/{NAME}/resource/{first_file(office)['id']}").body
    assert "9999" in page
    assert sha256_of(OTHER) == first_file(office)["hash"]
