"""The way to a scene is gone once or twice in a run, and remembered: later it is given back.

Most tests begin with an upload and a few acts in an office that nobody has touched. They go through
the real actions; what these wrote, and what they noted for search and worker, is put aside, and who
goes the same way from the same place gets those rows back and has the notes delivered. A test that
patches anything, or counts what its calls do, goes every way itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import sqlalchemy as sa
from ckan import model
from ckan.lib import files

from ckanext.satudata.logic.files import store
from ckanext.satudata.model.resource_files import ResourceFileRow
from tests.integration import beginnings
from tests.integration.delivered import delivery
from tests.integration.standing import standing

T = TypeVar("T")
TWICE = 2
"""A way that is gone once is not worth putting aside."""


@dataclass(frozen=True)
class _Way:
    """Rows put aside and what was returned, and the bytes of the files that they name."""

    beginning: beginnings.Beginning
    files: Mapping[str, bytes]


_times: Counter[str] = Counter()
_known: dict[str, _Way] = {}


def remembered(go: Callable[..., T]) -> Callable[..., T]:
    """For a function that acts in the office that is its first argument."""

    @wraps(go)
    def gone(office: Any, *arguments: Any, **values: Any) -> T:
        name = _name(go, arguments, values) if standing.is_known(office) else None
        if name is None:
            with delivery.at_the_end():
                return go(office, *arguments, **values)
        if name in _known:
            return _given_back(name, _known[name])
        return _gone_anew(name, lambda: go(office, *arguments, **values))

    return gone


def _name(go: Callable[..., Any], arguments: Any, values: Any) -> str | None:
    """What tells the same way again; None for arguments that cannot be compared."""
    try:
        told = json.dumps([arguments, values], sort_keys=True)
    except TypeError:
        return None
    return f"{standing.at} {go.__module__}.{go.__qualname__} {told}"


def _given_back(name: str, way: _Way) -> Any:
    with standing.ours():
        beginnings.begin_at(way.beginning)
    for sha256, content in way.files.items():
        path = store.path_of(store.storage(), store.location_of(sha256))
        if not path.exists() or path.read_bytes() != content:
            store.keep(files.make_upload(content))
    delivery.deliver()
    standing.at = name
    return deepcopy(way.beginning.made)


def _gone_anew(name: str, go: Callable[[], T]) -> T:
    _times[name] += 1
    standing.at = None
    with delivery.at_the_end(), standing.ours():
        made = go()
        if _times[name] >= TWICE:
            _known[name] = _Way(beginnings.put_aside(deepcopy(made)), _files())
    standing.at = name
    return made


def _files() -> dict[str, bytes]:
    hashes = set(model.Session.scalars(sa.select(ResourceFileRow.sha256)))
    return {one: b"".join(store.chunks(one)) for one in hashes if one}
