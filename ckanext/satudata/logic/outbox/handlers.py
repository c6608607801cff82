"""Who delivers what: one function for each topic of the outbox.

Each gets keys and returns those that could not be delivered, with the reason; it raises Away when
the service itself does not answer, because the next key would fail too. All may be called again
for what they have done before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import redis
import requests
from ckan import model
from ckan.lib.search import SearchIndexError
from ckan.plugins import toolkit as tk
from sqlalchemy.exc import InterfaceError, OperationalError

from ckanext.satudata.logic.cases import work
from ckanext.satudata.logic.notices import delivering, resetting
from ckanext.satudata.logic.outbox.failures import Away, Failures
from ckanext.satudata.logic.outbox.index import SolrBatch
from ckanext.satudata.logic.personal import looking
from ckanext.satudata.model import outbox

REDIS_SECONDS = 3
"""How long the queue may take to answer."""

_HTTP = re.compile(r"\(HTTP (\d+)\)")
_OWN_FAULT = ("400", "413", "500")
"""Answers of Solr that are about the document; after any other the next one would fail too."""


def datasets(keys: Sequence[str]) -> Failures:
    """Bring the datasets of these ids up to date in Solr, visible together."""
    batch = SolrBatch()
    failures: dict[str, Exception] = {}
    stamps: dict[str, int | None] = {}
    for key in keys:
        try:
            stamps[key] = batch.bring(key)
        except SearchIndexError as error:
            if _is_away(error):
                raise Away(str(error)) from error
            failures[key] = error
        except (InterfaceError, OperationalError):
            raise
        # Showing a dataset runs the code of every plugin, which may raise anything; one dataset
        # must not keep the others out. What it raised is kept and told by the outbox.
        except Exception as error:  # noqa: BLE001
            failures[key] = error
    _commit(batch)
    model.Session.rollback()
    for key, stamp in stamps.items():
        outbox.indexed(key, stamp)
    return failures


def works(keys: Sequence[str]) -> Failures:
    """Tell the worker of the work of these cases; their pages say so while it cannot be told."""
    try:
        _ask_queue()
        for key in keys:
            work.hand_to_worker(key)
    except redis.RedisError as error:
        for key in keys:
            work.say_worker_is_away(key)
        raise Away(str(error)) from error
    return {}


def due_releases(keys: Sequence[str]) -> Failures:
    """Show what waits under these pieces of work and is due, each in a commit of its own."""
    failures: dict[str, Exception] = {}
    for key in keys:
        try:
            work.show_due(int(key))
        except (InterfaceError, OperationalError):
            raise
        # As above: one release must not keep the others from their minute.
        except Exception as error:  # noqa: BLE001
            model.Session.rollback()
            failures[key] = error
    return failures


def personal(keys: Sequence[str]) -> Failures:
    """Have files looked through for data of persons; while the queue is away the act that needs
    the answer looks itself."""
    try:
        _ask_queue()
        for key in keys:
            looking.hand_to_worker(key)
    except redis.RedisError as error:
        raise Away(str(error)) from error
    return {}


def nobody(keys: Sequence[str]) -> Failures:
    """For a topic of another version of the portal: it waits for that."""
    raise Away("nobody here delivers it")


HANDLERS: dict[str, Callable[[Sequence[str]], Failures]] = {
    outbox.RELEASE: due_releases,
    outbox.WORK: works,
    outbox.DATASET: datasets,
    outbox.PERSONAL: personal,
    outbox.RESET: resetting.asked,
    outbox.NOTICE: delivering.notices_of,
}
"""By topic, in the order in which a batch is delivered."""


def _commit(batch: SolrBatch) -> None:
    try:
        batch.commit()
    except SearchIndexError as error:
        raise Away(str(error)) from error


def _is_away(error: BaseException) -> bool:
    status = _HTTP.search(str(error))
    if status is not None:
        return status[1] not in _OWN_FAULT
    return any(isinstance(one, (requests.RequestException, OSError)) for one in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _ask_queue() -> None:
    """Raises redis.RedisError when the queue does not answer in time; asked without it, a queue
    that hangs would hold up everything else that is delivered."""
    url = tk.config["ckan.redis.url"]
    seconds = {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS}
    with redis.Redis.from_url(url, **seconds) as connection:
        connection.ping()
