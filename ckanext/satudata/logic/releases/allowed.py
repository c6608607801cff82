"""Which acts upon a release or a working copy a person may do now, and why not the others.

Each act asks the same check before it acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.releases import copies, correcting, forcing, times, withdrawing

CHECKS: Mapping[str, Callable[[model.Package, model.User], Any]] = {
    "withdraw": withdrawing.withdrawable,
    "force": forcing.forcible,
    "drop": copies.droppable,
    "move": times.movable,
    "call_off": times.revocable,
    "embargo": times.embargoable,
    "lift": times.liftable,
    "correct": correcting.correctable,
}
"""Act -> what raises Refused where it is not allowed."""


def refusals(
    package: model.Package, user: model.User, acts: Iterable[str] = ()
) -> dict[str, Refused | None]:
    """Each of the acts, or each there is, with what refuses it; None: it is allowed."""
    return {act: _refused(CHECKS[act], package, user) for act in acts or CHECKS}


def _refused(
    check: Callable[[model.Package, model.User], Any], package: model.Package, user: model.User
) -> Refused | None:
    try:
        check(package, user)
    except Refused as refused:
        return refused
    return None
