"""A list published at a time to come: each of its datasets waits, and is shown by itself."""

from __future__ import annotations

import pytest

from tests.integration.five_sops.lists import answered, asked
from tests.integration.five_sops.test_copies import BEGUN, opened
from tests.integration.five_sops.walk import Walk, act, code_of, work_of
from tests.integration.five_sops.world import S002, World, make_world
from tests.integration.office import call
from tests.integration.scheduled import Clock, local, utc

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

WHY = "Rapat pimpinan diundur (rekaan)."


@pytest.fixture
def world() -> World:
    return make_world(S002)


@pytest.fixture
def at() -> str:
    return local(days=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def ready(world: World) -> Walk:
    """A list of two at the step that publishes."""
    walk, dinas = opened(world), world.dinas
    walk.play((
        *BEGUN,
        asked("a", "Jumlah penduduk", dinas["name"], "4:a"),
        asked("b", "Jumlah pindah", dinas["name"], "4:ab"),
        act("4", "staf", "selesai", "5:ab"),
        act("5", "kasi", "sesuai", "6:ab"),
        act("6", "bps", "sesuai", "7:ab"),
        act("7", "kasi", "selesai", "8.a 8.b"),
        answered("a", "produsen_data", dinas),
        answered("b", "produsen_data", dinas),
        act("8.a", "pimpinan_sumber_data", "+approve", "8.a 8.b"),
        act("8.b", "pimpinan_sumber_data", "+approve", "8.a 8.b"),
        act("8.a", "produsen_data", "selesai", "8.b 9.a"),
        act("8.b", "produsen_data", "selesai", "9.a 9.b"),
        act("9.a", "kasi", "lengkap", "9.b"),
        act("9.b", "kasi", "lengkap", "10:ab"),
        act("10:ab", "staf", "selesai", "11:ab"),
        act("11:ab", "kasi", "sesuai", "12:ab"),
        act("12:ab", "kabid", "selesai", "13:ab"),
        act("13:ab", "bps", "layak", "14:ab"),
        work_of("14:ab", "kasi", "selesai", "15:ab"),
    ))  # fmt: skip
    return walk


@pytest.fixture
def scheduled(ready: Walk, at: str) -> Walk:
    ready.play((work_of("15:ab", "staf", "selesai", "15:ab", publish_at=at),))
    return ready


def test_nothing_of_it_is_public_before_and_all_of_it_from_its_minute_on(scheduled, clock, at):
    assert scheduled.seen_by_anybody() == ""
    clock.strikes(utc(at))

    assert scheduled.seen_by_anybody() == "ab"
    assert scheduled.stands() == "16:ab"


def test_what_is_dropped_meanwhile_is_not_shown(scheduled, clock, at):
    scheduled.play((act("15:ab", "kasi", "+drop", "15:a", datasets="b"),))
    clock.strikes(utc(at))

    assert scheduled.seen_by_anybody() == "a"


def test_the_act_is_called_off_for_the_whole_list(world, scheduled, clock, at):
    steers = world.cast[S002]["kasi"]
    call(steers, "satudata_release_call_off", id=scheduled.labels["a"], reason=WHY)
    clock.strikes(utc(at))

    assert (scheduled.seen_by_anybody(), scheduled.stands()) == ("", "15:ab")
    scheduled.play((work_of("15:ab", "staf", "selesai", "16:ab", public="ab"),))


def test_only_what_is_under_an_embargo_waits(world, ready, clock, at):
    steers = world.cast[S002]["kasi"]
    held = {"id": ready.labels["b"], "not_before": at, "reason": WHY}
    call(steers, "satudata_embargo_set", **held)
    ready.play((work_of("15:ab", "staf", "selesai", "15:ab", public="a"),))
    refused = {"id": ready.labels["b"], "reason": WHY}
    assert code_of(lambda: call(steers, "satudata_release_call_off", **refused)) == "partly_shown"
    clock.strikes(utc(at))

    assert (ready.seen_by_anybody(), ready.stands()) == ("ab", "16:ab")
