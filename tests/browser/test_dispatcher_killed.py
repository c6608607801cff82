"""A dispatcher that is killed comes back by itself, and delivers what was done meanwhile."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tests.browser.office import PRODUSEN, Office

WITHIN = 120.0
"""Seconds: a start of CKAN on a machine that does other things too."""


def the_dispatcher() -> int:
    """The process, as the file of the portal's script names it."""
    site = Path(os.environ["CKAN_INI"]).parent
    name = site.name.removesuffix("-site") + "_dispatcher"
    return int((site.parent / "run" / f"{name}.pid").read_text().split()[0])


def test_a_dispatcher_that_is_killed_is_back_and_delivers(office: Office) -> None:
    killed = the_dispatcher()
    os.kill(killed, signal.SIGKILL)
    scene = office.scene("data-sesudah-mati")
    people, deadline = office.people[PRODUSEN], time.monotonic() + WITHIN

    def found() -> bool:
        query = {"q": f"name:{scene.name}", "include_private": True}
        return people.action("package_search", **query)["count"] == 1

    while not found():
        assert time.monotonic() < deadline, "it was not delivered"
        time.sleep(0.5)
    assert the_dispatcher() != killed
