"""A short year of a small office: each notice that is due is sent once, and none is missed."""

from __future__ import annotations

import pytest
from ckan import model

from bench import year as bench
from ckanext.satudata.model.notices import MAIL, NoticeRow
from tests.integration.delivered import delivery
from tests.integration.mail_scene import Letters, free_port, mail_at, serving

LETTER = "<satudata.satu@portal.example>"

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

    assert (bench.differences(year, letters.ids), bool(letters.got)) == ([], True)


@pytest.fixture
def quiet() -> bench.Year:
    """A year of a day in which nothing happened but one letter, which was to go."""
    year = bench.begin(seed=7)
    row = NoticeRow(key="x", message_id=LETTER, kind="task", at=bench.START, way=MAIL)
    model.Session.add(row)
    model.Session.commit()
    return year


@pytest.mark.parametrize(
    ("got", "told"),
    [
        ([LETTER], []),
        ([], ["never sent"]),
        ([LETTER, "<tidak-dikenal>"], ["nobody's letter"]),
        ([LETTER, LETTER], ["1 letters came again, and 0 died after a yes"]),
    ],
)
def test_what_was_not_sent_once_is_told(quiet: bench.Year, got: list[str], told: list[str]) -> None:
    assert [one.split(":")[0] for one in bench.differences(quiet, got)] == told
