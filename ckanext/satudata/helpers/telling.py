"""The history of a case in sentences: every kind of event and every act has its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.helpers.words import satudata_datetime
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.msgid import N_

Event = Mapping[str, Any]


class Teller:
    """Tells the events of one shown case; data is called by its title, even when it is gone."""

    def __init__(self, case: Mapping[str, Any]) -> None:
        self.case = case
        self.titles = _titles(case)
        self.steps = {one["step"]: one["name"] for one in case["steps"]}

    def title(self, item: str | None) -> str:
        return self.titles.get(item or "", "") or tk._("a dataset")

    def told(self, event: Event) -> str:
        """One event in a sentence without names of people."""
        tell = _TELL.get(event["kind"])
        return tell(self, event) if tell else tk._("Something was recorded.")

    def about(self, event: Event) -> str:
        """Which data of a list an event is about; empty for the whole list and a single one."""
        body = event["body"]
        visit = body.get("visit")
        item = body.get("item") or (visit.get("item") if isinstance(visit, Mapping) else None)
        if event["kind"] in _NAMES_ITS_DATA | _OF_THE_LIST or len(self.titles) < 2 or not item:
            return ""
        return self.title(item)

    def meant(self, event: Event) -> list[str]:
        """The data of a list that a return means, where it does not mean all."""
        body = event["body"]
        if body.get("act") != "return" or not body.get("rest"):
            return []
        return [self.title(item) for item in body.get("items", ())]

    def step(self, number: int | None) -> str:
        return self.steps.get(number or 0, "")


def about_one(case: Mapping[str, Any], event: Event, item: str) -> dict[str, Any]:
    """An event without its points about other data than `item`, which may have been a request."""
    answers = [one["body"] for one in case["events"] if one["kind"] == "request_fulfilled"]
    names = {None, item, *(one["item"] for one in answers if one["dataset"] == item)}
    body = event["body"]
    points = [one for one in body.get("points", ()) if one.get("dataset_id") in names]
    return {**event, "body": {**body, "points": points}}


def day(text: str | None) -> str:
    """A day written as year-month-day, as people read it; anything else as it is."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return text or ""
    return format_date(found, "d MMMM y", locale=wording.language())


def satudata_teller(case: Mapping[str, Any]) -> Teller:
    """Who tells the events of a case."""
    return Teller(case)


def _titles(case: Mapping[str, Any]) -> dict[str, str]:
    titles: dict[str, str] = {}
    for event in case["events"]:
        body = event["body"]
        for entry in (*body.get("entries", ()), *_added(event)):
            titles[entry["id"]] = entry["title"]
        if event["kind"] == "request_fulfilled":
            titles[body["dataset"]] = titles.get(body["item"], "")
    return {**titles, **{one["id"]: one["title"] for one in case["datasets"] if one["title"]}}


def _added(event: Event) -> list[Mapping[str, Any]]:
    return [event["body"]["entry"]] if event["kind"] == "item_added" else []


def _ended(teller: Teller, event: Event) -> str:
    body = event["body"]
    label = event["outcome_label"] or ""
    step = event["step_name"] or ""
    same = label.casefold() in (step.casefold(), "")
    words = step if same else f"{step}: {label}"
    back = [one["step"] for one in body.get("opens", ())] if body.get("act") == "return" else []
    if back:
        words += " · " + tk._("back to step {number}").format(number=min(back))
    if body.get("by_person"):
        words += " · " + tk._("confirmed by a person, not checked by the portal")
    return words


def _decided(teller: Teller, event: Event) -> str:
    if event["body"].get("times"):
        return tk._("{decision} · decided, to be published at a time to come").format(
            decision=_ended(teller, {**event, "body": {}})
        )
    return tk._("{decision} · decided for {count} datasets, done one by one").format(
        decision=_ended(teller, {**event, "body": {}}), count=len(event["body"].get("work", ()))
    )


def _confirmed(teller: Teller, event: Event) -> str:
    return tk._("{decision} · confirmed, another person still has to").format(
        decision=_ended(teller, {**event, "body": {}})
    )


def _worked(teller: Teller, event: Event) -> str:
    return tk._("{data} is through.").format(data=teller.title(event["body"].get("item")))


def _released(teller: Teller, event: Event) -> str:
    if teller.about({**event, "kind": ""}):
        data = teller.title(event["body"].get("item"))
        return tk._("{data}: approved, the content is now fixed as a release.").format(data=data)
    return tk._("Approved: the content is now fixed as a release.")


def _shown(teller: Teller, event: Event) -> str:
    number, at = event["body"].get("release"), event["body"].get("scheduled_at")
    if at:
        text = tk._("{data}: published by itself as release {number}, as set for {when}.")
        data = teller.title(event["body"].get("item"))
        return text.format(data=data, number=number, when=satudata_datetime(at))
    if teller.about({**event, "kind": ""}):
        data = teller.title(event["body"].get("item"))
        return tk._("{data}: published as release {number}.").format(data=data, number=number)
    return tk._("Published as release {number}.").format(number=number)


def _scheduled(teller: Teller, event: Event) -> str:
    body = event["body"]
    text = (
        tk._("{data}: release {number} is held back by an embargo and published on {when}.")
        if body.get("embargo")
        else tk._("{data}: release {number} will be published by itself on {when}.")
    )
    return _with_time(text, teller, body)


def _rescheduled(teller: Teller, event: Event) -> str:
    text = tk._("{data}: the publication of release {number} was moved to {when}.")
    return _with_time(text, teller, event["body"])


