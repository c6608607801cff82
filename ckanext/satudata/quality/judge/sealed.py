"""A file judged in a process of its own, with limits: whatever the file is, it ends in a report."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ckanext.satudata.quality.judge.asked import Asked
from ckanext.satudata.quality.judge.container import look
from ckanext.satudata.quality.judge.report import Report, not_judged, unfinished
from ckanext.satudata.quality.judge.troubles import Trouble

CHILD = "ckanext.satudata.quality.judge.child"
EXIT_MEMORY = 70
"""What the process ends with when its memory is used up."""


@dataclass(frozen=True)
class Seal:
    """What the process may use."""

    seconds: float = 300.0
    """From start to end."""
    processor: int = 300
    """Seconds of processor time, over all its threads."""
    memory: int = 3 << 30
    """Bytes of address space; a third of it is the libraries' own."""
    answer: int = 1 << 30
    """Bytes of the report, and of any other file it writes."""


def judged(asked: Asked, *, engine: str = "auto", seal: Seal | None = None) -> Report:
    """Judge a file from outside: the answer is a Report. Raises OSError where it is not there."""
    start = time.perf_counter()
    try:
        container = look(asked.path)
        asked = dataclasses.replace(asked, format=asked.format or container.format)
        report = _apart(asked, engine, seal or Seal())
        report.ours["notes"] = container.notes
    except Trouble as trouble:
        return not_judged(trouble, seconds=round(time.perf_counter() - start, 3))
    return report


def _apart(asked: Asked, engine: str, seal: Seal) -> Report:
    with tempfile.TemporaryDirectory(prefix="satudata-") as folder:
        answer, checks = Path(folder) / "laporan.json", Path(folder) / "periksa.json"
        question = {
            "asked": dataclasses.asdict(asked),
            "engine": engine,
            "seal": dataclasses.asdict(seal),
            "answer": str(answer),
            "checks": str(checks),
        }
        with subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_surroundings(folder),
            start_new_session=True,
        ) as process:
            try:
                process.communicate(json.dumps(question).encode(), timeout=seal.seconds)
                trouble = _why(process.returncode, seal) if process.returncode else None
            except subprocess.TimeoutExpired:
                trouble = Trouble("time_over", seconds=seal.seconds)
            finally:
                _end(process)
        if trouble is not None and not answer.exists():
            raise trouble
        try:
            report = Report(json.loads(answer.read_bytes()))
        except (OSError, ValueError) as error:
            raise trouble or Trouble("process_died", what="no answer") from error
        if asked.checks and report.judged:
            report.ours["checks"] = _section(checks, trouble)
        return report


def _section(path: Path, trouble: Trouble | None) -> dict[str, Any]:
    """What our checks said; where the process ended before, that alone."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return unfinished(trouble.code if trouble else "process_died")


def _end(process: subprocess.Popen[bytes]) -> None:
    """The process and whatever it has started; it leads a group of its own."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _surroundings(folder: str) -> dict[str, str]:
    """Nothing of the portal's environment but where its code lies."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": os.pathsep.join(one for one in [os.getcwd(), *sys.path] if one),
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C.UTF-8",
        "TMPDIR": folder,
        "OPENBLAS_NUM_THREADS": "1",
    }


def _why(code: int, seal: Seal) -> Trouble:
    if code == EXIT_MEMORY:
        return Trouble("memory_over")
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return Trouble("time_over", seconds=seal.processor)
    what = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return Trouble("process_died", what=what)
