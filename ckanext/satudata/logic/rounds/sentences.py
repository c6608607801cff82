"""Refusals about rounds, as people read them."""

from __future__ import annotations

from ckanext.satudata.msgid import N_

ROUND_SENTENCES: dict[str, str] = {
    "round_over": N_("This was confirmed already, or its time is over. Look at the list again."),
    "round_not_holder": N_("%(holders)s of the office confirms this."),
}
