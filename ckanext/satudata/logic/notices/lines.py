"""A notice in words: what happened, who did it and why, until when, and where to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic import wording
from ckanext.satudata.logic.notices.kinds import BY_NAME, SENTENCES
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.model.notices import NoticeRow


@dataclass(frozen=True)
class Line:
    """A notice as pages and letters show it. `facts`: pairs of a label and what stands there."""

    subject: str
    about: str
    actor: str
    act: str
    reason: str
    points: int
    deadline: str
    address: str
    number: int | None
    facts: tuple[tuple[str, str], ...]


def line_of(row: NoticeRow) -> Line:
    """A notice in the language of the request."""
    said = row.facts
    values = {
        "about": _about(row),
        "step": said.get("step_name", ""),
        "holders": ", ".join(said.get("holders", ())),
    }
    actor, act, deadline = _actor(row), _act(row), _deadline(row)
    reason, points = said.get("reason", ""), said.get("points", 0)
    pairs = (
        (tk._("Who acted"), actor),
        (tk._("Act"), act),
        (tk._("Reason"), reason),
        (tk._("Points to repair"), wording.number(points) if points else ""),
        (tk._("To be shown"), _moment(said.get("shown_at"), said.get("zone"))),
        (tk._("Due"), deadline),
    )
    return Line(
        subject=_sentence(row).format(**values),
        about=values["about"],
        actor=actor,
        act=act,
        reason=reason,
        points=points,
        deadline=deadline,
        address=_address(row),
        number=said.get("number"),
        facts=tuple((label, text) for label, text in pairs if text),
    )


def _sentence(row: NoticeRow) -> str:
    by_event = SENTENCES.get(row.facts.get("event", ""))
    return tk._(by_event or BY_NAME[row.kind].sentence)


def _about(row: NoticeRow) -> str:
    """The dataset by its title; several by their number and that of the case."""
    said = row.facts
    if said.get("title"):
        return said["title"]
    if said.get("first"):
        return _days(said["first"], said["last"])
    count, number = said.get("count", 0), said.get("number", "")
    if not count:
        return tk._("Case {number}").format(number=number)
    words = tk.ungettext(
        "{count} dataset of case {number}", "{count} datasets of case {number}", count
    )
    return words.format(count=wording.number(count), number=number)


def _days(first: str, last: str) -> str:
    """A day, or from one to another."""
    days = [wording.render_day(date.fromisoformat(one)) for one in dict.fromkeys((first, last))]
    if len(days) == 1:
        return days[0]
    return tk._("{first} to {last}").format(first=days[0], last=days[1])


def _actor(row: NoticeRow) -> str:
    """Who acted, and as whom where it was in another's place."""
    user = model.User.get(row.actor) if row.actor else None
    if user is None:
        return ""
    acted_as = assigning.capacity(row.facts.get("standing_in"))
    return f"{user.display_name} ({acted_as})" if acted_as else user.display_name


def _act(row: NoticeRow) -> str:
    said = row.facts
    step, outcome = said.get("from_step_name", ""), said.get("outcome", "")
    if not outcome:
        return ""
    return tk._("{outcome} (step {step})").format(outcome=outcome, step=step)


def _deadline(row: NoticeRow) -> str:
    due_on = row.facts.get("due_on")
    if due_on:
        return wording.render_day(date.fromisoformat(due_on))
    return _moment(row.facts.get("due_at"), row.facts.get("zone"))


def _moment(text: str | None, zone: str | None) -> str:
    if not text:
        return ""
    return wording.render_datetime(datetime.fromisoformat(text), ZoneInfo(zone) if zone else None)


def _address(row: NoticeRow) -> str:
    number, dataset = row.facts.get("number"), row.facts.get("dataset")
    if number:
        return tk.url_for("satudata_case.read", number=number, qualified=True, locale="default")
    if row.facts.get("round"):
        return tk.url_for("satudata_rounds.read", qualified=True, locale="default")
    if dataset:
        return tk.url_for("dataset.read", id=dataset, qualified=True, locale="default")
    return ""
