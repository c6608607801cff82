"""Random walks through 000: what the events tell is what happened, and no rule gives way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.sop.acts import Attempt, Person, Point, PointKind
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.decide import decide
from ckanext.satudata.sop.definition import Efek, Sop
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import moves_at
from ckanext.satudata.sop.projection import project

ITEMS = ("a", "b")
PEOPLE = ("budi", "citra", "dewi")
POINT = Point(PointKind.ROW, "3", "kosong")
ACTORS = [
    "produsen_data", "admin_data", "verifikator", "validator",
    "analis_data", "admin_sistem", "pengelola_data", "pimpinan_tim_data",
]  # fmt: skip


class Portal(RuleBasedStateMachine):
    """People act on a case of two datasets, each by what he last saw of it."""

    sop: Sop
    walk: Callable

    def __init__(self) -> None:
        super().__init__()
        self.case = self.walk(self.sop, items=ITEMS, opener="budi")
        self.seen: dict[str, CaseState] = dict.fromkeys(PEOPLE, self.case.state)
        self.keys = [visit.key for visit in self.case.state.visits]

    @rule(who=st.sampled_from(PEOPLE))
    def look(self, who: str) -> None:
        self.seen[who] = self.case.state

    @rule(who=st.sampled_from(PEOPLE[:2]), data=st.data())
    def change_content(self, who: str, data: st.DataObject) -> None:
        self.case.record(Kind.CONTENT_CHANGED, who, {"item": data.draw(st.sampled_from(ITEMS))})

    @rule(
        who=st.sampled_from(PEOPLE),
        fresh=st.sampled_from([True, True, True, False]),
        holds_all=st.sampled_from([True, True, False]),
        actor=st.sampled_from(ACTORS),
        data=st.data(),
    )
    def act(self, who: str, fresh: bool, holds_all: bool, actor: str, data: st.DataObject) -> None:
        now = self.case.state
        seen = now if fresh else self.seen[who]
        if not seen.open_visits:
            return
        visit = data.draw(st.sampled_from(seen.open_visits), "visit")
        row = data.draw(st.sampled_from(moves_at(self.sop, visit.key.step)), "row")
        person = Person(who, frozenset(ACTORS if holds_all else {actor}))
        attempt = Attempt(visit.key, seen.version, row.outcome, "alasan", (POINT,))
        try:
            decision = decide(self.sop, now, person, attempt, {})
        except Conflict:
            assert seen.version != now.version
            return
        except Refused:
            return
        assert person.actors & set(row.actors)
        if row.four_eyes:
            assert who not in now.brought_by(visit)
        if Efek.TERBITKAN in decision.move.effects:
            assert Efek.SETUJUI in decision.move.effects
        self.case.record(Kind.STEP_ENDED, who, dict(decision.body))

    @invariant()
    def events_rebuild_the_state(self) -> None:
        assert project(self.case.events) == self.case.state

    @invariant()
    def no_visit_is_lost_or_renamed(self) -> None:
        now = [visit.key for visit in self.case.state.visits]
        assert now[: len(self.keys)] == self.keys
        assert len(set(now)) == len(now)
        self.keys = now

    @invariant()
    def each_dataset_stands_at_one_step_or_has_ended(self) -> None:
        for item in ITEMS:
            visits = [v for v in self.case.state.visits if v.key.item == item]
            assert all(not v.is_open for v in visits[:-1])
            assert visits[-1].is_open or visits[-1].key.step == len(self.sop.langkah)

    @invariant()
    def nothing_is_called_published_before_its_eighth_step_was_ended(self) -> None:
        approved = {v.key.item for v in self.case.state.visits if v.key.step == 8 and not v.is_open}
        called = {i for i, (word, _) in self.case.state.statuses.items() if word == "terbit"}
        assert called == approved


def test_whatever_people_do_the_case_stays_whole(sop_000: Sop, walk: Callable) -> None:
    run_state_machine_as_test(
        type("PortalOf000", (Portal,), {"sop": sop_000, "walk": staticmethod(walk)}),
        settings=settings(max_examples=60, stateful_step_count=60, deadline=None),
    )


@pytest.mark.parametrize("who", ["opd", "pengubah"])
@settings(deadline=None)
@given(choices=st.lists(st.integers(0, 9), max_size=25))
def test_a_contributor_who_holds_every_actor_never_ends_a_step_with_four_eyes(
    sop_000: Sop, walk: Callable, who: str, choices: list[int]
) -> None:
    case: Any = walk(sop_000, opener="opd")
    case.record(Kind.CONTENT_CHANGED, "pengubah", {"item": "data"})
    for choice in choices:
        if case.state.is_closed:
            break
        step = case.state.open_visits[0].key.step
        rows = moves_at(sop_000, step)
        row = rows[choice % len(rows)]
        if row.four_eyes:
            with pytest.raises(Refused, match="four_eyes"):
                case.act(step, row.outcome, actors=ACTORS, person=who)
        case.act(step, row.outcome, actors=ACTORS, person="lain")
