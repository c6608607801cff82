"""The portal of the integration tests, whose processes and services fail here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.acts import ACTS
from tests.faults.scene import Scene
from tests.integration.conftest import _portal, app, with_plugins
from tests.integration.delivered import delivery
from tests.integration.stored import own_storage

__all__ = ["_portal", "app", "with_plugins"]

HOW_MANY = os.environ.get("SATUDATA_FAULTS", "all")
"""`all`, `few`, or a number: every so many points."""
SOME = ["withdraw"] if HOW_MANY == "few" else list(ACTS)
"""The acts during which services fail."""

_told: list[str] = []


@pytest.fixture
def tell() -> Any:
    """Takes a line of figures for the end of the run."""
    return _told.append


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for line in _told:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults") / "files"


@pytest.fixture
def scene(
    request: pytest.FixtureRequest,
    app: Any,
    with_plugins: None,
    _folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Scene]:
    """The act that the test is about (`request.param`), before its request; nothing is delivered
    by itself."""
    own_storage(monkeypatch, "ckan:fs", _folder)
    with delivery.on_hold():
        made = Scene(ACTS[request.param], app, _folder)
        made.prepare()
        yield made
