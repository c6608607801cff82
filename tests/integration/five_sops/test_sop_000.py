"""SOP 000 alone: one dataset, brought, returned twice, processed, published, evaluated."""

from __future__ import annotations

import pytest

from ckanext.satudata.model import cases
from tests.integration.five_sops.datasets import bring, edited, new_file
from tests.integration.five_sops.ended import check_ended
from tests.integration.five_sops.walk import Walk, act, no
from tests.integration.five_sops.world import S000, make_world

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

SCRIPT = (
    act("1.a", "admin_data", "selesai", "2.a"),
    act("2.a", "admin_data", "selesai", "3.a"),
    act("3.a", "verifikator", "tidak_sesuai", "2.a"),
    edited("a", "produsen_data", unit="Jiwa"),
    act("2.a", "admin_data", "selesai", "3.a"),
    act("3.a", "verifikator", "sesuai", "4.a"),
    act("4.a", "validator", "tidak_valid", "3.a"),
    act("3.a", "verifikator", "sesuai", "4.a"),
    act("4.a", "validator", "valid", "5.a"),
    new_file("a", "analis_data"),
    act("5.a", "analis_data", "selesai", "6.a"),
    act("6.a", "admin_sistem", "selesai", "7.a"),
    act("7.a", "admin_sistem", "selesai", "8.a"),
    no("8.a", "analis_data", "selesai", "not_holder"),
    act("8.a", "pengelola_data", "selesai", "9.a", public="a"),
    act("9.a", "pimpinan_tim_data", "selesai", ""),
)


def test_sop_000_runs_to_its_end_with_every_outcome():
    world = make_world(S000)
    cast = world.cast[S000]
    dataset = bring(cast["produsen_data"], world.dinas, "Jumlah penduduk")
    walk = Walk(cast, cases.find_case(dataset).id, {"a": dataset})

    assert walk.stands() == "1.a"
    walk.play(SCRIPT)
    check_ended(walk)
