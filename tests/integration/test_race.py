"""Two people act on the same visit at once: one wins, the other is told, nothing is half done."""

from __future__ import annotations

from functools import partial

from ckan import model

from tests.integration.at_once import both_at_once
from tests.integration.office import WAY, act, call, submit

NAME = "jumlah-penduduk"


def test_of_two_simultaneous_acts_one_wins_at_every_step(office):
    case = submit(office)

    for _step, actor, outcome in WAY:
        assert both_at_once(partial(act, office, case, actor, outcome)) == [
            "version_conflict",
            "won",
        ]
        model.Session.rollback()
        case = call(office[actor], "satudata_case_show", id=NAME)
    ended = [event for event in case["events"] if event["kind"] == "step_ended"]
    assert len(ended) == len(WAY)
