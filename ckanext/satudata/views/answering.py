"""New data for a list, asked for in the address and put there once its metadata are saved.

It answers a request, or it is a product that the walidata makes of the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.views import history
from ckanext.satudata.views.answers import ask, ask_or_404, not_found


@dataclass(frozen=True)
class Asked:
    """What a case waits for: the data of a request, or else a product at an open visit."""

    case: Mapping[str, Any]
    request: Mapping[str, Any] | None = None
    visit: Mapping[str, Any] | None = None

    @property
    def number(self) -> int:
        return self.case["number"]

    @property
    def address(self) -> dict[str, Any]:
        """The values by which a form says it again."""
        if self.request:
            return {"kasus": self.number, "permintaan": self.request["id"]}
        return {"kasus": self.number, "langkah": self.visit["step"] if self.visit else ""}


def asked_for(values: Any) -> Asked | None:
    """What `kasus` with `permintaan` or `langkah` names; None where nothing is asked for.

    A request that is no longer one, and a step at which the reader adds no product, answer like a
    wrong address.
    """
    number, step = values.get("kasus", type=int), values.get("langkah", type=int)
    request = values.get("permintaan")
    if number and request:
        case = ask_or_404("satudata_case_show", id=str(number))
        return Asked(case, request=_still_asked(case, request))
    if number and step:
        case = ask_or_404("satudata_case_show", id=str(number))
        return Asked(case, visit=_makes_products(history.open_visit(case, step)))
    return None


def _still_asked(case: history.Shown, request: str) -> history.Shown:
    item = history.dataset_of(case, request)
    if item is None or not item["request"]:
        not_found()
    return item


def _makes_products(visit: history.Shown | None) -> history.Shown:
    add = history.act_at(visit, "add") if visit and visit["products"] else None
    if visit is None or add is None or not add["allowed"]:
        not_found()
    return visit


def prefilled(asked: Asked | None) -> dict[str, str]:
    """What is known already of the data."""
    if asked is None:
        return {}
    if asked.request is None:
        return {"owner_org": asked.case["organization"]["id"]}
    return {
        "title": asked.request["title"],
        "owner_org": asked.request["organization"]["id"],
        "release_schedule": asked.request["release_date"] or "",
    }


def answer(asked: Asked, dataset: Mapping[str, Any]) -> None:
    """Put the new dataset on the list, before its file is brought.

    Where that is refused the dataset stays, and its writer reads why.
    """
    values = {"id": str(asked.number), "version": asked.case["version"]}
    try:
        if asked.request:
            entry = {"request": asked.request["id"], "dataset_id": dataset["id"]}
            ask("satudata_request_fulfil", **values, **entry)
        elif asked.visit:
            where = {"step": asked.visit["step"], "visit": asked.visit["number"]}
            entry = {"dataset_id": dataset["id"]}
            ask("satudata_case_act", act="add", entry=entry, **values, **where)
    except (tk.ValidationError, tk.NotAuthorized, tk.ObjectNotFound) as error:
        why = getattr(error, "error_summary", None) or {"": str(error)}
        tk.h.flash_error(" ".join(str(one) for one in why.values()))
