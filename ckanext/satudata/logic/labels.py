"""Who may read a dataset that is not public: its agency, and those whom its case concerns."""

from __future__ import annotations

from ckan import model
from ckan.lib.plugins import DefaultPermissionLabels

from ckanext.satudata.logic import clock
from ckanext.satudata.model import assignments, cases

EVERY_AGENCY = "satudata-every-agency"


class CaseLabels(DefaultPermissionLabels):
    """Core's labels, and one for the holders of actors, per agency and for all agencies.

    Labels only widen who reads; what keeps data from the public is the flag `private`.
    """

    def get_dataset_labels(self, dataset_obj: model.Package) -> list[str]:
        labels = super().get_dataset_labels(dataset_obj)
        if dataset_obj.private and cases.case_of_dataset(dataset_obj.id) is not None:
            labels = [*labels, EVERY_AGENCY, _label(dataset_obj.owner_org)]
        return labels

    def get_user_dataset_labels(self, user_obj: model.User | None) -> list[str]:
        # Core's annotation leaves anonymous callers out; its code expects them.
        labels = super().get_user_dataset_labels(user_obj)  # pyright: ignore[reportArgumentType]
        if user_obj is None or not getattr(user_obj, "id", None):
            return labels
        held = assignments.assignments_of(user_obj.id, clock.today())
        agencies = {row.organization_id for row in held}
        more = {EVERY_AGENCY if agency is None else _label(agency) for agency in agencies}
        return [*labels, *sorted(more)]


def _label(organization_id: str | None) -> str:
    return f"satudata-agency-{organization_id}"
