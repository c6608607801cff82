"""Rows are not written without an event of the running case, and by none who may not write."""

from __future__ import annotations

import pytest
from ckan import model

from ckanext.satudata.model import datastore
from ckanext.satudata.model.resource_tables import table_of
from tests.integration.office import call, walk
from tests.integration.rows_scene import NAME, NEW, OLD, first_resource, refused, with_rows


class TestTheCaseOfTheData:
    """Row 12 of the bypass list: rows are not written without an event."""

    def rows_of_events(self, office):
        case = call(office["produsen_data"], "satudata_case_show", id=NAME)
        return [one["body"]["rows"] for one in case["events"] if "rows" in one["body"]]

    def test_records_rows_that_were_loaded(self, office):
        with_rows(office)
        resource = first_resource(office)

        assert self.rows_of_events(office) == [
            {
                "resource": resource,
                "act": "create",
                "table": table_of(resource),
                "written": len(OLD),
            }
        ]

    def test_records_rows_that_were_added_and_deleted(self, office):
        with_rows(office)
        rows = {"resource_id": first_resource(office), "force": True}
        producer = office["produsen_data"]
        call(producer, "datastore_upsert", records=NEW, method="insert", **rows)
        call(producer, "datastore_records_delete", filters={"kecamatan": "Contoh Lama"}, **rows)

        found = [(one["act"], one["written"]) for one in self.rows_of_events(office)]
        assert found[1:] == [("insert", 1), ("delete", 1)]

    def test_records_no_dry_run(self, office):
        with_rows(office)
        rows = {"resource_id": first_resource(office), "force": True}
        call(
            office["produsen_data"],
            "datastore_upsert",
            records=NEW,
            method="insert",
            dry_run=True,
            **rows,
        )

        assert len(self.rows_of_events(office)) == 1

    def test_makes_the_writer_of_rows_a_party_that_decides_nothing(self, office):
        with_rows(office)
        package = model.Package.get(NAME)

        user = office.people["produsen_data"]["id"]
        assert user in package.plugin_data["satudata"]["contributors"]

    @pytest.mark.parametrize("action", ["datastore_create", "datastore_upsert"])
    def test_lets_nobody_write_rows_in_review_even_past_the_permissions(self, office, action):
        walk(office, with_rows(office), until=3)
        resource = first_resource(office)
        values = {"records": NEW, "force": True}
        if action == "datastore_upsert":
            values["method"] = "insert"

        assert "locked_in_review" in refused(office, action, resource_id=resource, **values)
        assert datastore.count_rows(table_of(resource)) == len(OLD)
