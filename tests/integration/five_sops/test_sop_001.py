"""SOP 001 alone: a list of datasets is kept, updated and restored; nothing becomes public."""

from __future__ import annotations

import pytest
from ckan import model

from tests.integration.five_sops.datasets import bring
from tests.integration.five_sops.ended import check_ended
from tests.integration.five_sops.walk import Walk, act, no
from tests.integration.five_sops.world import S001, World, make_world
from tests.integration.office import call

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

SCRIPT = (
    act("1", "pejabat_administrator", "selesai", "2:abcd"),
    act("2", "pejabat_pengawas", "selesai", "3:abcd"),
    no("3", "pengelola_ti", "selesai", "kelas_akses"),
    act("3", "pejabat_pengawas", "+drop", "3:abc", datasets="d"),
    act("3", "pengelola_ti", "selesai", "4.a 4.b 4.c"),
    act("4.a", "administrator_server", "disimpan", "4.b 4.c"),
    act("4.b", "administrator_server", "diperbarui", "4.c"),
    act("4.c", "administrator_server", "dipulihkan", "5:abc"),
    act("5", "pengelola_ti", "selesai", "6:abc"),
    act("6", "pejabat_pengawas", "belum_selesai", "5:abc"),
    act("5", "pengelola_ti", "selesai", "6:abc"),
    act("6", "pejabat_pengawas", "selesai", "7:abc"),
    act("7", "pejabat_administrator", "belum_selesai", "6:abc"),
    act("6", "pejabat_pengawas", "selesai", "7:abc"),
    act("7", "pejabat_administrator", "selesai", "8:abc"),
    act("8", "pejabat_pengawas", "selesai", "9:abc"),
    act("9", "pengelola_ti", "selesai", ""),
)

TITLES = {"a": "Data kependudukan", "b": "Data izin", "c": "Data pajak", "d": "Data pegawai"}


def unclassed(world: World, dataset: str) -> str:
    """A dataset from before the portal asked for a legal basis of what is not open."""
    package = model.Package.get(dataset)
    extras = {name: value for name, value in package.extras.items() if name != "legal_basis"}
    package.extras = {**extras, "access_class": "tertutup"}
    model.Session.commit()
    return dataset


def test_sop_001_runs_to_its_end_with_every_outcome():
    world = make_world(S001)
    cast = world.cast[S001]
    person = cast["pejabat_administrator"]
    labels = {label: bring(person, world.kominfo, title) for label, title in TITLES.items()}
    unclassed(world, labels["d"])
    case = call(person, "satudata_case_open", sop=S001, datasets=list(labels.values()))
    walk = Walk(cast, case["id"], labels)

    assert walk.stands() == "1:abcd"
    walk.play(SCRIPT)
    check_ended(walk)
