"""Every kind of source by its name."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.sources.bps.source import BpsSource
from ckanext.satudata.sources.ckan_portal import CkanSource
from ckanext.satudata.sources.ewalidata import EwalidataSource
from ckanext.satudata.sources.json_api import JsonSource
from ckanext.satudata.sources.source import Source
from ckanext.satudata.sources.tables_at_urls import TablesSource

_ALL: tuple[type[Source[Any]], ...] = (
    BpsSource,
    CkanSource,
    TablesSource,
    JsonSource,
    EwalidataSource,
)
KINDS: dict[str, type[Source[Any]]] = {one.kind: one for one in _ALL}
