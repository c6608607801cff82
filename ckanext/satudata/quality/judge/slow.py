"""frictionless itself. What it raises instead of reporting has a stable code."""

from __future__ import annotations

import contextlib
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from frictionless import FrictionlessException, system
from frictionless import Report as TheirReport
from frictionless.resources import TableResource

from ckanext.satudata.quality.judge.asked import Asked, resource_of
from ckanext.satudata.quality.judge.report import SLOW, Report, counted, not_judged, told
from ckanext.satudata.quality.judge.troubles import Trouble


def judged(
    asked: Asked, *, why: str = "", table: Callable[[], TableResource] | None = None
) -> Report:
    """The judge's own report. `why`: for what reason the fast engine did not speak.

    `table` makes what is judged where it is not the file as frictionless would open it.
    """
    start = time.perf_counter()
    try:
        descriptor = _descriptor(asked, table or (lambda: resource_of(asked)))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the judge raised instead of judging
        trouble = Trouble("judge_raised", what=f"{type(error).__name__}: {str(error)[:200]}")
        return not_judged(trouble, seconds=time.perf_counter() - start)
    errors = [*descriptor["errors"], *(e for task in descriptor["tasks"] for e in task["errors"])]
    stopped = any(task["warnings"] for task in descriptor["tasks"])
    return told(descriptor, SLOW, counted(errors, complete=not stopped), why=why)


@contextlib.contextmanager
def trusted() -> Iterator[None]:
    """The paths are the caller's own, not the schema's.

    frictionless would else refuse all that are absolute as soon as there is a second table. Its own
    `use_context` forgets to take the trust back where something is raised.
    """
    before = system.trusted
    system.trusted = True
    try:
        yield
    finally:
        system.trusted = before


def _descriptor(asked: Asked, table: Callable[[], TableResource]) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's words on what it leaves out
        try:
            resource = table()
        except FrictionlessException as error:
            reasons = error.reasons or [error.error]
            return TheirReport.from_validation(errors=reasons).to_descriptor()
        with trusted():
            return resource.validate(limit_errors=asked.limit_errors).to_descriptor()
