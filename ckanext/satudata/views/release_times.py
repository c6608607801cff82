"""When data is shown, held back, or corrected by itself: each act has a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.sop.cells import CORRECTABLE
from ckanext.satudata.views import act_pages
from ckanext.satudata.views.act_pages import ActPage, Values
from ckanext.satudata.views.answers import ask, login_first, see_other

release_times = Blueprint("satudata_release_times", __name__)


@release_times.route("/dataset/<name>/ubah-jadwal", methods=["GET", "POST"])
@login_first
def move(name: str) -> Any:
    """Give a release that waits another minute."""
    return act_pages.answer(MOVE, name)


@release_times.route("/dataset/<name>/batal-jadwal", methods=["GET", "POST"])
@login_first
def call_off(name: str) -> Any:
    """Undo the act by which a release waits."""
    return act_pages.answer(CALL_OFF, name)


@release_times.route("/dataset/<name>/embargo", methods=["GET", "POST"])
@login_first
def embargo(name: str) -> Any:
    """Hold data back, or hold it back until another minute."""
    return act_pages.answer(EMBARGO, name)


@release_times.route("/dataset/<name>/cabut-embargo", methods=["GET", "POST"])
@login_first
def lift(name: str) -> Any:
    """Take an embargo away."""
    return act_pages.answer(LIFT, name)


@release_times.route("/dataset/<name>/koreksi", methods=["GET", "POST"])
@login_first
def correct(name: str) -> Any:
    """Correct what the SOP of the data declares as small corrections."""
    return act_pages.answer(CORRECT, name)


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


def _again(
    act: str,
    refused: str,
    to: Callable[[Values], Any],
    same: Callable[[Values], bool] | None = None,
) -> Callable[[Values, str], Any]:
    """The result of the same form sent before; None where it is another matter.

    `refused`: the code that the second one is refused with. `same`: whether the rest of the form
    stands there by now.
    """

    def answer(dataset: Values, code: str) -> Any:
        reason = tk.request.form.get("reason", "")
        if code != refused or (same is not None and not same(dataset)):
            return None
        if not tk.h.satudata_received(dataset["id"], act, reason):
            return None
        act_pages.received()
        return to(dataset)

    return answer


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
    "satudata_release_move",
    _moved,
    fields=("reason", "publish_at"),
    said=_time("publish_at"),
    again=_again("move", "time_same", _to_case),
)
CALL_OFF = ActPage(
    "call_off",
    "satudata_release_call_off",
    _called_off,
    again=_again("call_off", "not_scheduled", _to_case),
)
EMBARGO = ActPage(
    "embargo",
    "satudata_embargo_set",
    _held,
    fields=("reason", "not_before"),
    said=_time("not_before"),
    again=_again("embargo", "time_same", _to_data),
)
LIFT = ActPage(
    "lift", "satudata_embargo_lift", _lifted, again=_again("lift", "no_embargo", _to_data)
)
CORRECT = ActPage(
    "correct",
    "satudata_release_correct",
    _corrected,
    fields=("reason", "release", *CORRECTABLE),
    said=_correction,
    elsewhere={"fields": CORRECTABLE[0]},
    again=_again("correct", "release_followed", _to_newest, _stands),
)
