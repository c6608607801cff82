"""Every step, act and role of every SOP, asked by API, form and command line.

The questions are generated from the rule table that runs. Bound: none on which the doors differ,
none on which they differ from the table. `./portal bench doors` asks all of them, which takes long;
`./portal bench doors 000` asks those of one file, `./portal bench doors 002:8` those of one step.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from bench import inside

if TYPE_CHECKING:
    from tests.integration.cells import Cell, Stage
    from tests.integration.doors import Doors

SITUATIONS_AT = 1
"""The step at which all is asked again with the visit claimed and paused."""


def main() -> int:
    """Ask, say on stderr how far it is, and print the figures; 1 when a bound is missed."""
    inside.find_tests()
    from bench.bounds import Figure, report
    from tests.integration.doors import Doors
    from tests.integration.five_sops import world as w

    app = inside.make_portal()
    every = {"000": w.S000, "001": w.S001, "002": w.S002, "003": w.S003, "004": w.S004}
    wanted = [one.partition(":") for one in sys.argv[1:] or every]
    world, doors = w.make_world(*{every[name]: "" for name, _colon, _step in wanted}), Doors(app)
    began, asked, differ = time.perf_counter(), 0, 0
    for name, _colon, step in wanted:
        for told in _sop(world, every[name], doors, int(step or 0)):
            asked += 1
            if told:
                differ += 1
                print(f"{name} {told}", flush=True)
    each = (time.perf_counter() - began) * 1000 / max(asked * 3, 1)
    return report(
        [
            Figure("questions", asked),
            Figure("answers that differ", differ, bound=0),
            Figure("an answer takes", each, "ms"),
        ]
    )


def _sop(world: Any, subject: str, doors: Doors, only: int) -> Any:
    """What is wrong with each question of a SOP, or of one step (0: of all); empty for most."""
    from tests.integration.cells import cells, make_stage

    stage = make_stage(world, subject)
    for step in stage.sop.langkah:
        number = step.langkah
        if only not in (0, number):
            continue
        print(f"{subject}: step {number}", file=sys.stderr, flush=True)
        stage.go_to(number)
        for cell in list(cells(stage, number)):
            yield _wrong(doors, cell)
        if number == SITUATIONS_AT:
            yield from _situations(stage, number, doors)


def _situations(stage: Stage, step: int, doors: Doors) -> Any:
    from tests.integration.cells import cells

    holder = stage.sop.step(step).pelaksana[0]
    for situation, values, back in (
        ("claimed", {"act": "claim"}, {"act": "hand_back"}),
        ("paused", {"act": "pause", "reason": "Menunggu (rekaan)."}, {"act": "resume"}),
    ):
        stage.do(stage.visit(step), values, holder)
        for cell in list(cells(stage, step, situation)):
            yield _wrong(doors, cell)
        stage.do(stage.visit(step), back, holder)


def _wrong(doors: Doors, cell: Cell) -> str:
    """What is wrong with the answers to one question."""
    from tests.integration.doors import differing

    answers = doors.ask(cell.user, cell.values)
    code, between = answers["api"].code, differing(answers)
    if between:
        return f"{cell}: {between}"
    if cell.told is None and code in ("not_holder", "four_eyes", "not_found"):
        return f"{cell}: the table allows it, the doors say {code}"
    if cell.told not in (None, code):
        return f"{cell}: the table says {cell.told}, the doors say {code}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
