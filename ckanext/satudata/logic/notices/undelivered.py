"""Why no e-mail was sent, in words, and whether trying again can help."""

from __future__ import annotations

from collections.abc import Mapping

from ckan.plugins import toolkit as tk

from ckanext.satudata.model.notices import LINK, NoticeRow
from ckanext.satudata.msgid import N_

WHY: Mapping[str, str] = {
    "no_address": N_("The account has no e-mail address"),
    "bad_address": N_("The e-mail address is none"),
    "no_account": N_("The account is gone"),
    "no_server": N_("The portal has no mail server"),
    "link_over": N_("The link was used or is over"),
    "reset_over": N_("The password was changed meanwhile"),
    "secret_lost": N_("The secret of the portal is another one by now"),
}
"""The mail server's own refusals have a code besides."""

_FOR_GOOD = frozenset({"no_account", "link_over", "reset_over", "secret_lost"})
_ADDRESS = frozenset({"no_address", "bad_address"})


def why(code: str) -> str:
    """Why no e-mail was sent, in words."""
    if code in WHY:
        return tk._(WHY[code])
    answer = code.removeprefix("refused_")
    return tk._("The mail server of the address refused it ({code})").format(code=answer)


def can_be_sent(row: NoticeRow) -> bool:
    """Whether sending it again can come to another end; nobody mends the address of a link."""
    if row.kind == LINK and row.undeliverable in _ADDRESS:
        return False
    return row.undeliverable not in _FOR_GOOD


def mends_his_address(code: str | None) -> bool:
    """Whether the reader himself can see to it that he gets e-mails."""
    return code in _ADDRESS
