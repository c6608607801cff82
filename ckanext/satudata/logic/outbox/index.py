"""CKAN's package index, in two: one that writes notes in the commit, one that writes to Solr.

Every stock action asks `ckan.lib.search` for the index of packages and writes to it before its
commit. What it gets is `OutboxIndex`, so nothing reaches Solr that is not committed, and a Solr
that is away stops nothing. Solr itself is written by the dispatcher (`SolrBatch`) and by core's
command `ckan search-index` (`straight_to_solr`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pysolr
import requests
from ckan import logic, model
from ckan.lib import search
from ckan.lib.search import index as core
from ckan.lib.search.index import PACKAGE_TYPE, TYPE_FIELD, PackageSearchIndex
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.datasets import kept_connection
from ckanext.satudata.logic.datasets.classes import is_closed
from ckanext.satudata.model import outbox

NO_ANSWER = (pysolr.SolrError, requests.RequestException)
"""How a Solr that refuses, hangs or breaks off is told by its client."""


class OutboxIndex(PackageSearchIndex):
    """Writes down, in the caller's transaction, which dataset the index must be told of.

    `clear` is core's: emptying the whole index is upkeep, not a change of a dataset.
    """

    def index_package(self, pkg_dict: dict[str, Any] | None, defer_commit: bool = False) -> None:
        if pkg_dict is not None:
            outbox.note(outbox.DATASET, pkg_dict["id"])

    def delete_package(self, pkg_dict: dict[str, Any]) -> None:
        """`pkg_dict` has an id, or a name under that key, as `dataset_purge` gives it."""
        package = model.Package.get(pkg_dict["id"])
        outbox.note(outbox.DATASET, package.id if package is not None else pkg_dict["id"])

    def commit(self) -> None:
        """The caller's commit is what counts."""


class ListedIndex(PackageSearchIndex):
    """Core's own, without what is never listed: a closed dataset has no document at all."""

    def index_package(self, pkg_dict: dict[str, Any] | None, defer_commit: bool = False) -> None:
        package = model.Package.get(pkg_dict["id"]) if pkg_dict is not None else None
        if package is not None and is_closed(package):
            self.delete_package({"id": package.id})
        else:
            super().index_package(pkg_dict, defer_commit)


class SolrBatch(ListedIndex):
    """Brings datasets up to date in Solr, as they stand; they are found after `commit`."""

    def bring(self, dataset_id: str) -> int | None:
        """Index a dataset as the database has it now, or take it out where there is none.

        Returns the stamp that its document bears; None where there is no such dataset. Reads in a
        transaction of its own, in which nothing changes meanwhile.
        """
        model.Session.rollback()
        model.Session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        package = model.Session.get(model.Package, dataset_id, populate_existing=True)
        if package is None:
            self.delete_package({"id": dataset_id})
            return None
        context: Any = {"ignore_auth": True, "user": ""}
        plain, shown = logic.package_show_default_and_custom_schemas(context, dataset_id)
        self.update_dict(dict(plain, with_custom_schema=shown), defer_commit=True)
        return outbox.stamp_of(dataset_id)

    def delete_package(self, pkg_dict: dict[str, Any]) -> None:
        """As core does, without a commit for each."""
        try:
            kept_connection.connection().delete(q=_query_for(pkg_dict["id"]), commit=False)
        except NO_ANSWER as error:
            raise search.SearchIndexError(str(error)) from error

    def commit(self) -> None:
        """Let searches see what was brought; to disk it goes by Solr's own log and autoCommit."""
        try:
            kept_connection.connection().commit(softCommit=True)
        except NO_ANSWER as error:
            raise search.SearchIndexError(str(error)) from error


def install() -> None:
    """From now on whoever asks for the index of packages writes notes."""
    search._INDICES["package"] = OutboxIndex


def keep_connection_open() -> None:
    """From now on every index of this process, core's own too, asks Solr over one kept connection:
    core makes a new one for each question, which costs more than most answers."""
    core.make_connection = kept_connection.connection


@contextmanager
def straight_to_solr() -> Iterator[None]:
    """Core's own index within: for the command that makes the index anew."""
    search._INDICES["package"] = ListedIndex
    try:
        yield
    finally:
        install()


def _query_for(dataset_id: str) -> str:
    site_id = tk.config["ckan.site_id"]
    return f'+{TYPE_FIELD}:{PACKAGE_TYPE} +id:"{dataset_id}" +site_id:"{site_id}"'
