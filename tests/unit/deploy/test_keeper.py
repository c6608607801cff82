"""What `./portal` keeps running comes back when it dies, and stays away when it is stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parents[3]
NAME = "sleeper"
WITHIN = 20.0

SCRIPT = """
set -euo pipefail
PORTAL_TOP=$1; shift
for part in "$PORTAL_TOP"/deploy/portal/*.sh; do . "$part"; done
"$@"
"""


class Kept:
    """A portal of its own in an empty folder, whose only process sleeps."""

    def __init__(self, top: Path) -> None:
        (top / "deploy").mkdir()
        (top / "deploy" / "portal").symlink_to(TOP / "deploy" / "portal")
        self.top, self.run_folder = top, top / ".portal" / "run"
        self.run_folder.mkdir(parents=True)
        (top / ".portal" / "log").mkdir()

    def do(self, *words: str) -> str:
        """What a function of the portal's script prints."""
        command = ["bash", "-c", SCRIPT, "bash", str(self.top), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def pid(self, name: str = NAME) -> int | None:
        """The process as its file says, where it is alive."""
        try:
            pid = int((self.run_folder / f"{name}.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return None
        return pid if runs(pid) else None

    def restarts(self) -> int:
        return int(self.do("restarts_of", NAME))


def runs(pid: int) -> bool:
    """Whether a process lives; one that ended stays listed until somebody asks how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(found: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + WITHIN
    while not (answer := found()):
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.05)
    return answer


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    made.do("keep", NAME, "sleep", "1000")
    until(made.pid)
    yield made
    made.do("stop", NAME)


def test_a_process_that_is_killed_comes_back(kept: Kept) -> None:
    first = kept.pid()
    assert first
    os.kill(first, signal.SIGKILL)

    assert until(lambda: kept.pid() if kept.pid() != first else None)
    assert until(kept.restarts) == 1


def test_a_process_that_is_stopped_stays_away(kept: Kept) -> None:
    kept.do("stop", NAME)
    time.sleep(2.5)

    assert (kept.pid(), kept.pid(f"{NAME}_keeper")) == (None, None)


def test_a_process_that_runs_is_not_started_twice(kept: Kept) -> None:
    before = kept.pid(), kept.pid(f"{NAME}_keeper")
    kept.do("keep", NAME, "sleep", "1000")

    assert (kept.pid(), kept.pid(f"{NAME}_keeper")) == before


def test_a_keeper_that_was_killed_is_started_again_and_its_process_is_one(kept: Kept) -> None:
    keeper, first = kept.pid(f"{NAME}_keeper"), kept.pid()
    assert keeper
    assert first
    os.kill(keeper, signal.SIGKILL)
    until(lambda: kept.pid(f"{NAME}_keeper") is None)
    kept.do("keep", NAME, "sleep", "1000")

    assert until(lambda: kept.pid() if kept.pid() != first else None)
    assert not runs(first)


def test_what_dies_again_and_again_is_started_less_and_less_often(tmp_path: Path) -> None:
    made = Kept(tmp_path)
    made.do("keep", NAME, "false")
    try:
        time.sleep(6)
        assert 1 <= made.restarts() <= 3
    finally:
        made.do("stop", NAME)
