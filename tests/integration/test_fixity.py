"""Stored files are read again: what changed or went is found, named, and left where it is."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from hashlib import sha256

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.files import fixity, store
from ckanext.satudata.model import resource_files
from ckanext.satudata.model.named_files import Place
from tests.integration.hostile import NAME, first_file
from tests.integration.office import CSV, act, call, dataset_values, submit, walk
from tests.integration.stored import Stored, point_elsewhere, pointed, sha256_of
from tests.integration.terminal import Terminal
from tests.integration.test_files import OTHER

MINE = sha256_of(CSV)


def found() -> list[fixity.Checked]:
    """What a check of everything finds broken."""
    return [one for one in fixity.check(clock.now(), everything=True) if one.broken]


def marked() -> str | None:
    model.Session.expire_all()
    return model.Session.get_one(resource_files.FileRow, MINE).broken


class TestACheck:
    def test_finds_nothing_wrong_with_whole_files(self, office, storage: Stored):
        submit(office)
        assert found() == []

    def test_finds_a_file_that_changed(self, office, storage: Stored):
        submit(office)
        storage.path(MINE).write_bytes(CSV.replace(b"1200", b"1201"))

        assert [(one.sha256, one.broken) for one in found()] == [(MINE, fixity.DIFFERS)]

    def test_finds_a_file_that_is_gone(self, office, storage: Stored):
        submit(office)
        storage.path(MINE).unlink()

        assert [(one.sha256, one.broken) for one in found()] == [(MINE, fixity.MISSING)]

    def test_names_dataset_resource_and_release(self, office, storage: Stored):
        walk(office, submit(office), until=9)
        storage.path(MINE).unlink()

        file = (first_file(office)["id"], "penduduk.csv")
        assert found()[0].places == (Place(NAME, *file, None), Place(NAME, *file, 1))

    def test_marks_what_is_broken(self, office, storage: Stored):
        submit(office)
        storage.path(MINE).unlink()
        found()

        assert marked() == fixity.MISSING

    def test_takes_the_mark_away_when_the_file_is_back(self, office, storage: Stored):
        submit(office)
        storage.path(MINE).unlink()
        found()
        storage.path(MINE).write_bytes(CSV)
        list(fixity.check(clock.now()))

        assert marked() is None

    def test_leaves_a_broken_file_where_it_is(self, office, storage: Stored):
        submit(office)
        storage.path(MINE).write_bytes(b"rusak")
        found()

        assert storage.path(MINE).read_bytes() == b"rusak"


def test_a_file_that_only_a_release_names_is_checked_too(office, storage: Stored, no_wall):
    walk(office, submit(office), until=9)
    point_elsewhere(first_file(office), OTHER)
    storage.path(MINE).unlink()

    assert [one.sha256 for one in found()] == [MINE]


def test_each_daily_run_reads_other_files_than_the_one_before(office, storage, monkeypatch):
    many_files(office, 70)
    monkeypatch.setattr(store, "is_whole", lambda _sha256: True)
    start = clock.now()

    first, second = (
        {one.sha256 for one in fixity.check(start + timedelta(days=day))} for day in (1, 2)
    )
    assert not first & second


def test_every_file_is_read_within_30_days_of_daily_runs(office, storage, monkeypatch):
    digests = many_files(office, 70)
    monkeypatch.setattr(store, "is_whole", lambda _sha256: True)
    start = clock.now()

    read = Counter(
        one.sha256 for day in range(30) for one in fixity.check(start + timedelta(days=day))
    )
    assert set(read) == digests


def test_a_daily_run_reads_a_share_of_the_files(office, storage, monkeypatch):
    many_files(office, 70)
    monkeypatch.setattr(store, "is_whole", lambda _sha256: True)

    assert len(list(fixity.check(clock.now()))) == 3


def test_a_run_after_a_long_time_reads_all_that_is_overdue(office, storage, monkeypatch):
    many_files(office, 70)
    monkeypatch.setattr(store, "is_whole", lambda _sha256: True)

    assert len(list(fixity.check(clock.now() + timedelta(days=29)))) == 70


def many_files(office, count: int) -> set[str]:
    """Rows of a dataset with this many files; no bytes."""
    dataset = call(office["produsen_data"], "package_create", **dataset_values(office))
    digests = [sha256(str(one).encode()).hexdigest() for one in range(count)]
    for digest in digests:
        resource = model.Resource(package_id=dataset["id"], url=digest, url_type="upload")
        model.Session.add(resource)
        model.Session.flush()
        resource_files.point_file(resource.id, digest, digest, 1)
    model.Session.commit()
    return set(digests)


class TestTheCommand:
    def test_ends_with_0_where_all_is_whole(self, app: CKANTestApp, office, storage: Stored):
        submit(office)
        assert Terminal(app).run("fixity").status == 0

    def test_ends_with_1_where_a_file_is_broken(self, app: CKANTestApp, office, storage: Stored):
        submit(office)
        storage.path(MINE).unlink()

        assert Terminal(app).run("fixity", "--all").status == 1

    def test_says_whose_file_is_broken(self, app: CKANTestApp, office, storage: Stored):
        submit(office)
        storage.path(MINE).unlink()

        said = Terminal(app).run("fixity").err
        assert said.startswith(f"{NAME}: {first_file(office)['id']}: penduduk.csv: ")


class TestAnApproval:
    def test_is_refused_where_the_bytes_are_not_those_that_came(self, office, storage: Stored):
        case = walk(office, submit(office), until=8)
        storage.path(MINE).write_bytes(CSV.replace(b"1200", b"1201"))

        with pytest.raises(tk.ValidationError, match="file_broken"):
            act(office, case, "pengelola_data", "selesai")
        model.Session.rollback()

    def test_counts_as_a_check_of_its_files(self, office, storage: Stored):
        walk(office, submit(office), until=9)

        row = model.Session.get_one(resource_files.FileRow, pointed(first_file(office)).sha256)
        assert row.checked_at is not None
