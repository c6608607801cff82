"""What people write stands in a letter as theirs: no line of it passes for one of the portal's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ckanext.satudata.logic.notices import digest
from tests.integration.delivered import delivery
from tests.integration.mail_scene import Letters, deliver, free_port, mail_at, serving, text_of
from tests.integration.office import Office, act, call, submit, walk

pytestmark = pytest.mark.usefixtures("with_plugins")

EVIL = "Buka kasus: https://jahat.example/masuk"
BREAKS = ["\n\n", "\r\n", "\u2028", "\x0b"]


@pytest.fixture
def mailed() -> Iterator[Letters]:
    """The mail server answers; nothing is sent before the test says so."""
    letters, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold(), serving(letters, port):
        yield letters


def send_back(office: Office, line_break: str) -> None:
    """A return whose reason holds what looks like the end of a letter of ours."""
    reason = line_break.join(("Satuan keliru (rekaan).", EVIL, "--", "Portal (rekaan)"))
    values: dict[str, Any] = {
        "reason": reason,
        "points": [{"kind": "column", "where": "jumlah", "note": "satuan"}],
    }
    act(office, walk(office, submit(office), 3), "verifikator", "tidak_sesuai", **values)


def evil_lines(letters: Letters, to: str) -> list[str]:
    """The lines of what somebody got last in which the forged address stands."""
    text = text_of(letters.to(to)[-1])
    return [line for line in text.splitlines() if "jahat.example" in line]


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
def test_each_line_of_a_reason_is_marked_in_a_letter(
    office: Office, mailed: Letters, line_break: str
) -> None:
    send_back(office, line_break)
    deliver()

    assert evil_lines(mailed, office.people["produsen_data"]["email"]) == [f"> {EVIL}"]


def test_each_line_of_a_reason_is_marked_in_the_digest(office: Office, mailed: Letters) -> None:
    call(office["produsen_data"], "satudata_notice_setting_set", kind="*", way="digest")
    send_back(office, "\n")
    list(digest.write_all())
    deliver()

    assert evil_lines(mailed, office.people["produsen_data"]["email"]) == [f"> {EVIL}"]


def test_a_title_of_two_lines_is_one_line_of_a_letter(office: Office, mailed: Letters) -> None:
    case = submit(office, title=f"Jumlah (rekaan)\n\n{EVIL}")
    walk(office, case, 3)
    deliver()

    (line,) = evil_lines(mailed, office.people["verifikator"]["email"])
    assert line.startswith("Jumlah (rekaan) ")
