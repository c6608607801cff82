"""Upkeep of what is stored: work left over is done, rows are made anew from events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.errors import SatuDataError
from ckanext.satudata.logic import reindex
from ckanext.satudata.logic.cases import work
from ckanext.satudata.model import cases, rebuilding
from ckanext.satudata.model.rebuilding import Difference
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, WorkRow


@dataclass(frozen=True)
class Worked:
    """What came of work that was left over: cases, datasets done, and those refused again."""

    cases: int
    done: int
    left: int


@dataclass(frozen=True)
class Rebuilt:
    """What differed in the rows of a case; `broken`: why they could not be made anew."""

    number: int
    differences: tuple[Difference, ...] = ()
    broken: str = ""


def do_work() -> Worked:
    """Do all that acts over lists have left to do."""
    before = _undone()
    done = work.run_all()
    left = _undone()
    return Worked(done, before - left, left)


def case_ids(number: int | None) -> list[str]:
    """Ids of all cases by number, or of the one that is named; empty when there is none."""
    query = sa.select(CaseRow.id).order_by(CaseRow.number)
    if number is not None:
        query = query.where(CaseRow.number == number)
    return list(model.Session.scalars(query))


def rebuild(ids: list[str], *, keep: bool) -> Iterator[Rebuilt]:
    """Make the rows of cases anew, one commit for each; without `keep` only say what differs."""
    for case_id in ids:
        yield _rebuilt(case_id, keep=keep)


def _rebuilt(case_id: str, *, keep: bool) -> Rebuilt:
    case = cases.lock_case(case_id)
    if case is None:
        raise LookupError(case_id)
    number = case.number
    try:
        differences = tuple(rebuilding.rebuild(case))
    except SatuDataError as error:
        model.Session.rollback()
        return Rebuilt(number, broken=str(error))
    if not keep or not differences:
        model.Session.rollback()
        return Rebuilt(number, differences)
    reindex.datasets(_datasets_of(case_id))
    model.Session.commit()
    return Rebuilt(number, differences)


def _datasets_of(case_id: str) -> list[str]:
    query = sa.select(CaseItemRow.dataset_id).where(
        CaseItemRow.case_id == case_id, CaseItemRow.is_request.is_(False)
    )
    return list(model.Session.scalars(query))


def _undone() -> int:
    query = sa.select(sa.func.count()).select_from(WorkRow)
    query = query.where(WorkRow.done_at.is_(None), WorkRow.release_id.is_(None))
    return model.Session.scalar(query) or 0
