"""The chain 004 -> 002 -> 003, bound by adoption: nothing is public before step 15 of 002."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model import cases
from ckanext.satudata.model.tables import CaseRow
from tests.integration.five_sops.datasets import bring, edited
from tests.integration.five_sops.ended import check_ended
from tests.integration.five_sops.lists import answered, approved_on_paper, time_passes
from tests.integration.five_sops.test_sop_002 import (
    PUBLISHED,
    Script,
    list_is_judged,
    list_is_made,
    one_is_late,
    opened,
)
from tests.integration.five_sops.test_sop_003 import kept
from tests.integration.five_sops.test_sop_004 import PREPARED
from tests.integration.five_sops.walk import Deed, Walk, act, code_of, no
from tests.integration.five_sops.world import S002, S003, S004, World, make_world
from tests.integration.office import call

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

BOUND = {S002: {"16": S003}, S004: {"7": S002}}

DELIVERED: Script = (
    act("6.a", "kepala_dinas", "disetujui", "7.a"),
    act("7.a", "staf", "selesai", "8.a"),
    act("8.a", "staf", "selesai", ""),
)
"""Bound, step 6 of 004 is the approval that 002 asks for; 7 hands over and publishes nothing."""

STRAIGHT: Script = (
    act("1.a", "staf", "selesai", "2.a"),
    act("2.a", "kasubag_program", "selesai", "3.a"),
    act("3.a", "staf", "selesai", "4.a"),
    act("4.a", "staf", "selesai", "5.a"),
    act("5.a", "sekretaris", "selesai", "6.a"),
)

KEPT_ALONE: Script = (
    act("1:c", "pejabat_administrator", "selesai", "2:c"),
    act("2:c", "pejabat_pengawas", "selesai", "3:c"),
    act("3:c", "pengelola_ti", "selesai", "4.c"),
    act("4.c", "administrator_server", "disimpan", "5:c"),
    act("5:c", "pengelola_ti", "selesai", "6:c"),
    act("6:c", "pejabat_pengawas", "selesai", "7:c"),
    act("7:c", "pejabat_administrator", "selesai", "8:c"),
    act("8:c", "pejabat_pengawas", "selesai", "9:c"),
    act("9:c", "pengelola_ti", "selesai", ""),
)


def chained() -> World:
    """All three in force; an upload of the agency's staff opens 004."""
    world = make_world(S003, S002, S004, bound=BOUND)
    call(world.head, "satudata_route_set", organization=world.dinas["id"], subject=S004)
    return world


def in_the_agency(world: World, title: str, script: Script) -> Walk:
    """A dataset that goes through 004 in its agency."""
    cast = world.cast[S004]
    dataset = bring(cast["staf"], world.dinas, title)
    walk = Walk(cast, cases.find_case(dataset).id, {"a": dataset})
    walk.play(script)
    return walk


def handed_over(label: str, world: World) -> Deed:
    """The agency's own SOP delivers what the list asks for by its title, with its approval."""

    def do(walk: Walk) -> None:
        title = walk.state().entries[walk.labels[label]].title
        sender = in_the_agency(world, title, (*PREPARED, *DELIVERED))
        check_ended(sender)
        walk.labels[label] = sender.labels["a"]
        check_approval(walk, f"8.{label}", sender)

    return Deed(f"004 delivers {label}", do)


def handed_over_unasked(label: str, world: World) -> Deed:
    """What no list asks for by its title waits in the kasi's inbox until he puts it on one."""

    def do(walk: Walk) -> None:
        sender = in_the_agency(world, "Perpindahan keluarga", (*STRAIGHT, *DELIVERED))
        check_ended(sender, whole=False)
        (waiting,) = call(walk.cast["kasi"], "satudata_delivery_list")
        assert waiting["dataset_id"] == sender.labels["a"]
        place = next(p for p in waiting["places"] if p["entry"] == walk.labels[label])
        asked = {"id": waiting["id"], **{key: place[key] for key in ("case", "entry", "version")}}
        call(walk.cast["kasi"], "satudata_delivery_place", **asked)
        walk.labels[label] = sender.labels["a"]
        check_approval(walk, f"8.{label}", sender)
        assert call(walk.cast["kasi"], "satudata_delivery_list") == []

    return Deed(f"004 delivers {label}, which is placed", do)


def check_approval(walk: Walk, at: str, sender: Walk) -> None:
    """The approval at the receiving visit is that of the head of the agency, by name and case."""
    approval = walk.visit(at).approval
    head = model.User.get(sender.cast["kepala_dinas"])
    assert approval is not None
    assert approval["name"] == head.display_name
    assert approval["case"] == cases.get_case(sender.case_id).number


