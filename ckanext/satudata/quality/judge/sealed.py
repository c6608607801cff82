"""A file judged in a process of its own, with limits: whatever the file is, it ends in a report."""

from __future__ import annotations

import contextlib
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

from ckanext.satudata.quality.judge.asked import Asked, Engine
from ckanext.satudata.quality.judge.child import EXIT_ANSWER, EXIT_MEMORY
from ckanext.satudata.quality.judge.report import Report, not_judged, unfinished
from ckanext.satudata.quality.judge.troubles import Trouble

CHILD = "ckanext.satudata.quality.judge.child"
ROOT = str(Path(__file__).parents[4])
"""Where the package lies."""
BEGIN = "import sys; sys.path[0] = {root!r}; from {child} import main; main()"
"""Modules are looked for there first, and not where the portal was started, as `-m` would."""
LONGEST = 200
"""Letters of what the process said last."""


@dataclass(frozen=True)
class Seal:
    """What the process may use."""

    seconds: float = 300.0
    """From start to end."""
    processor: int = 300
    """Seconds of processor time, over all its threads."""
    memory: int = 3 << 30
    """Bytes of address space; a third of it is the libraries' own."""
    answer: int = 64 << 20
    """Bytes of the report, and of any other file it writes: more than a compiled module has, or
    Python would keep a part of one."""


def judged(asked: Asked, *, engine: Engine = "auto", seal: Seal | None = None) -> Report:
    """Judge a file from outside: the answer is a Report. Raises OSError where it is not there."""
    start = time.perf_counter()
    Path(asked.path).open("rb").close()
    try:
        return _apart(asked, engine, seal or Seal())
    except Trouble as trouble:
        return not_judged(trouble, seconds=round(time.perf_counter() - start, 3))


def _apart(asked: Asked, engine: Engine, seal: Seal) -> Report:
    with tempfile.TemporaryDirectory(prefix="satudata-") as folder:
        answer, checks = Path(folder) / "laporan.json", Path(folder) / "periksa.json"
        question = {
            "asked": dataclasses.asdict(asked),
            "engine": engine,
            "seal": dataclasses.asdict(seal),
            "answer": str(answer),
            "checks": str(checks),
        }
        said = Path(folder) / "kata"
        with (
            said.open("wb") as words,
            subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-c", BEGIN.format(root=ROOT, child=CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=words,
                env=_surroundings(folder),
                start_new_session=True,
            ) as process,
        ):
            try:
                process.communicate(json.dumps(question).encode(), timeout=seal.seconds)
                trouble = _why(process.returncode, seal, said) if process.returncode else None
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
    """The process and whatever it has started: it leads a group, which may outlive it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _surroundings(folder: str) -> dict[str, str]:
    """Nothing of the portal's environment but where code lies, and not where it was started."""
    here = os.getcwd()
    places = [one for one in sys.path if one and os.path.abspath(one) != here]
    return {
        "PATH": os.defpath,
        "PYTHONPATH": os.pathsep.join(places),
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C.UTF-8",
        "TMPDIR": folder,
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",  # or each thread keeps what it once had
    }


def _why(code: int, seal: Seal, said: Path) -> Trouble:
    if code == EXIT_MEMORY:
        return Trouble("memory_over")
    if code == EXIT_ANSWER:
        return Trouble("answer_over")
    if code == -signal.SIGXCPU:
        return Trouble("time_over", seconds=seal.processor)
    # SIGKILL is not the limit's: somebody else sent it, or the kernel for want of memory.
    what = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return Trouble("process_died", what=": ".join(filter(None, [what, _last_words(said)])))


def _last_words(said: Path) -> str:
    """The last line of a file of any length."""
    with said.open("rb") as stream:
        stream.seek(max(0, stream.seek(0, os.SEEK_END) - 4 * LONGEST))
        lines = stream.read().decode("utf-8", "replace").split("\n")
    last = next((one for one in reversed(lines) if one.strip()), "")
    return "".join(one if one.isprintable() else " " for one in last.strip())[:LONGEST]
