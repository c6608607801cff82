"""When data is shown, held back, or corrected by itself: each act has a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.sop.cells import CORRECTABLE
from ckanext.satudata.views import act_pages
from ckanext.satudata.views.act_pages import ActPage, Values
from ckanext.satudata.views.answers import ask, login_first, see_other

release_times = Blueprint("satudata_release_times", __name__)


def _time(field: str) -> Callable[[Values], Values]:
    return lambda _dataset: {field: tk.request.form.get(field, "").strip()}


def _correction(dataset: Values) -> Values:
    """What differs in the form from what is public, and the release that the form was made of."""
    public = tk.h.satudata_corrections(dataset["id"])
    typed = {one: tk.request.form[one] for one in CORRECTABLE if one in tk.request.form}
    changed = {one: text for one, text in typed.items() if _lines(text) != _lines(public.get(one))}
    return {"fields": changed or public, "release": tk.request.form.get("release", type=int)}


def _lines(text: str | None) -> str:
    """A text as a browser sends it back unchanged, with the ends of lines it may not have had."""
    return (text or "").replace("\r\n", "\n").strip()


def _stands(dataset: Values) -> bool:
    public = tk.h.satudata_corrections(dataset["id"])
    return bool(public) and _correction(dataset)["fields"] == public


def _to_data(dataset: Values) -> Any:
    return see_other("dataset.read", id=dataset["name"])


def _to_case(dataset: Values) -> Any:
    """To the case that publishes a dataset or its working copy, else to the dataset."""
    copy = tk.h.satudata_open_copy(dataset["id"])
    case = tk.h.satudata_case(copy or dataset["id"])
    return see_other("satudata_case.read", number=case["number"]) if case else _to_data(dataset)


def _to_newest(dataset: Values) -> Any:
    newest = ask("satudata_release_list", id=dataset["id"])[0]
    return act_pages.to_release(dataset["name"], newest["number"])


def _moved(dataset: Values, _done: Values) -> Any:
    tk.h.flash_success(tk._("The release has its new time."))
    return _to_case(dataset)


def _called_off(dataset: Values, _done: Values) -> Any:
    tk.h.flash_success(tk._("The publication is called off. Its step waits for a decision again."))
    return _to_case(dataset)


def _held(dataset: Values, _done: Values) -> Any:
    tk.h.flash_success(tk._("The embargo is set."))
    return _to_data(dataset)


def _lifted(dataset: Values, _done: Values) -> Any:
    tk.h.flash_success(tk._("The embargo is lifted."))
    return _to_data(dataset)


def _corrected(dataset: Values, done: Values) -> Any:
    tk.h.flash_success(tk._("The correction is public. The release before it is kept."))
    return act_pages.to_release(dataset["name"], done["number"])


MOVE = ActPage(
    "move",
    "ubah-jadwal",
    "satudata_release_move",
    _moved,
    fields=("reason", "publish_at"),
    said=_time("publish_at"),
    again=act_pages.again("move", "time_same", _to_case),
)
CALL_OFF = ActPage(
    "call_off",
    "batal-jadwal",
    "satudata_release_call_off",
    _called_off,
    again=act_pages.again("call_off", "not_scheduled", _to_case),
)
EMBARGO = ActPage(
    "embargo",
    "embargo",
    "satudata_embargo_set",
    _held,
    fields=("reason", "not_before"),
    said=_time("not_before"),
    again=act_pages.again("embargo", "time_same", _to_data),
)
LIFT = ActPage(
    "lift",
    "cabut-embargo",
    "satudata_embargo_lift",
    _lifted,
    again=act_pages.again("lift", "no_embargo", _to_data),
)
CORRECT = ActPage(
    "correct",
    "koreksi",
    "satudata_release_correct",
    _corrected,
    fields=("reason", "release", *CORRECTABLE),
    said=_correction,
    elsewhere={"fields": CORRECTABLE[0]},
    again=act_pages.again("correct", "release_followed", _to_newest, _stands),
)

for _act in (MOVE, CALL_OFF, EMBARGO, LIFT, CORRECT):
    release_times.add_url_rule(
        f"/dataset/<name>/{_act.path}",
        _act.name,
        login_first(partial(act_pages.answer, _act)),
        methods=["GET", "POST"],
    )
