"""A list of SOP 002 before BPS, a link to it, and a phone without an account."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from ckan import model
from ckan.tests import helpers

from ckanext.satudata.model import cases
from tests.integration.five_sops.datasets import bring
from tests.integration.five_sops.world import S002, Cast, World, make_world
from tests.integration.office import call

BPS = "BPS Kabupaten Contoh (rekaan)"
PERSON = "Wulan Contoh, statistisi (rekaan)"
REASON = "Definisi satu data belum sama dengan standar (rekaan)."


@dataclass
class Scene:
    """A case over a list, and the people of its SOP."""

    world: World
    cast: Cast
    datasets: list[str]
    case_id: str

    def case(self) -> dict[str, Any]:
        return call(self.cast["kasi"], "satudata_case_show", id=self.case_id)

    def visit(self) -> dict[str, Any]:
        return self.case()["open_visits"][0]

    def stands(self) -> list[tuple[int, int]]:
        return [(one["step"], one["number"]) for one in self.case()["open_visits"]]

    def act(self, actor: str, outcome: str = "selesai", **more: Any) -> dict[str, Any]:
        """One outcome of an open visit, the first one unless `visit` names another."""
        case = self.case()
        visit = more.pop("visit", case["open_visits"][0])
        values = {
            "id": self.case_id,
            "version": case["version"],
            "step": visit["step"],
            "visit": visit["number"],
            "dataset_id": visit["item"],
            "outcome": outcome,
        }
        return call(self.cast[actor], "satudata_case_act", **{**values, **more})

    def link(self, person: str = "kasi", **more: Any) -> dict[str, Any]:
        """A new link for the first open visit, as `person` makes it."""
        visit = self.visit()
        values = {"step": visit["step"], "visit": visit["number"], "name": BPS}
        return call(
            self.cast[person], "satudata_link_create", id=self.case_id, **{**values, **more}
        )

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.case()["events"] if one["kind"] == kind]

    def count(self) -> int:
        """How many events there are, read anew."""
        model.Session.rollback()
        return len(cases.event_rows(self.case_id))

    def first_file(self, number: int = 0) -> str:
        return model.Package.get(self.datasets[number]).resources[0].id


def make_scene(*titles: str) -> Scene:
    """A list that stands at step 6, where BPS judges what is asked for."""
    world = make_world(S002)
    cast = world.cast[S002]
    names = titles or ("Jumlah penduduk", "Jumlah sekolah")
    datasets = [bring(cast["produsen_data"], world.dinas, one) for one in names]
    # Who puts data on a list must be able to read them.
    reads = {"id": world.dinas["id"], "username": cast["staf"], "role": "member"}
    helpers.call_action("organization_member_create", **reads)
    case = call(cast["kepala_dinas"], "satudata_case_open", sop=S002)
    scene = Scene(world, cast, datasets, case["id"])
    for actor in ("kepala_dinas", "kabid", "kasi"):
        scene.act(actor)
    for dataset in datasets:
        scene.act("staf", "", act="add", entry={"dataset_id": dataset})
    scene.act("staf")
    scene.act("kasi", "sesuai")
    return scene


def deliver(scene: Scene) -> None:
    """From step 6 to step 13, where BPS judges whether the data are fit."""
    scene.act("bps", "sesuai")
    scene.act("kasi")
    for visit in scene.case()["open_visits"]:
        scene.act("pimpinan_sumber_data", act="approve", visit=visit)
        scene.act("produsen_data", visit=visit)
    for visit in scene.case()["open_visits"]:
        scene.act("kasi", "lengkap", visit=visit)
    process(scene)


def process(scene: Scene) -> None:
    """From step 10 to step 13."""
    scene.act("staf")
    scene.act("kasi", "sesuai")
    scene.act("kabid")


class Phone:
    """Opens addresses as somebody without an account, keeps cookies, follows no redirect.

    With `person` it is the browser of somebody who has one, and is logged in.
    """

    def __init__(self, app: Any, person: str = "") -> None:
        self.client = app.test_client()
        self.headers = {"Authorization": api_token(person)} if person else {}

    def get(self, url: str, **more: Any) -> Any:
        return self._open("GET", url, **more)

    def head(self, url: str) -> Any:
        return self._open("HEAD", url)

    def post(self, url: str, **form: Any) -> Any:
        return self._open("POST", url, data=form)

    def send(self, url: str, outcome: str, **more: Any) -> Any:
        """Open the page, fill in its form, send it."""
        return self.post(url, **{**self.form(url), "outcome": outcome, **more})

    def form(self, url: str) -> dict[str, Any]:
        """What the form of the page carries, and a name."""
        return {"mark": mark_of(self.get(url).body), "signed": PERSON}

    def _open(self, method: str, url: str, **more: Any) -> Any:
        path = urlsplit(url).path
        values = {"headers": self.headers, "follow_redirects": False, **more}
        return self.client.open(path, method=method, **values)


RETURN = {"reason": REASON, "point_about": "all", "point_where": "", "point_note": "Definisi"}


def api_token(person: str) -> str:
    return call(person, "api_token_create", user=person, name="uji")["token"]


def mark_of(body: str) -> str:
    found = re.search(r'name="mark" value="([^"]+)"', body)
    assert found, body[-2000:]
    return unescape(found[1])


def file_url(link: dict[str, Any], resource_id: str) -> str:
    return f"{link['url']}/berkas/{resource_id}"


def token_of(link: dict[str, Any]) -> str:
    return link["url"].rsplit("/", 1)[-1]
