"""A short year of a small office: each notice that is due is sent once, and none is missed."""

from __future__ import annotations

import pytest

from bench import year as bench
from tests.integration.delivered import delivery
from tests.integration.mail_scene import Letters, free_port, mail_at, serving

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "with_request_context")


@pytest.fixture
def lived() -> tuple[bench.Year, Letters]:
    letters, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold(), serving(letters, port):
        year = bench.begin(seed=7)
        bench.live(year, count=6, days=40, server=f"127.0.0.1:{port}")
    return year, letters


def test_each_notice_is_sent_once_and_none_is_missed(lived: tuple[bench.Year, Letters]) -> None:
    year, letters = lived

    assert bench.differences(year, letters.ids) == []
    assert letters.got
    # Without one that is lost, and one that is sent for nothing, the test could not fail.
    gone, extra = letters.ids[1:], [*letters.ids, "<tidak-dikenal>"]
    assert bench.differences(year, [one for one in gone if one != letters.ids[0]])
    assert bench.differences(year, extra)
