"""Judge a file: frictionless' report, by the fast engine where it is sure."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ckanext.satudata.quality.fast import engine as fast
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
) -> Report:
    """Judge a file by a Table Schema. Whatever the file holds, the answer is a Report.

    `references`: name that the schema's foreign keys use, to the path of that table.
    `limit_errors`: errors listed, 0 for all. `engine`: "frictionless" asks only the judge himself.
    `small`: bytes below which the fast engine is not asked. Nothing here holds the judge back: for
    files from outside see `judge.sealed`.
    """
    asked = Asked(os.fspath(path), schema, dict(references or {}), format, limit_errors)
    return check_asked(asked, engine=engine, small=small)


def check_asked(asked: Asked, *, engine: Engine = "auto", small: int = fast.SMALL) -> Report:
    """The same for what is asked already. Raises ValueError over an engine that is none."""
    if engine not in ENGINES:
        raise ValueError(engine)
    if asked.format == "geojson" or asked.path.lower().endswith(".geojson"):
        return geo.judged(asked)
    if engine == "frictionless":
        return slow.judged(asked, why="asked")
    try:
        return fast.judged(asked, small=small)
    except Unsure as unsure:
        return slow.judged(asked, why=unsure.reason)
