"""The database itself lets nothing be public that no release covers, whoever writes it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model

from tests.integration.office import call, dataset_values, submit, walk

NAME = "jumlah-penduduk"


@pytest.fixture
def published(office):
    """A dataset that its case has published."""
    return walk(office, submit(office), until=10)


def run(sql: str) -> None:
    """Raw SQL with the portal's own connection, committed."""
    try:
        model.Session.execute(sa.text(sql), {"name": NAME})
        model.Session.commit()
    finally:
        model.Session.rollback()


THIS = "(SELECT id FROM package WHERE name = :name)"

CHANGES = {
    "title": "UPDATE package SET title = 'lain' WHERE name = :name",
    "extras": 'UPDATE package SET extras = extras || \'{"unit": "ekor"}\' WHERE name = :name',
    "a file's address": f"UPDATE resource SET url = 'lain.csv' WHERE package_id = {THIS}",
    "a file's sha256": f"UPDATE resource SET hash = 'x' WHERE package_id = {THIS}",
    "a removed file": f"UPDATE resource SET state = 'deleted' WHERE package_id = {THIS}",
    "a file that is gone": f"DELETE FROM resource WHERE package_id = {THIS}",
    "the bytes of a file": "UPDATE satudata_resource_file SET name = 'lain.csv' WHERE resource_id"
    f" IN (SELECT id FROM resource WHERE package_id = {THIS})",
    "the rows of a file": "INSERT INTO satudata_resource_table (resource_id, table_name, set_at)"
    f" SELECT id, 'lain', now() FROM resource WHERE package_id = {THIS}",
    "a tag": "INSERT INTO tag (id, name) VALUES ('t', 'rahasia'); INSERT INTO package_tag"
    " (id, package_id, tag_id, state) SELECT 'pt', id, 't', 'active' FROM package p"
    " WHERE name = :name",
}


@pytest.mark.parametrize("what", CHANGES)
def test_raw_sql_changes_nothing_of_what_is_public(office, published, what):
    with pytest.raises(sa.exc.IntegrityError, match="would differ from its release"):
        run(CHANGES[what])


def test_raw_sql_publishes_nothing(office):
    call(office["produsen_data"], "package_create", **dataset_values(office))

    with pytest.raises(sa.exc.IntegrityError, match="without a release"):
        run("UPDATE package SET private = false WHERE name = :name")


def test_raw_sql_publishes_nothing_as_another_type_either(office):
    call(office["produsen_data"], "package_create", **dataset_values(office))

    with pytest.raises(sa.exc.IntegrityError, match="without a release"):
        run("UPDATE package SET private = false, type = 'harvest' WHERE name = :name")


def test_what_was_withdrawn_is_not_switched_back(office, published):
    call(office["pengelola_data"], "satudata_release_withdraw", id=NAME, reason="Keliru.")

    with pytest.raises(sa.exc.IntegrityError, match="without a release"):
        run("UPDATE package SET private = false WHERE name = :name")


def test_the_orm_passes_no_more_than_sql(office, published):
    model.Package.get(NAME).title = "lain"

    with pytest.raises(sa.exc.IntegrityError, match="would differ from its release"):
        model.Session.commit()
    model.Session.rollback()


def test_what_is_private_is_free_of_the_wall(office):
    call(office["produsen_data"], "package_create", **dataset_values(office))

    run("UPDATE package SET title = 'lain' WHERE name = :name")

    model.Session.expire_all()
    assert model.Package.get(NAME).title == "lain"
