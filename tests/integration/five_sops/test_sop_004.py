"""SOP 004 alone, in an agency that is its own walidata: 6 approves, 7 publishes."""

from __future__ import annotations

import pytest

from ckanext.satudata.model import cases
from tests.integration.five_sops.datasets import bring, edited
from tests.integration.five_sops.ended import check_ended
from tests.integration.five_sops.walk import Walk, act, no
from tests.integration.five_sops.world import S004, make_world
from tests.integration.office import call

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

PREPARED = (
    act("1.a", "staf", "ulangi", "1.a"),
    act("1.a", "staf", "selesai", "2.a"),
    act("2.a", "kasubag_program", "ulangi", "2.a"),
    edited("a", "kasubag_program", unit="Izin"),
    act("2.a", "kasubag_program", "selesai", "3.a"),
    act("3.a", "staf", "selesai", "4.a"),
    act("4.a", "staf", "selesai", "5.a"),
    act("5.a", "sekretaris", "selesai", "6.a"),
    act("6.a", "kepala_dinas", "ulangi", "6.a"),
    act("6.a", "kepala_dinas", "dikembalikan", "3.a"),
    edited("a", "staf", measure="Banyaknya"),
    act("3.a", "staf", "selesai", "4.a"),
    act("4.a", "staf", "selesai", "5.a"),
    act("5.a", "sekretaris", "selesai", "6.a"),
)
"""Up to the approval, each step that may be repeated repeated once, the return taken."""

ALONE = (
    *PREPARED,
    no("6.a", "staf", "disetujui", "not_holder"),
    act("6.a", "kepala_dinas", "disetujui", "7.a"),
    act("7.a", "staf", "selesai", "8.a", public="a"),
    act("8.a", "staf", "selesai", ""),
)


def test_sop_004_alone_runs_to_its_end_with_every_outcome():
    world = make_world(S004)
    cast = world.cast[S004]
    call(world.head, "satudata_route_set", organization=world.dinas["id"], subject=S004)
    dataset = bring(cast["staf"], world.dinas, "Jumlah izin terbit")
    walk = Walk(cast, cases.find_case(dataset).id, {"a": dataset})

    assert walk.stands() == "1.a"
    walk.play(ALONE)
    check_ended(walk)
