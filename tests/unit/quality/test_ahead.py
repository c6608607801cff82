"""A file is not read far ahead of what was made of it, and nobody waits for ever."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest

from bench.quality_file import SCHEMA, write
from ckanext.satudata.quality.fast import ahead, engine
from ckanext.satudata.quality.fast.ahead import AHEAD, Ahead
from ckanext.satudata.quality.judge.asked import Asked


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for a turn that never comes, waits longer than the test may take."""
    monkeypatch.setattr(ahead, "PATIENCE", 600.0)


@pytest.mark.usefixtures("patient")
def test_a_file_is_not_read_far_ahead_of_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    seen: list[int] = []

    class Watched(Ahead):
        def read(self, size: int = -1) -> bytes:
            block = super().read(size)
            seen.append(self._read - self._taken)
            return block

    monkeypatch.setattr("ckanext.satudata.quality.fast.pages.Ahead", Watched)
    path = tmp_path / "a.csv"
    write(path, 20_000)
    schema = {name: SCHEMA[name] for name in ("fields", "missingValues", "primaryKey")}
    engine.judged(Asked(str(path), schema), page=1 << 16)
    assert (len(seen) > 30, max(seen)) == (True, AHEAD)


@pytest.mark.usefixtures("patient")
def test_whoever_waits_is_sent_on_when_the_stream_is_closed():
    stream = Ahead(io.BytesIO(b"x" * 100))
    for _ in range(AHEAD):
        stream.read(1)
    waiting = threading.Thread(target=stream.read, args=(1,), daemon=True)
    waiting.start()
    stream.close()
    waiting.join(60)
    assert not waiting.is_alive()


def test_a_page_that_needs_more_gets_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ahead, "PATIENCE", 0.0)
    stream = Ahead(io.BytesIO(b"abcdefgh"))
    assert b"".join(stream.read(1) for _ in range(9)) == b"abcdefgh"
