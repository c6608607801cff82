"""What a search answers, compared with the database before it leaves.

Solr learns of a withdrawal after its commit, or later where it is away; a withdrawal holds from
its commit. Every search for datasets runs through one class of CKAN's (package_search, feeds,
pages, package_autocomplete), which is replaced by ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ckan import model
from ckan.lib import search
from ckan.lib.plugins import get_permission_labels
from ckan.lib.search.query import PackageSearchQuery

from ckanext.satudata.logic.datasets import patience
from ckanext.satudata.model import outbox, releases

PUBLIC = "public"
"""What core calls the label and the capacity of a dataset that everybody may read."""

ASKED = ("id", "capacity")
"""Fields by which a document is judged; not in the answer unless the caller asked for them."""

_BETWEEN = re.compile(r"[\s,]+")


class CheckedQuery(PackageSearchQuery):
    """Core's query, without documents that look public and whose datasets are not.

    `permission_labels` None means a reader who may see everything, such as the upkeep that looks
    for documents without a dataset.
    """

    def run(
        self, query: dict[str, Any], permission_labels: list[str] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        if permission_labels is None:
            return self._run(query, permission_labels, **kwargs)
        asked = str(query.get("fl") or "name")
        fields = [one for one in _BETWEEN.split(asked) if one]
        more = [one for one in ASKED if one not in fields]
        query["fl"] = " ".join([*fields, *more])
        if permission_labels == [PUBLIC]:
            _leave_out_withdrawn(query)
        self._run(query, permission_labels, **kwargs)
        query["fl"] = asked
        self._drop_withdrawn(permission_labels)
        self._answer_as_asked(fields, more)
        return {"results": self.results, "count": self.count}

    def get_index(self, reference: str) -> dict[str, Any]:
        """The copy of a dataset. Whoever asks has the database to read it from instead."""
        with patience.reading():
            return super().get_index(reference)

    def _run(self, query: dict[str, Any], labels: list[str] | None, **kwargs: Any) -> Any:
        with patience.searching():
            return super().run(query, labels, **kwargs)

    def _drop_withdrawn(self, labels: list[str]) -> None:
        gone = _gone((one["id"] for one in self.results if one["capacity"] == PUBLIC), labels)
        kept = [one for one in self.results if one["id"] not in gone]
        self.count -= len(self.results) - len(kept)
        self.results = kept

    def _answer_as_asked(self, fields: list[str], more: list[str]) -> None:
        if "*" not in fields:
            for one in self.results:
                for name in more:
                    one.pop(name, None)
        if fields in (["id"], ["name"]):
            self.results = [one.get(fields[0]) for one in self.results]


def install() -> None:
    """From now on every search for datasets is compared with the database."""
    search._QUERIES["package"] = CheckedQuery
    patience.install()


def _leave_out_withdrawn(query: dict[str, Any]) -> None:
    """Not to be counted either, nor in facets: of what the index is still to be told."""
    late = releases.not_public_among(outbox.keys_waiting(outbox.DATASET))
    if late:
        ids = " OR ".join(f'"{one}"' for one in sorted(late))
        query["fq_list"] = [*query.get("fq_list", []), f"-id:({ids})"]


def _gone(dataset_ids: Iterable[str], labels: list[str]) -> set[str]:
    """Those that are not public any more and that a reader with these labels may not see."""
    return {one for one in releases.not_public_among(dataset_ids) if not _seen(one, labels)}


def _seen(dataset_id: str, labels: list[str]) -> bool:
    if labels == [PUBLIC]:
        return False
    # The session may have known it before it was withdrawn; what a writer has pending stays.
    anew = not model.Session.dirty
    package = model.Session.get(model.Package, dataset_id, populate_existing=anew)
    if package is None or package.state != model.State.ACTIVE or not package.private:
        return False
    return not set(labels).isdisjoint(get_permission_labels().get_dataset_labels(package))
