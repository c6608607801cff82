"""Random walks: what the events tell is what happened, nobody is stuck, and no rule gives way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.load import load
from ckanext.satudata.sop.meaning import faults_of_meaning
from ckanext.satudata.sop.moves import moves_at
from ckanext.satudata.sop.source import Source
from tests.unit.sop.portal_walk import RULES, Pick, Portal
from tests.unit.sop.small import each, hands_over, on, to, whole, writes

FILES = sorted((Path(__file__).parents[3] / "schemas/sop").glob("*.yaml"))
BOTH = ("validator", "pengelola_data")


@pytest.fixture(scope="module")
def everything(small: Callable) -> Sop:
    """An invented sheet with whatever a sheet may have."""
    return small(
        whole(penulis=(writes("admin_data", "daftar"),)),
        each(
            penulis=(writes("produsen_data"), writes("admin_data")),
            persetujuan="pimpinan_tim_data",
            periksa=("berkas_ada",),
            berulang=True,
        ),
        each(
            pelaksana=("verifikator",),
            empat_mata=True,
            keputusan=(on("maju", 4), on("lompat", 5), on("bersama", 5, together=BOTH)),
            kembali=(to("tidak", 2),),
        ),
        whole(
            pelaksana=("analis_data",),
            penulis=(writes("analis_data", "produk_baru"),),
            berulang=True,
        ),
        whole(
            pelaksana=("bps",),
            keputusan=(on("layak", 6), on("cukup", 6)),
            kembali=(to("olah", 4), to("produsen", 2), to("belum", 5, together=BOTH)),
        ),
        whole(
            pelaksana=("pengelola_data",),
            empat_mata=True,
            keputusan=(on("terbit", 7, "setujui", "terbitkan"), on("setuju", 8, "setujui")),
            kembali=(to("ulang", 5), to("produsen", 2)),
        ),
        each(pelaksana=("admin_sistem",), efek=("arsipkan",), keputusan=(on("maju", 9),)),
        whole(pelaksana=("validator",), efek=("terbitkan",), sambungan=hands_over()),
        whole(pelaksana=("pimpinan_tim_data",), kembali=(), efek=("arsipkan",)),
    )


@dataclass
class Walks:
    """Walks through one SOP, and what they reached: kinds of events, refusals, ends."""

    sop: Sop
    walk: Callable[..., Any]
    items: tuple[str, ...] = ("a", "b", "c")
    bound: frozenset[int] = frozenset()
    reached: set[Any] = field(default_factory=set)

    def portal(self) -> Portal:
        return Portal(self.sop, self.walk, self.items, self.bound, self.reached)

    def by_hypothesis(self, examples: int) -> Walks:
        """Short walks, made shorter still when one fails."""
        machine = type("Machine", (Machine,), {"portal_of": staticmethod(self.portal)})
        few = settings(max_examples=examples, stateful_step_count=40, deadline=None)
        run_state_machine_as_test(machine, settings=few)
        return self

    def by_dice(self, walks: int, length: int = 80) -> Walks:
        """Long walks, which reach deeper into the sheet; each has a number to walk it again."""
        for number in range(walks):
            dice, portal = Random(number), self.portal()
            try:
                portal.begin_well(dice.choice)
                for _ in range(length):
                    getattr(portal, dice.choice(RULES))(dice.choice)
                    portal.check()
                portal.comes_to_an_end()
            # Whatever a walk fails with goes on as it is; only which walk it was is added.
            except Exception as error:
                error.add_note(f"in walk {number}")
                raise
        return self


class Machine(RuleBasedStateMachine):
    """The same walk, where hypothesis chooses what happens."""

    portal_of: Callable[[], Portal]

    def __init__(self) -> None:
        super().__init__()
        self.portal = self.portal_of()

    @initialize(data=st.data())
    def begin_well(self, data: st.DataObject) -> None:
        self.portal.begin_well(choosing(data))

    @rule(what=st.sampled_from(RULES), data=st.data())
    def happens(self, what: str, data: st.DataObject) -> None:
        getattr(self.portal, what)(choosing(data))

    @invariant()
    def the_case_is_whole(self) -> None:
        self.portal.check()

    def teardown(self) -> None:
        self.portal.comes_to_an_end()


def choosing(data: st.DataObject) -> Pick:
    return lambda things: data.draw(st.sampled_from(things))


def test_the_invented_sheet_has_no_fault(everything: Sop) -> None:
    faults = faults_of_meaning(everything, Source("sop.yaml", "", {}, {}, {}))
    assert faults == []


REACHED = set(Kind) - {
    Kind.CASE_OPENED, Kind.HANDED_OVER, Kind.LINK_OPENED, Kind.LINK_DOWNLOADED,
    Kind.LINK_WITHDRAWN, Kind.REVISION_CHANGED, Kind.RELEASE_SCHEDULED, Kind.RELEASE_MOVED,
    Kind.RELEASE_CALLED_OFF, Kind.RELEASE_HELD, Kind.COPY_REBASED,
}  # fmt: skip
REFUSALS = {
    Conflict, "not_holder", "four_eyes", "claimed_by_other", "visit_paused", "approval_missing",
    "work_going_on", "not_closed_yet", "nothing_delivered", "nothing_missing",
    "already_public", "confirmed_already", "step_not_open", "list_empty",
}  # fmt: skip


def test_whatever_people_do_the_case_stays_whole(everything: Sop, walk: Callable) -> None:
    assert "closed" in Walks(everything, walk).by_hypothesis(80).reached


def test_in_long_walks_the_case_stays_whole(everything: Sop, walk: Callable) -> None:
    reached = Walks(everything, walk).by_dice(400).reached
    assert (REACHED | REFUSALS) - reached == set()


def test_whatever_people_do_a_list_that_begins_empty_stays_whole(
    everything: Sop, walk: Callable
) -> None:
    assert Kind.RELEASE_SHOWN in Walks(everything, walk, items=()).by_dice(100).reached


def test_whatever_people_do_a_case_that_hands_over_publishes_nothing(
    everything: Sop, walk: Callable
) -> None:
    reached = Walks(everything, walk, bound=frozenset({8})).by_dice(100).reached
    assert ("closed" in reached, Kind.RELEASE_SHOWN in reached) == (True, False)


@pytest.mark.parametrize("path", FILES, ids=[path.stem[:3] for path in FILES])
def test_whatever_people_do_a_case_of_the_office_stays_whole(path: Path, walk: Callable) -> None:
    walks = Walks(load(path.read_bytes(), path.name).sop, walk, items=("a", "b"))
    assert "closed" in walks.by_hypothesis(10).by_dice(30).reached


@pytest.mark.parametrize("who", ["opd", "pengubah"])
@settings(deadline=None)
@given(choices=st.lists(st.integers(0, 9), max_size=25))
def test_a_contributor_who_holds_every_actor_never_ends_a_step_with_four_eyes(
    sop_000: Sop, walk: Callable, who: str, choices: list[int]
) -> None:
    actors = tuple(sop_000.pelaksana)
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
                case.act(step, row.outcome, actors=actors, person=who)
        case.act(step, row.outcome, actors=actors, person="lain")
