"""What the reader was told, by which way he is told, and what reached nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, cast

from ckan.plugins import toolkit as tk
from flask import Blueprint, Flask, g

from ckanext.satudata.logic.notices import context, kinds
from ckanext.satudata.model.notices import EVERY_KIND, WAYS
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
    found = ask("satudata_notice_setting_list")
    return page(
        "notices/settings.html",
        settings=found,
        every=_way_of_all(found),
        ways=[(way, tk._(kinds.WAY_TITLES[way])) for way in WAYS],
    )


def _chosen() -> Any:
    """Keep what was chosen; a way for all kinds goes before what stands at each of them."""
    found, form = ask("satudata_notice_setting_list"), tk.request.form
    every = form.get("cara-semua", "")
    if every in WAYS and every != _way_of_all(found):
        found = ask("satudata_notice_setting_set", kind=EVERY_KIND, way=every)
        wanted = dict.fromkeys((one["kind"] for one in found), every)
    else:
        wanted = {one["kind"]: form.get(f"cara-{one['kind']}", "") for one in found}
    for one in found:
        way = wanted[one["kind"]]
        if way in WAYS and way != one["way"]:
            ask("satudata_notice_setting_set", kind=one["kind"], way=way)
    tk.h.flash_success(tk._("Kept. It holds for what happens from now on."))
    return see_other("satudata_notices.settings")


def _way_of_all(found: list[Mapping[str, str]]) -> str:
    """The one way by which every kind is told; empty where they differ."""
    ways = {one["way"] for one in found}
    return ways.pop() if len(ways) == 1 else ""


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
    """Try the ticked ones again, and return to the same page of them."""
    ids = tk.request.form.getlist("id")
    if ids:
        _sent_again(ids)
    else:
        tk.h.flash_error(tk._("Tick at least one."))
    number = Asked.of(tk.request.form).number
    return see_other("satudata_notices.undelivered", **({"halaman": number} if number > 1 else {}))


def _sent_again(ids: list[str]) -> None:
    try:
        with _faults_are_flashed():
            again = ask("satudata_notice_send_again", ids=ids)["again"]
            words = tk.ungettext("{count} is tried again.", "{count} are tried again.", again)
            tk.h.flash_success(words.format(count=tk.h.satudata_number(again)))
    except tk.NotAuthorized:
        not_found()


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
