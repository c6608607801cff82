"""Refusals about notices, as people read them."""

from __future__ import annotations

from ckanext.satudata.msgid import N_

NOTICE_SENTENCES: dict[str, str] = {
    "notice_kind_unknown": N_('There are no notices called "%(kind)s". Choose one of the list.'),
    "notice_way_unknown": N_("Choose by which way you want to be told: %(ways)s."),
    "link_email": N_(
        "This is no e-mail address. Write it as name@office.example, or leave it out."
    ),
    "link_name": N_(
        "This is no name: it holds a web address, or signs that cannot be seen. Write the name "
        "alone."
    ),
    "link_letters": N_(
        "No more than %(limit)s links are sent by e-mail within a day. Leave the address out and "
        "hand the link over yourself, or wait until tomorrow."
    ),
}
