"""API, form and command line give one answer: a cell for each act and each kind of refusal.

All cells of all SOPs are asked by `./portal bench doors`.
"""

from __future__ import annotations

import pytest

from tests.integration.cells import Cell, Stage, cells, make_stage, place
from tests.integration.doors import ALLOWED, Doors, differing
from tests.integration.five_sops.world import S000, S002, make_world

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


class Questions:
    """Asks each act that is allowed once, and each kind of refusal once."""

    def __init__(self, stage: Stage, doors: Doors) -> None:
        self.stage, self.doors = stage, doors
        self.put: set[str] = set()
        self.told: set[str] = set()

    def ask(self, step: int, situation: str) -> None:
        """Fails where a door answers otherwise than another, or than the table."""
        for cell in list(cells(self.stage, step, situation)):
            kind = cell.told or cell.row.act.value
            if kind not in self.put:
                self.put.add(kind)
                self._ask(cell)

    def _ask(self, cell: Cell) -> None:
        answers = self.doors.ask(cell.user, cell.values)
        assert differing(answers) == "", str(cell)
        code = answers["api"].code
        if cell.told is not None:
            assert code == cell.told, str(cell)
        assert cell.told is not None or code not in ("not_holder", "four_eyes"), str(cell)
        self.told.add(code)


def test_the_doors_agree_where_one_dataset_is_judged(app):
    stage = make_stage(make_world(S000), S000)
    questions = Questions(stage, Doors(app))
    stage.go_to(3)
    questions.ask(3, "plain")
    stage.do(stage.visit(3), {"act": "claim"}, "verifikator")
    questions.ask(3, "claimed")
    stage.do(stage.visit(3), {"act": "pause", "reason": "Menunggu."}, "verifikator")
    questions.ask(3, "paused")
    assert questions.told >= {ALLOWED, "not_found", "not_holder", "not_claimed", "not_paused"}
    assert questions.put >= {"choose", "return", "claim", "pause", "comment", "cancel", "resume"}


def test_the_doors_agree_over_a_list(app):
    stage = make_stage(make_world(S002), S002)
    questions = Questions(stage, Doors(app))
    stage.go_to(4)
    questions.ask(4, "plain")
    stage.go_to(8)
    questions.ask(8, "plain")
    assert questions.told >= {ALLOWED, "not_holder", "approval_missing", "not_closed_yet"}
    assert questions.put >= {"finish", "add", "drop", "set_closing", "assign", "approve", "go_on"}


def test_no_door_makes_an_invitation_without_its_link(app):
    stage, doors = make_stage(make_world(S002), S002), Doors(app)
    stage.go_to(6)
    visit = stage.visit(6)
    head = {"id": str(stage.number), "version": stage.state().version, **place(visit)}
    answers = doors.ask(stage.cast[stage.sop.sop.pengendali[0]], {**head, "act": "invite"})
    assert (answers["api"].code, differing(answers)) == ("act_unknown", "")
