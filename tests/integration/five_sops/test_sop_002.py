"""SOP 002 alone: a list, empty at first, asked for, delivered, judged, published in two parts."""

from __future__ import annotations

import pytest

from tests.integration.five_sops.datasets import bytes_back, bytes_gone, edited
from tests.integration.five_sops.ended import check_ended
from tests.integration.five_sops.lists import (
    answered,
    approved_on_paper,
    asked,
    closing_day,
    killed_between,
    product,
    time_passes,
    waits_for,
    worker_runs,
)
from tests.integration.five_sops.walk import Deed, Row, Walk, act, no, work_of
from tests.integration.five_sops.world import S002, World, make_world
from tests.integration.office import call

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

Script = tuple[Row | Deed, ...]


def list_is_made(world: World) -> Script:
    """Steps 1-7: assigned with an empty list, made up, sent back twice, sent to the producers."""
    dinas, lain = world.dinas["name"], world.dinas_lain["name"]
    return (
        act("1", "kepala_dinas", "selesai", "2:"),
        act("2", "kabid", "selesai", "3:"),
        act("3", "kasi", "selesai", "4:"),
        no("4", "staf", "selesai", "daftar_lengkap"),
        asked("a", "Jumlah penduduk", dinas, "4:a"),
        asked("b", "Jumlah pindah", dinas, "4:ab"),
        asked("c", "Jumlah sekolah", lain, "4:abc"),
        asked("d", "Jumlah kematian", dinas, "4:abcd"),
        asked("e", "Jumlah guru", lain, "4:abcde"),
        act("4", "staf", "selesai", "5:abcde"),
        act("5", "kasi", "tidak_sesuai", "4:abcde"),
        asked("f", "Jumlah kelahiran", dinas, "4:abcdef"),
        act("4", "staf", "selesai", "5:abcdef"),
        act("5", "kasi", "sesuai", "6:abcdef"),
        act("6", "bps", "perlu_perbaikan", "5:abcdef"),
        act("5", "kasi", "sesuai", "6:abcdef"),
        act("6", "bps", "sesuai", "7:abcdef"),
        act("7", "kasi", "+set_closing", "7:abcdef", closes_on=closing_day()),
        act("7", "kasi", "selesai", "8.a 8.b 8.c 8.d 8.e 8.f"),
    )


def data_comes(world: World) -> Script:
    """Step 8 and 9 in time: approved by account and on paper, one returned, one dropped."""
    dinas, lain = world.dinas, world.dinas_lain
    return (
        act("8.e", "kasi", "+drop", "8.a 8.b 8.c 8.d 8.f"),
        answered("a", "produsen_data", dinas),
        no("8.a", "produsen_data", "selesai", "approval_missing"),
        act("8.a", "pimpinan_sumber_data", "+approve", "8.a 8.b 8.c 8.d 8.f"),
        act("8.a", "produsen_data", "selesai", "8.b 8.c 8.d 8.f 9.a"),
        act("9.a", "kasi", "belum_lengkap", "8.a 8.b 8.c 8.d 8.f"),
        edited("a", "produsen_data", unit="Jiwa"),
        no("8.a", "produsen_data", "selesai", "approval_missing"),
        approved_on_paper("8.a", "kasi"),
        act("8.a", "produsen_data", "selesai", "8.b 8.c 8.d 8.f 9.a"),
        act("9.a", "kasi", "lengkap", "8.b 8.c 8.d 8.f"),
        answered("c", "produsen_data_lain", lain),
        no("8.c", "pimpinan_sumber_data", "+approve", "not_holder"),
        act("8.c", "pimpinan_sumber_data_lain", "+approve", "8.b 8.c 8.d 8.f"),
        act("8.c", "produsen_data_lain", "selesai", "8.b 8.d 8.f 9.c"),
        act("9.c", "kasi", "lengkap", "8.b 8.d 8.f"),
        answered("b", "produsen_data", dinas),
        act("8.b", "pimpinan_sumber_data", "+approve", "8.b 8.d 8.f"),
        act("8.b", "produsen_data", "selesai", "8.d 8.f 9.b"),
        act("9.b", "kasi", "lengkap", "8.d 8.f"),
        answered("f", "produsen_data", dinas),
        act("8.f", "pimpinan_sumber_data", "+approve", "8.d 8.f"),
        act("8.f", "produsen_data", "selesai", "8.d 9.f"),
        act("9.f", "kasi", "lengkap", "8.d"),
    )


