"""A notice in words: what happened, who did it and why, until when, and where to go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic import wording
from ckanext.satudata.logic.notices.kinds import BY_NAME, SENTENCES, SENTENCES_OF
from ckanext.satudata.logic.notices.sight import Sight
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.model.notices import NoticeRow
from ckanext.satudata.sop.acts import PointKind


@dataclass(frozen=True)
class Line:
    """A notice as pages and letters show it. `facts`: pairs of a label and what stands there.

    `closed`: the reader may see no longer what it is about, so nothing of it is said.
    """

    subject: str
    about: str
    actor: str
    act: str
    reason: str
    points: int
    deadline: str
    address: str
    number: int | None
    at: datetime
    facts: tuple[tuple[str, str], ...]
    closed: bool = False

    @property
    def quoted(self) -> tuple[tuple[str, str], ...]:
        """The facts for plain text, where nothing else tells what somebody wrote from what the
        portal says: each line of a text of several is marked."""
        return tuple((label, _quoted(text)) for label, text in self.facts)


def line_of(row: NoticeRow, sight: Sight) -> Line:
    """A notice in the language of the request, as much of it as its reader may see today."""
    return _whole(row) if sight.has(row) else _closed(row)


def _closed(row: NoticeRow) -> Line:
    """A notice of what is open to its reader no longer: that there is one, and nothing of it."""
    about = tk._("Case {number}").format(number=row.facts.get("number"))
    subject = tk._("{about}: it is open to you no longer").format(about=about)
    return Line(subject, about, "", "", "", 0, "", "", None, row.at, (), closed=True)


def _whole(row: NoticeRow) -> Line:
    said = row.facts
    values = {
        "about": _about(row),
        "step": said.get("step_name", ""),
        "holders": ", ".join(said.get("holders", ())),
    }
    actor, act, deadline = actor_of(row), _act(row), deadline_of(row)
    reason, points = _reason(said), said.get("points", 0)
    pairs = (
        (tk._("Who acted"), actor),
        (tk._("Act"), act),
        (tk._("Comment"), said.get("comment", "")),
        (tk._("Reason"), reason),
        *_points(said),
        (tk._("To be shown"), _moment(said.get("shown_at"), said.get("shown_zone"))),
        (tk._("Due"), deadline),
    )
    return Line(
        subject=one_line(_sentence(row).format(**values)),
        about=values["about"],
        actor=actor,
        act=act,
        reason=reason,
        points=points,
        deadline=deadline,
        address=_address(row),
        number=said.get("number"),
        at=row.at,
        facts=tuple((label, text) for label, text in pairs if text),
    )


def _sentence(row: NoticeRow) -> str:
    event = row.facts.get("event", "")
    of_both = SENTENCES_OF.get((event, row.kind))
    return tk._(of_both or SENTENCES.get(event) or BY_NAME[row.kind].sentence)


def _reason(said: Mapping[str, Any]) -> str:
    """What somebody wrote, or the rule that refused."""
    if said.get("code"):
        return wording.kept_sentence(said["code"], said.get("code_facts", {}))
    return said.get("reason", "")


def _points(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """How many there are, and each that the notice tells."""
    count, told = said.get("points", 0), said.get("returned", ())
    if not count:
        return
    words = wording.number(count)
    if told and len(told) < count:
        words = tk._("{count}, all of them on the page of the case").format(count=words)
    yield tk._("Points to repair"), words
    for number, one in enumerate(told, 1):
        yield tk._("Point {number}").format(number=number), _point(one)


def _point(one: Mapping[str, Any]) -> str:
    """What it is about, and what is to be done there."""
    place = (
        tk._("File {where}").format(where=one["where"])
        if one["kind"] == PointKind.RESOURCE.value
        else tk.h.satudata_point(dict(one))
    )
    return ": ".join(part for part in (one.get("title", ""), place, one.get("note", "")) if part)


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


def actor_of(row: NoticeRow) -> str:
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


def deadline_of(row: NoticeRow) -> str:
    """Until when what is told of is to be done; empty where there is no due time."""
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


def _quoted(text: str) -> str:
    lines = text.splitlines()
    return text if len(lines) < 2 else "\n" + "\n".join(f"> {line}" for line in lines)


def one_line(text: str) -> str:
    """A text as one line, for a header or a sentence."""
    return " ".join(text.split())
