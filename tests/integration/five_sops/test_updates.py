"""Where the SOP runs over lists, data that are to be updated go onto the next one."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model

from tests.integration.five_sops.lists import answered, asked
from tests.integration.five_sops.test_copies import (
    BEGUN,
    JUDGED,
    LAST,
    TITLE,
    TO_PRODUCER,
    opened,
    read,
)
from tests.integration.five_sops.walk import Deed, Row, Walk, work_of
from tests.integration.five_sops.world import S002, World, make_world
from tests.integration.office import Office, call
from tests.integration.updating import Updating

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def world() -> World:
    return make_world(S002)


@pytest.fixture
def wanted(world: World, monkeypatch: pytest.MonkeyPatch) -> Updating:
    """Data that a list has published, on the day from which its next data are asked for."""
    walk = opened(world)
    request = asked("a", TITLE, world.dinas["name"], "4:a")
    brought = answered("a", "produsen_data", world.dinas)
    ended = work_of("15:a", "staf", "selesai", "16:a", public="a")
    walk.play((*BEGUN, request, *TO_PRODUCER, brought, *JUDGED, ended, *LAST))
    office = Office(world.dinas, world.kominfo, _people(world), world.dinas_lain)
    found = Updating(office, monkeypatch, read(walk.labels["a"])["name"])
    found.look(found.near)
    return found


def _people(world: World) -> dict[str, dict[str, Any]]:
    names = {**world.cast[S002].people, "head": world.head}
    users = {actor: model.User.get(one) for actor, one in names.items()}
    return {actor: {"name": one.name, "id": one.id} for actor, one in users.items() if one}


def offers(walk: Walk) -> list[dict[str, Any]]:
    (visit,) = walk.show("staf")["open_visits"]
    return visit["offered"]


def put(walk: Walk, label: str = "a") -> Deed:
    """Staff put the one thing that is offered on the list."""

    def do(_walk: Walk) -> None:
        (one,) = offers(walk)
        entry = {"title": one["title"], "organization": one["organization"]["id"]}
        entry["release_date"] = one["release_date"]
        walk.act(Row("4", "staf", "+add", more={"entry": entry}))
        walk.labels[label] = walk.state().items[0]

    return Deed("what is to be updated joins", do, "4:a")


def at_producers(world: World) -> Walk:
    """The next list asks its producers, and the data that are to be updated stand on it."""
    walk = opened(world)
    walk.play((*BEGUN, put(walk), *TO_PRODUCER))
    return walk


def revised(world: World, wanted: Updating) -> dict[str, Any]:
    producer = world.cast[S002]["produsen_data"]
    return call(producer, "satudata_working_copy_create", id=wanted.id)


def test_the_next_list_is_offered_what_is_to_be_updated(world, wanted):
    walk = opened(world)
    walk.play(BEGUN)
    (one,) = offers(walk)

    assert (one["title"], one["update"], one["request"], one["copy"]) == (TITLE, True, True, False)
    assert (one["release_date"], one["name"]) == (wanted.due.isoformat(), "")


def test_who_brings_the_data_and_who_makes_up_the_list_are_told(wanted):
    wanted.look(wanted.working(wanted.near))

    told = [wanted.told(one) for one in ("produsen_data", "staf", "produsen_data_lain", "kasi")]
    assert told[:3] == [["update_asked"], ["update_asked"], []]


def test_what_stands_on_an_open_list_is_offered_to_no_other(world, wanted):
    walk, other = opened(world), opened(world)
    walk.play((*BEGUN, put(walk)))
    other.play(BEGUN)

    assert offers(other) == []
    (row,) = wanted.listed("staf")
    assert row["asked_in"] == walk.show("staf")["number"]


def test_the_working_copy_answers_the_request_of_the_list(world, wanted):
    walk = at_producers(world)
    copy = revised(world, wanted)
    shown = walk.show("produsen_data")

    assert copy["case"] == shown["number"]
    assert [(one["id"], one["request"]) for one in shown["datasets"]] == [(copy["id"], False)]
    assert wanted.last_event()["case"] == shown["number"]


def test_a_list_that_has_not_come_to_its_producers_is_answered_later(world, wanted):
    walk = opened(world)
    walk.play((*BEGUN, put(walk)))
    copy = revised(world, wanted)

    assert (copy["case"], wanted.last_event()["case"]) == (None, None)
    assert [one["request"] for one in walk.show("staf")["datasets"]] == [True]


def test_without_a_list_the_copy_itself_is_offered_to_the_next(world, wanted):
    copy = revised(world, wanted)
    walk = opened(world)
    walk.play(BEGUN)

    (one,) = offers(walk)
    assert (one["dataset_id"], one["copy"], one["update"]) == (copy["id"], True, False)


def test_when_the_list_has_published_it_nothing_is_asked_for(world, wanted):
    walk = at_producers(world)
    copy = revised(world, wanted)
    walk.labels["a"] = copy["id"]
    walk.play((*JUDGED, work_of("15:a", "staf", "selesai", "16:a"), *LAST))
    wanted.look(wanted.near)

    assert read(wanted.id)["release_number"] == 2
    assert (wanted.last_event()["why"], wanted.row.asked_at) == ("released", None)
    other = opened(world)
    other.play(BEGUN)
    assert offers(other) == []
