"""A way that is given back is the way that was gone; whoever goes otherwise goes himself."""

from __future__ import annotations

import pytest

from ckanext.satudata.logic.files import store
from ckanext.satudata.model import cases
from tests.integration.beginnings import begin_with
from tests.integration.counted import counting
from tests.integration.delivered import delivery
from tests.integration.office import CSV, Office, call, make_office, submit, walk
from tests.integration.remembered import remembered
from tests.integration.standing import standing
from tests.integration.stored import sha256_of

gone: list[str] = []


@remembered
def to_verification(office: Office, title: str) -> str:
    gone.append(title)
    return walk(office, submit(office, title=title), until=3)["id"]


def again(title: str) -> str:
    return to_verification(begin_with(make_office), title)


@pytest.fixture
def known(with_plugins: None, clean_index: None) -> str:
    """Gone often enough to be put aside; the id of its case."""
    gone.clear()
    again("Dikenal")
    made = again("Dikenal")
    gone.clear()
    return made


def test_what_is_given_back_is_a_case_whose_rows_say_what_its_events_tell(known: str):
    assert (again("Dikenal"), gone) == (known, [])
    case = cases.get_case(known)
    assert case is not None
    assert [visit.key.step for visit in cases.state_of(case).open_visits] == [3]


def test_what_is_given_back_is_found(known: str):
    again("Dikenal")

    office = standing.office
    found = call(office["sysadmin"], "package_search", q="title:Dikenal", include_private=True)
    assert found["count"] == 1


def test_bytes_that_are_gone_come_with_it(known: str):
    path = store.path_of(store.storage(), store.location_of(sha256_of(CSV)))
    path.unlink()
    again("Dikenal")

    assert path.read_bytes() == CSV


def test_who_has_written_before_goes_himself(known: str):
    office = begin_with(make_office)
    call(office["sysadmin"], "group_create", name="kelompok")
    to_verification(office, "Dikenal")

    assert gone == ["Dikenal"]


def test_who_says_it_otherwise_goes_himself(known: str):
    again("Lain")

    assert gone == ["Lain"]


def test_who_holds_deliveries_back_goes_himself(known: str):
    office = begin_with(make_office)
    with delivery.on_hold():
        to_verification(office, "Dikenal")

    assert gone == ["Dikenal"]


def test_who_counts_goes_himself(known: str):
    office = begin_with(make_office)
    with counting("act") as ledger:
        to_verification(office, "Dikenal")

    assert (gone, ledger.surprises()) == (["Dikenal"], {})


def test_who_patches_goes_himself(known: str, monkeypatch: pytest.MonkeyPatch):
    again("Dikenal")

    assert gone == ["Dikenal"]


def test_what_a_way_returns_is_nobody_elses(known: str):
    for _ in range(3):
        case = submit(begin_with(make_office))
    case["id"] = "lain"

    assert submit(begin_with(make_office))["id"] != "lain"
