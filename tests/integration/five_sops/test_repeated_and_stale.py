"""A call that comes twice does its work once; one that looked too early is told so."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from tests.integration.at_once import both_at_once
from tests.integration.five_sops.datasets import bring
from tests.integration.five_sops.walk import Row, Walk, act
from tests.integration.five_sops.world import S003, make_world
from tests.integration.office import call

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

FIRST = Row("1:ab", "pejabat_administrator", "selesai")


@pytest.fixture
def walk() -> Walk:
    """A list of two datasets at the first step of 003."""
    world = make_world(S003)
    cast = world.cast[S003]
    person = cast["pejabat_administrator"]
    titles = {"a": "Data izin", "b": "Data pajak"}
    labels = {label: bring(person, world.kominfo, title) for label, title in titles.items()}
    case = call(person, "satudata_case_open", sop=S003, datasets=list(labels.values()))
    return Walk(cast, case["id"], labels)


def sent(walk: Walk, values: dict) -> dict:
    return call(walk.cast[FIRST.who], "satudata_case_act", **values)


def code_of(walk: Walk, values: dict) -> str:
    with pytest.raises(tk.ValidationError) as caught:
        sent(walk, values)
    model.Session.rollback()
    return caught.value.error_dict["code"][0]


def test_a_call_repeated_under_its_key_does_nothing_more(walk):
    values = {**walk.asked(FIRST), "idempotency_key": "satu"}
    once, twice = sent(walk, values), sent(walk, values)

    assert twice["version"] == once["version"] == 2
    assert walk.stands() == "2:ab"


def test_two_calls_under_one_key_in_the_same_moment_do_their_work_once(walk):
    values = {**walk.asked(FIRST), "idempotency_key": "satu"}
    model.Session.rollback()

    assert both_at_once(lambda: sent(walk, values)) == ["won", "won"]
    model.Session.rollback()
    assert walk.state().version == 2


def test_a_key_is_not_used_for_another_call(walk):
    values = {**walk.asked(FIRST), "idempotency_key": "satu"}
    sent(walk, values)

    other = {**values, "attachments": [], "reason": "Lain (rekaan)."}
    assert code_of(walk, other) == "idempotency_key_used"


def test_a_call_that_saw_an_older_state_of_its_visit_is_a_conflict(walk):
    values = walk.asked(FIRST)
    walk.play((act("1:ab", FIRST.who, "+claim", "1:ab"),))

    assert code_of(walk, values) == "version_conflict"


def test_an_act_at_one_dataset_is_no_conflict_for_another(walk):
    walk.play(
        (
            act("1:ab", "pejabat_administrator", "selesai", "2:ab"),
            act("2:ab", "pejabat_pengawas", "selesai", "3:ab"),
            act("3:ab", "pengelola_ti", "selesai", "4.a 4.b"),
        )
    )
    seen = walk.asked(Row("4.b", "administrator_server", "disimpan"))
    walk.play((act("4.a", "administrator_server", "disimpan", "4.b"),))
    call(walk.cast["administrator_server"], "satudata_case_act", **seen)

    assert walk.stands() == "5:ab"
