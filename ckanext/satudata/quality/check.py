"""Judge a file: frictionless' report, by the fast engine where it is sure."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ckanext.satudata.quality.checks.section import looked
from ckanext.satudata.quality.fast import engine as fast
from ckanext.satudata.quality.fast.pages import Kept
from ckanext.satudata.quality.fast.unsure import Unsure
from ckanext.satudata.quality.judge import geo, slow
from ckanext.satudata.quality.judge.asked import ENGINES, LIMIT_ERRORS, Asked, Engine
from ckanext.satudata.quality.judge.report import Report


def check(
    path: str | os.PathLike[str],
    schema: Mapping[str, Any] | None = None,
    *,
    references: Mapping[str, str] | None = None,
    engine: Engine = "auto",
    limit_errors: int = LIMIT_ERRORS,
    format: str = "",  # noqa: A002 - frictionless' own name for it
    small: int = fast.SMALL,
    checks: bool = False,
    previous: str = "",
    previous_schema: Mapping[str, Any] | None = None,
) -> Report:
    """Judge a file by a Table Schema. Whatever the file holds, the answer is a Report.

    `references`: name that the schema's foreign keys use, to the path of that table.
    `limit_errors`: errors listed, 0 for all. `engine`: "frictionless" asks only the judge himself.
    `small`: bytes below which the fast engine is not asked. `checks`: add the section of our own
    checks, which compare with the file `previous` and its schema. Nothing here holds the judge
    back: for files from outside see `judge.sealed`.
    """
    asked = Asked(
        os.fspath(path),
        schema,
        dict(references or {}),
        format,
        limit_errors,
        checks,
        previous,
        previous_schema,
    )
    kept = Kept()
    report = check_asked(asked, engine=engine, small=small, kept=kept if checks else None)
    if checks and report.judged:
        report.ours["checks"] = section_of(asked, kept)
    return report


def check_asked(
    asked: Asked, *, engine: Engine = "auto", small: int = fast.SMALL, kept: Kept | None = None
) -> Report:
    """The same for what is asked already, and without our own checks; `kept` is for them.

    Raises ValueError over an engine that is none.
    """
    if engine not in ENGINES:
        raise ValueError(engine)
    if asked.format == "geojson" or asked.path.lower().endswith(".geojson"):
        return geo.judged(asked)
    if engine == "frictionless":
        return slow.judged(asked, why="asked")
    try:
        return fast.judged(asked, small=small, left=kept)
    except Unsure as unsure:
        return slow.judged(asked, why=unsure.reason)


def section_of(asked: Asked, kept: Kept | None = None) -> dict[str, Any]:
    """What our own checks say; `kept` spares reading the file once more."""
    return looked(
        asked.path,
        asked.schema,
        kind=asked.format,
        references=asked.references,
        previous=asked.previous,
        previous_schema=asked.previous_schema,
        kept=kept,
    )
