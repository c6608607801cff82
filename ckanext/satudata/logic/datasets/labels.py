"""Who may read a dataset that is not public: its agency, those whom its case concerns, and whoever
was named where its release is restricted."""

from __future__ import annotations

from ckan import model
from ckan.lib.plugins import DefaultPermissionLabels

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.datasets.classes import is_closed
from ckanext.satudata.logic.people import Desk
from ckanext.satudata.metadata.rules import RESTRICTED
from ckanext.satudata.model import cases, outside, readers, releases
from ckanext.satudata.model.readers import ReaderRow

EVERY_AGENCY = "satudata-every-agency"
STAFF = "satudata-staff"
_MEMBER = "member-"
"""How core's label of the members of an organization begins."""


class CaseLabels(DefaultPermissionLabels):
    """Core's labels, one for the holders of actors per agency and for all, one for who judges now,
    and one for each reader of a restricted release.

    A party outside the office reads a dataset while it is to judge it, and not before or after;
    an act indexes its datasets anew, so the label moves with the case. What keeps data from the
    public is the flag `private`; labels widen who reads, but for closed data, which core would
    show to every member of the agency.
    """

    def get_dataset_labels(self, dataset_obj: model.Package) -> list[str]:
        labels = super().get_dataset_labels(dataset_obj)
        if not dataset_obj.private:
            return labels
        release = releases.shown_release(dataset_obj.id)
        if release is None and cases.case_of_dataset(dataset_obj.id) is None:
            return labels
        judging = [_judge_label(*role) for role in sorted(outside.asked_now(dataset_obj.id))]
        holders = [EVERY_AGENCY, _label(dataset_obj.owner_org), *judging]
        if is_closed(dataset_obj):
            return holders
        if release is None or release.access_class != RESTRICTED:
            return [*labels, *holders]
        named = readers.readers_on(dataset_obj.id, clock.today())
        return [*labels, *holders, *(one for row in named for one in _reader_labels(row))]

    def get_user_dataset_labels(self, user_obj: model.User | None) -> list[str]:
        # Core's annotation leaves anonymous callers out; its code expects them.
        labels = super().get_user_dataset_labels(user_obj)  # pyright: ignore[reportArgumentType]
        if user_obj is None or not getattr(user_obj, "id", None):
            return labels
        desk = Desk(user_obj)
        agencies = {row.organization_id for row in desk.inside}
        more = {EVERY_AGENCY if agency is None else _label(agency) for agency in agencies}
        more |= {_judge_label(row.sop, row.actor) for row in desk.outside}
        more.add(_person_label(user_obj.id))
        if desk.inside or any(one.startswith(_MEMBER) for one in labels):
            more.add(STAFF)
        return [*labels, *sorted(more)]


def _reader_labels(row: ReaderRow) -> list[str]:
    """An agency's readers are its members and the holders of its actors."""
    if row.kind == readers.STAFF:
        return [STAFF]
    if row.kind == readers.PERSON:
        return [_person_label(row.reader_id or "")]
    return [f"{_MEMBER}{row.reader_id}", _label(row.reader_id)]


def _person_label(user_id: str) -> str:
    return f"satudata-reader-{user_id}"


def _label(organization_id: str | None) -> str:
    return f"satudata-agency-{organization_id}"


def _judge_label(sop: str, actor: str) -> str:
    return f"satudata-judge-{sop}-{actor}"
