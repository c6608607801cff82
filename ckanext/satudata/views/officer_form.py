"""The forms about officers: assign, stand in, hand over. A letter sent once is not asked again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.common import current_user
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic import people
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.logic.officers import lists as officer_lists
from ckanext.satudata.typed import words_on_officers
from ckanext.satudata.views.answers import Fault, ask, not_found, page, refusal, see_other
from ckanext.satudata.views.answers import faults_of as fields_of

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DAYS = ("valid_from", "valid_until", "decree_date", "ended_on")
LETTER = ("decree_number", "decree_date", "decree_attachment")


@dataclass(frozen=True)
class Form:
    """One of the forms: its address, its action, its fields, and what is said afterwards."""

    endpoint: str
    action: str
    fields: tuple[str, ...]
    heading: Callable[[], str]
    lead: Callable[[], str]
    send: Callable[[], str]
    told: Callable[[Any], str]


def assign() -> Any:
    """Let somebody hold an actor."""
    return _answer(ASSIGN)


def stand_in() -> Any:
    """Let somebody hold all that another holds."""
    return _answer(STAND_IN)


def hand_over() -> Any:
    """Let what one person holds become another's."""
    return _answer(HAND_OVER)


def labels() -> dict[str, str]:
    """What each field is called, in these forms and where their input is given back."""
    letter = tk._("The letter")
    return {**words_on_officers(), "decree_attachment": letter, "upload": letter}


def faults_of(error: tk.ValidationError) -> list[Fault]:
    """The faults of a refusal, at the fields of these forms."""
    names = labels()
    places = {"field-sop": "field-post", "field-actor": "field-post"}
    places["field-decree_attachment"] = "field-upload"
    found = fields_of(error, lambda name: names.get(name, ""))
    return [(places.get(place, place), label, text) for place, label, text in found]


def by_field(faults: Sequence[Fault]) -> dict[str, list[str]]:
    """The sentences of each field."""
    found: dict[str, list[str]] = {}
    for place, _label, text in faults:
        found.setdefault(place.removeprefix("field-"), []).append(text)
    return found


def day_faults(values: Mapping[str, str]) -> list[Fault]:
    """Days that no browser's own field would have sent."""
    names = labels()
    return [
        (f"field-{name}", names[name], refusal("date_invalid"))
        for name in DAYS
        if values.get(name) and not DAY.fullmatch(values[name])
    ]


def reader() -> model.User:
    """The person at the page; these pages are for people with an account."""
    user = people.user_of({"user": current_user.name})
    return user or not_found()


def refused(error: tk.NotAuthorized) -> Any:
    """The page of somebody who may not."""
    return page("refused.html", 403, sentence=str(error.message or error), case=None)


def _answer(form: Form) -> Any:
    if tk.request.method == "GET":
        return _page(form, {name: tk.request.args.get(name, "") for name in form.fields}, [], 200)
    values = {name: tk.request.form.get(name, "").strip() for name in form.fields}
    faults = day_faults(values)
    if not faults:
        faults = _keep_letter(values)
    if faults:
        return _page(form, values, faults, 422)
    try:
        answer = ask(form.action, **_as_action(values))
    except tk.ValidationError as error:
        return _page(form, values, faults_of(error), 422)
    except tk.NotAuthorized as error:
        return refused(error)
    tk.h.flash_success(form.told(answer))
    return see_other("satudata_officers.read", orang=values.get("to") or values["user"])


def _keep_letter(values: dict[str, str]) -> list[Fault]:
    """Keep the letter before anything else, so that a fault elsewhere never costs the upload."""
    upload = tk.request.files.get("upload")
    if not upload:
        return []
    try:
        kept = ask("satudata_attachment_create", upload=upload)
    except tk.ValidationError as error:
        return faults_of(error)
    except tk.NotAuthorized as error:
        return [("field-upload", labels()["upload"], str(error.message or error))]
    values["decree_attachment"] = kept["id"]
    return []


def _as_action(values: dict[str, str]) -> dict[str, str]:
    """The values as the action takes them: the chosen actor is a SOP and a key."""
    said = {name: value for name, value in values.items() if value and name != "post"}
    if "post" in values:
        said["sop"], _, said["actor"] = values["post"].partition(":")
    return said


def _page(form: Form, values: dict[str, str], faults: list[Fault], status: int) -> Any:
    return page(
        "petugas/form.html",
        status,
        form_of=form,
        values=values,
        letter=_letter(values.get("decree_attachment", "")),
        faults=faults,
        wrong=by_field(faults),
        labels=labels(),
        head=assigning.is_head(reader()),
        **officer_lists.choices(reader()),
    )


def _letter(attachment_id: str) -> dict[str, Any] | None:
    """The letter that was kept with an earlier, faulty form."""
    if not attachment_id:
        return None
    try:
        return ask("satudata_attachment_show", id=attachment_id)
    except (tk.ObjectNotFound, tk.NotAuthorized, tk.ValidationError):
        return None


def _one(answer: dict[str, Any]) -> str:
    words = tk._("{person} holds {actor} from {day}.")
    day = tk.h.satudata_date(answer["valid_from"])
    person = answer["user"]["display_name"]
    return words.format(person=person, actor=answer["title"], day=day)


def _several(answer: Sequence[Any]) -> str:
    return tk._("Assignments made: {count}.").format(count=tk.h.satudata_number(len(answer)))


ASSIGN = Form(
    "satudata_officers.assign",
    "satudata_assignment_create",
    (
        *("user", "post", "organization", "valid_from", "valid_until"),
        *("acting", "for_user", *LETTER),
    ),
    lambda: tk._("Assign somebody"),
    lambda: tk._("From the first day the person can do the steps of this actor."),
    lambda: tk._("Assign"),
    _one,
)
STAND_IN = Form(
    "satudata_officers.stand_in",
    "satudata_assignment_stand_in",
    ("user", "for_user", "acting", "valid_from", "valid_until", *LETTER),
    lambda: tk._("Let somebody stand in"),
    lambda: tk._("The person gets everything that the other one holds, and is shown as acting."),
    lambda: tk._("Let stand in"),
    _several,
)
HAND_OVER = Form(
    "satudata_officers.hand_over",
    "satudata_assignment_hand_over",
    ("user", "to", "sop", "organization", "valid_from", *LETTER),
    lambda: tk._("Hand over"),
    lambda: tk._(
        "What one person holds ends, and begins for another on the same day. Running cases go on."
    ),
    lambda: tk._("Hand over"),
    lambda answer: _several(answer["created"]),
)
