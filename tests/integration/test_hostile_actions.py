"""Whatever is sent to an action of ours, in whatever field: never a fault of the portal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.logic import action as registry
from tests.integration.attacked import Attacked, Values, as_request, standing_office
from tests.integration.doors import undone
from tests.integration.list_office import REQUESTS

OURS = sorted(name for name in registry.__all__ if name.startswith("satudata_"))
PARAM = re.compile(r":param (\w+):")

BAD: dict[str, Any] = {
    "nothing": None,
    "true": True,
    "minus": -1,
    "zero": 0,
    "fraction": 1.5,
    "huge": 10**30,
    "huge_negative": -(10**30),
    "not_a_number": float("nan"),
    "endless": float("inf"),
    "empty": "",
    "list": ["a"],
    "mixed_list": [None, {"a": ["b"]}, 10**30],
    "mapping": {"a": {"b": None}},
    "nul": "a\0b",
    "half": "a\ud800b",
    "long": Random(0).randbytes(500_000).hex(),
    "many_digits": "9" * 5000,
    "other_digits": "٣²",
    "no_day": "2026-02-30",
    "year_zero": "0000-01-01",
    "last_year": "9999-12-31",
    "first_year": "0001-01-01",
    "moment": "2026-01-01T00:00:00",
    "template": "%s %(a)s {0} {a} {{ 7*7 }}",
    "quote": "' OR 1=1 --",
    "path": "../../../etc/passwd",
    "script": "<script>alert(1)</script>",
    "star": "*",
    "number_like": {"9" * 5000: "a"},
    "file": b"%PDF-1.7\n",
}
# What is long does not shrink: the database packs a text before it weighs it for an index.
INNER = (
    "nothing",
    "list",
    "mapping",
    "huge",
    "nul",
    "half",
    "long",
    "no_day",
    "last_year",
    "path",
    "many_digits",
)
"""What is tried inside lists and mappings too."""

attacked = pytest.fixture(standing_office("actions"))


def test_every_action_and_every_parameter_is_attacked(attacked: Attacked):
    tried = {name: {key for _who, one in attacked.calls[name] for key in one} for name in OURS}
    told = {name: set(PARAM.findall(getattr(registry, name).__doc__ or "")) for name in OURS}

    missing = {name: told[name] - tried[name] for name in OURS if told[name] - tried[name]}
    assert missing == {}


@pytest.mark.parametrize("action", OURS)
def test_no_value_of_any_field_makes_the_portal_fall(
    app: CKANTestApp, attacked: Attacked, action: str, caplog: pytest.LogCaptureFixture
):
    fallen = []
    for who, values in attacked.calls[action]:
        for what, sent in _attacks(values):
            with undone():
                answer = _post(app, attacked, who, action, sent)
            if answer.status_code >= 500:
                fallen.append(f"{who} {values.get('act', '')} {what}: {_why(caplog)}")

    assert not fallen, "\n".join(fallen)


def test_nothing_endless_is_kept(app: CKANTestApp, attacked: Attacked):
    writing = [one for one in OURS if not getattr(tk.get_action(one), "side_effect_free", False)]
    kept = []
    for action in writing:
        for who, values in attacked.calls[action]:
            for what, sent in _attacks(values):
                if what.endswith(": long"):
                    with undone():
                        answer = _post(app, attacked, who, action, sent)
                    kept += [f"{action} {what}"] if answer.status_code == 200 else []

    assert kept == []


@pytest.mark.parametrize("who", ["", "stranger", "outsider"])
def test_who_has_no_part_in_it_is_shown_nothing(app: CKANTestApp, attacked: Attacked, who: str):
    secrets = {REQUESTS[0], "Jumlah penduduk"}
    if who != "outsider":  # who has data on the list himself is told who acts on it
        secrets |= {REQUESTS[1], "surat.pdf", *_names(attacked)}
    told = []
    for action in OURS:
        for _who, values in attacked.calls[action]:
            with undone():
                answer = _post(app, attacked, who, action, values).get_data(as_text=True)
            sent = str(values)
            told += [f"{action}: {one}" for one in secrets if one in answer and one not in sent]

    assert told == []


@pytest.mark.parametrize("who", ["", "stranger"])
@pytest.mark.parametrize("action", ["create", "stand_in", "hand_over"])
def test_who_assigns_nothing_learns_nothing_of_people(
    app: CKANTestApp, attacked: Attacked, who: str, action: str
):
    office, name = attacked.office, f"satudata_assignment_{action}"
    told = set()
    for person in (office["kasi"], office["head"], "tidak-ada"):
        for _who, values in attacked.calls[name]:
            sent = {**values, "user": person, "for_user": person, "to": office["staf"]}
            with undone():
                told.add(str(_post(app, attacked, who, name, sent).json["error"]))

    assert len(told) == 1


def _names(attacked: Attacked) -> set[str]:
    """What the people of the office are called, without those who ask."""
    people = attacked.office.people
    return {one["display_name"] for name, one in people.items() if name not in SEEN_BY_THEMSELVES}


SEEN_BY_THEMSELVES = ("stranger", "outsider")


def _post(app: CKANTestApp, attacked: Attacked, who: str, action: str, sent: Values) -> Any:
    headers = {"Authorization": attacked.token(who)} if who else {}
    client = app.test_client()
    return client.post(f"/api/3/action/{action}", headers=headers, **as_request(sent))


def _why(caplog: pytest.LogCaptureFixture) -> str:
    """What fell last, as the log tells it."""
    faults = [one.exc_info[1] for one in caplog.records if one.exc_info]
    return repr(faults[-1])[:200] if faults else ""


def _attacks(values: Values) -> Iterator[tuple[str, Values]]:
    """The values with one of them, or a part of one, made bad."""
    for name, good in values.items():
        for word, bad in BAD.items():
            yield f"{name}: {word}", {**values, name: bad}
        for place, made in _inner(good):
            for word in INNER:
                yield f"{name}{place}: {word}", {**values, name: made(BAD[word])}
    for name in values:
        yield f"{name}: left out", {key: one for key, one in values.items() if key != name}


def _inner(good: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(good, dict):
        for key in good:
            yield f".{key}", lambda bad, key=key: {**good, key: bad}
    if isinstance(good, list):
        yield "[0]", lambda bad: [bad]
        for key in good[0] if good and isinstance(good[0], dict) else ():
            yield f"[0].{key}", lambda bad, key=key: [{**good[0], key: bad}]
