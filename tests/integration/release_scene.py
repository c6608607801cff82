"""A dataset with two releases and a working copy, and who reads what of them."""

from __future__ import annotations

from typing import Any

from tests.integration.office import Office, call, make_office, submit, upload, walk

NAME = "jumlah-penduduk"
OLD_FILE = b"tahun,jumlah\n2024,1200\n2025,1250\n"
NEW_FILE = b"tahun,jumlah\n2024,1200\n2025,1260\n2026,1300\n"
NEW_TITLE = "Jumlah penduduk yang baru"


def first_release(office: Office) -> None:
    """Release 1, published by its case."""
    walk(office, submit(office), until=10)


def open_copy(office: Office, **values: Any) -> dict[str, Any]:
    """A working copy of the public dataset, opened by its produsen."""
    return call(office["produsen_data"], "satudata_working_copy_create", id=NAME, **values)


def changed_copy(office: Office, title: str = NEW_TITLE, file: bytes = NEW_FILE) -> dict[str, Any]:
    """A working copy with another title and another file."""
    producer, copy = office["produsen_data"], open_copy(office)
    dataset = call(producer, "package_patch", id=copy["id"], title=title)
    values = {**dataset["resources"][0], "upload": upload(file, "penduduk-baru.csv")}
    more = {"change_nature": "periode_baru", "change_note": "Tahun 2026 ditambahkan."}
    call(producer, "resource_update", **{**values, **more})
    return copy


def apply(office: Office, copy: dict[str, Any]) -> None:
    """Walk the case of a working copy to its end."""
    walk(office, call(office["produsen_data"], "satudata_case_show", id=copy["id"]), until=10)


def two_releases(office: Office) -> None:
    """Release 1, then release 2 with another title and another file."""
    first_release(office)
    apply(office, changed_copy(office))


def with_one_release() -> Office:
    """An office whose one dataset is public."""
    office = make_office()
    first_release(office)
    return office


def with_two_releases() -> Office:
    """An office whose one dataset has a past release and one in force."""
    office = make_office()
    two_releases(office)
    return office


def with_changed_copy() -> tuple[Office, dict[str, Any]]:
    """An office whose one dataset is public and has a working copy with another title and file."""
    office = with_one_release()
    return office, changed_copy(office)


def with_free_copy() -> tuple[Office, dict[str, Any]]:
    """The same with a working copy that no case has any more."""
    office, copy = with_changed_copy()
    cancel_case(office, copy)
    return office, copy


def with_rows() -> tuple[Office, dict[str, Any]]:
    """A release with rows, and a working copy with others: `kode` says which row is which."""
    office = make_office()
    case = submit(office)
    put_rows(office, NAME, [("a", 1), ("b", 2), ("c", 3)])
    walk(office, call(office["produsen_data"], "satudata_case_show", id=case["id"]), until=10)
    copy = open_copy(office)
    put_rows(office, copy["id"], [("a", 1), ("b", 20), ("d", 4)])
    return office, copy


def put_rows(office: Office, dataset: str, rows: list[tuple[str, int]]) -> None:
    """Rows in the DataStore for the one file of a dataset."""
    producer = office["produsen_data"]
    resource = call(producer, "package_show", id=dataset)["resources"][0]["id"]
    fields = [{"id": "kode", "type": "text"}, {"id": "nilai", "type": "int"}]
    records = [{"kode": kode, "nilai": value} for kode, value in rows]
    more = {"fields": fields, "records": records, "force": True, "primary_key": ["kode"]}
    call(producer, "datastore_create", resource_id=resource, **more)


def cancel_case(office: Office, copy: dict[str, Any]) -> None:
    """End the case of a working copy, so that it can be dropped."""
    case = call(office["sysadmin"], "satudata_case_show", id=copy["id"])
    visit = case["open_visits"][0]
    place = {"id": case["id"], "version": case["version"], "step": visit["step"]}
    values = {**place, "visit": visit["number"], "act": "cancel", "reason": "Rekaan"}
    call(office["pengelola_data"], "satudata_case_act", **values)
