"""What a search answers, compared with the database before it leaves.

Solr learns of a withdrawal after its commit, or later where it is away; a withdrawal holds from
its commit, and so does who was named to read what is restricted, until his day is over. Every
search for datasets runs through one class of CKAN's (package_search, feeds, pages,
package_autocomplete), which is replaced by ours.
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
from ckanext.satudata.logic.datasets.classes import is_closed
from ckanext.satudata.model import late, outbox, readers, releases

PUBLIC = "public"
"""What core calls the label and the capacity of a dataset that everybody may read."""

ASKED = ("id", "capacity")
"""Fields by which a document is judged; not in the answer unless the caller asked for them."""

_BETWEEN = re.compile(r"[\s,]+")


class CheckedQuery(PackageSearchQuery):
    """Core's query, without documents whose datasets the reader may not see any more.

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
        again = dict(query)
        self._run(query, permission_labels, **kwargs)
        query["fl"] = asked
        if permission_labels == [PUBLIC]:
            gone, waiting = late.not_public(self._public_ids())
            if waiting:
                self._run(_without(again, waiting), permission_labels, **kwargs)
                gone = releases.not_public_among(self._public_ids())
        else:
            gone = _gone(self._public_ids(), permission_labels)
            private = {one["id"] for one in self.results if one["capacity"] != PUBLIC}
            gone |= _shut(private, permission_labels)
        self._drop(gone)
        self._answer_as_asked(fields, more)
        return {"results": self.results, "count": self.count}

    def get_index(self, reference: str) -> dict[str, Any]:
        """The copy of a dataset. Whoever asks has the database to read it from instead."""
        with patience.reading():
            return super().get_index(reference)

    def _run(self, query: dict[str, Any], labels: list[str] | None, **kwargs: Any) -> Any:
        with patience.searching():
            return super().run(query, labels, **kwargs)

    def _public_ids(self) -> list[str]:
        """Of what was found and looks public."""
        return [one["id"] for one in self.results if one["capacity"] == PUBLIC]

    def _drop(self, gone: set[str]) -> None:
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


def _without(query: dict[str, Any], withdrawn: set[str]) -> dict[str, Any]:
    """A query that neither finds nor counts them; nor do its facets."""
    ids = " OR ".join(f'"{one}"' for one in sorted(withdrawn))
    return {**query, "fq_list": [*query.get("fq_list", []), f"-id:({ids})"]}


def _gone(dataset_ids: Iterable[str], labels: list[str]) -> set[str]:
    """Those that are not public any more and that a reader with these labels may not see."""
    return {one for one in releases.not_public_among(dataset_ids) if not _seen(one, labels)}


def _shut(dataset_ids: set[str], labels: list[str]) -> set[str]:
    """Those that were private when the index was told of them, and that these labels do not open.

    Only they are asked of whom the index may know too much: those with readers, whose days end
    without an act, and those of which it is still to be told.
    """
    if not dataset_ids:
        return set()
    late = dataset_ids.intersection(outbox.keys_waiting(outbox.DATASET))
    asked = late | readers.given_among(dataset_ids)
    open_now = late - releases.not_public_among(late)
    return {one for one in asked if one not in open_now and not _seen(one, labels)}


def _seen(dataset_id: str, labels: list[str]) -> bool:
    if labels == [PUBLIC]:
        return False
    # The session may have known it before it was withdrawn; what a writer has pending stays.
    anew = not model.Session.dirty
    package = model.Session.get(model.Package, dataset_id, populate_existing=anew)
    if package is None or package.state != model.State.ACTIVE or not package.private:
        return False
    if is_closed(package):
        return False
    return not set(labels).isdisjoint(get_permission_labels().get_dataset_labels(package))
