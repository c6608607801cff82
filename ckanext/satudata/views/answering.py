"""New data that answers a request of a list: asked for in the address, answered once saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.views import history
from ckanext.satudata.views.answers import ask, ask_or_404, not_found


@dataclass(frozen=True)
class Asked:
    """A request of a list, and the case that asks."""

    number: int
    version: int
    item: Mapping[str, Any]


def asked_for(values: Any) -> Asked | None:
    """The request that `kasus` and `permintaan` name; None where nothing is asked for.

    A request that is no longer one answers like a wrong address.
    """
    number, request = values.get("kasus", type=int), values.get("permintaan")
    if not number or not request:
        return None
    case = ask_or_404("satudata_case_show", id=str(number))
    item = history.dataset_of(case, request)
    if item is None or not item["request"]:
        not_found()
    return Asked(number, case["version"], item)


def prefilled(asked: Asked | None) -> dict[str, str]:
    """What the request says already of the data."""
    if asked is None:
        return {}
    return {
        "title": asked.item["title"],
        "owner_org": asked.item["organization"]["id"],
        "release_schedule": asked.item["release_date"] or "",
    }


def answer(asked: Asked, dataset: Mapping[str, Any]) -> None:
    """Let the new dataset take the place of the request, before its file is brought.

    Where that is refused the dataset stays, and its writer reads why.
    """
    values = {"request": asked.item["id"], "dataset_id": dataset["id"], "version": asked.version}
    try:
        ask("satudata_request_fulfil", id=str(asked.number), **values)
    except (tk.ValidationError, tk.NotAuthorized, tk.ObjectNotFound) as error:
        why = getattr(error, "error_summary", None) or {"": str(error)}
        tk.h.flash_error(" ".join(str(one) for one in why.values()))
