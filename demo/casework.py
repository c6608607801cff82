"""From no dataset to where its case is meant to stand; each move by the person who holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demo.cast import HOLDER
from demo.datasets import Act, Bring, Dataset, File
from demo.ensure import ensure, shown
from demo.faults import Refusal
from demo.progress import step
from demo.visitor import Visitor


class OtherWay(Exception):
    """Somebody has taken the case another way than the demo's; that is his right."""


def submit(people: Mapping[str, Visitor], dataset: Dataset) -> None:
    """The produsen makes the dataset and uploads its file; the portal opens the case."""
    producer = people[dataset.producer]
    values = {**dataset.values, "name": dataset.name, "owner_org": dataset.agency}
    ensure(
        lambda: shown(producer, "package_show", id=dataset.name),
        lambda: producer.action("package_create", **values),
    )
    first = dataset.first_file
    ensure(
        lambda: shown(producer, "resource_show", id=first.id),
        lambda: _create(producer, dataset, first),
    )


def walk(people: Mapping[str, Visitor], dataset: Dataset) -> None:
    """Every move that has not been made yet. Raises OtherWay where the case left the demo's way."""
    for move in dataset.way:
        watcher = people[dataset.producer]
        visit = _visit(watcher.action("satudata_case_show", id=dataset.name), move)
        if visit["closed_at"]:
            _refuse_other_outcome(visit, move)
            continue
        who = HOLDER[move.actor] if isinstance(move, Act) else move.person
        said = move.outcome if isinstance(move, Act) else move.file.upload.filename
        with step(f"step {move.step}, {who}: {said}"):
            if isinstance(move, Act):
                _act(people[who], dataset, move)
            else:
                _bring(people[who], dataset, move.file)


def _act(person: Visitor, dataset: Dataset, move: Act) -> None:
    case = person.action("satudata_case_show", id=dataset.name)
    try:
        person.action(
            "satudata_case_act",
            id=case["id"],
            version=case["version"],
            step=move.step,
            visit=move.visit,
            outcome=move.outcome,
            reason=move.reason,
            points=list(move.points),
        )
    except Refusal:
        # Done in this very moment by a request that a killed run left on its way?
        visit = _visit(person.action("satudata_case_show", id=dataset.name), move)
        if visit["closed_at"] is None:
            raise
        _refuse_other_outcome(visit, move)


def _bring(person: Visitor, dataset: Dataset, file: File) -> None:
    """A new file is created, an older one of the same id replaced; one that is there stays."""
    found = shown(person, "resource_show", id=file.id)
    if found is None:
        ensure(
            lambda: shown(person, "resource_show", id=file.id),
            lambda: _create(person, dataset, file),
        )
    elif not _lies_there(person, found, file):
        person.action_with_file("resource_patch", file.upload, id=file.id, **file.values)


def _create(person: Visitor, dataset: Dataset, file: File) -> None:
    person.action_with_file(
        "resource_create", file.upload, id=file.id, package_id=dataset.name, **file.values
    )


def _lies_there(person: Visitor, resource: dict[str, Any], file: File) -> bool:
    """Both the words and the bytes: a killed server may have stored one without the other."""
    words = all(resource.get(name) == value for name, value in file.values.items())
    name = resource["url"].rsplit("/", 1)[-1]
    return (
        words
        and name == file.upload.filename
        and person.page(resource["url"]).content == file.upload.content
    )


def _visit(case: dict[str, Any], move: Act | Bring) -> dict[str, Any]:
    for visit in case["visits"]:
        if (visit["step"], visit["number"]) == (move.step, move.visit):
            return visit
    raise OtherWay(f"case {case['number']} never came to step {move.step}, visit {move.visit}")


def _refuse_other_outcome(visit: dict[str, Any], move: Act | Bring) -> None:
    if isinstance(move, Act) and visit["outcome"] != move.outcome:
        raise OtherWay(f"step {move.step} ended with {visit['outcome']}, not {move.outcome}")
