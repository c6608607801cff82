"""What somebody without an account sees: the published dataset whole, the others not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from demo.cast import Agency
from demo.datasets import Dataset, File
from demo.faults import Refusal
from demo.visitor import Visitor

HIDDEN = frozenset({403, 404})
PUBLISHED_STATUS = "terbit"


class NotAsMeant(Exception):
    """The public sees something else than it should; `faults` are sentences."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def check_published(public: Visitor, dataset: Dataset) -> None:
    """Page, metadata, search and each file, byte for byte. Raises NotAsMeant."""
    faults: list[str] = []
    page = public.page(_page_of(dataset))
    if page.status_code != 200 or dataset.values["title"] not in page.text:
        faults.append(f"the page of {dataset.name} answers {page.status_code} or lacks its title")
    values = {"id": dataset.name}
    shown = _or_refusal(lambda: public.action("package_show", **values))
    if isinstance(shown, Refusal):
        faults.append(f"package_show of {dataset.name} is refused: {shown}")
    elif shown["private"] or shown.get("validation_status") != PUBLISHED_STATUS:
        faults.append(f"{dataset.name} is shown as {shown.get('validation_status')}")
    if dataset.name not in _found(public, q=dataset.values["title"]):
        faults.append(f"package_search does not find {dataset.name} by its title")
    faults += [fault for file in dataset.files() for fault in _file_faults(public, file)]
    _raise(faults)


def check_contact(public: Visitor, agency: Agency) -> None:
    """How to reach an agency stands on its page. Raises NotAsMeant."""
    page, values = public.page(f"/organization/{agency.name}").text, agency.values()
    contact = ("office_phone", "office_email", "office_address")
    _raise(
        [f"the page of {agency.name} lacks its {key}" for key in contact if values[key] not in page]
    )


def check_hidden(public: Visitor, owner: Visitor, dataset: Dataset) -> None:
    """Not by search, list, name, id, resource, page or download. Raises NotAsMeant.

    `owner` is one who may see it: he tells id and address, as a leaked link would.
    """
    private = owner.action("package_show", id=dataset.name)
    faults = _listed(public, dataset)
    for action, reference in _doors(private):
        answer = _or_refusal(lambda a=action, r=reference: public.action(a, id=r))
        if not isinstance(answer, Refusal) or answer.status not in HIDDEN:
            faults.append(
                f"{action} answers the public about {dataset.name}, asked for {reference}"
            )
    addresses = [_page_of(dataset), *(one["url"] for one in private["resources"])]
    for resource in private["resources"]:
        addresses.append(f"{_page_of(dataset)}/resource/{resource['id']}")
    for address in addresses:
        status = public.page(address).status_code
        if status not in HIDDEN:
            faults.append(f"{address} answers {status} to the public")
    if dataset.name in public.page(f"/organization/{dataset.agency}").text:
        faults.append(f"the page of {dataset.agency} names {dataset.name}")
    _raise(faults)


def check_files(owner: Visitor, dataset: Dataset) -> None:
    """The files of a dataset that is not public, as its agency reads them. Raises NotAsMeant."""
    _raise([fault for file in dataset.files() for fault in _file_faults(owner, file)])


def _doors(private: dict[str, Any]) -> list[tuple[str, str]]:
    doors = [("package_show", private["name"]), ("package_show", private["id"])]
    return doors + [("resource_show", one["id"]) for one in private["resources"]]


def _listed(public: Visitor, dataset: Dataset) -> list[str]:
    lists = {
        "package_search by title": _found(public, q=dataset.values["title"]),
        "package_search by name": _found(public, fq=f"name:{dataset.name}"),
        "package_search with private": _found(public, q=dataset.name, include_private=True),
        "package_list": public.action("package_list"),
    }
    faults = [
        f"{how} finds {dataset.name}" for how, names in lists.items() if dataset.name in names
    ]
    resources = public.action("resource_search", query=f"name:{dataset.first_file.values['name']}")
    if resources["count"]:
        faults.append(f"resource_search finds a file of {dataset.name}")
    return faults


def _found(public: Visitor, **query: Any) -> list[str]:
    return [one["name"] for one in public.action("package_search", rows=100, **query)["results"]]


def _file_faults(reader: Visitor, file: File) -> list[str]:
    resource = _or_refusal(lambda: reader.action("resource_show", id=file.id))
    if isinstance(resource, Refusal):
        return [f"resource_show of {file.upload.filename} is refused: {resource}"]
    answer = reader.page(resource["url"])
    if answer.status_code != 200:
        return [f"{resource['url']} answers {answer.status_code}"]
    if answer.content != file.upload.content:
        return [f"{resource['url']} is not the file that was uploaded, byte for byte"]
    return []


def _page_of(dataset: Dataset) -> str:
    return f"/dataset/{dataset.name}"


def _or_refusal(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except Refusal as refusal:
        return refusal


def _raise(faults: list[str]) -> None:
    if faults:
        raise NotAsMeant(faults)
