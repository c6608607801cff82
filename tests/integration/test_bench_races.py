"""Two processes approve the same data at once; `./portal bench races` lets them do it a thousand
times."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import races

RACES = 10


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_every_race_has_one_winner_one_conflict_one_event(monkeypatch: pytest.MonkeyPatch):
    # The other processes are to have the same storage of files.
    monkeypatch.setenv("CKAN_INI", str(Path(__file__).parents[2] / "test.ini"))

    figures = {one.name: one.value for one in races.figures(RACES)}
    counted = ("winners", "conflicts", "events that end the step", "releases", "anything else")
    assert [figures[name] for name in counted] == [RACES, RACES, RACES, RACES, 0]
