"""The process that a file is judged in: question on standard input, answer into a file."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x1000_0000, 0x4000_0000
EXIT_MEMORY = 70
"""What it ends with when its memory is used up."""
EXIT_ANSWER = 71
"""What it ends with when there is more to tell than it may."""


def main() -> None:
    """Take up the limits first; what reads files is loaded after."""
    question = json.load(sys.stdin)
    _limit(question["seal"])
    _renounce()
    try:
        kept = _kept()
        report = _judged(question, kept)
        _write(question["answer"], report.descriptor)
        # The judge's answer lies there already: whatever the checks do, it is not lost.
        if question["asked"]["checks"] and report.judged:
            _write(question["checks"], _checked(question, kept))
    except MemoryError:
        os._exit(EXIT_MEMORY)  # nothing more can be trusted to run
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        os._exit(EXIT_ANSWER)


def _limit(seal: dict[str, Any]) -> None:
    _at_most(resource.RLIMIT_AS, seal["memory"])
    # At the first it is told SIGXCPU; at the second it would be killed without a word why.
    _at_most(resource.RLIMIT_CPU, seal["processor"], seal["processor"] + 5)
    _at_most(resource.RLIMIT_FSIZE, seal["answer"])
    _at_most(resource.RLIMIT_CORE, 0)
    _at_most(resource.RLIMIT_NOFILE, 256)
    # No limit on processes: the kernel counts all that the portal's account has.


def _at_most(what: int, most: int, hardest: int | None = None) -> None:
    _, hard = resource.getrlimit(what)
    hardest = most if hardest is None else hardest
    hardest = hardest if hard == resource.RLIM_INFINITY else min(hardest, hard)
    resource.setrlimit(what, (min(most, hardest), hardest))


def _renounce() -> None:
    """Give up what judging does not need, and die with whoever asked."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    leave_the_net()


def leave_the_net() -> bool:
    """Take a net of its own, in which there is nothing; False where the kernel gives none.

    One who is not root needs users of his own for it; rights on files stay as they are.
    """
    unshare = ctypes.CDLL(None).unshare
    return not unshare(CLONE_NEWNET) or not unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _kept() -> Any:
    from ckanext.satudata.quality.fast.pages import Kept

    return Kept()


def _judged(question: dict[str, Any], kept: Any) -> Any:
    """The report; `question` knows afterwards what kind of file it is."""
    from ckanext.satudata.quality.judge.container import look
    from ckanext.satudata.quality.judge.report import not_judged, shorten
    from ckanext.satudata.quality.judge.troubles import Trouble

    start = time.perf_counter()
    try:
        container = look(question["asked"]["path"])
    except Trouble as trouble:
        return not_judged(trouble, seconds=round(time.perf_counter() - start, 3))
    # The judge's libraries take a second to load.
    from ckanext.satudata.quality.check import check_asked
    from ckanext.satudata.quality.judge.asked import Asked

    question["asked"]["format"] = question["asked"]["format"] or container.format
    asked = Asked(**question["asked"])
    report = check_asked(asked, engine=question["engine"], kept=kept if asked.checks else None)
    report.ours["notes"] = container.notes
    shorten(report)
    used = resource.getrusage(resource.RUSAGE_SELF)
    report.ours["used"] = {
        "processor": round(used.ru_utime + used.ru_stime, 3),
        "memory": used.ru_maxrss * 1024,
    }
    return report


def _checked(question: dict[str, Any], kept: Any) -> dict[str, Any]:
    from ckanext.satudata.quality.check import section_of
    from ckanext.satudata.quality.judge.asked import Asked

    return section_of(Asked(**question["asked"]), kept)


def _write(path: str, answer: dict[str, Any]) -> None:
    # JSON can hold half a letter, which neither a file nor a database takes.
    text = json.dumps(answer, ensure_ascii=False)
    Path(path).write_text(text, encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
