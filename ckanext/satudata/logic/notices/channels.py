"""By which ways this site can reach people outside its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from ckan import plugins as p
from ckan.plugins import toolkit as tk

OWN = "satudata"


def host() -> str:
    """The name of the site, as it stands in the Message-ID of its mails."""
    return urlsplit(tk.config["ckan.site_url"] or "").hostname or "localhost"


def notifiers() -> Iterator[tuple[str, Any]]:
    """Name and plugin of each messenger that the site has plugged in (`INotifier`)."""
    for plugin in _plugged():
        if plugin.name != OWN:
            yield plugin.name, plugin


def _plugged() -> Iterable[Any]:
    return p.PluginImplementations(p.INotifier)


def sends_mail() -> bool:
    """Whether the site sends mail: CKAN knows a server by default, but nobody's address to send
    from, so that address is what says it."""
    return bool(tk.config.get("smtp.server") and tk.config.get("smtp.mail_from"))


def any_there() -> bool:
    """Whether there is any way out; without one every notice stays on the page."""
    return sends_mail() or next(notifiers(), None) is not None