def one_is_late(world: World, passes: Deed) -> Script:
    """The closing date: the list goes on without d, which is taken all the same, and waits."""
    return (
        no("8.d", "staf", "+go_on", "not_closed_yet"),
        passes,
        no("8.d", "produsen_data", "+go_on", "not_holder"),
        act("8.d", "staf", "+go_on", "10:abcf 8.d"),
        answered("d", "produsen_data", world.dinas),
        act("8.d", "pimpinan_sumber_data", "+approve", "10:abcf 8.d"),
        act("8.d", "produsen_data", "selesai", "10:abcf 9.d"),
        act("9.d", "kasi", "lengkap", "10:abcf"),
    )


def list_is_judged(world: World) -> Script:
    """Steps 10-13: a product joins; one dataset goes back while the rest goes on, one waits."""
    return (
        product("p", "Analisis penduduk", world.kominfo, "10", "10:abcfp"),
        act("10", "staf", "selesai", "11:abcfp"),
        no("11", "staf", "sesuai", "not_holder"),
        act("11", "kasi", "tidak_sesuai", "10:c 12:abfp", datasets="c", rest="sesuai"),
        act("12:abfp", "kabid", "selesai", "10:c 13:abfp"),
        act("10:c", "staf", "selesai", "11:c 13:abfp"),
        act("13:abfp", "bps", "tidak_layak", "10:a 11:c", datasets="a"),
        act("11:c", "kasi", "sesuai", "10:a 12:c"),
        act("12:c", "kabid", "selesai", "10:a 13:c"),
        act("13:c", "bps", "layak", "10:a 14:c"),
        act("10:a", "staf", "selesai", "11:a 14:c"),
        act("11:a", "kasi", "sesuai", "12:a 14:c"),
        act("12:a", "kabid", "selesai", "13:abfp 14:c"),
        act("13:abfp", "bps", "layak", "14:abfp 14:c"),
    )


PUBLISHED: Script = (
    work_of("14:c", "kasi", "selesai", "14:abfp 15:c"),
    bytes_gone("b"),
    bytes_gone("f"),
    act("14:abfp", "kasi", "selesai", "14:abfp 15:c"),
    waits_for("file_missing", "b", "f"),
    no("14:abfp", "kasi", "selesai", "work_going_on"),
    bytes_back("b"),
    waits_for("file_missing", "f"),
    work_of("15:c", "staf", "selesai", "14:abfp 16:c", public="c"),
    act("14:abfp", "kasi", "+drop", "15:abp 16:c", datasets="f"),
    killed_between(Row("15:abp", "staf", "selesai"), "16:abp 16:c", "abp"),
    worker_runs("16:abp 16:c"),
    act("16:c", "staf", "selesai", "16:abp"),
    act("16:abp", "staf", "selesai", ""),
)
"""Steps 14-16 in two parts: a lost file is mended, another is dropped, the worker is killed."""


def whole_script(world: World, passes: Deed) -> Script:
    return (
        *list_is_made(world),
        *data_comes(world),
        *one_is_late(world, passes),
        *list_is_judged(world),
        *PUBLISHED,
    )


def opened(world: World) -> Walk:
    """A list without anything on it, opened by the head of the office."""
    cast = world.cast[S002]
    case = call(cast["kepala_dinas"], "satudata_case_open", sop=S002)
    return Walk(cast, case["id"], {})


def test_sop_002_runs_to_its_end_with_every_outcome(monkeypatch):
    world = make_world(S002)
    walk = opened(world)

    assert walk.stands() == "1:"
    walk.play(whole_script(world, time_passes(monkeypatch)))
    check_ended(walk)


def test_what_came_late_is_marked_kept_out_and_offered_to_the_next_list(monkeypatch):
    world = make_world(S002)
    walk = opened(world)
    walk.play(whole_script(world, time_passes(monkeypatch)))

    (late,) = [one for one in walk.show("kasi")["datasets"] if one["late"]]
    assert (late["id"], late["ended"], late["private"]) == (walk.labels["d"], "late", True)
    following = opened(world)
    following.play(
        (
            act("1", "kepala_dinas", "selesai", "2:"),
            act("2", "kabid", "selesai", "3:"),
            act("3", "kasi", "selesai", "4:"),
        )
    )
    (visit,) = following.show("staf")["open_visits"]
    assert [one["dataset_id"] for one in visit["offered"]] == [walk.labels["d"]]
    following.labels["d"] = walk.labels["d"]
    following.play((act("4", "staf", "+add", "4:d", entry={"dataset_id": walk.labels["d"]}),))
