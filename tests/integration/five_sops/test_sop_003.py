"""SOP 003 alone: as 001, and what is not done is looked at again by two together."""

from __future__ import annotations

import pytest

from tests.integration.five_sops.datasets import bring
from tests.integration.five_sops.ended import check_ended
from tests.integration.five_sops.walk import Walk, act, no
from tests.integration.five_sops.world import S003, make_world
from tests.integration.office import call

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def kept(labels: str) -> tuple[object, ...]:
    """The rows of 003 over three datasets, from the assignment to the last report."""
    a, b, c = labels
    return (
        act(f"1:{labels}", "pejabat_administrator", "selesai", f"2:{labels}"),
        act(f"2:{labels}", "pejabat_pengawas", "selesai", f"3:{labels}"),
        act(f"3:{labels}", "pengelola_ti", "selesai", f"4.{a} 4.{b} 4.{c}"),
        act(f"4.{a}", "administrator_server", "disimpan", f"4.{b} 4.{c}"),
        act(f"4.{b}", "administrator_server", "diperbarui", f"4.{c}"),
        act(f"4.{c}", "administrator_server", "dipulihkan", f"5:{labels}"),
        act(f"5:{labels}", "pengelola_ti", "selesai", f"6:{labels}"),
        act(f"6:{labels}", "pejabat_pengawas", "belum_selesai", f"6:{labels}"),
        # The second visit needs both: one alone leaves it open, and cannot speak twice.
        no(f"6:{labels}", "pengelola_ti", "selesai", "not_holder"),
        act(f"6:{labels}", "pejabat_pengawas", "selesai", f"6:{labels}"),
        no(f"6:{labels}", "pejabat_pengawas", "selesai", "confirmed_already"),
        act(f"6:{labels}", "administrator_server", "selesai", f"7:{labels}"),
        act(f"7:{labels}", "pejabat_administrator", "belum_selesai", f"6:{labels}"),
        act(f"6:{labels}", "pejabat_pengawas", "selesai", f"7:{labels}"),
        act(f"7:{labels}", "pejabat_administrator", "selesai", f"8:{labels}"),
        act(f"8:{labels}", "pejabat_pengawas", "selesai", f"9:{labels}"),
        act(f"9:{labels}", "pengelola_ti", "selesai", ""),
    )


TITLES = {"a": "Data kependudukan", "b": "Data izin", "c": "Data pajak"}


def test_sop_003_runs_to_its_end_with_every_outcome():
    world = make_world(S003)
    cast = world.cast[S003]
    person = cast["pejabat_administrator"]
    labels = {label: bring(person, world.kominfo, title) for label, title in TITLES.items()}
    case = call(person, "satudata_case_open", sop=S003, datasets=list(labels.values()))
    walk = Walk(cast, case["id"], labels)

    assert walk.stands() == "1:abc"
    walk.play(kept("abc"))
    check_ended(walk)
