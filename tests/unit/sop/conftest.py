"""SOP 000 as it stands in the tree, and ways to make a broken sheet of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from ckanext.satudata.errors import InvalidSop
from ckanext.satudata.sop.acts import Attempt, Person, Point, PointKind, decide, opening
from ckanext.satudata.sop.case import CaseState, Event, Kind, VisitKey, apply, opened
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.faults import Fault
from ckanext.satudata.sop.load import load

ROOT = Path(__file__).parents[3]
NAME = "sop.yaml"
START = datetime(2026, 1, 5, 1, 0)  # noqa: DTZ001 - the rooms hold UTC without a zone
POINT = Point(PointKind.COLUMN, "jumlah", "satuan tidak sama")


@pytest.fixture(scope="session")
def text_000() -> str:
    return (ROOT / "schemas/sop/000-manajemen-data.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def sop_000(text_000: str) -> Sop:
    return load(text_000.encode(), NAME).sop


@pytest.fixture
def sheet(text_000: str) -> dict[str, Any]:
    """The values of 000, to be changed freely."""
    return yaml.safe_load(text_000)


@pytest.fixture(scope="session")
def written() -> Callable[[Any], bytes]:
    """Values as the bytes of a SOP file, strings quoted so that no trap is in the way."""

    class Quoted(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def quoted(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')

    Quoted.add_representer(str, quoted)
    return lambda values: yaml.dump(values, Dumper=Quoted, allow_unicode=True).encode()


@pytest.fixture(scope="session")
def faults_of() -> Callable[[bytes | str], list[Fault]]:
    """The faults of a file's content; none when it loads."""

    def found(content: bytes | str) -> list[Fault]:
        try:
            load(content.encode() if isinstance(content, str) else content, NAME)
        except InvalidSop as error:
            return list(error.faults)
        return []

    return found


@pytest.fixture(scope="session")
def codes_of(
    faults_of: Callable[[bytes | str], list[Fault]], written: Callable[[Any], bytes]
) -> Callable[[Any], list[str]]:
    """The codes of the faults of a sheet that is given as values."""
    return lambda values: [fault.code for fault in faults_of(written(values))]


class Walk:
    """A case walked by hand: every act goes through `decide`, every event is kept."""

    def __init__(self, sop: Sop, items: Iterable[str] = ("data",), opener: str = "opd") -> None:
        self.sop = sop
        body = opening(sop, "0" * 64, tuple(items))
        self.events = [Event(1, Kind.CASE_OPENED, opener, START, body)]
        self.state: CaseState = opened(self.events[0])

    def record(self, kind: Kind, actor: str, body: dict[str, Any]) -> None:
        number = self.state.version + 1
        event = Event(number, kind, actor, START + timedelta(hours=number), body)
        self.events.append(event)
        self.state = apply(self.state, event)

    def visit(self, step: int, item: str | None = "data") -> VisitKey:
        """The open visit of this step; StopIteration when the step is not open."""
        return next(
            v.key for v in self.state.open_visits if (v.key.item, v.key.step) == (item, step)
        )

    def act(
        self,
        step: int,
        outcome: str,
        *,
        item: str | None = "data",
        actors: Iterable[str] | None = None,
        person: str = "",
        failed_checks: Any = None,
    ) -> None:
        """Take `outcome` at `step`, by somebody who holds what the step asks for."""
        held = tuple(actors if actors is not None else self.sop.step(step).pelaksana)
        attempt = Attempt(self.visit(step, item), self.state.version, outcome, "alasan", (POINT,))
        who = Person(person or f"pemegang {held}", frozenset(held))
        decision = decide(self.sop, self.state, who, attempt, failed_checks or {})
        self.record(Kind.STEP_ENDED, who.id, dict(decision.body))

    @property
    def standing(self) -> list[tuple[str | None, int]]:
        """Which steps are open, for which dataset."""
        return [(v.key.item, v.key.step) for v in self.state.open_visits]


@pytest.fixture(scope="session")
def walk() -> type[Walk]:
    return Walk
