"""Search, told after the commit: what is not committed must never be found."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from ckan import logic
from ckan.lib import search

log = logging.getLogger(__name__)


def datasets(dataset_ids: Iterable[str]) -> None:
    """Index datasets anew.

    The act is committed by now, so a search server that is away must not turn it into an error:
    the failure is logged, and `ckan search-index rebuild` mends what is missing.
    """
    for dataset_id in dataset_ids:
        try:
            logic.index_update_package({"ignore_auth": True}, dataset_id)
        except search.SearchError:
            log.exception("dataset %s was not indexed", dataset_id)
