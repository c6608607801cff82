"""What the pages of acts upon a release share: facts, a reason, the verb, and the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.typed import words_on_releases
from ckanext.satudata.views.answers import (
    Fault,
    ask,
    ask_or_404,
    by_field,
    code_of,
    faults_of,
    page,
    see_other,
)

Values = dict[str, Any]


def _nothing(_dataset: Values) -> Values:
    return {}


def _never(_dataset: Values, _code: str) -> Any:
    return None


@dataclass(frozen=True)
class ActPage:
    """The page of an act.

    `name`: of the act in `satudata_release_refusals`, and of its template. `path`: the last word of
    its address. `said`: what the form
    says of a dataset besides the reason. `done`: the answer, by the dataset and what the action
    answered. `again`: the answer to a form that was received before, by the dataset and the code
    that refuses it now; None where it is another matter. `elsewhere`: field of the API -> the
    field of the form that stands for it.
    """

    name: str
    path: str
    action: str
    done: Callable[[Values, Values], Any]
    fields: tuple[str, ...] = ("reason",)
    said: Callable[[Values], Values] = _nothing
    again: Callable[[Values, str], Any] = _never
    elsewhere: Mapping[str, str] | None = None


def answer(act: ActPage, name: str) -> Any:
    """The form of an act, or its result; `name` may be hidden from whoever asks."""
    dataset = ask_or_404("package_show", id=name)
    if tk.request.method == "GET":
        refused = tk.h.satudata_release_refusals(dataset["id"], act.name)[act.name]
        return _refused(dataset, refused) if refused else _form(act, dataset)
    reason = tk.request.form.get("reason", "")
    try:
        done = ask(act.action, id=dataset["id"], reason=reason, **act.said(dataset))
    except tk.NotAuthorized as refused:
        return _refused(dataset, (403, str(refused.message)))
    except tk.ValidationError as error:
        return act.again(dataset, code_of(error)) or _form(act, dataset, error)
    return act.done(dataset, done)


def received() -> None:
    """Say that the same was sent before."""
    tk.h.flash_notice(tk._("We had received this already. It is counted once."))


def again(
    act: str,
    refused: str,
    to: Callable[[Values], Any],
    same: Callable[[Values], bool] | None = None,
) -> Callable[[Values, str], Any]:
    """What `ActPage.again` is where the form was sent twice by one person, for one reason.

    `refused`: the code that the second one is refused with. `same`: whether the rest of the form
    stands there by now.
    """

    def found(dataset: Values, code: str) -> Any:
        reason = tk.request.form.get("reason", "")
        if code != refused or (same is not None and not same(dataset)):
            return None
        if not tk.h.satudata_received(dataset["id"], act, reason):
            return None
        received()
        return to(dataset)

    return found


def to_release(name: str, number: int) -> Any:
    """To the page of a release."""
    return see_other("satudata_release_history.read", name=name, number=number)


def _form(act: ActPage, dataset: Values, error: tk.ValidationError | None = None) -> Any:
    """The form, with everything that was typed; what no field can mend makes it a conflict."""
    faults = [_asked(act, one) for one in faults_of(error, _label)] if error else []
    in_a_field = all(place for place, _label, _sentence in faults)
    return page(
        f"release/{act.name}.html",
        200 if error is None else 422 if in_a_field else 409,
        dataset=dataset,
        releases=ask("satudata_release_list", id=dataset["id"]),
        typed={name: tk.request.form.get(name, "") for name in act.fields},
        faults=faults,
        wrong=by_field(faults),
        code=code_of(error) if error else "",
    )


def _asked(act: ActPage, fault: Fault) -> Fault:
    """The same at the field of the form; of what was left empty it says what to do."""
    place, label, sentence = fault
    name = place.removeprefix("field-")
    name = (act.elsewhere or {}).get(name, name)
    empty = not tk.request.form.get(name, "").strip()
    ask_for = {
        "reason": tk._("Write why."),
        "publish_at": tk._("Give a day and a time."),
        "not_before": tk._("Give a day and a time."),
    }
    sentence = ask_for.get(name, sentence) if empty else sentence
    return (f"field-{name}" if place else "", label, sentence)


def _label(name: str) -> str:
    labels = {"reason": tk._("Reason"), **words_on_releases()}
    return labels.get(name) or (tk.h.satudata_label(name) if tk.h.satudata_field(name) else "")


def _refused(dataset: Values, refused: tuple[int, str]) -> Any:
    status, sentence = refused
    return page("release/refused.html", status, dataset=dataset, sentence=sentence)
