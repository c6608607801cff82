"""Whoever works on a list reads Indonesian, whatever happened in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.helpers.telling import Teller
from ckanext.satudata.sop.events import Kind
from tests.integration import list_office
from tests.integration.list_office import REQUESTS, with_data
from tests.integration.marked import marked_translations
from tests.integration.office import Office, call
from tests.integration.portal_data import data_of
from tests.integration.test_indonesian import Portal

pytestmark = pytest.mark.usefixtures("with_plugins")

TYPED = "Catatan rekaan untuk pengujian."
PRODUCT = "Rekap rekaan"


@pytest.fixture
def case(desk: Office) -> dict[str, Any]:
    """At step 8, with each act beside done once."""
    case = with_data(desk)
    item = next(one["id"] for one in case["datasets"] if not one["request"])
    at = {"at": lambda visits: next(one for one in visits if one["item"] == item)}
    list_office.act(desk, case, "kasi", act="set_closing", closes_on="2026-01-31")
    list_office.act(desk, case, "kasi", act="comment", text=TYPED, **at)
    list_office.act(desk, case, "produsen_data", act="claim", **at)
    list_office.act(desk, case, "kasi", act="hand_back", **at)
    list_office.act(desk, case, "kasi", act="assign", to=desk["produsen_data"], **at)
    list_office.act(desk, case, "kasi", act="pause", reason=TYPED, **at)
    list_office.act(desk, case, "kasi", act="resume", **at)
    list_office.act(desk, case, "pimpinan_sumber_data", act="approve", **at)
    return call(desk["kasi"], "satudata_case_show", id=case["id"])


@pytest.fixture
def portal(app: CKANTestApp, desk, case, tmp_path: Path) -> Iterator[Portal]:
    titles = [*REQUESTS, TYPED, PRODUCT]
    with marked_translations(app, tmp_path) as domain:
        yield Portal(app, domain, desk, data_of(desk, titles), {"daftar": case})


def test_who_works_on_a_list_reads_indonesian(portal: Portal, case):
    number = case["number"]
    data = next(one["id"] for one in case["datasets"] if not one["request"])
    asked = next(one["id"] for one in case["datasets"] if one["request"])
    step, acts = f"/kasus/{number}/langkah/8", f"/kasus/{number}/langkah/8/tindakan"
    portal.reads("kasi", [(f"/kasus/{number}", 200), (f"{acts}?data={data}", 200)])
    portal.reads("kasi", [(f"{acts}?tindakan=cancel&data={data}", 200), ("/serahan", 200)])
    portal.reads("staf", [(f"{acts}?tindakan=go_on&data={asked}", 200), ("/kasus/baru", 200)])
    portal.reads("kepala_dinas", [("/kasus/baru", 200)])
    portal.reads("produsen_data", [(f"/kasus/{number}", 200), (f"{step}?data={data}", 200)])
    portal.reads("outsider", [(f"{step}?data={asked}", 200), (f"/kasus/{number}", 200)])
    portal.reads("outsider", [(f"/kasus/{number}/permintaan/{asked}", 200)])
    portal.sends("kepala_dinas", "/kasus/baru", 422)
    now = {"version": case["version"], "visit": 1, "item": data}
    portal.sends("kasi", acts, 422, act="pause", **now)
    portal.sends("kasi", acts, 422, act="drop", whole="1", **now)
    portal.sends(None, acts, 401, act="comment", text=TYPED, **now)
    assert portal.untranslated == ""


@pytest.mark.parametrize("kind", [one.value for one in Kind])
def test_each_kind_of_event_has_a_sentence_of_its_own(app: CKANTestApp, kind: str):
    with app.flask_app.test_request_context("/"):
        body = {
            "item": "a",
            "dataset": "b",
            "entry": {"id": "a", "title": "Judul"},
            "approval": {"name": "Nama", "on": "2026-01-05"},
            "release": 1,
            "work": ["a"],
            "at": "2027-01-05T01:00:00",
            "code": "content_differs",
        }
        event = {"kind": kind, "body": body, "step_name": "Langkah", "outcome_label": "Sesuai"}
        shown = {"events": [], "datasets": [], "steps": []}
        said = Teller(shown).told(event)
    assert said
    assert said != "Something was recorded."
    assert kind not in said


@pytest.mark.parametrize(
    ("title", "said"),
    [("Jumlah sekolah", "Permintaan jumlah sekolah dijawab"),
     ("Sekolah", "Permintaan jumlah sekolah dijawab dengan Sekolah")],
)  # fmt: skip
def test_an_answer_of_the_same_title_is_named_once(app: CKANTestApp, title: str, said: str):
    asked = {"kind": "item_added", "body": {"entry": {"id": "a", "title": "jumlah sekolah"}}}
    shown = {"events": [asked], "datasets": [{"id": "b", "title": title}], "steps": []}
    event = {"kind": "request_fulfilled", "body": {"item": "a", "dataset": "b"}}
    with app.flask_app.test_request_context("/"):
        assert Teller(shown).told(event) == said
