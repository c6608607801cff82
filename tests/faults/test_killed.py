"""A process that is killed anywhere in an act leaves it whole: done, or not begun.

The act is done once with every point counted, then once for each point and moment (before, after)
in a process that kills itself there. Its dispatcher is part of the process, after the answer.
"""

from __future__ import annotations

import sys
import time
from itertools import product

import pytest

from ckanext.satudata.logic.cases import work
from ckanext.satudata.logic.outbox import dispatch
from tests.faults import child
from tests.faults.acts import ACTS
from tests.faults.conftest import HOW_MANY
from tests.faults.points import Points, When, die_at
from tests.faults.scene import Scene

FEW = 2
"""Points of each act with `./portal test`, which has other things to do as well."""


KILLED = [one for one in ACTS if HOW_MANY != "few" or one != "list"]
"""A list takes long to make."""


@pytest.mark.parametrize("scene", KILLED, indirect=True)
def test_a_kill_anywhere_leaves_an_act_whole(scene: Scene, tell):
    names = child.run(lambda: counted(scene)).told
    scene.bring_back()
    began, wrong, kills = time.monotonic(), [], 0
    for number, when in chosen(len(names)):
        kills += 1
        for one in killed(scene, number, when):
            wrong.append(f"{when} {number} ({names[number - 1]}): {one}")
            print(f"{scene.act.name}: {wrong[-1]}", file=sys.stderr, flush=True)
        if kills % 20 == 0:
            print(f"{scene.act.name} {number}/{len(names)}", file=sys.stderr, flush=True)
    seconds = time.monotonic() - began
    tell(
        f"{scene.act.name}: {len(names)} points, {kills} kills, {len(wrong)} wrong,"
        f" {seconds:.0f} s ({seconds / kills:.2f} s each)"
    )
    assert wrong == []


def counted(scene: Scene) -> list[str]:
    """Every point of the request and of what is delivered after it."""
    points = Points().watch()
    everything(scene)
    return points.names


def everything(scene: Scene) -> None:
    scene.send()
    dispatch.all_due("child")
    work.run_all()


def killed(scene: Scene, number: int, when: When) -> list[str]:
    """What is wrong after a kill there, and after the same request was sent again."""

    def die() -> None:
        Points(die_at(number, when)).watch()
        everything(scene)

    if not child.run(die).killed:
        return ["the process came to its end"]
    wrong = [*scene.wrong(), *scene.wrong_after_again()]
    scene.bring_back()
    return wrong


def chosen(count: int) -> list[tuple[int, When]]:
    """Which points and moments: all, a few spread over the act, or every so many."""
    moments: tuple[When, When] = ("before", "after")
    if HOW_MANY == "few":
        step = count // (FEW + 1)
        return [(step * (at + 1), moments[at % 2]) for at in range(FEW)]
    step = 1 if HOW_MANY == "all" else int(HOW_MANY)
    return list(product(range(1, count + 1, step), moments))
