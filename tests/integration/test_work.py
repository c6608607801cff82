"""The work of an act over a list: told to the worker, and to search once its step ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ckan import model
from ckan.lib import jobs, redis
from ckan.tests.helpers import CKANTestApp
from redis import ConnectionPool

from ckanext.satudata.logic import reindex, upkeep
from ckanext.satudata.logic.cases import work
from tests.integration.link_scene import Phone, Scene, deliver, make_scene
from tests.integration.test_list_pages import hidden_of

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def scene() -> Scene:
    """A list of two datasets at step 14, which approves each of them."""
    scene = make_scene()
    deliver(scene)
    scene.act("bps", "layak")
    return scene


@pytest.fixture
def no_queue(monkeypatch) -> Iterator[pytest.MonkeyPatch]:
    """Nobody answers where the queue should be, until it is undone."""
    nowhere = ConnectionPool.from_url("redis://127.0.0.1:1/0")
    with monkeypatch.context() as patched:
        patched.setattr(redis, "_connection_pool", nowhere)
        patched.setattr(jobs, "_queues", {})
        yield patched


def test_an_act_whose_work_the_queue_does_not_take_is_done_and_its_page_says_so(
    app: CKANTestApp, scene: Scene, no_queue
):
    phone, path = Phone(app, scene.cast["kasi"]), f"/kasus/{scene.case()['number']}"
    form = hidden_of(phone.get(f"{path}/langkah/14").body, "act-form")

    answer = phone.post(f"{path}/langkah/14", **{**form, "outcome": "selesai"})

    assert answer.status_code == 303
    assert [one["refused"] for one in scene.case()["work"]] == ["worker_away"] * 2
    assert "worker_away" in phone.get(path).body


def test_work_that_the_queue_did_not_take_is_done_by_upkeep(scene: Scene, no_queue):
    scene.act("kasi")

    assert (upkeep.do_work().left, scene.stands()) == (0, [(15, 1)])


def test_work_that_the_queue_takes_at_last_says_no_longer_that_it_did_not(
    scene: Scene, no_queue: pytest.MonkeyPatch
):
    scene.act("kasi")
    no_queue.undo()
    work.start(scene.case_id)
    model.Session.commit()

    assert [one["refused"] for one in scene.case()["work"]] == [None, None]


def test_search_is_told_of_the_whole_list_when_its_step_ends(scene: Scene, monkeypatch):
    told: list[tuple[str, ...]] = []
    monkeypatch.setattr(reindex, "datasets", lambda ids: told.append(tuple(ids)))
    scene.act("kasi")
    told.clear()

    work.run(scene.case_id)

    assert [len(one) for one in told] == [1, 2]
    assert set(told[-1]) == set(scene.datasets)
