"""SOP 000 carries one dataset from upload to public, on the real services."""

from __future__ import annotations

import pytest
from ckan.tests import helpers

from tests.integration.office import submit, walk

pytestmark = pytest.mark.usefixtures("with_plugins")


def test_an_upload_by_a_produsen_opens_a_case_at_step_1(office):
    case = submit(office)

    assert [visit["step"] for visit in case["open_visits"]] == [1]
    assert case["datasets"][0]["status"] == "dikumpulkan"


def test_the_straight_way_publishes_the_dataset(office):
    case = walk(office, submit(office), until=9)

    shown = helpers.call_action("package_show", {"ignore_auth": False}, id="jumlah-penduduk")
    assert shown["private"] is False
    assert shown["validation_status"] == "terbit"
    assert [visit["step"] for visit in case["open_visits"]] == [9]
