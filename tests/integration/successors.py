"""One dataset released again and again while four public readers ask for it without a pause.

Every release is told apart in each of its parts: title, name and bytes of the file, and rows. An
answer that holds parts of two releases, or none, is kept with what was asked.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from typing import Any

from ckan import model
from ckan.tests.helpers import CKANTestApp

from tests.integration.office import Office, call, submit, upload, walk

NAME = "jumlah-penduduk"
ROWS = 40
NEVER = -1


def body_of(number: int) -> bytes:
    """The file of a release: the same figure in every row."""
    return b"tahun,jumlah\n" + b"".join(b"2025,%d\n" % number for _ in range(ROWS))


SHA256 = {hashlib.sha256(body_of(one)).hexdigest(): one for one in range(1, 1000)}


def release_first(office: Office) -> None:
    """Release 1, with its rows."""
    case = submit(office, title=title_of(1))
    copy = call(office["produsen_data"], "package_show", id=NAME)
    bring(office, copy["resources"][0], 1)
    walk(office, call(office["produsen_data"], "satudata_case_show", id=case["id"]), until=10)


def release_next(office: Office, number: int) -> None:
    """The next release: a copy is opened, edited, returned once, repaired, approved, applied."""
    producer = office["produsen_data"]
    copy = call(producer, "satudata_working_copy_create", id=NAME)
    dataset = call(producer, "package_patch", id=copy["id"], title=title_of(number))
    bring(office, dataset["resources"][0], number)
    walk(office, call(producer, "satudata_case_show", id=copy["id"]), until=10)


def title_of(number: int) -> str:
    return f"Rilis ke-{number}."


def bring(office: Office, resource: dict[str, Any], number: int) -> None:
    """The file and the rows of a release."""
    producer = office["produsen_data"]
    values = {**resource, "upload": upload(body_of(number), f"rilis-{number}.csv")}
    call(
        producer,
        "resource_update",
        **{**values, "change_nature": "periode_baru", "change_note": title_of(number)},
    )
    call(
        producer,
        "datastore_create",
        resource_id=resource["id"],
        force=True,
        fields=[{"id": "tahun", "type": "int"}, {"id": "jumlah", "type": "int"}],
        records=[{"tahun": 2025, "jumlah": number}] * ROWS,
    )


def shown(app: CKANTestApp) -> int:
    """Which release `package_show` answers with; NEVER for a mixture."""
    dataset = app.get(f"/api/3/action/package_show?id={NAME}").json["result"]
    return _one({_number(dataset["title"]), SHA256.get(dataset["resources"][0]["hash"], NEVER)})


def found(app: CKANTestApp) -> int:
    """Which release the search answers with."""
    answer = app.get(f"/api/3/action/package_search?q=name:{NAME}").json["result"]["results"]
    dataset = answer[0]
    return _one({_number(dataset["title"]), SHA256.get(dataset["resources"][0]["hash"], NEVER)})


def downloaded(app: CKANTestApp) -> int:
    """Which release the download is, by its bytes and by its name."""
    answer = app.get(_address(app))
    name = answer.headers["Content-Disposition"].partition("rilis-")[2].partition(".csv")[0]
    by_bytes = SHA256.get(hashlib.sha256(answer.data).hexdigest(), NEVER)
    return _one({by_bytes, int(name or NEVER)})


def rows(app: CKANTestApp) -> int:
    """Which release the rows are, all of them, and as many as there are."""
    resource = _resource(app)
    answer = app.get(f"/api/3/action/datastore_search?resource_id={resource}").json["result"]
    if answer["total"] != ROWS:
        return NEVER
    return _one({one["jumlah"] for one in answer["records"]})


READERS: dict[str, Callable[[CKANTestApp], int]] = {
    "package_show": shown,
    "package_search": found,
    "download": downloaded,
    "datastore_search": rows,
}


class Reading:
    """Readers that ask until they are told to stop; `answers` counts, `wrong` tells."""

    def __init__(self, app: Any, latest: Callable[[], int]) -> None:
        self._app, self._latest = app, latest
        self._stop = threading.Event()
        self.answers = dict.fromkeys(READERS, 0)
        self.wrong: list[str] = []
        self._threads = [threading.Thread(target=self._read, args=(name,)) for name in READERS]

    def __enter__(self) -> Reading:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _read(self, name: str) -> None:
        while not self._stop.is_set():
            number = self._asked(name)
            self.answers[name] += 1
            if not 1 <= number <= self._latest() + 1:
                self.wrong.append(f"{name}: {number}")

    def _asked(self, name: str) -> int:
        try:
            return READERS[name](CKANTestApp(self._app))
        except (AssertionError, KeyError, IndexError) as error:
            self.wrong.append(f"{name}: {error!r}"[:300])
            return 1
        finally:
            model.Session.remove()


def _number(title: str) -> int:
    return int(title.removeprefix("Rilis ke-").removesuffix("."))


def _one(numbers: set[int]) -> int:
    return numbers.pop() if len(numbers) == 1 else NEVER


def _dataset(app: CKANTestApp) -> dict[str, Any]:
    return app.get(f"/api/3/action/package_show?id={NAME}").json["result"]


def _resource(app: CKANTestApp) -> str:
    return _dataset(app)["resources"][0]["id"]


def _address(app: CKANTestApp) -> str:
    return _dataset(app)["resources"][0]["url"]
