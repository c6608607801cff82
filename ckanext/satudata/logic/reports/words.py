"""What the register and the activity report are worded in: days, states, kinds of acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from ckan.plugins import toolkit as tk

from ckanext.satudata.audit.kinds import RecordKind
from ckanext.satudata.logic import wording
from ckanext.satudata.msgid import N_
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.statuses import STATUS_TEXTS, Status

STATES: dict[str, str] = {
    "open": N_("Running"),
    "closed": N_("Finished"),
    "cancelled": N_("Cancelled"),
}

KINDS: dict[str, str] = {
    Kind.CASE_OPENED.value: N_("Opened the case"),
    Kind.CONTENT_CHANGED.value: N_("Changed the data"),
    Kind.STEP_ENDED.value: N_("Ended the step"),
    Kind.STEP_CONFIRMED.value: N_("Confirmed the step together with others"),
    Kind.RELEASE_MOVED.value: N_("Moved the publication to another time"),
    Kind.RELEASE_CALLED_OFF.value: N_("Called the publication off"),
    Kind.CLAIMED.value: N_("Took the step on"),
    Kind.ASSIGNED.value: N_("Assigned the step"),
    Kind.HANDED_BACK.value: N_("Handed the step back"),
    Kind.APPROVED.value: N_("Gave the approval"),
    Kind.PAUSED.value: N_("Paused the step"),
    Kind.RESUMED.value: N_("Resumed the step"),
    Kind.COMMENTED.value: N_("Commented"),
    Kind.ITEM_ADDED.value: N_("Put data on the list"),
    Kind.ITEM_DROPPED.value: N_("Dropped data from the list"),
    Kind.REQUEST_FULFILLED.value: N_("Answered a request for data"),
    Kind.CLOSING_SET.value: N_("Set the closing date"),
    Kind.WENT_ON.value: N_("Went on without what was missing"),
    Kind.LINK_MADE.value: N_("Made a link for an outside party"),
    Kind.LINK_WITHDRAWN.value: N_("Withdrew a link"),
    Kind.REVISION_CHANGED.value: N_("Moved the case to another revision"),
    Kind.CASE_CANCELLED.value: N_("Cancelled the case"),
}

EXCEPTIONS: dict[str, str] = {
    RecordKind.RELEASE_FORCED.value: N_("Published by exception"),
    RecordKind.RELEASE_WITHDRAWN.value: N_("Withdrawn"),
}

ENDED: dict[str, str] = {
    "dropped": N_("dropped from the list"),
    "cancelled": N_("cancelled with the case"),
    "late": N_("delivered late, for the next list"),
}
"""How a dataset left its case before the end."""


def day(text: str | None) -> str:
    """`2026-11-20` as `20 November 2026`; empty for none."""
    if not text:
        return ""
    locale = "id" if wording.language() == "id" else "en"
    return format_date(date.fromisoformat(text[:10]), "d MMMM y", locale=locale)


def period(of: Mapping[str, str | None]) -> str:
    """Its days in words."""
    first, last = day(of["from"]), day(of["to"])
    if first and last:
        return tk._("{first} to {last}").format(first=first, last=last)
    if first:
        return tk._("from {first}").format(first=first)
    return tk._("until {last}").format(last=last) if last else tk._("all of the time")


def state(value: str) -> str:
    """The state of a case."""
    return tk._(STATES[value])


def kind(value: str) -> str:
    """What somebody did."""
    return tk._(KINDS[value])


def exception(value: str) -> str:
    """What was done past the usual way."""
    return tk._(EXCEPTIONS[value])


def clock_time(text: str) -> str:
    """`2026-11-20T10:42` as `20 November 2026, 10.42`."""
    return f"{day(text)}, {text[11:16].replace(':', '.')}"


def act(row: Mapping[str, Any]) -> str:
    """What somebody did, with the outcome as the sheet words it."""
    words = kind(row["kind"])
    return f"{words}: {row['outcome']}" if row["outcome"] else words


def standing(dataset: Mapping[str, Any]) -> str:
    """How a dataset stands in its case: its status, or why it has none."""
    if dataset["ended"]:
        return tk._(ENDED[dataset["ended"]])
    if dataset["request"]:
        return tk._("request")
    return tk._(STATUS_TEXTS[Status(dataset["status"])].label) if dataset["status"] else ""


def sop(head: Mapping[str, Any]) -> str:
    """Number, if it has one, and name of a SOP."""
    return " ".join(str(part) for part in (head["number"], head["name"]) if part)


def stands(case: Mapping[str, Any]) -> list[str]:
    """Where a case stands: each open step with who holds it and since when."""
    return [
        tk._("{step}. {name}: {holders}, since {since}").format(
            step=one["step"],
            name=one["name"],
            holders=", ".join(one["holders"]),
            since=day(one["since"]),
        )
        for one in case["stands"]
    ]


def step(row: Mapping[str, Any]) -> str:
    """The step of an act, if it was done at one."""
    return f"{row['step']}. {row['step_name']}" if row["step"] else ""


def about(row: Mapping[str, Any]) -> str:
    """The data of an act; a list where it was about one."""
    return row["dataset"] or tk._("The list")


def paper(row: Mapping[str, Any]) -> str:
    """The mark of what was done on paper: whom it names, and when it was entered."""
    if not row["on_paper"]:
        return ""
    return tk._("On paper, {name}; entered on {day}").format(
        name=row["on_paper"]["name"], day=day(row["entered_at"])
    )