def _with_time(text: str, teller: Teller, body: Mapping[str, Any]) -> str:
    when = satudata_datetime(body["at"], body.get("zone"))
    return text.format(data=teller.title(body["item"]), number=body["release"], when=when)


def _held(teller: Teller, event: Event) -> str:
    body = event["body"]
    reason = wording.kept_sentence(body["code"], body.get("facts", {}))
    text = tk._("{data}: the time came, and it was not published: {reason}")
    return text.format(data=teller.title(body["item"]), reason=reason)


def _rebased(teller: Teller, event: Event) -> str:
    text = tk._("The public data were corrected as release {number}; this copy took that over.")
    return text.format(number=event["body"]["release"])


def _assigned(_teller: Teller, event: Event) -> str:
    user = model.User.get(event["body"].get("to") or "")
    name = user.display_name if user else "-"
    return tk._("{step}: given to {name}.").format(step=event["step_name"] or "", name=name)


def _approved(teller: Teller, event: Event) -> str:
    approval = event["body"]["approval"]
    who = [assigning.capacity(approval.get("standing_in")), approval.get("name")]
    facts = {"name": ", ".join(one for one in who if one) or "-", "day": day(approval.get("on"))}
    if approval.get("case"):
        text = tk._("Approved by {name} on {day}, in case {number}.")
        return text.format(number=approval["case"], **facts)
    return tk._("Approved by {name} on {day}.").format(**facts)


def _added_told(teller: Teller, event: Event) -> str:
    entry = event["body"]["entry"]
    facts = {"title": entry["title"]}
    if entry.get("product"):
        return tk._("Put on the list as a product: {title}").format(**facts)
    if entry.get("request"):
        return tk._("Asked for on the list: {title}").format(**facts)
    return tk._("Put on the list: {title}").format(**facts)


def _dropped(teller: Teller, event: Event) -> str:
    titles = [teller.title(item) for item in event["body"].get("items", ())]
    return tk._("Dropped: {titles}").format(titles="; ".join(titles))


def _fulfilled(teller: Teller, event: Event) -> str:
    asked, given = event["body"]["item"], event["body"]["dataset"]
    facts = {"asked": teller.titles.get(asked) or "-", "given": teller.title(given)}
    if facts["asked"].casefold() == facts["given"].casefold():
        return tk._("The request {asked} is answered").format(**facts)
    return tk._("The request {asked} is answered by {given}").format(**facts)


def _closing(teller: Teller, event: Event) -> str:
    on = event["body"].get("on")
    if not on:
        return tk._("The closing date of the list was taken away.")
    return tk._("Closing date of the list: {day}").format(day=day(on))


def _went_on(teller: Teller, event: Event) -> str:
    titles = [teller.title(item) for item in event["body"].get("late", ())]
    text = tk._("Went on after the closing date without: {titles}")
    return text.format(titles="; ".join(titles) or "-")


def _handed_over(teller: Teller, event: Event) -> str:
    number = event["body"].get("case")
    if number:
        return tk._("Handed over to case {number}.").format(number=number)
    return tk._("Handed over; it waits to be put on a list.")


def _revision(teller: Teller, event: Event) -> str:
    text = tk._("The case goes on by revision {number} of the SOP.")
    return text.format(number=event["body"].get("revision", "-"))


def _cancelled(_teller: Teller, event: Event) -> str:
    if event["body"].get("taken_back"):
        return tk._("The working copy was dropped, and this case with it.")
    return tk._("The case was cancelled.")


def _plain(msgid: str) -> Callable[[Teller, Event], str]:
    return lambda _teller, _event: tk._(msgid)


def _at_step(msgid: str) -> Callable[[Teller, Event], str]:
    return lambda _teller, event: tk._(msgid).format(step=event["step_name"] or "")


_TELL: dict[str, Callable[[Teller, Event], str]] = {
    "case_opened": _plain(N_("The case was opened.")),
    "content_changed": _plain(N_("The data were changed.")),
    "step_ended": _ended,
    "step_confirmed": _confirmed,
    "step_decided": _decided,
    "item_worked": _worked,
    "release_made": _released,
    "release_shown": _shown,
    "release_scheduled": _scheduled,
    "release_moved": _rescheduled,
    "release_called_off": _at_step(N_("{step}: the publication was called off.")),
    "release_held": _held,
    "copy_rebased": _rebased,
    "claimed": _at_step(N_("{step}: taken on.")),
    "assigned": _assigned,
    "handed_back": _at_step(N_("{step}: handed back.")),
    "approved": _approved,
    "paused": _at_step(N_("{step}: paused.")),
    "resumed": _at_step(N_("{step}: resumed.")),
    "commented": _plain(N_("Comment")),
    "item_added": _added_told,
    "item_dropped": _dropped,
    "request_fulfilled": _fulfilled,
    "closing_set": _closing,
    "went_on": _went_on,
    "handed_over": _handed_over,
    "link_made": _plain(N_("A one-time link was made.")),
    "link_opened": _plain(N_("The one-time link was opened.")),
    "link_downloaded": _plain(N_("A file was downloaded by the one-time link.")),
    "link_withdrawn": _plain(N_("The one-time link was withdrawn.")),
    "revision_changed": _revision,
    "case_cancelled": _cancelled,
}
_NAMES_ITS_DATA = frozenset(
    {
        "item_worked",
        "release_made",
        "release_shown",
        "release_scheduled",
        "release_moved",
        "release_held",
        "item_added",
        "request_fulfilled",
    }
)
"""Kinds whose sentence says which data it is about."""
_OF_THE_LIST = frozenset({"item_dropped", "closing_set", "went_on", "case_cancelled"})
"""Kinds that are about the whole list, at whichever visit they were done."""
