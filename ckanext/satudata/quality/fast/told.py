"""frictionless' report of a file, made without its errors passing through frictionless."""

from __future__ import annotations

import time
from typing import Any

from frictionless import Report as TheirReport

from ckanext.satudata.quality.fast.bytes_of import Facts
from ckanext.satudata.quality.fast.opened import Opened
from ckanext.satudata.quality.judge.report import FAST, Counts, Report, told


def told_of(
    file: Opened,
    facts: Facts,
    rows: int,
    listed: list[dict[str, Any]],
    counts: Counts,
    limit: int,
    start: float,
) -> Report:
    """The report. `limit`: the limit of errors, if it was reached; `start`: of the stop watch."""
    stats = file.resource.stats
    stats.md5, stats.sha256, stats.bytes = facts.md5, facts.sha256, facts.size
    stats.rows = rows
    warnings = [f"reached error limit: {limit}"] if limit else []
    seconds = round(time.perf_counter() - start, 3)
    report = TheirReport.from_validation_task(
        file.resource, time=seconds, labels=file.labels, warnings=warnings
    ).to_descriptor()
    task = report["tasks"][0]
    task["errors"] = listed
    report["valid"] = task["valid"] = not listed
    report["stats"]["errors"] = task["stats"]["errors"] = len(listed)
    return told(report, FAST, counts)


def told_valid(file: Opened, facts: Facts, rows: int, start: float) -> Report:
    """The report of a file in which nothing is wrong."""
    return told_of(file, facts, rows, [], Counts(), 0, start)
