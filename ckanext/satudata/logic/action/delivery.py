"""Deliveries: what another SOP handed over and nobody has put on a list yet."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.logic import reindex
from ckanext.satudata.logic.asked import asker, validated, visible_case
from ckanext.satudata.logic.cases import deliveries, dictize
from ckanext.satudata.logic.schema import delivery as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.model import cases
from ckanext.satudata.model.tables import CaseRow, DeliveryRow


@tk.side_effect_free
def satudata_delivery_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Datasets that were handed over and wait to be put on a list by the caller.

    Those see them who steer the receiving SOP for its office, and who hold its receiving step.

    :returns: the oldest first, each with `places`: the entries of open lists that it may take
    """
    tk.check_access("satudata_delivery_list", context, data_dict)
    return [_delivery(row) for row in deliveries.waiting(asker(context))]


def satudata_delivery_place(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Put a waiting dataset on a list; its approval goes along unless the data was changed since.

    :param id: id of the delivery
    :param case: id or number of the case over the list
    :param entry: id of the entry that it takes: a request of its agency, or the dataset itself
    :param version: the case's version as the caller last saw it
    :returns: the case as `satudata_case_show` gives it
    """
    data = validated(context, data_dict, schema.delivery_place())
    tk.check_access("satudata_delivery_place", context, data)
    user = asker(context)
    found = visible_case(user, data["case"])
    with one_commit():
        case = deliveries.place(user, {**data, "case": found.id})
        reindex.datasets(item.id for item in _datasets(case))
    return dictize.case_dict(case, user)


def _datasets(case: CaseRow) -> list[model.Package]:
    entries = cases.state_of(case).entries.values()
    found = [model.Package.get(entry.id) for entry in entries if not entry.is_request]
    return [one for one in found if one is not None]


def _delivery(row: DeliveryRow) -> dict[str, Any]:
    package, sender = model.Package.get(row.dataset_id), cases.get_case(row.from_case_id)
    agency = model.Group.get(row.organization_id)
    return {
        "id": row.id,
        "dataset_id": row.dataset_id,
        "title": (package.title or package.name) if package else "",
        "organization": {"id": row.organization_id, "title": agency.display_name if agency else ""},
        "sop": row.subject,
        "step": row.step,
        "from_case": sender.number if sender else None,
        "approval": dict(row.approval),
        "delivered_at": row.delivered_at.isoformat(),
        "places": [
            {
                "case": case.id,
                "number": case.number,
                "version": case.version,
                "visit": visit.key.as_dict(),
                "entry": visit.key.item,
                "title": title,
            }
            for case, visit, title in deliveries.places(row)
        ],
    }
