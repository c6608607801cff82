"""What a notice says: why, at which points, on whose clock, and to whom it is a task."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.notices import lines
from ckanext.satudata.logic.notices.sight import Sight
from ckanext.satudata.model.notices import NoticeRow
from tests.integration.office import Office, act, call, submit, walk
from tests.integration.scheduled import Clock, local, utc

pytestmark = pytest.mark.usefixtures("with_plugins", "with_request_context")

NAME = "jumlah-penduduk"
AT = "2026-12-01T00:00:00"
NOTE = "Titik ribuan terbaca sebagai koma (rekaan)."


def told(office: Office, person: str) -> list[lines.Line]:
    """What a person was told, the oldest first, in words."""
    model.Session.rollback()
    query = sa.select(NoticeRow).where(NoticeRow.recipient == office.people[person]["id"])
    rows = model.Session.scalars(query.order_by(NoticeRow.at, NoticeRow.kind))
    sight = Sight(model.User.get(office.people[person]["id"]))
    return [lines.line_of(row, sight) for row in rows]


@pytest.fixture
def at() -> str:
    return local(days=1)


@pytest.fixture
def scheduled(office: Office, at: str) -> dict[str, Any]:
    """A release that waits for tomorrow."""
    case = walk(office, submit(office), until=8)
    return act(office, case, "pengelola_data", "selesai", publish_at=at)


@pytest.fixture
def held(
    office: Office, scheduled: dict[str, Any], at: str, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Any]:
    """The same, whose minute came while its rows were not what was approved."""
    change = "UPDATE package SET notes = 'Diganti diam-diam.' WHERE name = :name"
    model.Session.execute(sa.text(change), {"name": NAME})
    model.Session.commit()
    Clock(monkeypatch).strikes(utc(at))
    return scheduled


def test_a_return_says_which_columns_it_means(office: Office) -> None:
    point = {"kind": "column", "where": "jumlah", "note": NOTE}
    case = walk(office, submit(office), until=3)
    act(office, case, "verifikator", "tidak_sesuai", reason="Periksa (rekaan).", points=[point])

    words = [text for _label, text in told(office, "produsen_data")[-1].facts]
    assert any("jumlah" in one and NOTE in one for one in words)


def test_a_return_calls_a_file_by_its_name(office: Office) -> None:
    case = walk(office, submit(office), until=3)
    file = call(office["admin_data"], "package_show", id=NAME)["resources"][0]
    point = {"kind": "resource", "where": file["id"], "note": NOTE}
    act(office, case, "verifikator", "tidak_sesuai", reason="Periksa (rekaan).", points=[point])

    words = " ".join(text for _label, text in told(office, "produsen_data")[-1].facts)
    assert (file["name"] in words, file["id"] in words) == (True, False)


def test_a_release_that_did_not_appear_says_why(office: Office, held: dict[str, Any]) -> None:
    reason = next(one.reason for one in told(office, "pengelola_data") if one.reason)

    assert reason == wording.sentence(Refused("content_differs"))


def test_who_decides_again_is_told_that_the_publication_was_called_off(
    office: Office, scheduled: dict[str, Any]
) -> None:
    call(office["pimpinan_walidata"], "satudata_release_call_off", id=NAME, reason="Ditunda.")
    model.Session.rollback()
    query = sa.select(NoticeRow).where(NoticeRow.recipient == office.people["pengelola_data"]["id"])
    events = [(row.kind, row.facts.get("event")) for row in model.Session.scalars(query)]

    assert ("task", "release_called_off") in events


def test_a_time_in_a_refusal_is_told_on_the_clock_that_it_names() -> None:
    words = wording.sentence(Refused("under_embargo", until=utc(AT), zone="Asia/Jayapura"))

    assert wording.render_datetime(utc(AT), ZoneInfo("Asia/Jayapura")) in words


def test_a_time_in_a_stored_refusal_is_a_time_again() -> None:
    refused = Refused("under_embargo", until=utc(AT))

    assert wording.kept_sentence(refused.code, wording.kept(refused)) == wording.sentence(refused)


def test_a_refusal_that_was_stored_without_its_facts_is_told_by_its_code() -> None:
    assert wording.kept_sentence("under_embargo", {}) == "under_embargo"


def test_names_in_a_stored_refusal_are_told_one_by_one() -> None:
    refused = Refused("not_corrector", holders=("Pengelola", "Pimpinan"))

    assert "Pengelola, Pimpinan" in wording.kept_sentence(refused.code, wording.kept(refused))


def test_an_old_notice_without_its_points_tells_how_many(office: Office) -> None:
    submit(office)
    row = model.Session.scalars(sa.select(NoticeRow)).first()
    assert row is not None
    row.facts = {**row.facts, "points": 3}
    reader = model.User.get(row.recipient)

    assert "3" in [text for _label, text in lines.line_of(row, Sight(reader)).facts]
