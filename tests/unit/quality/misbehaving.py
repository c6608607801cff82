"""The sealed process, with something else in the place of judging: the engine's name says what."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ckanext.satudata.quality.judge import child
from ckanext.satudata.quality.judge.report import Report, not_judged
from ckanext.satudata.quality.judge.troubles import Trouble


def hungry(_question: dict[str, Any]) -> None:
    raise MemoryError


def killed(_question: dict[str, Any]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def wrong(_question: dict[str, Any]) -> None:
    raise ValueError("rekaan")


def leaving(question: dict[str, Any]) -> None:
    """Ends at once; what it started would live on for a minute, and tells its number."""
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])  # noqa: S603
    Path(question["asked"]["path"]).write_text(str(sleeper.pid))


def rights(question: dict[str, Any]) -> None:
    Path(question["asked"]["path"]).write_text(Path("/proc/self/status").read_text())


def files(question: dict[str, Any]) -> None:
    Path(question["asked"]["path"]).write_text(Path("/proc/self/limits").read_text())


def net(question: dict[str, Any]) -> None:
    """Which net it has."""
    Path(question["asked"]["path"]).write_text(os.readlink("/proc/self/ns/net"))


WAYS: dict[str, Callable[[dict[str, Any]], None]] = {
    "hungry": hungry,
    "killed": killed,
    "wrong": wrong,
    "leaving": leaving,
    "rights": rights,
    "files": files,
    "net": net,
}


def _judged(question: dict[str, Any], _kept: Any) -> Report:
    WAYS[question["engine"]](question)
    return not_judged(Trouble("process_died", what="rekaan"), seconds=0.0)


def main() -> None:
    child._judged = _judged
    child.main()


if __name__ == "__main__":
    main()
