"""Search, told after the commit: what is not committed must never be found."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from ckan import logic
from ckan.lib import search

log = logging.getLogger(__name__)


def datasets(dataset_ids: Iterable[str]) -> None:
    """Index datasets anew; they are found together, once the last one is told.

    The act is committed by now, so a search server that is away must not turn it into an error:
    the failure is logged, and `ckan search-index rebuild` mends what is missing.
    """
    listed = list(dataset_ids)
    for number, dataset_id in enumerate(listed, start=1):
        more_to_come = number < len(listed)
        try:
            logic.index_update_package({"ignore_auth": True}, dataset_id, more_to_come)
        except search.SearchError:
            log.exception("dataset %s was not indexed", dataset_id)
