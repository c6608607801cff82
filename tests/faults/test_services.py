"""A service that fails in the middle of an act, or between acts, costs nothing that was done."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.cases import work
from ckanext.satudata.logic.outbox import dispatch
from ckanext.satudata.logic.reconcile import checks, outboxes
from ckanext.satudata.model import outbox
from tests.faults import child
from tests.faults.conftest import HOW_MANY, SOME
from tests.faults.points import Points
from tests.faults.scene import Scene, ask_redis, deliver, empty_queue
from tests.faults.services import SolrFront, restart_postgres
from tests.faults.test_killed import counted
from tests.integration.outage import WELL_UNDER

SPREAD = 6 if HOW_MANY == "all" else 2
"""At how many points of each act a service fails."""
every_act = pytest.mark.parametrize("scene", SOME, indirect=True)
restarts = pytest.mark.skipif(
    HOW_MANY == "few", reason="whatever else uses the server would notice: ./portal test faults"
)


def failing_within(scene: Scene, fail: Callable[[], None]) -> list[str]:
    """What is wrong after `fail` at points spread over the act and its commit, one at a time."""
    names = child.run(lambda: counted(scene)).told
    scene.bring_back()
    wrong = []
    for number in at_points(names):
        pause = child.Pause()
        sender = child.start(lambda at=number, pause=pause: interrupted(scene, at, pause))
        pause.until_reached()
        fail()
        pause.let_go_on()
        sender.ended()
        found = [*scene.wrong(), *scene.wrong_after_again()]
        wrong += [f"{number} ({names[number - 1]}): {one}" for one in found]
        scene.bring_back()
    return wrong


def at_points(names: list[str]) -> list[int]:
    """Points spread over an act, and its commits."""
    spread = [len(names) * (at + 1) // (SPREAD + 1) for at in range(SPREAD)]
    commits = [number for number, name in enumerate(names, start=1) if name == "COMMIT"]
    return sorted({*spread, *commits[: SPREAD // 2]})


def interrupted(scene: Scene, number: int, pause: child.Pause) -> int:
    """In a child: send the request and wait at a point; the status of the answer."""

    def met(passing: int, when: str) -> None:
        if (passing, when) == (number, "before"):
            pause.wait()

    Points(met).watch()
    try:
        status, _answer = scene.request.send(scene.app)
        dispatch.all_due("child")
        work.run_all()
    except Exception:  # noqa: BLE001 - of whatever kind: the server answers 500 then
        return 500
    return status


@restarts
@every_act
def test_a_database_that_is_restarted_within_an_act_leaves_it_whole(scene: Scene):
    assert failing_within(scene, restart_postgres) == []


@restarts
@every_act
def test_an_act_that_was_answered_outlives_a_restarted_database(scene: Scene):
    scene.send()
    restart_postgres()

    assert [*scene.wrong()] == []
    assert scene.picture.now() == scene.after


@every_act
def test_a_queue_that_is_emptied_within_an_act_leaves_it_whole(scene: Scene):
    assert failing_within(scene, empty_queue) == []


@pytest.mark.skipif(HOW_MANY == "few", reason="its list takes long to make")
@pytest.mark.parametrize("scene", ["list"], indirect=True)
def test_work_that_an_emptied_queue_forgot_is_handed_out_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    scene.send()
    dispatch.all_due("test")
    empty_queue()
    monkeypatch.setattr(outboxes, "TOO_OLD", -1)

    assert [one.check.name for one in checks.run(fix=True)] == ["work"]
    with ask_redis() as connection:
        assert connection.llen(f"rq:queue:ckan:{tk.config['ckan.site_id']}:default") == 1
    assert [*scene.wrong()] == []
    assert scene.picture.now() == scene.after


@pytest.mark.parametrize("mode", ["refuses", "hangs"])
@every_act
def test_a_search_server_that_is_away_stops_no_act(scene: Scene, mode: str):
    with SolrFront().in_place() as front:
        front.mode = mode
        began = time.monotonic()
        scene.send()
        took = time.monotonic() - began
        dispatch.all_due("test")
        waits = [one.topic for one in outbox.waiting()]
        front.mode = "passes"

        assert took < WELL_UNDER
        assert "dataset" in waits
        assert [*scene.wrong()] == []
        assert scene.picture.now() == scene.after


@every_act
def test_of_the_same_request_sent_twice_at_once_one_is_carried_out(scene: Scene):
    def send() -> bool:
        status, answer = scene.request.send(scene.app)
        return status == 200 or scene.act.done(answer.get("error", {}))

    first, second = child.start(send), child.start(send)
    assert [first.ended().told, second.ended().told] == [True, True]
    deliver()
    assert scene.picture.now() == scene.after
    assert [*scene.wrong()] == []
