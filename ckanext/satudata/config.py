"""Every option of ours, read by one typed function. Declared in config_declaration.yaml."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
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


@dataclass(frozen=True)
class LoginLimits:
    """Attempts within `window` after which one more locks for `lock`."""

    account: int
    address: int
    window: timedelta
    lock: timedelta


@dataclass(frozen=True)
class TokenDays:
    """Days that an API token lives where nothing is said, and at most."""

    usual: int
    longest: int


def login_limits() -> LoginLimits:
    """How often somebody may try to log in."""
    return LoginLimits(
        tk.config["ckanext.satudata.login_attempts"],
        tk.config["ckanext.satudata.login_attempts_per_address"],
        timedelta(minutes=tk.config["ckanext.satudata.login_window_minutes"]),
        timedelta(minutes=tk.config["ckanext.satudata.login_lock_minutes"]),
    )


def trusted_proxies() -> list[str]:
    """Addresses whose word on where a request comes from is taken."""
    return tk.config["ckanext.satudata.trusted_proxies"]


def password_length() -> int:
    """Characters that a password has at least."""
    return tk.config["ckanext.satudata.password_length"]


def second_factor() -> str:
    """Who must have a second factor: `approvers`, `nobody` or `everyone`."""
    return tk.config["ckanext.satudata.second_factor"]


def account_secret() -> str:
    """From which the keys are derived that seal second factors and digest what is compared."""
    return tk.config["ckanext.satudata.account_secret"] or tk.config["SECRET_KEY"]


def session_idle() -> int:
    """Seconds without use after which a session is over."""
    return tk.config["ckanext.satudata.session_idle_minutes"] * 60


def session_lifetime() -> int:
    """Seconds after which a session is over, however much it is used."""
    lifetime = tk.config["PERMANENT_SESSION_LIFETIME"]
    return int(lifetime.total_seconds() if isinstance(lifetime, timedelta) else lifetime)


def token_days() -> TokenDays:
    """How long API tokens live."""
    longest = tk.config["ckanext.satudata.token_days_longest"]
    return TokenDays(min(tk.config["ckanext.satudata.token_days"], longest), longest)


def display_zone() -> ZoneInfo:
    """The zone in which pages and sentences show times."""
    name = tk.config["ckan.display_timezone"] or "Asia/Jakarta"
    return ZoneInfo("Asia/Jakarta" if name == "server" else name)


def _read(name: str) -> bytes:
    package, _, path = name.partition(":")
    if path and not name.startswith("/"):
        return files(package).joinpath(path).read_bytes()
    return Path(name).read_bytes()
