"""The agency or office that a caller names."""

from __future__ import annotations

from ckan import model

from ckanext.satudata.errors import Refused


def named(
    reference: str | None, field: str = "organization", *, ended: bool = False
) -> model.Group:
    """The organization of this id or name; one that was deleted only with `ended`, for reports.

    Raises Refused `organization_unknown`.
    """
    group = model.Group.get(reference) if reference else None
    known = group is not None and group.is_organization
    if group is None or not known or (group.state != model.State.ACTIVE and not ended):
        raise Refused("organization_unknown", field=field, organization=reference or "-")
    return group


def id_of(reference: str | None, *, ended: bool = False) -> str | None:
    """Id of the organization of this id or name; None where none is named.

    Raises Refused `organization_unknown`.
    """
    return named(reference, ended=ended).id if reference else None
