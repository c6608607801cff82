"""People at one case, each by what he last saw of it; what must hold after whatever they do.

Beside the state that the code keeps, the machine keeps its own plain books: who brought what,
which content was approved, which event concerned which visit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.sop.acts import Attempt, Decision, Paper, Person, Point, PointKind, may_write
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.decide import decide, work_done
from ckanext.satudata.sop.definition import Menulis, Sop
from ckanext.satudata.sop.events import Kind, VisitKey
from ckanext.satudata.sop.moves import END, WAYS, Act, Move, rules_at
from ckanext.satudata.sop.projection import apply, opened, project
from tests.unit.sop.small import entry

PEOPLE = ("budi", "citra", "dewi", "eko")
POINT = Point(PointKind.ROW, "3", "kosong")
SELDOM = (True, *[False] * 7)
OFTEN = (False, *[True] * 7)
STEERER = "dewi"
STEERED = (Act.ADD, Act.SET_CLOSING, Act.GO_ON, Act.INVITE, Act.DROP, Act.CANCEL)
OTHERS = frozenset(Act) - WAYS - set(STEERED)


Pick = Callable[[Sequence[Any]], Any]
"""Chooses one of some things: hypothesis does, or a die."""


class Portal:
    """One case of `sop`; `walk` is the case walked by hand of conftest."""

    def __init__(
        self,
        sop: Sop,
        walk: Callable[..., Any],
        items: tuple[str, ...],
        bound: frozenset[int],
        reached: set[Any],
    ) -> None:
        self.sop, self.bound, self.reached = sop, bound, reached
        self.case = walk(sop, items, "budi", bound)
        self.seen: dict[str, CaseState] = dict.fromkeys(PEOPLE, self.case.state)
        self.stored = opened(_through_json(self.case.events[0]))
        self.keys: list[VisitKey] = [visit.key for visit in self.case.state.visits]
        self.brought: dict[str, set[str]] = {item: {"budi"} for item in items}
        self.listed: set[str] = set(self.case.state.list_makers)
        self.content: dict[str, int] = dict.fromkeys(items, 0)
        self.approved: dict[str, int] = {}
        self.concerned: list[tuple[int, set[VisitKey]]] = []
        self.new = 0

    # What people do.

    def begin_well(self, pick: Pick) -> None:
        """So that walks begin all over the sheet, and not at its first step alone."""
        for _ in range(pick(range(12))):
            self.people_who_agree_end_a_visit(pick)

    def look(self, pick: Pick) -> None:
        self.seen[pick(PEOPLE)] = self.case.state

    def act(self, pick: Pick) -> None:
        """Somebody asks for any way or act, at a visit that he saw open."""
        who, fresh = pick(PEOPLE), pick(OFTEN)
        seen = self.case.state if fresh else self.seen[who]
        if not seen.open_visits:
            return
        visit = pick(seen.open_visits)
        acts = pick([WAYS, OTHERS])
        rows = [row for row in self.rows(visit) if row.act in acts]
        row = pick(rows)
        meant = tuple(item for item in visit.items if pick((True, False)))
        attempt = self.attempt(
            visit.key,
            seen.version,
            row,
            items=meant if row.is_return else (),
            rest=pick(self.goes_on(visit)),
            paper=self.paper() if row.on_paper_by and pick(SELDOM) else None,
        )
        actors = list(self.sop.pelaksana)
        held = actors if pick(OFTEN) else [pick(actors)]
        self.attempted(Person(who, frozenset(held)), attempt)

    def steer(self, pick: Pick) -> None:
        """One of the acts that are about the list, or about the case."""
        state = self.case.state if pick(OFTEN) else self.seen[STEERER]
        what = pick(STEERED)
        rows = [(v, row) for v in state.open_visits for row in self.rows(v) if row.act is what]
        seldom = what in (Act.DROP, Act.CANCEL)
        if not rows or (seldom and not pick(SELDOM)):
            return
        visit, row = pick(rows)
        items = tuple(state.entries) or ("",)
        asked = {"items": (pick(items),)} if what is Act.DROP else {}
        if what is Act.CANCEL and not pick(SELDOM):
            return
        person = Person(STEERER, frozenset(self.sop.pelaksana))
        self.attempted(person, self.attempt(visit.key, state.version, row, **asked))

    def people_who_agree_end_a_visit(self, pick: Pick) -> None:
        if self.case.state.open_visits:
            visit = pick(self.case.state.open_visits)
            self.end(visit, pick(range(4)))

    def change_content(self, pick: Pick) -> None:
        state, actors = self.case.state, frozenset(self.sop.pelaksana)
        free = [i for i in state.entries if may_write(self.sop, state, actors, i) is Menulis.SEMUA]
        if free:
            who, item = pick(PEOPLE), pick(free)
            self.record(Kind.CONTENT_CHANGED, who, {"item": item})
            self.brought[item].add(who)
            self.content[item] += 1

    def make_what_was_asked_for(self, pick: Pick) -> None:
        asked = [item for item, one in self.case.state.entries.items() if one.is_request]
        if asked:
            self.fulfil(pick(PEOPLE), asked[0])

    def the_job_does_one_dataset(self, pick: Pick) -> None:
        decided = [visit for visit in self.case.state.open_visits if visit.decided]
        if decided:
            self.work(pick(decided))

    # How it is done.

    def attempt(self, key: VisitKey, version: int, row: Move, **asked: Any) -> Attempt:
        beside = row.act not in WAYS
        until = self.case.now + timedelta(hours=4)
        self.new += row.act is Act.ADD
        return Attempt(
            key,
            version,
            row.outcome,
            "alasan",
            (POINT,),
            act=row.act if beside else None,
            to=PEOPLE[version % len(PEOPLE)],
            text="catatan",
            entry=entry(f"baru{self.new}", request=self.new % 2 == 1),
            until=until,
            closes_on=until.date(),
            at=self.case.now,
            today=self.case.now.date(),
            **asked,
        )

    def rows(self, visit: Visit) -> tuple[Move, ...]:
        return rules_at(self.sop, visit.key.step, self.bound)

    def goes_on(self, visit: Visit) -> list[str]:
        return ["", "wait", *(row.outcome for row in self.rows(visit) if row.goes_on)]

    def paper(self) -> Paper:
        return Paper(self.case.now.date(), "Sri", "berkas")

    def attempted(self, person: Person, attempt: Attempt) -> bool:
        """Whether the act was done; what must hold of its answer either way."""
        now = self.case.state
        missed = self.missed(attempt, now)
        try:
            decision = decide(self.sop, now, person, attempt, self.failed(attempt, now))
        except Conflict:
            assert missed, "a conflict although nothing concerned the visit"
            self.reached.add(Conflict)
            return False
        except Refused as refused:
            self.reached.add(refused.code)
            return False
        assert attempt.act is Act.COMMENT or not missed, "an act from an old view"
        self.judged(person, attempt, decision)
        self.done(person, decision)
        return True

    def missed(self, attempt: Attempt, now: CaseState) -> bool:
        """Whether something concerned the visit, or a dropped dataset's, since it was seen."""
        keys = {attempt.visit}
        if attempt.act is Act.DROP:
            keys |= {v.key for v in now.open_visits if set(attempt.items) & set(v.items)}
        return any(
            keys & touched for sequence, touched in self.concerned if sequence > attempt.version
        )

    def failed(self, attempt: Attempt, now: CaseState) -> dict[str, Any]:
        """A request has no file yet."""
        items = next((v.items for v in now.open_visits if v.key == attempt.visit), ())
        asked = any(now.entries[item].is_request for item in items)
        return {"berkas_ada": {}} if asked else {}

    def judged(self, person: Person, attempt: Attempt, decision: Decision) -> None:
        row, visit = decision.move, decision.visit
        entitled = row.on_paper_by if attempt.paper else row.actors
        if row.act in WAYS and visit.together and not attempt.paper:
            entitled = visit.together
        assert person.actors & set(entitled)
        if row.four_eyes:
            assert not any(person.id in self.brought[item] for item in visit.items)
            assert not (visit.is_list and person.id in self.listed)

    def done(self, person: Person, decision: Decision) -> None:
        body = json.loads(json.dumps(decision.body))
        if decision.kind is Kind.ITEM_ADDED:
            made = body["entry"]
            self.brought[made["id"]] = {person.id} if made["product"] else set()
            self.listed.add(person.id)
            self.content[made["id"]] = 0
        self.record(decision.kind, person.id, body)
        for row, items in decision.effects:
            for item in items:
                self.affect(item, [effect.value for effect in row.effects])

    def affect(self, item: str, effects: Iterable[str]) -> None:
        for effect in effects:
            if effect == "setujui":
                self.approved[item] = self.content[item]
                self.record(Kind.RELEASE_MADE, "portal", {"item": item})
            if effect == "terbitkan":
                assert self.approved.get(item) == self.content[item], "published unapproved"
                self.record(Kind.RELEASE_SHOWN, "portal", {"item": item})

    def record(self, kind: Kind, who: str, body: dict[str, Any]) -> None:
        keys = [body.get("visit"), *body.get("closes", ()), *body.get("opens", ())]
        concerned = {VisitKey.from_dict(key) for key in keys if key}
        items = {body.get("item"), body.get("dataset"), *body.get("items", ())}
        if kind in (Kind.CONTENT_CHANGED, Kind.REQUEST_FULFILLED, Kind.ITEM_DROPPED):
            concerned |= {v.key for v in self.case.state.open_visits if items & set(v.items)}
        if kind in (Kind.COMMENTED, Kind.LINK_MADE, Kind.CLOSING_SET, Kind.WENT_ON):
            concerned = {VisitKey.from_dict(key) for key in body.get("opens", ())}
        self.case.record(kind, who, body)
        self.concerned.append((self.case.state.version, concerned))
        self.stored = apply(self.stored, _through_json(self.case.events[-1]))
        self.reached.add(kind)

    def work(self, visit: Visit) -> None:
        """One dataset of a decided step, or its end when all are through."""
        assert visit.decided is not None
        if visit.pending:
            item = min(visit.pending)
            self.record(Kind.ITEM_WORKED, "portal", {"visit": visit.key.as_dict(), "item": item})
            self.affect(item, visit.decided["doing"][item])
            return
        body = work_done(self.sop, self.case.state, visit)
        self.record(Kind.STEP_ENDED, "portal", json.loads(json.dumps(body)))

    def fulfil(self, who: str, item: str) -> None:
        made = f"{item}_jadi"
        self.record(Kind.REQUEST_FULFILLED, who, {"item": item, "dataset": made})
        self.brought[made] = {*self.brought.pop(item), who}
        self.content[made] = self.content.pop(item) + 1
        self.keys = [replace(k, item=made) if k.item == item else k for k in self.keys]
        self.seen = dict.fromkeys(PEOPLE, self.case.state)

    def end(self, visit: Visit, choice: int) -> None:
        """End a visit by a way that goes on: whatever stands against it is cleared away first."""
        ways = [row for row in self.rows(visit) if row.goes_on]
        way = ways[choice % len(ways)]
        for item in visit.items:
            if self.case.state.entries[item].is_request:
                self.fulfil("kepala", item)
                return None
        if visit.decided:
            return self.work(visit)
        if visit.paused_since:
            return self.beside(visit, Act.RESUME)
        if visit.claimed_by:
            return self.beside(visit, Act.HAND_BACK)
        if way.approval and visit.approval is None:
            self.beside(visit, Act.APPROVE)
        for actor in visit.together or way.actors[:1]:
            version = self.case.state.version
            person = Person(f"orang {actor}", frozenset({actor}))
            self.attempted(person, self.attempt(visit.key, version, way))
        return None

    def beside(self, visit: Visit, act: Act) -> None:
        row = next(row for row in self.rows(visit) if row.act is act)
        attempt = self.attempt(visit.key, self.case.state.version, row)
        person = Person("kepala", frozenset(self.sop.pelaksana))
        assert self.attempted(person, attempt), act

    # What must hold.

    def what_is_stored_is_what_happened(self) -> None:
        assert self.stored == self.case.state

    def no_visit_is_lost_or_doubled(self) -> None:
        now = [visit.key for visit in self.case.state.visits]
        assert now[: len(self.keys)] == self.keys
        assert len(set(now)) == len(now)
        self.keys = now

    def each_dataset_is_in_one_place(self) -> None:
        state = self.case.state
        for item, one in state.entries.items():
            places = [visit.key for visit in state.open_visits if item in visit.items]
            waits = [] if one.waits_at is None else [one.waits_at]
            expected = {0, 1} if one.late or state.cancelled else {1}
            assert len(places) + len(waits) in expected, (item, places, waits)

    def no_open_visit_holds_what_was_dropped(self) -> None:
        state = self.case.state
        for visit in state.open_visits:
            assert set(visit.items) <= set(state.entries)
            assert visit.pending <= set(visit.items)

    def a_party_is_at_one_list_step_or_on_its_ways(self) -> None:
        state = self.case.state
        for visit in (visit for visit in state.open_visits if visit.is_list):
            others = [v for v in state.open_visits if state.party_of(v) == visit.party]
            assert others == [visit]
            assert all(state.entries[item].party == visit.party for item in visit.items)

    def a_closed_case_has_every_dataset_through(self) -> None:
        state = self.case.state
        if state.is_closed and not state.cancelled:
            left = [i for i, one in state.entries.items() if one.waits_at != END and not one.late]
            assert left == []

    def nobody_is_held_by_an_empty_step(self) -> None:
        state = self.case.state
        for visit in (visit for visit in state.open_visits if not visit.items):
            assert not visit.decided
            assert all(one.late for one in state.entries.values())

    def check(self) -> None:
        """Everything that must hold after each thing that happens."""
        self.what_is_stored_is_what_happened()
        self.no_visit_is_lost_or_doubled()
        self.each_dataset_is_in_one_place()
        self.no_open_visit_holds_what_was_dropped()
        self.a_party_is_at_one_list_step_or_on_its_ways()
        self.a_closed_case_has_every_dataset_through()
        self.nobody_is_held_by_an_empty_step()

    def comes_to_an_end(self) -> None:
        """However it stands, people who want it to end bring it to its end."""
        assert project(self.case.events) == self.case.state
        for turn in range(400):
            if self.case.state.is_closed:
                break
            visit = self.case.state.open_visits[turn % len(self.case.state.open_visits)]
            before = self.case.state.version
            self.end(visit, 0)
            if self.case.state.version == before:
                assert not visit.items, f"nothing ends {visit.key}"
                self.beside(visit, Act.CANCEL)
            self.check()
        assert self.case.state.is_closed
        self.a_closed_case_has_every_dataset_through()
        self.reached.add("closed")


def _through_json(event: Any) -> Any:
    return replace(event, body=json.loads(json.dumps(event.body)))


RULES = (
    "look",
    *["act"] * 5,
    *["steer"] * 3,
    "people_who_agree_end_a_visit",
    "change_content",
    "make_what_was_asked_for",
    "the_job_does_one_dataset",
)
"""What happens, as often as it stands here."""
