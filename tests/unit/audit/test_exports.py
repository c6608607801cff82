"""What leaves the portal says what the events say, in forms that others read."""

from __future__ import annotations

import csv
import io
import json

from ckanext.satudata.audit.chain import first_broken
from ckanext.satudata.audit.exports import COLUMNS, as_csv, as_prov
from tests.unit.audit.test_chain import recorded

DOCUMENT = as_prov(recorded("dataset:d1", 3))


def test_a_line_holds_all_that_a_hash_covers() -> None:
    lines = list(csv.DictReader(io.StringIO(as_csv(recorded()))))
    read = [
        {
            **line,
            "sequence": int(line["sequence"]),
            "version": int(line["version"]),
            "body": json.loads(line["body"]),
        }
        for line in lines
    ]
    assert first_broken(read) is None


def test_what_is_no_case_is_an_empty_cell() -> None:
    record = {**recorded(length=1)[0], "case_id": None}
    assert next(csv.DictReader(io.StringIO(as_csv([record]))))["case_id"] == ""


def test_no_events_are_a_line_of_names() -> None:
    assert as_csv([]).strip() == ",".join(COLUMNS)


def test_each_event_is_an_activity_of_its_actor() -> None:
    assert set(DOCUMENT["activity"]) == {f"event:dataset/d1.{n}" for n in (1, 2, 3)}
    assert {one["prov:agent"] for one in DOCUMENT["wasAssociatedWith"].values()} == {"actor:u1"}


def test_each_state_is_derived_from_the_one_before() -> None:
    hashes = [one["hash"] for one in recorded("dataset:d1", 3)]
    derived = {
        (one["prov:generatedEntity"], one["prov:usedEntity"])
        for one in DOCUMENT["wasDerivedFrom"].values()
    }
    assert derived == {
        (f"state:{hashes[1]}", f"state:{hashes[0]}"),
        (f"state:{hashes[2]}", f"state:{hashes[1]}"),
    }


def test_whatever_is_named_is_declared() -> None:
    part = as_prov(recorded("dataset:d1", 3)[1:])
    named = {one for held in part["wasDerivedFrom"].values() for one in held.values()}
    assert named <= {*part["entity"], *part["activity"]}


def test_a_link_is_an_actor_whose_name_prov_can_hold() -> None:
    record = {**recorded(length=1)[0], "actor": "link:l1"}
    assert list(as_prov([record])["agent"]) == ["actor:link/l1"]


def test_no_events_are_an_empty_document() -> None:
    assert set(as_prov([])) == {"prefix"}
