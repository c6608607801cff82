"""A working copy of what a list of SOP 002 published walks the next list, and comes back whole."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.model import working_copies
from tests.integration.five_sops.lists import answered, asked
from tests.integration.five_sops.walk import Deed, Row, Walk, act, work_of
from tests.integration.five_sops.world import S002, World, make_world
from tests.integration.office import call, upload

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

TITLE = "Jumlah penduduk"
NEW = b"tahun,jumlah\n2026,1300\n"

Script = tuple[Row | Deed, ...]
BEGUN: Script = (
    act("1", "kepala_dinas", "selesai", "2:"),
    act("2", "kabid", "selesai", "3:"),
    act("3", "kasi", "selesai", "4:"),
)
TO_PRODUCER: Script = (
    act("4", "staf", "selesai", "5:a"),
    act("5", "kasi", "sesuai", "6:a"),
    act("6", "bps", "sesuai", "7:a"),
    act("7", "kasi", "selesai", "8.a"),
)
JUDGED: Script = (
    act("8.a", "pimpinan_sumber_data", "+approve", "8.a"),
    act("8.a", "produsen_data", "selesai", "9.a"),
    act("9.a", "kasi", "lengkap", "10:a"),
    act("10:a", "staf", "selesai", "11:a"),
    act("11:a", "kasi", "sesuai", "12:a"),
    act("12:a", "kabid", "selesai", "13:a"),
    act("13:a", "bps", "layak", "14:a"),
    work_of("14:a", "kasi", "selesai", "15:a"),
)
LAST: Script = (act("16:a", "staf", "selesai", ""),)


@pytest.fixture
def world() -> World:
    return make_world(S002)


@pytest.fixture
def published(world: World) -> dict[str, Any]:
    """What anybody reads of a dataset that a list has published."""
    walk = opened(world)
    request = asked("a", TITLE, world.dinas["name"], "4:a")
    brought = answered("a", "produsen_data", world.dinas)
    ended = work_of("15:a", "staf", "selesai", "16:a", public="a")
    walk.play((*BEGUN, request, *TO_PRODUCER, brought, *JUDGED, ended, *LAST))
    return read(walk.labels["a"])


@pytest.fixture
def copy(world: World, published: dict[str, Any]) -> dict[str, Any]:
    """A working copy with another title and another file; no list has it yet."""
    producer = world.cast[S002]["produsen_data"]
    made = call(producer, "satudata_working_copy_create", id=published["id"])
    call(producer, "package_patch", id=made["id"], title="Jumlah penduduk, diperbarui")
    (resource,) = call(producer, "package_show", id=made["id"])["resources"]
    values = {**resource, "upload": upload(NEW, "baru.csv"), "change_nature": "periode_baru"}
    call(producer, "resource_update", **values)
    return made


def opened(world: World) -> Walk:
    cast = world.cast[S002]
    return Walk(cast, call(cast["kepala_dinas"], "satudata_case_open", sop=S002)["id"], {})


def read(dataset: str) -> dict[str, Any]:
    return helpers.call_action("package_show", {"user": "", "ignore_auth": False}, id=dataset)


def add(copy: dict[str, Any], then: str = "4:a") -> Row:
    return act("4", "staf", "+add", then, entry={"dataset_id": copy["id"]})


def next_list(world: World, copy: dict[str, Any]) -> Walk:
    """The next list, at the step that publishes, with the copy on it."""
    walk = opened(world)
    walk.labels["a"] = copy["id"]
    walk.play((*BEGUN, add(copy), *TO_PRODUCER, *JUDGED))
    return walk


def test_a_copy_under_a_list_has_no_case_when_it_is_opened(world, copy):
    assert copy["case"] is None


def test_the_next_list_is_offered_the_copy(world, copy):
    walk = opened(world)
    walk.play(BEGUN)

    (visit,) = walk.show("staf")["open_visits"]
    assert [(one["dataset_id"], one["copy"]) for one in visit["offered"]] == [(copy["id"], True)]


def test_what_is_on_a_list_is_offered_to_no_other(world, copy):
    walk, other = opened(world), opened(world)
    walk.labels["a"] = copy["id"]
    walk.play((*BEGUN, add(copy)))
    other.play(BEGUN)

    (visit,) = other.show("staf")["open_visits"]
    assert visit["offered"] == []


def test_until_it_is_applied_the_public_reads_the_release(world, published, copy):
    next_list(world, copy)

    assert read(published["id"]) == published


def test_an_applied_copy_keeps_the_ids_and_the_urls(world, published, copy):
    walk = next_list(world, copy)
    walk.play((work_of("15:a", "staf", "selesai", "16:a"), *LAST))
    after = read(published["id"])

    assert (after["title"], after["name"]) == ("Jumlah penduduk, diperbarui", published["name"])
    assert after["release_number"] == 2
    same = [(one["id"], one["url"]) for one in published["resources"]]
    assert [(one["id"], one["url"]) for one in after["resources"]] == same
    assert working_copies.working_copy(copy["id"]).ended == "applied"


def test_a_copy_that_answers_a_request_is_applied_as_well(world, published, copy):
    walk = opened(world)
    walk.play((*BEGUN, asked("a", "Penduduk 2026", world.dinas["name"], "4:a"), *TO_PRODUCER))
    call(
        world.cast[S002]["produsen_data"],
        "satudata_request_fulfil",
        id=walk.case_id,
        version=walk.show("produsen_data")["version"],
        request=walk.labels["a"],
        dataset_id=copy["id"],
    )
    walk.labels["a"] = copy["id"]
    walk.play((*JUDGED, work_of("15:a", "staf", "selesai", "16:a"), *LAST))

    assert read(published["id"])["release_number"] == 2


def test_a_copy_that_goes_back_is_repaired_and_applied(world, published, copy):
    walk = opened(world)
    walk.labels["a"] = copy["id"]
    back = (
        act("8.a", "pimpinan_sumber_data", "+approve", "8.a"),
        act("8.a", "produsen_data", "selesai", "9.a"),
        act("9.a", "kasi", "belum_lengkap", "8.a"),
    )
    walk.play((*BEGUN, add(copy), *TO_PRODUCER, *back))
    call(world.cast[S002]["produsen_data"], "package_patch", id=copy["id"], unit="Jiwa")
    walk.play((*JUDGED, work_of("15:a", "staf", "selesai", "16:a"), *LAST))

    assert read(published["id"])["unit"] == "Jiwa"


def test_the_producer_takes_a_copy_off_the_list_while_it_is_his(world, published, copy):
    walk = opened(world)
    walk.labels["a"] = copy["id"]
    walk.play((*BEGUN, add(copy), asked("b", "Lain", world.dinas["name"], "4:ab")))
    walk.play((
        act("4", "staf", "selesai", "5:ab"),
        act("5", "kasi", "sesuai", "6:ab"),
        act("6", "bps", "sesuai", "7:ab"),
        act("7", "kasi", "selesai", "8.a 8.b"),
    ))  # fmt: skip
    producer = world.cast[S002]["produsen_data"]
    call(producer, "satudata_working_copy_drop", id=copy["id"], reason="Salah berkas.")

    assert walk.stands() == "8.b"
    assert working_copies.working_copy(copy["id"]).ended == "dropped"


def test_he_does_not_take_it_off_a_list_that_others_have(world, published, copy):
    walk = opened(world)
    walk.labels["a"] = copy["id"]
    walk.play((*BEGUN, add(copy)))

    with pytest.raises(tk.ValidationError, match="working_copy_in_case"):
        call(
            world.cast[S002]["produsen_data"],
            "satudata_working_copy_drop",
            id=copy["id"],
            reason="Salah berkas.",
        )
