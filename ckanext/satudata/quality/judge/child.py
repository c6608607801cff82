"""The process that a file is judged in: question on standard input, answer into a file."""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

EXIT_MEMORY = 70


def main() -> None:
    """Take up the limits first; what reads files is loaded after."""
    question = json.load(sys.stdin)
    _limit(question["seal"])
    try:
        kept = _kept()
        answer = _judged(question, kept)
        Path(question["answer"]).write_text(answer, encoding="utf-8")
        # The judge's answer lies there already: whatever the checks do, it is not lost.
        if question["asked"]["checks"]:
            Path(question["checks"]).write_text(_checked(question, kept), encoding="utf-8")
    except MemoryError:
        os._exit(EXIT_MEMORY)  # nothing more can be trusted to run


def _limit(seal: dict[str, Any]) -> None:
    for what, most in (
        (resource.RLIMIT_AS, seal["memory"]),
        (resource.RLIMIT_CPU, seal["processor"]),
        (resource.RLIMIT_FSIZE, seal["answer"]),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def _kept() -> Any:
    from ckanext.satudata.quality.fast.pages import Kept

    return Kept()


def _judged(question: dict[str, Any], kept: Any) -> str:
    from ckanext.satudata.quality.check import check_asked
    from ckanext.satudata.quality.judge.asked import Asked

    asked = Asked(**question["asked"])
    report = check_asked(asked, engine=question["engine"], kept=kept if asked.checks else None)
    used = resource.getrusage(resource.RUSAGE_SELF)
    report.ours["used"] = {
        "processor": round(used.ru_utime + used.ru_stime, 3),
        "memory": used.ru_maxrss * 1024,
    }
    return json.dumps(report.descriptor, ensure_ascii=False)


def _checked(question: dict[str, Any], kept: Any) -> str:
    from ckanext.satudata.quality.check import section_of
    from ckanext.satudata.quality.judge.asked import Asked

    return json.dumps(section_of(Asked(**question["asked"]), kept), ensure_ascii=False)


if __name__ == "__main__":
    main()
