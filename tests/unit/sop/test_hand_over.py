"""A row that hands over to another SOP: bound, that one approves and publishes; unbound, this."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ckanext.satudata.sop.definition import Efek, Sop
from ckanext.satudata.sop.meaning import faults_of_meaning
from ckanext.satudata.sop.moves import Act, delivers, moves, rules
from ckanext.satudata.sop.source import Source
from tests.unit.sop.small import each, hands_over, on, whole

NOWHERE = Source("sop.yaml", "", {}, {}, {})
BOUND = frozenset({3})
ALL = (
    "admin_data", "verifikator", "validator", "analis_data",
    "admin_sistem", "pengelola_data", "pimpinan_tim_data",
)  # fmt: skip
"""Every actor with a lane, so that no lane is without a step."""


@pytest.fixture
def chain(small: Callable) -> Sop:
    """Approve at 2; print, hand over and publish at 3."""
    return small(
        each(pelaksana=ALL),
        each(efek=("setujui",), empat_mata=True),
        each(efek=("cetak", "serahkan", "terbitkan"), sambungan=hands_over()),
    )


def effects(sop: Sop, bound: frozenset[int]) -> list[tuple[int, str]]:
    return [(row.step, effect.value) for row in moves(sop, bound) for effect in row.effects]


def test_unbound_it_approves_and_publishes_and_hands_over_nothing(chain: Sop) -> None:
    assert effects(chain, frozenset()) == [(2, "setujui"), (3, "cetak"), (3, "terbitkan")]


def test_bound_it_hands_over_and_leaves_the_rest_to_the_other(chain: Sop) -> None:
    assert effects(chain, BOUND) == [(3, "cetak"), (3, "serahkan")]


def test_a_step_that_joins_nothing_binds_nothing(chain: Sop) -> None:
    assert not delivers(chain, frozenset({1, 2}))


def test_a_bound_hand_over_delivers(chain: Sop) -> None:
    assert delivers(chain, BOUND)


def test_to_open_another_case_takes_nothing_from_this_one(small: Callable) -> None:
    joint = hands_over("buka", None)
    sop = small(each(efek=("setujui", "terbitkan"), empat_mata=True, sambungan=joint))
    assert effects(sop, frozenset({1})) == [(1, "setujui"), (1, "terbitkan")]


def test_four_eyes_hold_bound_as_well(chain: Sop) -> None:
    assert [row.step for row in moves(chain, BOUND) if row.four_eyes] == [2]


def test_a_case_is_walked_by_the_reading_it_was_opened_with(case_of: Callable) -> None:
    rows = each(efek=("setujui", "terbitkan", "serahkan"), empat_mata=True, sambungan=hands_over())
    case = case_of(rows, items="a", bound=(1,))
    assert case.act(1, "selesai", item="a").move.effects == (Efek.SERAHKAN,)


def test_a_bound_list_has_no_work_of_its_own(case_of: Callable) -> None:
    rows = whole(efek=("setujui", "terbitkan"), empat_mata=True, sambungan=hands_over())
    case = case_of(rows, bound=(1,))
    case.act(1, "selesai", item=None)
    assert case.state.is_closed


def test_the_same_sheet_twice_has_two_tables(chain: Sop) -> None:
    assert rules(chain, BOUND) != rules(chain)


def test_both_readings_without_fault_load(chain: Sop) -> None:
    assert faults_of_meaning(chain, NOWHERE) == []


def test_the_unbound_reading_is_proved_although_the_bound_one_publishes_nothing(
    small: Callable,
) -> None:
    sop = small(each(pelaksana=ALL, efek=("serahkan", "terbitkan"), sambungan=hands_over()))
    assert [fault.code for fault in faults_of_meaning(sop, NOWHERE)] == ["terbit-sebelum-setuju"]


def test_a_bound_case_opened_beside_is_proved_too(small: Callable) -> None:
    sop = small(
        each(pelaksana=ALL, keputusan=(on("a", 2, "setujui"), on("b", 2)), empat_mata=True),
        each(efek=("terbitkan",), sambungan=hands_over("buka", None)),
    )
    assert [fault.code for fault in faults_of_meaning(sop, NOWHERE)] == ["terbit-sebelum-setuju"]


def test_every_act_is_there_bound_and_unbound(chain: Sop) -> None:
    asked = [{(row.step, row.act) for row in rules(chain, bound)} for bound in (frozenset(), BOUND)]
    assert asked[0] == asked[1]
    assert (3, Act.CANCEL) in asked[0]
