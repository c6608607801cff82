"""A notice as an e-mail: subject, plain text, HTML, and the headers that never change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timezone
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata import config
from ckanext.satudata.accounts import sealing
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.links import links as link_pages
from ckanext.satudata.logic.links import page as link_page
from ckanext.satudata.logic.notices import lines
from ckanext.satudata.logic.notices.lines import one_line
from ckanext.satudata.logic.notices.sight import Sight
from ckanext.satudata.model import cases, links, notices
from ckanext.satudata.model.notices import LINK, OF_A_DAY, RESET, WITHOUT_SETTINGS, NoticeRow

MOST_IN_DIGEST = 200
"""Notices that a digest tells one by one; the page has the rest."""


class NothingToSend(Exception):
    """What the letter is about is no longer so; `why` stands with the notice."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Letter:
    """A letter ready to be sent: to whom (`email` may be empty), and what it says."""

    user: str
    name: str
    email: str
    subject: str
    text: str
    html: str
    message_id: str

    def as_mail(self, sender: str, to: Address, row: NoticeRow) -> EmailMessage:
        """The same bytes of headers whenever it is sent."""
        mail = EmailMessage()
        mail["Message-ID"] = self.message_id
        mail["Date"] = format_datetime(row.at.replace(tzinfo=timezone.utc))
        mail["Subject"] = self.subject
        mail["From"] = formataddr((one_line(tk.config["ckan.site_title"] or ""), sender))
        mail["To"] = to
        mail["Auto-Submitted"] = "auto-generated"
        mail["Content-Language"] = wording.language()
        reply_to = tk.config.get("smtp.reply_to")
        if reply_to:
            mail["Reply-To"] = reply_to
        mail.set_content(self.text, cte="base64")
        mail.add_alternative(self.html, subtype="html", cte="base64")
        return mail


def recipient(letter: Letter) -> Address:
    """To whom a letter goes. Raises NothingToSend `bad_address`."""
    try:
        return Address(one_line(letter.name), addr_spec=letter.email)
    # What the parser of email raises over the different texts that are no address.
    except (ValueError, LookupError, AttributeError, HeaderParseError) as error:
        raise NothingToSend("bad_address") from error


def letter_of(row: NoticeRow) -> Letter:
    """The letter of a notice, in a request of the portal. Raises NothingToSend."""
    if row.kind == LINK:
        return _for_link(row)
    user = model.User.get(row.recipient) if row.recipient else None
    if user is None or user.state == model.State.DELETED:
        raise NothingToSend("no_account")
    if row.kind == RESET:
        return _reset(row, user)
    if row.kind == OF_A_DAY:
        return _digest(row, user)
    line = lines.line_of(row, Sight(user))
    return _written(row, user, line.subject, "notice", line=line)


def _digest(row: NoticeRow, user: model.User) -> Letter:
    found = notices.gathered(row.id)
    sight = Sight(user)
    shown = [lines.line_of(one, sight) for one in found[:MOST_IN_DIGEST]]
    subject = tk.ungettext(
        "{count} notice since the last digest", "{count} notices since the last digest", len(found)
    )
    values = {"lines": shown, "left": len(found) - len(shown)}
    return _written(row, user, subject.format(count=wording.number(len(found))), "digest", **values)


def _reset(row: NoticeRow, user: model.User) -> Letter:
    if not user.reset_key:
        raise NothingToSend("reset_over")
    address = tk.url_for("user.perform_reset", id=user.id, key=user.reset_key, qualified=True)
    values = {"address": address, "account": user.name}
    return _written(row, user, tk._("A new password for your account"), "reset", **values)


def _for_link(row: NoticeRow) -> Letter:
    link = links.by_id(row.link_id) if row.link_id else None
    if link is None or link_pages.state_word(link) != "open":
        raise NothingToSend("link_over")
    token = sealing.unseal(row.secret or "", config.account_secret())
    if token is None:
        raise NothingToSend("secret_lost")
    facts = {name: one_line(str(text)) for name, text in row.facts.items()}
    values = {
        "address": link_pages.address(token),
        "link": link,
        "facts": facts,
        "by": lines.actor_of(row),
        "due": lines.deadline_of(row),
        "ask": link_page.office(_agency_of(row)),
    }
    said = {name: facts[name] for name in ("office", "about")}
    subject = tk._("{office}: {about}, your answer is asked for").format(**said)
    return _letter(row, ("", link.name, link.email or ""), subject, "link", values)


def _agency_of(row: NoticeRow) -> str:
    case = cases.get_case(row.case_id) if row.case_id else None
    return case.organization_id if case is not None else ""


def _written(
    row: NoticeRow, user: model.User, subject: str, template: str, **values: Any
) -> Letter:
    to = (user.name, user.display_name, user.email or "")
    return _letter(row, to, subject, template, values)


def _letter(
    row: NoticeRow, to: tuple[str, str, str], subject: str, template: str, values: Mapping[str, Any]
) -> Letter:
    user, name, email = to
    subject = one_line(subject)
    said = {
        **values,
        "subject": subject,
        "name": one_line(name),
        "site_title": tk.config["ckan.site_title"],
        "site_url": tk.config["ckan.site_url"],
        "settings": None if row.kind in WITHOUT_SETTINGS else settings_address(),
    }
    text, html = (tk.render(f"satudata/surel/{template}.{kind}", said) for kind in ("txt", "html"))
    return Letter(user, name, email, subject, text.strip() + "\n", html, row.message_id)


def settings_address() -> str:
    """Where a person says by which way he wants to be told."""
    return tk.url_for("satudata_notices.settings", qualified=True, locale="default")
