"""What one person types is a text, and never a script, on every page that another one reads."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.tests.helpers import CKANTestApp

from tests.integration.attacked import PDF, Attacked, make_attacked
from tests.integration.link_scene import RETURN
from tests.integration.list_office import act
from tests.integration.office import call, upload
from tests.integration.test_hostile_forms import addresses

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

SCRIPT = "\"'><script>alert(1)</script>"


def type_scripts(attacked: Attacked) -> None:
    """Everybody who may say something says it as a script."""
    office, ids = attacked.office, attacked.ids
    case = call(office["kasi"], "satudata_case_show", id=ids["case"])
    name = f"{SCRIPT[:40]}.pdf".replace("/", "")
    values: dict[str, Any] = {"case_id": case["id"], "upload": upload(PDF, name)}
    kept = call(office["kasi"], "satudata_attachment_create", **values)
    act(office, case, "kasi", act="comment", text=SCRIPT, attachments=[kept["id"]])
    act(office, case, "kasi", act="pause", reason=SCRIPT)
    act(office, case, "kasi", act="resume")
    paper = {"on": "2026-11-01", "name": SCRIPT, "evidence": kept["id"]}
    act(office, case, "kasi", act="approve", paper=paper)
    for person in office.people.values():
        if person["name"] != office["sysadmin"]:
            rename(person["name"])


def rename(person: str) -> None:
    values = {"id": person, "fullname": SCRIPT, "email": f"{person}@contoh.example"}
    call(person, "user_patch", **values)


def test_what_people_say_in_a_case_is_a_text_on_every_page(app: CKANTestApp):
    attacked = make_attacked()
    type_scripts(attacked)
    (_who, entry), *_ = [
        one for one in attacked.calls["satudata_case_act"] if one[1].get("act") == "add"
    ]
    entry["entry"]["title"] = SCRIPT
    call(attacked.office["staf"], "satudata_case_act", **entry)
    app.test_client().post(
        attacked.judged, data={**RETURN, "outcome": "perlu_perbaikan", "reason": SCRIPT}
    )
    run, shown = [], set()
    for person in ("kasi", "staf", "produsen_data", "head"):
        headers = {"Authorization": attacked.token(person)}
        for _endpoint, path, _part in sorted(set(addresses(app, attacked, "GET"))):
            for where in (path, path.replace(attacked.ids["case"], entry["id"])):
                answer = app.test_client().get(where, headers=headers, follow_redirects=False)
                if b"<script>alert" in answer.get_data():
                    run.append((person, where))
                if b"&lt;script&gt;alert" in answer.get_data():
                    shown.add(where)

    assert run == []
    assert len(shown) > 5
