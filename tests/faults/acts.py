"""The acts whose process is killed: what stands before, and the one request that is sent."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ckan.tests.helpers import CKANTestApp

from tests.integration import successors
from tests.integration.office import (
    CSV,
    Office,
    call,
    dataset_values,
    make_office,
    resource_values,
    submit,
    walk,
)

NAME = "jumlah-penduduk"
CHOSEN = "5ec5a4f0-0000-4000-8000-000000000001"
"""The id that the sender gives a new resource, so that he may send it again."""


@dataclass(frozen=True)
class Request:
    """A call of the API by somebody; `file` goes with it as an upload."""

    action: str
    token: str
    values: dict[str, Any]
    file: bytes = b""

    def send(self, app: CKANTestApp) -> tuple[int, dict[str, Any]]:
        """The status of the answer, and the answer."""
        url, headers = f"/api/3/action/{self.action}", {"Authorization": self.token}
        if self.file:
            form = {**self.values, "upload": (io.BytesIO(self.file), "penduduk.csv")}
            form = {name: value for name, value in form.items() if value is not None}
            answer = app.post(url, data=form, headers=headers)
        else:
            answer = app.post(url, json=self.values, headers=headers)
        return answer.status_code, answer.json or {}


@dataclass(frozen=True)
class Act:
    """`make` prepares in an empty portal and returns the request.

    `done` says whether a refusal tells that the request was carried out before; without it a
    repeated request succeeds.
    """

    name: str
    make: Callable[[], Request]
    done: Callable[[dict[str, Any]], bool] = lambda _error: False


def upload() -> Request:
    """A producer brings the file of a dataset, which opens its case."""
    office = make_office()
    dataset = call(office["produsen_data"], "package_create", **dataset_values(office))
    values = resource_values(dataset["id"], id=CHOSEN)
    del values["upload"]
    return Request("resource_create", _token(office, "produsen_data"), values, CSV)


def ordinary() -> Request:
    """A verifikator finds data in order."""
    office = make_office()
    case = walk(office, submit(office), until=3)
    return _outcome(office, case, "verifikator", "sesuai")


def publish() -> Request:
    """The act of SOP 000 that approves and publishes."""
    office = make_office()
    case = walk(office, submit(office), until=8)
    return _outcome(office, case, "pengelola_data", "selesai")


def apply_copy() -> Request:
    """The same act over a working copy with a file and rows of its own: it is applied."""
    office = make_office()
    successors.release_first(office)
    producer = office["produsen_data"]
    copy = call(producer, "satudata_working_copy_create", id=NAME)
    title = successors.title_of(2)
    dataset = call(producer, "package_patch", id=copy["id"], title=title)
    successors.bring(office, dataset["resources"][0], 2)
    case = walk(office, call(producer, "satudata_case_show", id=copy["id"]), until=8)
    return _outcome(office, case, "pengelola_data", "selesai")


def withdraw() -> Request:
    """What is public is taken back."""
    office = make_office()
    walk(office, submit(office), until=10)
    values = {"id": NAME, "reason": "Angka tahun 2025 salah hitung (rekaan)."}
    return Request("satudata_release_withdraw", _token(office, "pengelola_data"), values)


ACTS = {
    one.name: one
    for one in (
        Act("upload", upload, lambda error: "id" in error),
        Act("act", ordinary),
        Act("publish", publish),
        Act("apply", apply_copy),
        Act("withdraw", withdraw, lambda error: error.get("code") == ["not_published"]),
    )
}


def _outcome(office: Office, case: dict[str, Any], actor: str, outcome: str) -> Request:
    visit = case["open_visits"][0]
    values = {
        "id": case["id"],
        "version": case["version"],
        "step": visit["step"],
        "visit": visit["number"],
        "outcome": outcome,
        "idempotency_key": f"sekali-saja-{actor}",
    }
    return Request("satudata_case_act", _token(office, actor), values)


def _token(office: Office, actor: str) -> str:
    return office.people[actor]["token"]