def data_comes(world: World) -> Script:
    """Steps 8 and 9 in the chain: two datasets by 004, the others by their producers."""
    dinas, lain = world.dinas, world.dinas_lain
    return (
        act("8.e", "kasi", "+drop", "8.a 8.b 8.c 8.d 8.f"),
        handed_over("a", world),
        act("8.a", "produsen_data", "selesai", "8.b 8.c 8.d 8.f 9.a"),
        act("9.a", "kasi", "belum_lengkap", "8.a 8.b 8.c 8.d 8.f"),
        edited("a", "produsen_data", unit="Jiwa"),
        no("8.a", "produsen_data", "selesai", "approval_missing"),
        approved_on_paper("8.a", "kasi"),
        act("8.a", "produsen_data", "selesai", "8.b 8.c 8.d 8.f 9.a"),
        act("9.a", "kasi", "lengkap", "8.b 8.c 8.d 8.f"),
        handed_over_unasked("b", world),
        act("8.b", "produsen_data", "selesai", "8.c 8.d 8.f 9.b"),
        act("9.b", "kasi", "lengkap", "8.c 8.d 8.f"),
        answered("c", "produsen_data_lain", lain),
        act("8.c", "pimpinan_sumber_data_lain", "+approve", "8.c 8.d 8.f"),
        act("8.c", "produsen_data_lain", "selesai", "8.d 8.f 9.c"),
        act("9.c", "kasi", "lengkap", "8.d 8.f"),
        answered("f", "produsen_data", dinas),
        act("8.f", "pimpinan_sumber_data", "+approve", "8.d 8.f"),
        act("8.f", "produsen_data", "selesai", "8.d 9.f"),
        act("9.f", "kasi", "lengkap", "8.d"),
    )


def opened_from(walk: Walk, world: World, labels: str) -> Walk:
    """The case of 003 that step 16 of 002 opened over these datasets."""
    wanted = {walk.labels[label] for label in labels}
    query = sa.select(CaseRow).where(CaseRow.origin_case_id == walk.case_id)
    (case,) = [
        one for one in model.Session.scalars(query) if set(cases.state_of(one).entries) == wanted
    ]
    known = {label: walk.labels[label] for label in labels}
    return Walk(world.cast[S003], case.id, known, public=labels)


def test_the_chain_runs_to_its_end_with_every_outcome(monkeypatch):
    world = chained()
    walk = opened(world)
    walk.play(
        (
            *list_is_made(world),
            *data_comes(world),
            *one_is_late(world, time_passes(monkeypatch)),
            *list_is_judged(world),
            *PUBLISHED,
        )
    )
    check_ended(walk)

    main, rest = opened_from(walk, world, "abp"), opened_from(walk, world, "c")
    main.play(kept("abp"))
    check_ended(main)
    rest.play(KEPT_ALONE)
    check_ended(rest, whole=False)


def at_step_8(world: World) -> Walk:
    """A list whose requests went out."""
    walk = opened(world)
    walk.play(list_is_made(world))
    return walk


def placing(walk: Walk, delivery: dict, label: str, who: str):
    """The call that puts a delivery on the list in place of a request."""
    return lambda: call(
        walk.cast[who],
        "satudata_delivery_place",
        id=delivery["id"],
        case=walk.case_id,
        entry=walk.labels[label],
        version=walk.state().version,
    )


def waiting_delivery(world: World, walk: Walk) -> tuple[dict, Walk]:
    sender = in_the_agency(world, "Perpindahan keluarga", (*STRAIGHT, *DELIVERED))
    (delivery,) = call(walk.cast["kasi"], "satudata_delivery_list")
    return delivery, sender


def test_only_those_who_steer_or_take_it_see_and_place_a_delivery():
    world = chained()
    walk = at_step_8(world)
    delivery, _sender = waiting_delivery(world, walk)

    seen = {who for who in walk.cast.people if call(walk.cast[who], "satudata_delivery_list")}
    assert seen == {"kasi", "kabid", "produsen_data"}
    assert code_of(placing(walk, delivery, "a", "staf")) == "delivery_unknown"


def test_a_delivery_takes_no_request_of_another_agency():
    world = chained()
    walk = at_step_8(world)
    delivery, _sender = waiting_delivery(world, walk)

    assert code_of(placing(walk, delivery, "c", "kasi")) == "request_unknown"


def test_a_delivery_is_placed_once():
    world = chained()
    walk = at_step_8(world)
    delivery, sender = waiting_delivery(world, walk)
    placing(walk, delivery, "a", "kasi")()
    walk.labels["a"] = sender.labels["a"]

    assert code_of(placing(walk, delivery, "b", "kasi")) == "delivery_unknown"


def test_data_changed_after_its_delivery_comes_without_the_approval():
    world = chained()
    walk = at_step_8(world)
    delivery, sender = waiting_delivery(world, walk)
    package = model.Package.get(delivery["dataset_id"])
    package.notes = "Berubah sesudah disetujui (rekaan)."
    model.Session.commit()
    placing(walk, delivery, "a", "kasi")()
    walk.labels["a"] = sender.labels["a"]

    assert walk.visit("8.a").approval is None


def test_who_prepared_the_data_in_its_agency_does_not_verify_it_at_the_walidata():
    world = chained()
    walk = at_step_8(world)
    preparer = world.cast[S004]["staf"]
    call(world.head, "satudata_assignment_create", user=preparer, sop=S002, actor="kasi")
    delivery, sender = waiting_delivery(world, walk)
    placing(walk, delivery, "a", "kasi")()
    walk.labels["a"] = sender.labels["a"]
    act_8 = act("8.a", "produsen_data", "selesai", "8.b 8.c 8.d 8.e 8.f 9.a")
    walk.play((act_8,))

    people = {**walk.cast.people, "kasi": preparer}
    other = Walk(type(walk.cast)(walk.cast.sop, people), walk.case_id, walk.labels)
    other.play((no("9.a", "kasi", "lengkap", "four_eyes"),))
