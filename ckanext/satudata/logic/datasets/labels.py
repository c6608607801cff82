"""Who may read a dataset that is not public: its agency, and those whom its case concerns."""

from __future__ import annotations

from ckan import model
from ckan.lib.plugins import DefaultPermissionLabels

from ckanext.satudata.logic.people import Desk
from ckanext.satudata.model import cases, outside

EVERY_AGENCY = "satudata-every-agency"


class CaseLabels(DefaultPermissionLabels):
    """Core's labels, one for the holders of actors per agency and for all, one for who judges now.

    A party outside the office reads a dataset while it is to judge it, and not before or after;
    an act indexes its datasets anew, so the label moves with the case. Labels only widen who
    reads; what keeps data from the public is the flag `private`.
    """

    def get_dataset_labels(self, dataset_obj: model.Package) -> list[str]:
        labels = super().get_dataset_labels(dataset_obj)
        if dataset_obj.private and cases.case_of_dataset(dataset_obj.id) is not None:
            judging = [_judge_label(*role) for role in sorted(outside.asked_now(dataset_obj.id))]
            labels = [*labels, EVERY_AGENCY, _label(dataset_obj.owner_org), *judging]
        return labels

    def get_user_dataset_labels(self, user_obj: model.User | None) -> list[str]:
        # Core's annotation leaves anonymous callers out; its code expects them.
        labels = super().get_user_dataset_labels(user_obj)  # pyright: ignore[reportArgumentType]
        if user_obj is None or not getattr(user_obj, "id", None):
            return labels
        desk = Desk(user_obj)
        agencies = {row.organization_id for row in desk.inside}
        more = {EVERY_AGENCY if agency is None else _label(agency) for agency in agencies}
        more |= {_judge_label(row.sop, row.actor) for row in desk.outside}
        return [*labels, *sorted(more)]


def _label(organization_id: str | None) -> str:
    return f"satudata-agency-{organization_id}"


def _judge_label(sop: str, actor: str) -> str:
    return f"satudata-judge-{sop}-{actor}"
