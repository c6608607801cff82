"""The whole record checked: every link of every stream, every tail, every head."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.audit import chain
from ckanext.satudata.audit import heads as signed_heads
from ckanext.satudata.model import heads, persons, proof_reading

MOST = 20
"""Faults that are told one by one."""


@dataclass(frozen=True)
class Fault:
    """What is wrong first in a stream, or with a head.

    `link`: the event `sequence` of `stream` does not follow, or is missing. `end`: the event that
    head `head` names is missing or another. `head`: the head is not what was signed, or does not
    follow. `ends`: its digest is not that of the ends it stands for. `gone`: it was signed and is
    not there. `name`: the person whom the event names is not who it was. `case`: the number of the
    case that the stream is.
    """

    what: str
    stream: str = ""
    sequence: int = 0
    head: int = 0
    case: int | None = None


@dataclass
class Checked:
    """What was looked at, and what was found: `broken` counts all, `faults` holds `MOST`."""

    streams: int = 0
    events: int = 0
    heads: int = 0
    broken: int = 0
    faults: list[Fault] = field(default_factory=list)

    def found(self, fault: Fault) -> None:
        self.broken += 1
        if len(self.faults) < MOST:
            self.faults.append(fault)


def verify(keys: Collection[str] | None = None) -> Checked:
    """Check everything as it stands at one moment. `keys`: the only ones that may sign heads."""
    checked = Checked()
    with proof_reading.as_it_stands() as connection:
        _streams(checked, proof_reading.records(connection))
        known = {one.stream for one in checked.faults}
        for stream, sequence in proof_reading.short_cases(connection):
            if stream not in known:
                checked.found(Fault("link", stream, sequence))
        with model.meta.create_local_session(bind=connection) as session:
            _heads(session, checked, keys)
            _names(session, checked)
        _name_cases(connection, checked)
    return checked


def verify_case(case_id: str) -> Checked:
    """Check the stream of one case, and that its tail is there."""
    checked = Checked()
    with proof_reading.as_it_stands() as connection:
        _streams(checked, proof_reading.records(connection, stream=case_id))
        if not checked.broken:
            for stream, sequence in proof_reading.short_cases(connection):
                if stream == case_id:
                    checked.found(Fault("link", stream, sequence))
        _name_cases(connection, checked)
    return checked


def _streams(checked: Checked, records: Iterable[Mapping[str, Any]]) -> None:
    """The first broken link of each stream; what follows one in its stream is not looked at."""
    stream, sequence, previous, broken = None, 0, chain.GENESIS, False
    for one in records:
        checked.events += 1
        if one["stream"] != stream:
            stream, sequence, previous, broken = one["stream"], 0, chain.GENESIS, False
            checked.streams += 1
        sequence += 1
        if broken:
            continue
        if not chain.follows(one, sequence, previous):
            broken = True
            checked.found(Fault("link", one["stream"], sequence))
        previous = one["hash"]


def _heads(session: Any, checked: Checked, keys: Collection[str] | None) -> None:
    stored = [heads.as_signed(row) for row in heads.all_heads(session=session)]
    checked.heads = len(stored)
    wrong = signed_heads.first_fault(stored, keys)
    if wrong:
        checked.found(Fault("head", head=wrong[0]))
    for end in heads.missing_ends(MOST, session=session):
        checked.found(Fault("end", end.stream, end.sequence, end.number))
    if stored and not _stands_for_its_ends(session, stored[-1]):
        checked.found(Fault("ends", head=stored[-1]["number"]))
    there = {(one["number"], one["sha256"]) for one in stored}
    for number, sha256 in heads.signings(session=session):
        if (number, sha256) not in there:
            checked.found(Fault("gone", head=number))


def _names(session: Any, checked: Checked) -> None:
    for part in proof_reading.naming(session):
        rows = list(part)
        for place in persons.exchanged((row.body for row in rows), session=session):
            checked.found(Fault("name", rows[place].stream, rows[place].sequence))
        session.expunge_all()


def _stands_for_its_ends(session: Any, head: Mapping[str, Any]) -> bool:
    ends = signed_heads.Ends()
    for end in heads.ends_at(head["number"], session=session):
        ends.add(*end)
    told = (ends.streams, ends.events, ends.sha256)
    return told == (head["streams"], head["events"], head["ends_sha256"])


def _name_cases(connection: sa.Connection, checked: Checked) -> None:
    numbers = proof_reading.case_numbers(connection, [one.stream for one in checked.faults])
    checked.faults = [
        Fault(one.what, one.stream, one.sequence, one.head, numbers.get(one.stream))
        for one in checked.faults
    ]
