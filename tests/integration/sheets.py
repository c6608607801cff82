"""SOP files made from the one of SOP 000, for tests that need several, or several revisions."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import yaml

from tests.integration.office import Office, call

Change = Callable[[dict[str, Any]], Any]


class _Quoted(yaml.SafeDumper):
    """Strings in quotes, so that no trap of YAML is in the way."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Quoted.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'),
)


def text_000() -> str:
    """The text of SOP 000, to the letter."""
    path = files("ckanext.satudata.schemas").joinpath("sop/000-manajemen-data.yaml")
    return path.read_text(encoding="utf-8")


def sheet_000() -> dict[str, Any]:
    """The values of SOP 000, to be changed freely."""
    return yaml.safe_load(text_000())


def written(*changes: Change) -> str:
    """The text of SOP 000 after changes of its values."""
    values = sheet_000()
    for change in changes:
        change(values)
    return yaml.dump(values, Dumper=_Quoted, allow_unicode=True)


def head(**cells: Any) -> Change:
    return lambda sheet: sheet["sop"].update(cells)


def row(number: int, **cells: Any) -> Change:
    return lambda sheet: sheet["langkah"][number - 1].update(cells)


def silent(sheet: dict[str, Any]) -> None:
    """A sheet that approves and publishes nothing."""
    sheet["langkah"][7]["efek"] = []


def bring(office: Office, *changes: Change) -> dict[str, Any]:
    """A changed SOP 000 as a stored revision, brought by the head of the walidata."""
    return call(office["pimpinan_walidata"], "satudata_sop_upload", text=written(*changes))


def hold_all(office: Office, subject: str, *, without: str = "") -> None:
    """Let the office's people hold the actors of another SOP that has those of 000."""
    for actor in sheet_000()["pelaksana"]:
        if actor == without:
            continue
        call(
            office["sysadmin"],
            "satudata_assignment_create",
            user=office[actor],
            sop=subject,
            actor=actor,
            organization=office.agency["id"] if actor == "produsen_data" else "",
        )


NEW_REVISION = head(penutup="Kata penutup lain (rekaan).")
"""A change that makes another text and lets every step be what it was."""
