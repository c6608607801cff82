"""Answers of the actions as people read them on a terminal, in the language of the portal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.cli.lines import facts, one_line, table
from ckanext.satudata.logic import wording
from ckanext.satudata.sop.statuses import STATUS_TEXTS, Status

Values = Mapping[str, Any]


def inbox(answer: Values) -> str:
    """Open steps, one to a row."""
    headings = (tk._("Case"), tk._("Data"), tk._("Step"), tk._("Held by"), tk._("Since"))
    rows = [
        (
            one["case"]["number"],
            one["dataset"]["title"] if one["dataset"] else one["case"]["sop"]["name"],
            f"{one['step']}. {one['name']}",
            ", ".join(one["holders"]),
            _moment(one["since"]),
        )
        for one in answer["results"]
    ]
    counted = tk._("{shown} of {count}").format(
        shown=wording.number(len(rows)), count=wording.number(answer["count"])
    )
    return f"{table(headings, rows)}\n{counted}" if rows else tk._("Nothing matches.")


def case(answer: Values) -> str:
    """A case: its head, its datasets, and what is open with what the person may do there."""
    parts = [_head(answer), _datasets(answer["datasets"])]
    parts += [_visit(answer, visit) for visit in answer["open_visits"]]
    return "\n\n".join(part for part in parts if part)


def _head(answer: Values) -> str:
    states = {"open": tk._("Open"), "closed": tk._("Finished"), "cancelled": tk._("Cancelled")}
    sop = answer["sop"]
    return facts(
        (
            (tk._("Case"), answer["number"]),
            (tk._("Version"), answer["version"]),
            (tk._("State"), states[answer["state"]]),
            ("SOP", f"{sop['number'] or ''} {sop['name']}"),
            (tk._("Revision"), sop["revision"]),
            (tk._("Agency"), answer["organization"]["title"]),
            (tk._("Since"), _moment(answer["opened_at"])),
        )
    )


def _datasets(datasets: Sequence[Values]) -> str:
    headings = (tk._("Data"), tk._("Name"), tk._("Agency"), tk._("Status"))
    rows = [
        (
            one["title"],
            one["name"] or one["id"],
            one["organization"]["title"],
            tk._("request") if one["request"] else _status(one["status"]),
        )
        for one in datasets
    ]
    return table(headings, rows) if rows else ""


def _visit(answer: Values, visit: Values) -> str:
    name = next((one["name"] for one in answer["datasets"] if one["id"] == visit["item"]), "")
    step = tk._("Step {step}, visit {visit}: {name}").format(
        step=visit["step"], visit=visit["number"], name=visit["name"]
    )
    about = facts(
        (
            (tk._("Data"), name or visit["item"]),
            (tk._("Held by"), ", ".join(visit["holders"])),
            (tk._("Since"), _moment(visit["opened_at"])),
        )
    )
    headings = (tk._("Act"), tk._("Outcome"), tk._("Meaning"), tk._("Refused"))
    rows = [(m["act"], m["outcome"], m["label"], m["refused"]) for m in visit["moves"]]
    rows += [(one["act"], "", "", one["refused"]) for one in visit["acts"]]
    return f"{one_line(step)}\n{about}\n{table(headings, rows)}{_offered(visit['offered'])}"


def _offered(offered: Sequence[Values]) -> str:
    """What was late on an earlier list and can be added to this one, by its name."""
    if not offered:
        return ""
    headings = (tk._("Data"), tk._("Name"), tk._("Agency"), tk._("Case"))
    rows = [
        (
            one["title"],
            one["name"] or tk._("request"),
            one["organization"]["title"],
            one["from_case"],
        )
        for one in offered
    ]
    return f"\n\n{tk._('Late on an earlier list')}\n{table(headings, rows)}"


def _status(value: str | None) -> str:
    return tk._(STATUS_TEXTS[Status(value)].label) if value else ""


def _moment(text: str) -> str:
    return wording.render_datetime(datetime.fromisoformat(text))
