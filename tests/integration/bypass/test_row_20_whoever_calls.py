"""Row 20: what asks no permission, a job or another extension, meets the same answers."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model

from tests.integration.bypass.harvested import forced as allowed
from tests.integration.hostile import forced, stranger
from tests.integration.office import call, dataset_values, submit, walk

NAME = "jumlah-penduduk"


def _payloads(office: Any) -> dict[str, dict[str, Any]]:
    group = call(office["sysadmin"], "group_create", name="kelompok")["id"]
    other = stranger(office)["id"]
    tie = {"id": group, "object": NAME, "object_type": "package"}
    relation = {"subject": other, "object": NAME, "type": "child_of"}
    return {
        "package_delete": {"id": NAME},
        "dataset_purge": {"id": NAME},
        "package_owner_org_update": {"id": NAME, "organization_id": office.other_agency["id"]},
        "member_create": {**tie, "capacity": "public"},
        "member_delete": tie,
        "package_relationship_create": relation,
        "package_relationship_delete": relation,
        "package_relationship_update": relation,
        "package_collaborator_create": {
            "id": NAME, "user_id": office["outsider"], "capacity": "editor",
        },
        "package_collaborator_delete": {"id": NAME, "user_id": office["outsider"]},
    }  # fmt: skip


@pytest.mark.parametrize("until", [3, 9])
def test_row_20_no_action_goes_round_the_case_where_no_permission_is_asked(office, until):
    walk(office, submit(office), until=until)

    for action, values in _payloads(office).items():
        said = forced(office, action, **values)
        codes = ("has_case", "locked_in_review", "locked_published")
        assert any(code in said for code in codes), action


def test_row_20_data_without_a_case_is_deleted_where_no_permission_is_asked(office):
    call(office["produsen_data"], "package_create", **dataset_values(office))

    allowed(office, "package_delete", id=NAME)

    assert model.Package.get(NAME).state == "deleted"
