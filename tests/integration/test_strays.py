"""Where storage and rows disagree: bytes that nothing names, and rows without bytes."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import attachments
from ckanext.satudata.logic.files import store, strays
from ckanext.satudata.logic.files.strays import Kind, Orphan
from tests.integration.hostile import NAME, first_file
from tests.integration.office import (
    CSV,
    Office,
    call,
    dataset_values,
    resource_values,
    submit,
    upload,
    walk,
)
from tests.integration.stored import Stored, point_elsewhere, sha256_of
from tests.integration.test_files import OTHER, replace

OLD = store.location_of(sha256_of(CSV))


def orphans() -> list[Orphan]:
    return list(strays.orphans(clock.now(), grace=timedelta(0) - timedelta(minutes=1)))


def purged(office: Office, name: str = "data-hapus") -> dict[str, Any]:
    """A dataset without a case whose one file is CSV, removed for good."""
    sysadmin = office["sysadmin"]
    dataset = call(sysadmin, "package_create", **dataset_values(office, name))
    file = call(sysadmin, "resource_create", **resource_values(dataset["id"], upload=upload()))
    call(sysadmin, "dataset_purge", id=dataset["id"])
    return file


class TestBytes:
    def test_that_a_resource_has_are_not_astray(self, office, storage: Stored):
        submit(office)
        assert orphans() == []

    def test_that_a_release_names_are_not_astray(self, office, storage: Stored):
        walk(office, submit(office), until=9)
        purged(office)
        assert orphans() == []

    def test_that_were_replaced_before_any_release_are_astray(self, office, storage: Stored):
        submit(office)
        replace(office)
        assert orphans() == [Orphan(OLD, Kind.UNNAMED, len(CSV))]

    def test_of_a_purged_dataset_are_astray(self, office, storage: Stored):
        purged(office)
        assert orphans() == [Orphan(OLD, Kind.UNNAMED, len(CSV))]

    def test_are_given_time_for_their_commit(self, office, storage: Stored):
        purged(office)
        assert list(strays.orphans(clock.now())) == []

    def test_are_given_that_time_anew_when_they_are_brought_again(self, office, storage: Stored):
        purged(office)
        os.utime(storage.root / OLD, (0, 0))
        purged(office, "data-hapus-lagi")
        assert list(strays.orphans(clock.now())) == []


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        (f"{store.ON_THE_WAY}/0123", Kind.TEMPORARY),
        (f"{attachments.FOLDER}/ab/{'ab' * 32}.0123", Kind.TEMPORARY),
        (f"{attachments.FOLDER}/ab/{'ab' * 32}", Kind.UNNAMED),
        (f"{store.SET_ASIDE}/{'ab' * 32}.0123", Kind.SET_ASIDE),
        ("abc/def/0123", Kind.FOREIGN),
        (f"{store.FOLDER}/zz/{'ab' * 32}", Kind.FOREIGN),
    ],
)
def test_what_else_lies_in_the_storage_is_told_by_its_kind(office, storage, location, kind):
    path = storage.root / location
    path.parent.mkdir(parents=True)
    path.write_bytes(b"sisa")

    assert orphans() == [Orphan(location, kind, 4)]


def test_an_attachment_of_a_case_is_not_astray(office, storage: Stored):
    case = submit(office)
    sent = upload(b"%PDF-1.7\nBerita acara rekaan\n%%EOF\n", "berita-acara.pdf")
    call(office["admin_data"], "satudata_attachment_create", case_id=case["id"], upload=sent)

    assert orphans() == []


class TestAFileWithoutBytes:
    def test_is_told_with_whose_it_is(self, office, storage: Stored):
        submit(office)
        (storage.root / OLD).unlink()

        lost = next(strays.missing())
        assert [(one.dataset, one.resource_id) for one in lost.places] == [
            (NAME, first_file(office)["id"])
        ]

    def test_of_a_release_is_told_when_the_resource_has_another(
        self, office, storage: Stored, no_wall
    ):
        walk(office, submit(office), until=9)
        point_elsewhere(first_file(office), OTHER)
        (storage.root / OLD).unlink()

        assert [one.release for one in next(strays.missing()).places] == [1]

    def test_is_none_where_all_is_there(self, office, storage: Stored):
        submit(office)
        assert list(strays.missing()) == []


def test_a_purge_leaves_the_bytes_that_a_release_names(office, storage: Stored):
    walk(office, submit(office), until=9)
    purged(office)

    assert (storage.root / OLD).read_bytes() == CSV


def test_a_replaced_file_of_a_release_would_stay(office, storage: Stored, no_wall):
    """The bytes of a release are kept by its own rows, whatever the resource has meanwhile."""
    walk(office, submit(office), until=9)
    point_elsewhere(first_file(office), OTHER)

    assert orphans() == []
