"""A file that is kept for its sender while he mends the form that came with it."""

from __future__ import annotations

from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisAway

from ckanext.satudata.views import held
from tests.integration.office import upload

pytestmark = pytest.mark.usefixtures("with_plugins")


def test_a_kept_file_is_given_back_to_its_sender_alone():
    kept = held.hold("siti", upload(b"a,b\n", "data.csv"))
    assert kept is not None
    given = held.take("siti", kept.token)
    assert given is not None
    assert (given.filename, given.read()) == ("data.csv", b"a,b\n")
    assert held.take("budi", kept.token) is None


@pytest.fixture
def no_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Any:
        raise RedisAway("away")

    monkeypatch.setattr(held, "connect_to_redis", away)


@pytest.mark.usefixtures("no_redis")
def test_without_redis_nothing_is_kept_and_nothing_fails():
    assert held.hold("siti", upload()) is None
    assert held.take("siti", "entah") is None
    held.drop("siti", "entah")
