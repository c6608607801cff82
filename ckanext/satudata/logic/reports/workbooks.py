"""The register and the activity report as workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.reports import words
from ckanext.satudata.report.workbook import Column, Sheet, Value, workbook

Answer = Mapping[str, Any]


def register(answer: Answer) -> bytes:
    """The workbook of what `satudata_register` answers: cases, and their datasets one to a row."""
    return workbook([_cases(answer), _datasets(answer)])


def activity(answer: Answer) -> bytes:
    """The workbook of what `satudata_activity_report` answers: acts, and how many of each kind."""
    return workbook([_acts(answer), _counts(answer), _exceptions(answer)])


def _cases(answer: Answer) -> Sheet:
    columns = (
        Column(tk._("Case"), 8),
        Column(tk._("Opened on"), 12),
        Column("SOP", 32),
        Column(tk._("Agency"), 28),
        Column(tk._("Data"), 44),
        Column(tk._("State"), 14),
        Column(tk._("Stands at"), 44),
        Column(tk._("Closed on"), 12),
    )
    rows = [
        (
            one["number"],
            _day(one["opened_on"]),
            words.sop(one["sop"]),
            one["organization"]["title"],
            "\n".join(dataset["title"] for dataset in one["datasets"]),
            words.state(one["state"]),
            "\n".join(words.stands(one)),
            _day(one["closed_on"]),
        )
        for one in answer["results"]
    ]
    return Sheet(tk._("Cases"), _lines(answer, tk._("Register of cases")), columns, rows)


def _datasets(answer: Answer) -> Sheet:
    columns = (
        Column(tk._("Case"), 8),
        Column(tk._("Data"), 44),
        Column(tk._("Agency"), 28),
        Column(tk._("Status"), 24),
    )
    rows = [
        (
            one["number"],
            dataset["title"],
            dataset["organization"]["title"],
            words.standing(dataset),
        )
        for one in answer["results"]
        for dataset in one["datasets"]
    ]
    return Sheet(tk._("Data"), _lines(answer, tk._("Data of the cases")), columns, rows)


def _acts(answer: Answer) -> Sheet:
    columns = (
        Column(tk._("Day"), 12),
        Column(tk._("Who"), 26),
        Column(tk._("What"), 36),
        Column(tk._("Case"), 8),
        Column("SOP", 32),
        Column(tk._("Step"), 30),
        Column(tk._("Data"), 40),
        Column(tk._("On paper"), 30),
    )
    rows = [
        (
            _day(one["counted_on"]),
            one["person"]["name"],
            words.act(one),
            one["case"],
            words.sop(one["sop"]),
            words.step(one),
            words.about(one),
            words.paper(one),
        )
        for one in answer["results"]
    ]
    return Sheet(tk._("Activities"), _lines(answer, tk._("Activity report")), columns, rows)


def _counts(answer: Answer) -> Sheet:
    columns = (Column(tk._("Who"), 26), Column(tk._("What"), 40), Column(tk._("How many"), 12))
    rows: list[Sequence[Value]] = [
        (person["name"], words.kind(kind), count)
        for person in answer["people"]
        for kind, count in person["kinds"].items()
    ]
    return Sheet(tk._("Summary"), _lines(answer, tk._("Activity report")), columns, rows)


def _exceptions(answer: Answer) -> Sheet:
    columns = (
        Column(tk._("Day"), 12),
        Column(tk._("When"), 24),
        Column(tk._("What"), 20),
        Column(tk._("Data"), 44),
        Column(tk._("Release"), 8),
        Column(tk._("Agency"), 28),
        Column(tk._("Who"), 26),
        Column(tk._("Reason"), 60),
    )
    rows = [
        (
            _day(one["on"]),
            words.clock_time(one["at"]),
            words.exception(one["kind"]),
            one["dataset"]["title"],
            one["release"],
            one["organization"],
            one["person"]["name"],
            one["reason"],
        )
        for one in answer["exceptions"]
    ]
    lines = _lines(answer, tk._("Exceptions of this period"))
    return Sheet(tk._("Exceptions"), lines, columns, rows)


def _lines(answer: Answer, title: str) -> list[str]:
    """What stands above a table: its title, the office, the period, and whose it is."""
    period = tk._("Period: {period}").format(period=words.period(answer["period"]))
    whose = answer.get("person")
    more = [tk._("Only a part is shown; choose a shorter period.")] if is_cut(answer) else []
    return [title, answer["office"], period, *([whose["name"]] if whose else []), *more]


def is_cut(answer: Answer) -> bool:
    """Whether there is more than the answer holds."""
    return answer.get("more") or answer.get("count", 0) > len(answer["results"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
