"""Open data waits until a person has answered what was found of data of persons."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.audit.kinds import dataset_stream
from ckanext.satudata.logic.outbox import handlers
from ckanext.satudata.logic.personal import looking
from ckanext.satudata.model import records
from tests.integration.office import act, call, resource_values, submit, upload, walk
from tests.integration.test_access import TEST

NAME = "jumlah-penduduk"
PERSONS = b"nama,nik\nSiti Contoh,1506014501900001\nBudi Contoh,1506020202850002\n"
"""Invented: the numbers follow the form of a NIK and were given to nobody."""
OTHER_PERSONS = PERSONS + b"Ani Contoh,1506016003920003\n"
UNREADABLE = b"%PDF-1.4\nrekaan"


def brought(office: Any, content: bytes = PERSONS, name: str = "warga.csv", **values: Any) -> Any:
    """A dataset whose file holds `content`, come to the step that approves and publishes."""
    submit(office, **values)
    replace(office, content, name)
    case = call(office["produsen_data"], "satudata_case_show", id=NAME)
    return walk(office, case, until=8)


def replace(office: Any, content: bytes, name: str = "warga.csv", dataset: str = NAME) -> None:
    producer = office["produsen_data"]
    resource = call(producer, "package_show", id=dataset)["resources"][0]
    said = {"change_nature": "periode_baru", "change_note": f"Berkas {name} {len(content)}"}
    values = {**resource, **said, "upload": upload(content, name)}
    call(producer, "resource_update", **values)


def publish(office: Any, case: Any) -> Any:
    case = call(office["pengelola_data"], "satudata_case_show", id=case["id"])
    return act(office, case, "pengelola_data", "selesai")


def refused(office: Any, case: Any) -> str:
    with pytest.raises(tk.ValidationError) as error:
        publish(office, case)
    model.Session.rollback()
    return str(error.value.error_dict)


def findings(office: Any, dataset: str = NAME) -> list[tuple[str, str, Any]]:
    told = call(office["verifikator"], "satudata_personal_data_show", id=dataset)
    return [
        (file["content"], one["key"], one["answer"])
        for file in told["files"]
        for one in file["findings"]
    ]


def answer(office: Any, person: str = "verifikator", dataset: str = NAME) -> None:
    """Answer all that is open, one content after the other."""
    waiting: dict[str, list[str]] = {}
    for content, key, answered in findings(office, dataset):
        if answered is None:
            waiting.setdefault(content, []).append(key)
    assert waiting
    for content, keys in waiting.items():
        values = {"id": dataset, "content": content, "findings": keys}
        values |= {"verdict": "bukan_data_pribadi", "reason": "Nomor contoh (rekaan)."}
        call(office[person], "satudata_personal_data_answer", **values)


def is_public() -> bool:
    model.Session.expire_all()
    return not model.Package.get(NAME).private


def test_open_data_with_data_of_persons_is_not_approved(office):
    said = refused(office, brought(office))

    assert "personal_data_unanswered" in said
    assert not is_public()


def test_the_refusal_names_file_column_and_code(office):
    said = refused(office, brought(office))

    assert "Jumlah penduduk" in said
    assert "personal_nik" in said
    assert "1506014501900001" not in said


def test_answered_findings_let_the_data_through(office):
    case = brought(office)
    refused(office, case)
    answer(office)

    publish(office, case)
    assert is_public()


def test_one_open_answer_still_stops_it(office):
    case = brought(office)
    refused(office, case)
    content, key, _none = findings(office)[0]
    assert len(findings(office)) > 1
    values = {"id": NAME, "content": content, "findings": [key]}
    values |= {"verdict": "milik_kantor", "reason": "Rekaan"}
    call(office["verifikator"], "satudata_personal_data_answer", **values)

    assert "personal_data_unanswered" in refused(office, case)


def test_clean_data_asks_nobody(office):
    publish(office, walk(office, submit(office), until=8))

    assert is_public()


@pytest.mark.parametrize("access_class", ["terbatas", "tertutup"])
def test_data_that_is_not_open_is_not_asked_about(office, access_class):
    case = brought(office, access_class=access_class, **TEST)

    assert publish(office, case)["open_visits"][0]["step"] == 9


def test_a_file_that_cannot_be_read_asks_too(office):
    said = refused(office, brought(office, UNREADABLE, "warga.pdf"))

    assert "cannot_be_read" in said


@pytest.mark.parametrize("person", ["produsen_data", "outsider", "admin_data"])
def test_nobody_answers_who_neither_verifies_nor_approves(office, person):
    refused(office, brought(office))

    with pytest.raises((tk.NotAuthorized, tk.ValidationError), match="not_personal|not_found"):
        answer(office, person)
    model.Session.rollback()


def test_an_answer_is_an_event_with_its_reason(office):
    refused(office, brought(office))
    answer(office)

    stream = dataset_stream(model.Package.get(NAME).id)
    told = [(one.kind, one.body["verdict"]) for one in records.records_of(stream)]
    assert told == [("personal_data_answered", "bukan_data_pribadi")]


def test_new_bytes_ask_anew(office):
    case = brought(office)
    refused(office, case)
    answer(office)
    publish(office, case)
    copy = call(office["produsen_data"], "satudata_working_copy_create", id=NAME)
    replace(office, OTHER_PERSONS, dataset=copy["id"])
    case = call(office["produsen_data"], "satudata_case_show", id=copy["id"])

    assert "personal_data_unanswered" in refused(office, walk(office, case, until=8))


def test_the_same_bytes_are_not_asked_about_again(office):
    case = brought(office)
    refused(office, case)
    answer(office)
    publish(office, case)
    copy = call(office["produsen_data"], "satudata_working_copy_create", id=NAME)
    call(office["produsen_data"], "package_patch", id=copy["id"], notes="Lain (rekaan).")
    case = call(office["produsen_data"], "satudata_case_show", id=copy["id"])

    walk(office, case, until=10)
    assert call(office["verifikator"], "package_show", id=NAME)["notes"] == "Lain (rekaan)."


def test_the_same_bytes_are_looked_through_once(office, monkeypatch):
    case = brought(office)
    refused(office, case)
    monkeypatch.setattr(looking, "look", lambda *_asked: pytest.fail("looked through again"))

    assert "personal_data_unanswered" in refused(office, case)


def test_an_uploaded_file_is_looked_through_by_the_worker(office):
    submit(office)
    resource = call(office["produsen_data"], "resource_create", **more_of(NAME))
    key = looking.ask_for(resource["hash"], "warga.csv")
    looking.look_in_job(key)

    assert [one for one in findings(office) if one[0] == resource["hash"]]


def more_of(dataset: str) -> dict[str, Any]:
    return resource_values(dataset, name="Warga", upload=upload(PERSONS, "warga.csv"))


def test_an_upload_is_noted_for_the_worker(office, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(looking, "hand_to_worker", asked.append)
    submit(office)

    sha256 = call(office["produsen_data"], "package_show", id=NAME)["resources"][0]["hash"]
    assert asked == [f"{sha256}.csv"]
    assert handlers.HANDLERS["personal"] is handlers.personal


def load_rows(office: Any, dataset: str = NAME, **record: Any) -> None:
    producer = office["produsen_data"]
    resource = call(producer, "package_show", id=dataset)["resources"][0]
    records_ = [record, {name: f"{value}" for name, value in record.items()}]
    call(producer, "datastore_create", resource_id=resource["id"], force=True, records=records_)


def test_rows_of_persons_are_found_in_the_datastore_too(office):
    submit(office)
    load_rows(office, surel="siti@contoh.example", jumlah="3")
    case = call(office["produsen_data"], "satudata_case_show", id=NAME)

    assert "personal_email" in refused(office, walk(office, case, until=8))


def test_rows_without_persons_ask_nobody(office):
    submit(office)
    load_rows(office, kecamatan="Contoh", jumlah="3")
    case = call(office["produsen_data"], "satudata_case_show", id=NAME)

    publish(office, walk(office, case, until=8))
    assert is_public()


def test_rows_that_are_written_again_ask_anew(office):
    submit(office)
    load_rows(office, surel="siti@contoh.example")
    package = model.Package.get(NAME)
    part = next(one for one in looking_parts(package) if one.is_rows)
    looking.keep_now(part, looking.look(part, looking.IN_AN_ACT))
    load_rows(office, surel="ani@contoh.example")

    assert looking.known(part) is None


def looking_parts(package: Any) -> list[looking.Part]:
    from ckanext.satudata.logic.personal.asking import parts_of

    return parts_of(package)


def test_a_forced_publication_asks_too(office):
    from tests.integration.office import dataset_values

    made = call(office["sysadmin"], "package_create", **dataset_values(office))
    call(office["sysadmin"], "resource_create", **more_of(made["id"]))

    with pytest.raises(tk.ValidationError, match="personal_data_unanswered"):
        call(office["sysadmin"], "satudata_release_force", id=NAME, reason="Rekaan")
    model.Session.rollback()


@pytest.mark.parametrize("name", sorted(set(TEST) - {"legal_basis"}))
def test_restricted_data_is_not_approved_without_its_consequence_test(office, name):
    """The act itself asks, whatever the checks of its SOP are."""
    from ckanext.satudata.errors import Refused
    from ckanext.satudata.logic.releases import lawful

    submit(office, access_class="terbatas", **{**TEST, name: ""})

    with pytest.raises(Refused, match="consequence_test_missing"):
        lawful.check(model.Package.get(NAME).id)


def test_the_page_of_the_case_shows_the_findings_and_takes_the_answer(app, office):
    case = brought(office)
    refused(office, case)
    headers = {"Authorization": office.people["verifikator"]["token"]}
    body = app.get(f"/kasus/{case['number']}", headers=headers).body

    assert 'id="personal-data"' in body
    assert "1506014501900001" not in body
    assert 'name="findings"' in body


def test_the_page_of_the_case_asks_no_producer(app, office):
    case = brought(office)
    refused(office, case)
    headers = {"Authorization": office.people["produsen_data"]["token"]}
    body = app.get(f"/kasus/{case['number']}", headers=headers).body

    assert 'id="personal-data"' in body
    assert 'name="findings"' not in body
