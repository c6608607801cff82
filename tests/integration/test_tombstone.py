"""An address goes on telling what was there, after data was withdrawn or a working copy applied."""

from __future__ import annotations

import pytest

from tests.integration.office import call, submit, walk

NAME = "jumlah-penduduk"
WHY = "Angka tahun 2025 salah hitung."


@pytest.fixture
def withdrawn(office):
    """A dataset that was published and taken back."""
    walk(office, submit(office), until=10)
    values = {"reason": WHY, "legal_basis": "Pasal rekaan"}
    call(office["pengelola_data"], "satudata_release_withdraw", id=NAME, **values)


def test_the_page_of_withdrawn_data_says_that_it_is_gone_and_why(app, withdrawn):
    answer = app.get(f"/dataset/{NAME}", status=410)

    assert WHY in answer.body
    assert "Pasal rekaan" in answer.body


def test_the_page_of_withdrawn_data_hands_out_no_file(app, withdrawn):
    assert "/download/" not in app.get(f"/dataset/{NAME}", status=410).body


def test_search_engines_forget_withdrawn_data(app, withdrawn):
    assert 'content="noindex"' in app.get(f"/dataset/{NAME}", status=410).body


def test_staff_read_withdrawn_data_as_ever(app, office, withdrawn):
    headers = {"Authorization": office.people["verifikator"]["token"]}

    assert app.get(f"/dataset/{NAME}", headers=headers).status_code == 200


def test_the_address_of_an_applied_copy_leads_to_the_public_data(app, office):
    walk(office, submit(office), until=10)
    copy = call(office["produsen_data"], "satudata_working_copy_create", id=NAME)
    call(office["produsen_data"], "package_patch", id=copy["id"], notes="Diperbaiki.")
    case = call(office["produsen_data"], "satudata_case_show", id=copy["id"])
    walk(office, case, until=10)

    answer = app.get(f"/dataset/{copy['name']}", follow_redirects=False)
    assert answer.headers["Location"].endswith(f"/dataset/{NAME}")


def test_the_releases_have_a_page_for_everybody(app, office):
    walk(office, submit(office), until=10)

    assert "Rilis 1" in app.get(f"/dataset/{NAME}/rilis").body
