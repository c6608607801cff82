"""SOP 000 as it stands in the tree, and ways to make a broken sheet of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from ckanext.satudata.errors import InvalidSop, Refused
from ckanext.satudata.sop.acts import Attempt, Decision, Person, Point, PointKind, opening
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.decide import decide, work_done
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Event, Kind, VisitKey
from ckanext.satudata.sop.faults import Fault
from ckanext.satudata.sop.load import load
from ckanext.satudata.sop.moves import Act
from ckanext.satudata.sop.projection import apply, opened
from tests.unit.sop.small import entry, sheet_of

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

    def __init__(
        self,
        sop: Sop,
        items: Iterable[str] = ("data",),
        opener: str = "opd",
        bound: Iterable[int] = (),
    ) -> None:
        self.sop = sop
        entries = tuple(entry(item, contributors=frozenset({opener})) for item in items)
        body = opening(sop, "0" * 64, entries, frozenset(bound))
        self.events = [Event(1, Kind.CASE_OPENED, opener, START, body)]
        self.state: CaseState = opened(self.events[0])

    @property
    def now(self) -> datetime:
        return START + timedelta(hours=self.state.version + 1)

    def record(self, kind: Kind, actor: str, body: dict[str, Any]) -> None:
        event = Event(self.state.version + 1, kind, actor, self.now, body)
        self.events.append(event)
        self.state = apply(self.state, event)

    def changed(self, who: str, item: str = "data") -> None:
        self.record(Kind.CONTENT_CHANGED, who, {"item": item})

    def visit(self, step: int, item: str | None = "data") -> VisitKey:
        """The open visit of this step; StopIteration when the step is not open."""
        return next(
            v.key for v in self.state.open_visits if (v.key.item, v.key.step) == (item, step)
        )

    def act(
        self,
        step: int,
        outcome: str = "",
        *,
        item: str | None = "data",
        actors: Iterable[str] | None = None,
        person: str = "",
        failed_checks: Any = None,
        visit: VisitKey | None = None,
        seen: int | None = None,
        **asked: Any,
    ) -> Decision:
        """Do an act at `step`, by somebody who holds what the step asks for.

        `seen` is the version he acts on, the present one unless said.
        """
        held = tuple(actors if actors is not None else self.sop.step(step).pelaksana)
        key = visit or self.visit(step, item)
        version = self.state.version if seen is None else seen
        facts = {"reason": "alasan", "points": (POINT,), "at": self.now, "today": self.now.date()}
        attempt = Attempt(key, version, outcome, **{**facts, **asked})
        who = Person(person or f"pemegang {held}", frozenset(held))
        decision = decide(self.sop, self.state, who, attempt, failed_checks or {})
        self.record(decision.kind, who.id, dict(decision.body))
        return decision

    def work(self, step: int, *, only: Iterable[str] | None = None) -> None:
        """Do what a decided step has to do to its datasets, and end it once all are through."""
        visit = next(v for v in self.state.open_visits if v.key.step == step and v.decided)
        for item in sorted(visit.pending if only is None else only):
            body = {"visit": visit.key.as_dict(), "item": item}
            self.record(Kind.ITEM_WORKED, "portal", body)
        visit = next(v for v in self.state.open_visits if v.key == visit.key)
        if not visit.pending:
            self.record(Kind.STEP_ENDED, "portal", work_done(self.sop, self.state, visit))

    def steer(self, step: int, act: Act, *, item: str | None = "data", **asked: Any) -> Decision:
        """Do one of the acts of whoever steers the case."""
        return self.act(step, item=item, actors=self.sop.sop.pengendali, act=act, **asked)

    def open(self, step: int, item: str | None = None) -> Visit:
        """The open visit of this step, of the whole list unless a dataset is said."""
        key = self.visit(step, item)
        return next(visit for visit in self.state.open_visits if visit.key == key)

    @property
    def standing(self) -> list[tuple[str | None, int]]:
        """Which steps are open, for which dataset."""
        return [(v.key.item, v.key.step) for v in self.state.open_visits]


@pytest.fixture(scope="session")
def walk() -> type[Walk]:
    return Walk


@pytest.fixture(scope="session")
def small(sop_000: Sop) -> Callable[..., Sop]:
    """A SOP of a few invented rows; see `small.py` for how a row is said."""
    return lambda *rows, **head: sheet_of(sop_000, rows, **head)


@pytest.fixture
def case_of(small: Callable[..., Sop]) -> Callable[..., Walk]:
    """A case by a SOP of a few invented rows, over datasets a and b unless said otherwise."""

    def case(*rows: dict[str, Any], items: Iterable[str] = "ab", **about: Any) -> Walk:
        asked = {key: about.pop(key) for key in ("bound", "opener") if key in about}
        return Walk(small(*rows, **about), items=items, **asked)

    return case


@pytest.fixture
def refused() -> Callable[..., Refused]:
    """The refusal that an act comes to; the test fails where it is allowed."""

    def refusal(act: Callable[..., Any], /, *values: Any, **named: Any) -> Refused:
        with pytest.raises(Refused) as caught:
            act(*values, **named)
        return caught.value

    return refusal
