"""Every action of the registry, performed by everybody on data in every state: the public sees
nothing unreleased, and what is released does not change.

A spread of the cells runs with the tests; all of them with SATUDATA_MATRIX=all.
"""

from __future__ import annotations

import os
from itertools import product

import pytest
from ckan import logic
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp

from tests.integration.matrix.cell import Cell, Matrix
from tests.integration.matrix.rows import HOLDERS, REFUSED_ANYHOW, ROWS, WRITES
from tests.integration.matrix.rows_ours import WRITES as OURS
from tests.integration.matrix.world import ACTORS, STATES

MADE = list(STATES)
ALL = [Cell(*one) for one in product(sorted({**ROWS, **HOLDERS}), ACTORS, MADE)]
SPREAD = [
    Cell(action, list(ACTORS)[number % len(ACTORS)], MADE[(number + number // 7) % len(MADE)])
    for number, action in enumerate(sorted(ROWS))
]
SPREAD += [
    Cell(action, actor, state)
    for action in sorted(HOLDERS)
    for actor, state in (("sysadmin", "review"), ("sysadmin", "published"), ("anonymous", "draft"))
]
CELLS = ALL if os.environ.get("SATUDATA_MATRIX") == "all" else SPREAD
WRITING = sorted(name for name, row in ROWS.items() if row.kind == WRITES and name not in OURS)

FALLS: dict[str, str] = {
    "package_relationship_update": "core reads it after its session is closed",
    "vocabulary_delete": "core leaves it to the database to refuse a vocabulary that has tags",
}
"""Actions that answer 500, each with whose fault that is."""

MEANT = frozenset(
    {
        Cell("satudata_release_correct", "approver", "published"),
        Cell("satudata_release_withdraw", "approver", "published"),
        Cell("satudata_release_withdraw", "sysadmin", "published"),
        Cell("satudata_release_force", "sysadmin", "draft"),
        Cell("satudata_release_force", "sysadmin", "withdrawn"),
    }
)
"""Cells in which the public is meant to see a difference: the acts that are for it."""

_made: dict[str, Matrix] = {}


@pytest.fixture
def matrix(request: pytest.FixtureRequest, app: CKANTestApp, with_plugins: None) -> Matrix:
    """One world for all cells; made on the first of them."""
    if "" not in _made:
        request.getfixturevalue("empty_datastore")
        _made[""] = Matrix(app)
    return _made[""]


def test_somebody_has_decided_about_every_action(with_plugins: None):
    tk.get_action("package_show")

    undecided = [f"decide about {name}" for name in sorted(set(logic._actions) - set(ROWS))]
    assert undecided == []


def test_no_row_is_about_an_action_that_is_gone(with_plugins: None):
    tk.get_action("package_show")

    assert sorted(set(ROWS) - set(logic._actions)) == []


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_the_public_sees_nothing_unreleased_and_no_change(matrix: Matrix, cell: Cell):
    status, surprises = matrix.perform(cell)

    if status >= 500 and cell.action not in FALLS:
        surprises.append(f"it fell: {status}")
    if cell in MEANT:
        assert surprises, f"{cell}: {status}"
    else:
        assert surprises == [], f"{cell}: {status}"


@pytest.mark.parametrize("action", WRITING)
def test_the_payload_is_real(matrix: Matrix, action: str):
    """It succeeds for a sysadmin on data that no case holds, or is refused for what it asks."""
    status, said = matrix.ask(Cell(action, "sysadmin", "draft"))

    if action in REFUSED_ANYHOW:
        assert REFUSED_ANYHOW[action] in said
    else:
        assert status == 200, said
