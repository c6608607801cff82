"""SOP 001 alone: a list of datasets is kept, updated and restored; nothing becomes public."""

from __future__ import annotations

import re

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp

from tests.integration.five_sops.datasets import bring, edited
from tests.integration.five_sops.ended import check_ended
from tests.integration.five_sops.walk import Deed, Walk, act, no
from tests.integration.five_sops.world import S001, World, make_world
from tests.integration.office import Office, call
from tests.integration.test_pages import Browser

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

CONSEQUENCE_TEST = {
    "exclusion_article": "UU 14/2008 Pasal 17 huruf h (rekaan)",
    "consequence_test_number": "555/01/PPID/2026 (rekaan)",
    "consequence_test_day": "2026-01-15",
    "exclusion_until": "2035-12-31",
}

SCRIPT = (
    act("1", "pejabat_administrator", "selesai", "2:abcd"),
    act("2", "pejabat_pengawas", "selesai", "3:abcd"),
    no("3", "pengelola_ti", "selesai", "kelas_akses"),
    edited("a", "pengelola_ti", legal_basis="UU 14/2008 Pasal 17 (rekaan)"),
    no("3", "pengelola_ti", "selesai", "kelas_akses"),
    edited("a", "pengelola_ti", **CONSEQUENCE_TEST),
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


def unclassed(dataset: str, access_class: str = "tertutup") -> None:
    """A dataset from before the portal asked for a legal basis of what is not open."""
    package = model.Package.get(dataset)
    extras = {name: value for name, value in package.extras.items() if name != "legal_basis"}
    package.extras = {**extras, "access_class": access_class}
    model.Session.commit()


def at_step_3(world: World, labels: dict[str, str]) -> Walk:
    """The list of these datasets, come to whoever receives them."""
    cast = world.cast[S001]
    opener = cast["pejabat_administrator"]
    case = call(opener, "satudata_case_open", sop=S001, datasets=list(labels.values()))
    walk = Walk(cast, case["id"], labels)
    listed = "".join(labels)
    walk.play(
        (
            act("1", "pejabat_administrator", "selesai", f"2:{listed}"),
            act("2", "pejabat_pengawas", "selesai", f"3:{listed}"),
        )
    )
    return walk


def test_sop_001_runs_to_its_end_with_every_outcome():
    world = make_world(S001)
    cast = world.cast[S001]
    person = cast["pejabat_administrator"]
    labels = {label: bring(person, world.kominfo, title) for label, title in TITLES.items()}
    for label in "ad":
        unclassed(labels[label])
    case = call(person, "satudata_case_open", sop=S001, datasets=list(labels.values()))
    walk = Walk(cast, case["id"], labels)

    assert walk.stands() == "1:abcd"
    walk.play(SCRIPT)
    check_ended(walk)


@pytest.fixture
def received() -> Walk:
    """At step 3: a without any access class, b complete."""
    world = make_world(S001)
    person = world.cast[S001]["pejabat_administrator"]
    labels = {label: bring(person, world.kominfo, TITLES[label]) for label in "ab"}
    unclassed(labels["a"], "")
    return at_step_3(world, labels)


def browser_of(app: CKANTestApp, person: str) -> Browser:
    token = call(person, "api_token_create", user=person, name="uji")["token"]
    return Browser(app, Office({}, {}, {"me": {"name": person, "token": token}}, {}))


def test_the_page_says_which_data_lack_which_field_and_leads_to_its_form(app, received):
    browser = browser_of(app, received.cast["pengelola_ti"])
    number = received.show("pengelola_ti")["number"]
    for path in (f"/kasus/{number}", f"/kasus/{number}/langkah/3"):
        body = browser.get("me", path).body
        note = body.partition('id="lacking"')[2].partition("</section>")[0]
        assert "Kelas akses" in note
        assert re.findall(r'href="([^"]+)"', note) == ["/dataset/data-kependudukan/metadata"]
    assert browser.get("me", "/dataset/data-kependudukan/metadata").status_code == 200


def test_who_does_not_hold_the_step_may_not_write_its_data(received):
    received.play(
        (
            no("3", "pejabat_pengawas", "selesai", "not_holder"),
            Deed("b is not written by another", lambda walk: not_written(walk, "b")),
        )
    )


def not_written(walk: Walk, label: str) -> None:
    person, dataset = walk.cast["pejabat_pengawas"], walk.labels[label]
    with pytest.raises(tk.NotAuthorized):
        call(person, "package_patch", id=dataset, notes="Lain (rekaan).")


def test_who_receives_the_data_still_adds_to_the_list(received):
    person = received.cast["pengelola_ti"]
    agency = call(person, "package_show", id=received.labels["a"])["organization"]
    received.labels["c"] = bring(person, agency, TITLES["c"])
    entry = {"dataset_id": received.labels["c"]}
    received.play((act("3", "pengelola_ti", "+add", "3:abc", entry=entry),))


def test_data_that_is_received_is_written_by_nobody_after_that(received):
    edit = edited("a", "pengelola_ti", access_class="terbuka")
    received.play((edit, act("3", "pengelola_ti", "selesai", "4.a 4.b")))
    with pytest.raises(tk.NotAuthorized):
        edited("b", "pengelola_ti", notes="Lain (rekaan).").do(received)
