"""What the reader was told, by which way he is told, and what reached nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, cast

from ckan.plugins import toolkit as tk
from flask import Blueprint, Flask, g

from ckanext.satudata.logic.notices import context, kinds
from ckanext.satudata.model.notices import WAYS
from ckanext.satudata.views.answers import ask, faults_of, login_first, not_found, page, see_other

PER_PAGE = 20
MAX_PAGE = 10**6

notices = Blueprint("satudata_notices", __name__, url_prefix="/pemberitahuan")
notices.record_once(lambda state: context.keep(cast(Flask, state.app)))


@dataclass(frozen=True)
class Asked:
    """What the address of the page says."""

    unread: bool = False
    kind: str = ""
    number: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Asked:
        """What makes no sense is as if it were not there."""
        number = args.get("halaman", "")
        is_number = number.isascii() and number.isdecimal() and len(number) <= len(str(MAX_PAGE))
        return cls(
            unread=args.get("tampil") == "baru",
            kind=args.get("jenis", "") if args.get("jenis") in kinds.BY_NAME else "",
            number=max(1, min(int(number), MAX_PAGE)) if is_number else 1,
        )

    def address(self, **changes: Any) -> str:
        """The address of the same list with something changed; from its first page on."""
        to = replace(self, **{"number": 1, **changes})
        words = {
            "tampil": "baru" if to.unread else "",
            "jenis": to.kind,
            "halaman": to.number if to.number > 1 else "",
        }
        return tk.url_for("satudata_notices.read", **{k: one for k, one in words.items() if one})


@notices.route("")
@login_first
def read() -> Any:
    """`tampil=baru`: what was not read; `jenis`: a kind; `halaman`: from 1."""
    asked = Asked.of(tk.request.args)
    offset = (asked.number - 1) * PER_PAGE
    values = {"unread": asked.unread, "kind": asked.kind, "limit": PER_PAGE, "offset": offset}
    answer = ask("satudata_notice_list", **values)
    g.satudata_unread = answer["unread"]
    return page(
        "notices/read.html",
        asked=asked,
        kinds=[(one.told.value, tk._(one.title)) for one in kinds.KINDS],
        last=max(1, -(-answer["count"] // PER_PAGE)),
        undelivered=_undelivered(),
        **answer,
    )


@notices.route("/dibaca", methods=["POST"])
@login_first
def mark() -> Any:
    """Mark one as read, or all, and return to the list as it was."""
    form = tk.request.form
    ids = form.getlist("id")
    with _faults_are_flashed():
        ask("satudata_notice_read", **({} if form.get("semua") else {"ids": ids}))
    answer = tk.redirect_to(Asked.of(form).address(number=Asked.of(form).number))
    answer.status_code = 303
    return answer


@notices.route("/pengaturan", methods=["GET", "POST"])
@login_first
def settings() -> Any:
    """By which way the reader is told of each kind."""
    if tk.request.method == "POST":
        return _chosen()
    return page(
        "notices/settings.html",
        settings=ask("satudata_notice_setting_list"),
        ways=[(way, tk._(kinds.WAY_TITLES[way])) for way in WAYS],
    )


def _chosen() -> Any:
    before = {one["kind"]: one["way"] for one in ask("satudata_notice_setting_list")}
    for kind, way in before.items():
        chosen = tk.request.form.get(f"cara-{kind}", way)
        if chosen in WAYS and chosen != way:
            ask("satudata_notice_setting_set", kind=kind, way=chosen)
    tk.h.flash_success(tk._("Kept. It holds for what happens from now on."))
    return see_other("satudata_notices.settings")


@notices.route("/tak-terkirim")
@login_first
def undelivered() -> Any:
    """What reached nobody by e-mail, for those who speak for the portal."""
    number = Asked.of(tk.request.args).number
    try:
        answer = ask(
            "satudata_notice_undeliverable_list", limit=PER_PAGE, offset=(number - 1) * PER_PAGE
        )
    except tk.NotAuthorized:
        not_found()
    last = max(1, -(-answer["count"] // PER_PAGE))
    return page("notices/undelivered.html", number=number, last=last, **answer)


@notices.route("/tak-terkirim", methods=["POST"])
@login_first
def send_again() -> Any:
    """Try the ticked ones again."""
    try:
        with _faults_are_flashed():
            ids = tk.request.form.getlist("id")
            again = ask("satudata_notice_send_again", ids=ids)["again"] if ids else 0
            words = tk.ungettext("{count} is tried again.", "{count} are tried again.", again)
            tk.h.flash_success(words.format(count=tk.h.satudata_number(again)))
    except tk.NotAuthorized:
        not_found()
    return see_other("satudata_notices.undelivered")


@contextmanager
def _faults_are_flashed() -> Iterator[None]:
    """The forms are made of buttons and boxes alone: whoever sent another id typed an address."""
    try:
        yield
    except tk.ValidationError as error:
        for _place, _label, sentence in faults_of(error, str):
            tk.h.flash_error(sentence)


def _undelivered() -> int:
    """How much reached nobody; 0 for those whom it does not concern."""
    try:
        return ask("satudata_notice_undeliverable_list", limit=0)["count"]
    except tk.NotAuthorized:
        return 0
