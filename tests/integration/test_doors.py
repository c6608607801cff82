"""API, form and command line give one answer: a cell for each act and each kind of refusal.

All cells of all SOPs are asked by `./portal bench doors`.
"""

from __future__ import annotations

import pytest

from tests.integration.cells import Cell, Stage, cells, make_stage
from tests.integration.doors import ALLOWED, Doors, differing
from tests.integration.five_sops.world import S000, S002, make_world

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def asked(doors: Doors, wanted: list[Cell]) -> dict[str, str]:
    """What the API answered to each cell; fails where a door differs, or they from the table."""
    found = {}
    for cell in wanted:
        answers = doors.ask(cell.user, cell.values)
        assert differing(answers) == "", str(cell)
        code = answers["api"].code
        assert cell.told in (None, code), str(cell)
        assert cell.told is not None or code not in ("not_holder", "four_eyes"), str(cell)
        found[str(cell)] = code
    return found


def one_of_each(stage: Stage, step: int, situation: str) -> list[Cell]:
    """For each act the first who may and the first of each who may not."""
    chosen: dict[tuple[str, str | None], Cell] = {}
    for cell in cells(stage, step, situation):
        chosen.setdefault((cell.row.act.value, cell.told), cell)
    return list(chosen.values())


def test_the_doors_agree_where_one_dataset_is_judged(app):
    world, doors = make_world(S000), Doors(app)
    stage = make_stage(world, S000)
    stage.go_to(3)
    told = set(asked(doors, one_of_each(stage, 3, "plain")).values())
    stage.do(stage.visit(3), {"act": "claim"}, "verifikator")
    told |= set(asked(doors, one_of_each(stage, 3, "claimed")).values())
    stage.do(stage.visit(3), {"act": "pause", "reason": "Menunggu."}, "verifikator")
    told |= set(asked(doors, one_of_each(stage, 3, "paused")).values())
    assert told >= {ALLOWED, "not_found", "not_holder", "not_claimed", "not_paused", "visit_paused"}


def test_the_doors_agree_over_a_list(app):
    world, doors = make_world(S002), Doors(app)
    stage = make_stage(world, S002)
    stage.go_to(4)
    told = set(asked(doors, one_of_each(stage, 4, "plain")).values())
    stage.go_to(8)
    told |= set(asked(doors, one_of_each(stage, 8, "plain")).values())
    assert told >= {ALLOWED, "not_holder", "approval_missing", "not_closed_yet"}
