"""Words and addresses of the search and of the first page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from ckan import model
from ckan.lib.search import SearchError
from ckan.plugins import toolkit as tk

from ckanext.satudata.helpers.asking import ask
from ckanext.satudata.helpers.cases import satudata_status
from ckanext.satudata.helpers.metadata import satudata_value
from ckanext.satudata.helpers.words import satudata_region


def satudata_newest(limit: int = 3) -> list[dict[str, Any]] | None:
    """The datasets released last, newest first; None when the search is away."""
    sort = "validation_date desc"
    fq = "capacity:public AND validation_status:*"
    try:
        answer = ask("package_search", fq=fq, sort=sort, rows=limit)
    except SearchError:
        return None
    return answer["results"] if answer else []


def satudata_facet(facet: str, value: str, name: str | None = None) -> str:
    """A value of a facet as people read it; `name` is what core calls it."""
    if facet == "validation_status":
        text = satudata_status(value)
        return tk._(text.public or "In preparation") if text else value
    if facet == "topic":
        return satudata_value("topic", value)
    if facet == "vocab_region_codes":
        return satudata_region(value)
    if facet == "organization" and name in (None, value) and "\0" not in value:
        group = model.Group.get(value)
        return (group.title if group else None) or value
    return name or value


def satudata_page_address(page: int) -> str:
    """The address of this page of results, with another page number."""
    rest = [(key, one) for key, one in tk.request.args.items(multi=True) if key != "page"]
    return f"{tk.request.script_root}{tk.request.path}?{urlencode([*rest, ('page', page)])}"


def satudata_site(url: str) -> str:
    """The host that a link leads to."""
    return urlsplit(url).netloc or url
