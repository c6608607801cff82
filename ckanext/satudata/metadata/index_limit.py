"""What the search index cannot hold, found before it is asked.

CKAN writes every extra of a dataset under its own name into an untokenised string field
(`*` in CKAN's Solr schema), likewise title (as `title_string`), url and licence of the
dataset and url, format and type of its resources. Lucene refuses a term of more than
32,766 bytes of UTF-8, and the whole write then ends as a server error. Description,
maintainer, author and the resources' names and descriptions go into tokenised fields and
have no such limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ckanext.satudata.metadata.faults import BadValue, Problem

LIMIT_BYTES = 32_766
DATASET_STRINGS = ("title", "url", "license_id")
RESOURCE_STRINGS = ("url", "format", "resource_type")

# Numbers and bookkeeping of CKAN's Solr schema: a free extra of such a name is written into
# them, and a text there ends in a server error. (Its other typed names CKAN itself keeps apart.)
NAMES_OF_THE_INDEX = frozenset(
    {
        "_version_",
        "resources_accessed_recent",
        "resources_accessed_total",
        "views_recent",
        "views_total",
    }
)


def check_fits(value: object) -> None:
    """Raise BadValue when `value` is too long for an untokenised field of the index."""
    size = len(_as_indexed(value).encode("utf-8", "surrogatepass"))
    if size > LIMIT_BYTES:
        raise BadValue("index_length", size=size, limit=LIMIT_BYTES, excess=size - LIMIT_BYTES)


def index_problems(dataset: Mapping[str, Any]) -> list[Problem]:
    """Return what of `dataset` the index would refuse: core fields, extras, resources.

    Extras are read in CKAN's stored form, a list of {"key": …, "value": …}; a field that
    stands both at the top level and among the extras is reported once, under its name.
    """
    problems = list(_too_long(dataset, DATASET_STRINGS, None))
    for extra in dataset.get("extras") or ():
        problems += _extra_problems(str(extra.get("key", "")), extra.get("value"))
    for position, resource in enumerate(dataset.get("resources") or ()):
        problems += _too_long(resource, RESOURCE_STRINGS, position)
    return problems


def _extra_problems(key: str, value: object) -> Iterator[Problem]:
    # CKAN drops all other characters from the name before it indexes the extra.
    name = "".join(c for c in key if c.isascii() and (c.isalnum() or c in "_-"))
    if name in NAMES_OF_THE_INDEX:
        yield Problem(key, "index_name", {"key": key})
    yield from _too_long({key: value}, (key,), None)


def _too_long(
    holder: Mapping[str, Any], names: tuple[str, ...], resource: int | None
) -> Iterator[Problem]:
    for name in names:
        try:
            check_fits(holder.get(name))
        except BadValue as fault:
            yield Problem(name, fault.code, fault.facts, resource)


def _as_indexed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    return str(value)
