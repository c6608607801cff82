"""Every option of ours, read by one typed function. Declared in config_declaration.yaml."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from ckan.plugins import toolkit as tk


def sop_files() -> list[tuple[str, bytes]]:
    """Name and bytes of each configured SOP file. Raises OSError when one is not there."""
    return [(name, _read(name)) for name in tk.config["ckanext.satudata.sop_files"]]


def sop_subject() -> str:
    """Subject of the SOP that an upload opens where no route says otherwise."""
    return tk.config["ckanext.satudata.sop"]


def walidata() -> str:
    """Name of the organization that is walidata, or an empty string."""
    return tk.config["ckanext.satudata.walidata"]


def attachment_limit() -> int:
    """Bytes that a file attached to a case or a decree may have."""
    return tk.config["ckanext.satudata.max_attachment_size"] * 1_000_000


def signing_key() -> str | None:
    """The private key of the daily heads, from the environment or a file that it names.

    Never a setting of CKAN: ckan.ini is shown, copied and kept where a key must not be. Raises
    OSError where the file cannot be read.
    """
    name = os.environ.get("SATUDATA_SIGNING_KEY_FILE")
    return Path(name).read_text() if name else os.environ.get("SATUDATA_SIGNING_KEY")


def display_zone() -> ZoneInfo:
    """The zone in which pages and sentences show times."""
    name = tk.config["ckan.display_timezone"] or "Asia/Jakarta"
    return ZoneInfo("Asia/Jakarta" if name == "server" else name)


def _read(name: str) -> bytes:
    package, _, path = name.partition(":")
    if path and not name.startswith("/"):
        return files(package).joinpath(path).read_bytes()
    return Path(name).read_bytes()
