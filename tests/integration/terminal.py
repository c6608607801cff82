"""The command line as a person at a terminal meets it, within the test's own portal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import click
from ckan.cli.cli import ckan
from ckan.tests.helpers import CKANTestApp
from click.testing import CliRunner

from ckanext.satudata.cli.commands import satudata


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        return json.loads(self.out)

    @property
    def code(self) -> str:
        """The stable code that the line on stderr begins with."""
        return self.err.partition(":")[0]


class Terminal:
    """Runs `ckan satudata …`; an exception that no command should let out fails the test."""

    def __init__(self, app: CKANTestApp) -> None:
        self.parent = click.Context(ckan)
        self.parent.meta["flask_app"] = app.flask_app

    def run(self, *arguments: object) -> Said:
        words = [str(one) for one in arguments]
        done = CliRunner().invoke(satudata, words, parent=self.parent, catch_exceptions=False)
        return Said(done.exit_code, done.stdout, done.stderr)

    def act(self, user: str, case: dict[str, Any], *more: object) -> Said:
        """An act at the first open visit, as the case was last seen."""
        visit = case["open_visits"][0]
        seen = ("--version", case["version"], "--step", visit["step"], "--visit", visit["number"])
        return self.run("case", "act", case["number"], "--user", user, *seen, *more, "--json")
