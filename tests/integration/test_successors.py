"""The public reads one release whole, while the next ones are prepared and applied."""

from __future__ import annotations

from tests.integration import successors as s

RELEASES = 4
"""`./portal bench successors` reads through a hundred."""


def test_no_answer_mixes_two_releases_while_successors_are_applied(office, app):
    s.release_first(office)
    done = [1]

    with s.Reading(app.flask_app, lambda: done[0]) as reading:
        for number in range(2, RELEASES + 1):
            s.release_next(office, number)
            done[0] = number

    assert reading.wrong == []
    assert min(reading.answers.values()) > 0


def test_the_public_ends_with_the_last_release(office, app):
    s.release_first(office)
    s.release_next(office, 2)

    assert {name: ask(app) for name, ask in s.READERS.items()} == dict.fromkeys(s.READERS, 2)
