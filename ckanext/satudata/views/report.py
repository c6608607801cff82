"""The register of cases and the activity report: as pages that print, and as workbooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.reports import words as report_words
from ckanext.satudata.logic.reports import workbooks as report_sheets
from ckanext.satudata.logic.reports.reporting import MAX_ROWS
from ckanext.satudata.views.answers import Fault, ask, faults_of, login_first, page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATES = {"berjalan": "open", "selesai": "closed", "batal": "cancelled"}
"""By the word in the address."""

EVERYBODY = "*"
PER_PAGE = 25
PER_AGENCY = 20
"""Rows of a page of the activity report, and of what one agency's fold of exceptions tells."""

report = Blueprint("satudata_report", __name__)


@dataclass(frozen=True)
class Asked:
    """What the address of a report says; what makes no sense in it is as if it were not there."""

    first: str
    last: str
    sop: str = ""
    agency: str = ""
    state: str = ""
    person: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str], since: str) -> Asked:
        """`dari`, `sampai`, `sop`, `opd`, `keadaan`, `orang`; without days: from `since` on."""
        word = {name: args.get(name, "").replace("\0", "").strip() for name in _WORDS}
        return cls(
            first=word["dari"] or since,
            last=word["sampai"] or clock.today().isoformat(),
            sop=word["sop"],
            agency=word["opd"],
            state=word["keadaan"] if word["keadaan"] in STATES else "",
            person=word["orang"],
        )

    def address(self, endpoint: str, **more: int) -> str:
        """The same report elsewhere, as a workbook or as a page; `more`: which part of it."""
        values = (self.first, self.last, self.sop, self.agency, self.state, self.person)
        words = dict(zip(_WORDS, values, strict=True))
        return tk.url_for(endpoint, **{name: one for name, one in words.items() if one}, **more)


_WORDS = ("dari", "sampai", "sop", "opd", "keadaan", "orang")


@report.route("/register")
@login_first
def register() -> Any:
    """`dari`, `sampai`: days on which cases were opened; `sop`, `opd`, `keadaan` narrow."""
    asked = _asked_of_register()
    choices = ask("satudata_case_list", limit=0, choices=True)["choices"]
    return _page("report/register.html", asked, lambda: _register(asked), choices=choices)


@report.route("/register.xlsx")
@login_first
def register_workbook() -> Any:
    """The register as a workbook."""
    asked = _asked_of_register()
    return _workbook(lambda: report_sheets.register(_register(asked)), "register")


@report.route("/laporan-kegiatan")
@login_first
def activity() -> Any:
    """`dari`, `sampai`: the days; `orang`: whose, `*` for everybody; `halaman`, or `cetak` for all
    rows at once, as they are printed."""
    asked, args = _asked_of_activity(), tk.request.args
    number = max(args.get("halaman", 1, type=int), 1)
    shown = {"per_page": PER_PAGE, "per_agency": PER_AGENCY, "number": number}
    shown["whole"] = bool(args.get("cetak"))
    return _page("report/activity.html", asked, lambda: _activity(asked), **shown)


@report.route("/laporan-kegiatan.xlsx")
@login_first
def activity_workbook() -> Any:
    """The activity report as a workbook."""
    asked = _asked_of_activity()
    return _workbook(lambda: report_sheets.activity(_activity(asked)), "laporan-kegiatan")


def _asked_of_register() -> Asked:
    """Without days: this year."""
    return Asked.of(tk.request.args, clock.today().replace(month=1, day=1).isoformat())


def _asked_of_activity() -> Asked:
    """Without days: this month."""
    return Asked.of(tk.request.args, clock.today().replace(day=1).isoformat())


def _register(asked: Asked) -> dict[str, Any]:
    values = {"from": asked.first, "to": asked.last, "sop": asked.sop, "limit": MAX_ROWS}
    state = STATES.get(asked.state, "")
    return ask("satudata_register", organization=asked.agency, state=state, **values)


def _activity(asked: Asked) -> dict[str, Any]:
    values = {"from": asked.first, "to": asked.last, "person": asked.person or current_user.name}
    return ask("satudata_activity_report", **values)


def _page(
    template: str, asked: Asked, answer: Callable[[], dict[str, Any]], **more: Any
) -> tuple[str, int]:
    """The report, or its form again with what is wrong in it."""
    found, faults, status = None, list[Fault](), 200
    try:
        found = answer()
    except tk.ValidationError as error:
        faults, status = faults_of(error, lambda _name: ""), 422
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=None)
    return page(
        template,
        status,
        asked=asked,
        answer=found,
        faults=faults,
        wrong={id_: [text] for id_, _label, text in faults},
        words=report_words,
        is_cut=bool(found and report_sheets.is_cut(found)),
        today=clock.today().isoformat(),
        states=STATES,
        everybody=EVERYBODY,
        **more,
    )


def _workbook(made: Callable[[], bytes], name: str) -> Any:
    try:
        content = made()
    except tk.ValidationError as error:
        sentence = " ".join(text for _id, _label, text in faults_of(error, lambda _name: ""))
        return page("refused.html", 422, sentence=sentence, case=None)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=None)
    answer = Response(content, mimetype=XLSX)
    filename = f"{name}-{clock.today().isoformat()}.xlsx"
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
