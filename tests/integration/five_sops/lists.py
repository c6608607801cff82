"""What happens around a list of SOP 002: requests, the data that answers them, approvals, time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import effects, work
from ckanext.satudata.sop.definition import Efek
from tests.integration.five_sops.datasets import bring
from tests.integration.five_sops.walk import Deed, Row, Walk
from tests.integration.five_sops.world import paper
from tests.integration.office import call

CLOSES_IN, LATER = timedelta(days=9), timedelta(days=10)


def asked(label: str, title: str, agency: str, then: str) -> Deed:
    """Staff ask an agency for data that does not exist yet, as an entry of the list."""
    entry = {"title": title, "organization": agency, "release_date": "2026-12"}
    return Deed(f"{label} is asked for", lambda walk: _add(walk, label, entry), then)


def product(label: str, title: str, agency: dict[str, Any], at: str, then: str) -> Deed:
    """Staff make a dataset of the walidata out of the list, and put it there."""

    def do(walk: Walk) -> None:
        dataset = bring(walk.cast["staf"], agency, title)
        walk.labels[label] = dataset
        walk.act(Row(at, "staf", "+add", more={"entry": {"dataset_id": dataset}}))

    return Deed(f"product {label} joins", do, then)


def answered(label: str, who: str, agency: dict[str, Any]) -> Deed:
    """The producer brings a dataset, and it takes the place of the request."""

    def do(walk: Walk) -> None:
        request = walk.labels[label]
        title = walk.state().entries[request].title
        dataset = bring(walk.cast[who], agency, title)
        call(
            walk.cast[who],
            "satudata_request_fulfil",
            id=walk.case_id,
            version=walk.show(who)["version"],
            request=request,
            dataset_id=dataset,
        )
        walk.labels[label] = dataset

    return Deed(f"{who} answers the request {label}", do)


def approved_on_paper(at: str, who: str) -> Deed:
    """The head of the agency approved by letter; somebody entitled enters it, with the scan."""

    def do(walk: Walk) -> None:
        person = walk.cast[who]
        kept = call(person, "satudata_attachment_create", upload=paper(), case_id=walk.case_id)
        sheet = {"on": clock.today().isoformat(), "name": "Kepala (rekaan)", "evidence": kept["id"]}
        walk.act(Row(at, who, "+approve", more={"paper": sheet}))
        approval = walk.visit(at).approval
        assert approval is not None
        assert (approval["name"], approval["evidence"]) == ("Kepala (rekaan)", kept["id"])

    return Deed(f"{who} enters the approval at {at} from a letter", do)


def closing_day() -> str:
    """The day that the tests set as closing date."""
    day: date = clock.today() + CLOSES_IN
    return day.isoformat()


def time_passes(monkeypatch: pytest.MonkeyPatch) -> Deed:
    """The closing date goes by."""
    now, today = clock.now, clock.today

    def do(_walk: Walk) -> None:
        monkeypatch.setattr(clock, "now", lambda: now() + LATER)
        monkeypatch.setattr(clock, "today", lambda: today() + LATER)

    return Deed("the closing date passes", do)


def waits_for(code: str, *labels: str) -> Deed:
    """The worker has run; the page shows which datasets are not through, and why."""

    def do(walk: Walk) -> None:
        work.run(walk.case_id)
        left = {one["item"]: one["refused"] for one in walk.show("kasi")["work"]}
        assert left == {walk.labels[label]: code for label in labels}

    return Deed(f"{', '.join(labels)} refused with {code}", do)


def worker_runs(then: str) -> Deed:
    """The worker goes on with what it had left."""
    return Deed("the worker runs", lambda walk: work.run(walk.case_id), then)


def killed_between(row: Row, then: str, labels: str) -> Deed:
    """The worker dies after the first dataset of an act over the list, and starts again."""

    def do(walk: Walk) -> None:
        walk.act(row)
        with pytest.MonkeyPatch.context() as patched:
            patched.setitem(effects.HANDLERS, Efek.TERBITKAN, _dies_after_one())
            with pytest.raises(SystemExit):
                work.run(walk.case_id)
        assert len(walk.state().shown & {walk.labels[one] for one in labels}) == 1
        work.run(walk.case_id)
        walk.public = "".join(sorted({*walk.public, *labels}))

    return Deed(f"{row}, killed after one dataset", do, then)


def _dies_after_one() -> Any:
    real, done = effects.HANDLERS[Efek.TERBITKAN], []

    def handler(*arguments: Any) -> Any:
        if done:
            raise SystemExit
        done.append(1)
        return real(*arguments)

    return handler


def _add(walk: Walk, label: str, entry: dict[str, str]) -> None:
    before = set(walk.state().entries)
    walk.act(Row("4", "staf", "+add", more={"entry": entry}))
    (walk.labels[label],) = set(walk.state().entries) - before
