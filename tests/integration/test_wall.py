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


REWRITES = {
    "what was approved": "UPDATE satudata_release SET content = '{}'",
    "the digest of its rows": "UPDATE satudata_release SET rows_digest = 'x'",
    "when it was shown": "UPDATE satudata_release SET shown_at = NULL",
    "the release itself": f"DELETE FROM satudata_release WHERE dataset_id = {THIS}",
    "its files": "UPDATE satudata_release_file SET sha256 = 'x'",
    "the list of its files": "DELETE FROM satudata_release_file",
    "the dataset of a file": "UPDATE resource SET package_id = (SELECT id FROM package WHERE"
    " name <> :name LIMIT 1)",
    "the file of a pointer": "UPDATE satudata_resource_file SET resource_id = 'lain'",
    "all files": "TRUNCATE resource CASCADE",
    "all words": "TRUNCATE package_tag",
    "all releases": "TRUNCATE satudata_release CASCADE",
}


@pytest.mark.parametrize("what", REWRITES)
def test_raw_sql_rewrites_nothing_that_the_wall_leans_on(office, published, what):
    call(office["outsider"], "package_create", **other_values(office))

    with pytest.raises(sa.exc.DBAPIError, match="satudata: "):
        run(REWRITES[what])


def test_a_word_of_public_data_is_not_renamed(office):
    walk(office, submit(office, tags=[{"name": "penduduk"}]), until=10)

    with pytest.raises(sa.exc.IntegrityError, match="is a word of public data"):
        run("UPDATE tag SET name = 'lain' WHERE name = 'penduduk'")


def other_values(office):
    return dataset_values(office, "data-lain", owner_org=office.other_agency["id"])


FORGED = """
    INSERT INTO {table} (id, dataset_id, number, event_sequence, status, content, content_sha256,
                         made_by, made_at, shown_at, rows_digest, forced)
    SELECT 'palsu', id, 1, 1, 'terbit', '{{}}', 'x', 'x', now(), now(),
           public.satudata_rows_digest(id), false
    FROM package WHERE name = :name;
    UPDATE package SET private = false WHERE name = :name
"""


def test_a_release_that_no_event_proves_publishes_nothing(office):
    call(office["produsen_data"], "package_create", **dataset_values(office))

    with pytest.raises(sa.exc.IntegrityError, match="no event says who approved it"):
        run(FORGED.format(table="satudata_release"))


def test_a_table_of_the_same_name_does_not_stand_in_for_the_releases(office):
    call(office["produsen_data"], "package_create", **dataset_values(office))
    like = "LIKE public.satudata_release INCLUDING GENERATED"
    shadow = f"CREATE TEMP TABLE satudata_release ({like}) ON COMMIT DROP;"

    with pytest.raises(sa.exc.IntegrityError, match="without a release"):
        run(shadow + FORGED.format(table="pg_temp.satudata_release"))


def test_a_withdrawal_is_not_taken_back(office, published):
    call(office["pengelola_data"], "satudata_release_withdraw", id=NAME, reason="Keliru.")

    with pytest.raises(sa.exc.IntegrityError, match="stays as it was approved"):
        run("UPDATE satudata_release SET withdrawn_at = NULL")
