"""Files lie by content: nothing is written over, and only a row says which bytes a resource has."""

from __future__ import annotations

import errno
import io
import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib import files
from ckan.plugins import toolkit as tk

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.datasets import gate
from ckanext.satudata.logic.files import store
from ckanext.satudata.model import resource_files
from ckanext.satudata.model.content import flushed_content
from tests.integration.at_once import both_at_once
from tests.integration.hostile import NAME, first_file, refusal, stranger
from tests.integration.office import (
    CSV,
    Office,
    call,
    dataset_values,
    resource_values,
    submit,
    upload,
)
from tests.integration.stored import Stored, own_storage, pointed, sha256_of

OTHER = b"tahun,jumlah\n2024,9999\n"
CHANGE = {"change_nature": "koreksi_angka", "change_note": "Angka rekaan"}


def replace(office: Office, content: bytes = OTHER, **more: Any) -> dict[str, Any]:
    """The produsen brings another version of the first file."""
    values = {"id": first_file(office)["id"], "upload": upload(content), **CHANGE, **more}
    return call(office["produsen_data"], "resource_patch", **values)


def bytes_now(resource: dict[str, Any]) -> bytes:
    return b"".join(store.chunks(pointed(resource).sha256))


class TestWhatIsStored:
    def test_lies_once_where_it_is_brought_twice(self, office, storage: Stored):
        submit(office)
        submit(office, "data-kedua")

        assert storage.names() == [store.location_of(sha256_of(CSV))]

    def test_lies_once_where_two_bring_it_at_once(self, office, storage: Stored):
        producer = office["produsen_data"]
        names = ["data-pertama", "data-kedua"]
        for name in names:
            call(producer, "package_create", **dataset_values(office, name))

        def bring() -> None:
            call(producer, "resource_create", **resource_values(names.pop(), upload=upload()))

        assert both_at_once(bring) == ["won", "won"]
        assert storage.names() == [store.location_of(sha256_of(CSV))]

    def test_stays_when_another_version_comes(self, office, storage: Stored):
        submit(office)
        replace(office)

        assert storage.path(sha256_of(CSV)).read_bytes() == CSV

    def test_is_what_the_resource_has_from_then_on(self, office, storage: Stored):
        submit(office)

        assert bytes_now(replace(office)) == OTHER

    def test_is_told_by_the_hash_and_size_of_the_resource(self, office, storage: Stored):
        submit(office)

        shown = replace(office)
        assert (shown["hash"], shown["size"]) == (sha256_of(OTHER), len(OTHER))

    def test_stays_when_a_link_takes_its_place(self, office, storage: Stored):
        submit(office)
        link = {"url": "http://contoh.example/x.csv", "clear_upload": "true", **CHANGE}
        call(office["produsen_data"], "resource_patch", id=first_file(office)["id"], **link)

        assert resource_files.file_of(first_file(office)["id"]) is None
        assert storage.path(sha256_of(CSV)).exists()

    def test_stays_when_its_resource_is_deleted(self, office, storage: Stored):
        submit(office)
        call(office["produsen_data"], "resource_delete", id=first_file(office)["id"])

        assert storage.path(sha256_of(CSV)).exists()

    def test_goes_through_any_other_storage_too(self, office, monkeypatch, tmp_path):
        own_storage(monkeypatch, "ckan:memory", tmp_path)
        submit(office)

        assert bytes_now(first_file(office)) == CSV

    def test_is_mended_when_the_right_bytes_come_again(self, office, storage: Stored):
        submit(office)
        storage.path(sha256_of(CSV)).write_bytes(b"rusak")
        submit(office, "data-kedua")

        assert storage.path(sha256_of(CSV)).read_bytes() == CSV

    def test_is_put_aside_and_kept_where_it_was_broken(self, office, storage: Stored):
        submit(office)
        storage.path(sha256_of(CSV)).write_bytes(b"rusak")
        submit(office, "data-kedua")

        aside = [one for one in storage.names() if one.startswith(store.SET_ASIDE)]
        assert [(storage.root / one).read_bytes() for one in aside] == [b"rusak"]


class TestAChangeThatIsRefusedAfterItsBytesWereStored:
    """CKAN stores before it commits; what it rolls back then includes the pointer."""

    def test_by_the_gate_keeps_the_old_file(self, office, storage: Stored, monkeypatch):
        submit(office)

        def refuse(*_arguments: object) -> None:
            raise Refused("content_differs")

        monkeypatch.setattr(gate, "judge", refuse)
        with pytest.raises(tk.ValidationError):
            replace(office)

        assert bytes_now(first_file(office)) == CSV

    def test_by_the_database_keeps_the_old_file(self, office, storage: Stored, monkeypatch):
        submit(office)
        with monkeypatch.context() as patched:
            patched.setattr(model.repo, "commit", fail)
            with pytest.raises(RuntimeError):
                replace(office)
        model.Session.rollback()

        assert bytes_now(first_file(office)) == CSV

    def test_leaves_at_most_the_bytes_that_came(self, office, storage: Stored, monkeypatch):
        submit(office)
        with monkeypatch.context() as patched:
            patched.setattr(model.repo, "commit", fail)
            with pytest.raises(RuntimeError):
                replace(office)
        model.Session.rollback()

        assert set(storage.names()) == {store.location_of(sha256_of(one)) for one in (CSV, OTHER)}


def fail() -> None:
    raise RuntimeError("the database went away")


