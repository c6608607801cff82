"""Core's actions that change a dataset past its form: asked here whoever calls.

The guards ask people; what calls without a permission check, a job or another extension, meets
the same answers here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import guards_found, people
from ckanext.satudata.logic.datasets import gate
from ckanext.satudata.logic.wording import as_ckan_error

Values = dict[str, Any]


def _removes(data: Values) -> Iterable[Any]:
    return [data.get("id")]


def _leaves_its_agency(data: Values) -> Iterable[Any]:
    """None where the agency stays: core calls this within each create and update."""
    package = model.Package.get(data.get("id"))
    agency = model.Group.get(data.get("organization_id"))
    stays = package is not None and agency is not None and agency.id == package.owner_org
    return [] if stays else [data.get("id")]


def _collaborated(data: Values) -> Iterable[Any]:
    return [data.get("id")]


def _related(data: Values) -> Iterable[Any]:
    return [data.get("subject"), data.get("object")]


def _member(data: Values) -> Iterable[Any]:
    return [data.get("object")] if guards_found.is_dataset(data) else []


def _removal(package: model.Package, context: Context) -> Refused | None:
    return gate.removal_refusal(package)


def _change(package: model.Package, context: Context) -> Refused | None:
    return gate.write_refusal(package, people.user_of(context))


Find = Callable[[Values], Iterable[Any]]
Ask = Callable[[model.Package, Context], "Refused | None"]

ASKED: dict[str, tuple[Find, Ask]] = {
    "dataset_purge": (_removes, _removal),
    "member_create": (_member, _change),
    "member_delete": (_member, _change),
    "package_collaborator_create": (_collaborated, _change),
    "package_collaborator_delete": (_collaborated, _change),
    "package_delete": (_removes, _removal),
    "package_owner_org_update": (_leaves_its_agency, _removal),
    "package_relationship_create": (_related, _change),
    "package_relationship_delete": (_related, _change),
    "package_relationship_update": (_related, _change),
}
"""By action: the references of the datasets it changes, and what is asked about each of them."""


def _asking(name: str, find: Find, ask: Ask) -> Any:
    @tk.chained_action
    def asked(original: Callable[..., Any], context: Context, data_dict: Values) -> Any:
        if not context.get("ignore_auth"):
            # People hear the sentence of the guard, which tells an outsider nothing.
            return original(context, data_dict)
        for reference in find(data_dict):
            package = model.Package.get(reference) if isinstance(reference, str) else None
            refused = ask(package, context) if package is not None else None
            if refused is not None:
                raise as_ckan_error(refused)
        return original(context, data_dict)

    asked.__name__ = name
    return asked


@tk.chained_action
def file_register(original: Callable[..., Any], context: Context, data_dict: Values) -> Any:
    """Refused: who registers bytes that lie in a storage may then delete them, released or not."""
    tk.check_access("file_register", context, data_dict)
    raise as_ckan_error(Refused("file_register"))


ACTIONS: dict[str, Any] = {
    **{name: _asking(name, *row) for name, row in ASKED.items()},
    "file_register": file_register,
}