class TestNobodyNamesBytesThatHeDidNotBring:
    @pytest.fixture
    def victim(self, office, storage: Stored) -> str:
        """The sha256 of somebody else's file."""
        submit(office)
        return sha256_of(CSV)

    def test_by_the_hash_of_a_file_of_his_own(self, office, victim):
        dataset = stranger(office)
        values = resource_values(dataset["id"], upload=upload(OTHER))
        own = call(office["outsider"], "resource_create", **values)

        told = call(office["outsider"], "resource_patch", id=own["id"], hash=victim, size=1)

        assert bytes_now(own) == OTHER
        assert (told["hash"], told["size"]) == (sha256_of(OTHER), len(OTHER))

    def test_by_the_hash_of_a_resource_without_a_file(self, office, victim):
        dataset = stranger(office)
        named = {"url": "x.csv", "url_type": "upload", "hash": victim, "upload": None}
        made = call(
            office["outsider"], "resource_create", **resource_values(dataset["id"], **named)
        )

        assert resource_files.file_of(made["id"]) is None
        assert made["hash"] == ""

    def test_by_the_hash_of_a_resource_of_a_new_dataset(self, office, victim):
        values = dataset_values(office, "data-lain", owner_org=office.other_agency["id"])
        resource = {"url": "x.csv", "url_type": "upload", "hash": victim}
        made = call(office["outsider"], "package_create", **values, resources=[resource])

        assert made["resources"][0]["hash"] == ""

    def test_by_the_address_of_a_file_of_his_own(self, office, victim):
        dataset = stranger(office)
        values = resource_values(dataset["id"], upload=upload(OTHER))
        own = call(office["outsider"], "resource_create", **values)

        named = {"url": store.location_of(victim), **CHANGE}
        call(office["outsider"], "resource_patch", id=own["id"], **named)

        assert bytes_now(own) == OTHER

    def test_by_the_id_of_a_resource_whose_dataset_was_purged(self, office, storage: Stored):
        sysadmin = office["sysadmin"]
        dataset = call(sysadmin, "package_create", **dataset_values(office))
        gone = call(sysadmin, "resource_create", **resource_values(dataset["id"], upload=upload()))
        call(sysadmin, "dataset_purge", id=dataset["id"])
        theft = {"id": gone["id"], "url": "x.csv", "url_type": "upload", "upload": None}

        other = stranger(office)
        refusal(office["outsider"], "resource_create", **resource_values(other["id"], **theft))


def test_what_an_approved_dataset_holds_counts_by_its_bytes(office, storage: Stored):
    """The pointer is part of the content: no field has to differ for a change to be seen."""
    submit(office)
    package = model.Package.get(NAME)
    before = flushed_content(package).sha256
    row = pointed(first_file(office))
    resource_files.note_stored(sha256_of(OTHER), len(OTHER))
    resource_files.point_file(row.resource_id, sha256_of(OTHER), row.name, row.size)
    package.resources[0].hash = row.sha256

    assert flushed_content(package).sha256 != before


class FullDisk(io.FileIO):
    """A real file on a disk that has room for one byte."""

    def write(self, content: Any) -> int:
        super().write(bytes(content[:1]))
        raise OSError(errno.ENOSPC, "full")


Usage = namedtuple("Usage", "free")


class TestAFullDisk:
    @pytest.fixture
    def full(self, monkeypatch):
        monkeypatch.setattr(Path, "open", lambda path, mode: FullDisk(path, mode.strip("b")))

    def test_is_a_refusal_that_says_so(self, office, storage: Stored, full):
        with pytest.raises(tk.ValidationError) as refused:
            submit(office)
        assert refused.value.error_dict["code"] == ["storage_full"]

    def test_is_told_by_the_form_with_all_that_was_typed(self, app, office, storage: Stored, full):
        call(office["produsen_data"], "package_create", **dataset_values(office))
        typed: dict[str, Any] = {
            "name": "Judul berkas",
            "description": "Rekaan",
            "resource_type": "data",
        }
        typed["upload"] = (io.BytesIO(CSV), "penduduk.csv")
        token = office.people["produsen_data"]["token"]
        headers = {"Authorization": token}

        answer = app.post(f"/dataset/{NAME}/unggah", data=typed, headers=headers)
        assert answer.status_code == 422
        assert 'href="#field-upload"' in answer.body
        assert "Judul berkas" in answer.body

    def test_leaves_nothing_behind(self, office, storage: Stored, full):
        with pytest.raises(tk.ValidationError):
            submit(office)
        assert storage.names() == []

    def test_leaves_the_dataset_without_a_resource(self, office, storage: Stored, full):
        with pytest.raises(tk.ValidationError):
            submit(office)
        model.Session.remove()
        assert model.Package.get(NAME).resources == []

    def test_is_seen_before_a_byte_is_written(self, office, storage: Stored, monkeypatch):
        monkeypatch.setattr(shutil, "disk_usage", lambda _root: Usage(len(CSV) - 1))
        with pytest.raises(tk.ValidationError, match="storage_full"):
            submit(office)

    def test_of_another_storage_leaves_nothing_behind_either(self, office, monkeypatch, tmp_path):
        other = own_storage(monkeypatch, "ckan:memory", tmp_path).storage
        upload_whole = type(other).upload

        def half(self: Any, location: Any, sent: Any, **more: Any) -> None:
            upload_whole(self, location, files.make_upload(CSV[:5]), **more)
            raise OSError(errno.ENOSPC, "full")

        monkeypatch.setattr(type(other), "upload", half)
        with pytest.raises(tk.ValidationError, match="storage_full"):
            submit(office)
        assert list(other.scan()) == []
