"""Where datasets go: each follows its own way, and a list step waits for those that go together.

A case over a list is walked by parties. All datasets start in one party. At a step of scope
`data` each walks alone; at a list step the party goes on once nobody of it still walks. Of the
list steps its datasets came to, the earliest opens, for those that stand there; the others wait
where they are. A party splits where an actor lets the rest go on, and what is late walks apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ckanext.satudata.errors import Refused
from ckanext.satudata.sop.case import LATE, CaseState, Visit
from ckanext.satudata.sop.definition import Lingkup, Sop
from ckanext.satudata.sop.events import VisitKey
from ckanext.satudata.sop.moves import END


@dataclass(frozen=True)
class Leg:
    """Some datasets of one visit and the step they go to, as one party."""

    items: tuple[str, ...]
    target: int
    party: int
    together: tuple[str, ...] = ()


@dataclass
class Journey:
    """What one act does to the places of datasets; `as_body` is its part of the event."""

    sop: Sop
    state: CaseState
    closes: list[VisitKey] = field(default_factory=list)
    opens: list[dict[str, Any]] = field(default_factory=list)
    waits: dict[str, int] = field(default_factory=dict)
    together: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parties: dict[str, int] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    def close(self, visit: Visit) -> None:
        self.closes.append(visit.key)

    def go(self, legs: Iterable[Leg]) -> None:
        """Send datasets on their ways; raises Refused when an empty list cannot go further."""
        legs = tuple(legs)
        for leg in legs:
            self._leave(leg)
        for party in sorted({leg.party for leg in legs} | self._parties_left()):
            self.join(party, legs)
        self.end_of_the_late()

    def join(self, party: int, legs: tuple[Leg, ...] = ()) -> None:
        """Open the list step that the party has come to, once nobody of it still walks."""
        if party == LATE or self._walks(party):
            return
        standing = {item: self._waits_at(item) for item in self._members(party)}
        ready = {item: step for item, step in standing.items() if step not in (None, END)}
        empty = next((leg for leg in legs if leg.party == party and not leg.items), None)
        if ready:
            step = min(step for step in ready.values() if step is not None)
            items = tuple(item for item, at in ready.items() if at == step)
        elif not standing and empty is not None and empty.target != END:
            step, items = empty.target, ()
        else:
            return
        asked = [empty.together] if empty and not items else map(self._ended_together, items)
        together = tuple(dict.fromkeys(actor for actors in asked for actor in actors))
        self._open(None, step, together, items=items, party=party)
        for item in items:
            self.waits.pop(item, None)

    def end_of_the_late(self) -> None:
        """What is late does not hold the case: its visits end with those of the others."""
        rest = [v for v in self.state.open_visits if v.key not in self.closes]
        if not self.opens and all(self._party(v) == LATE for v in rest):
            self.closes.extend(visit.key for visit in rest)

    def as_body(self) -> dict[str, Any]:
        """The part of an event that moves: closes, opens, waits, together, parties."""
        body: dict[str, Any] = {
            "closes": [key.as_dict() for key in self.closes],
            "opens": self.opens,
        }
        if self.waits:
            body["waits"] = self.waits
        together = {item: list(self.together[item]) for item in self.waits if item in self.together}
        if together:
            body["together"] = together
        if self.parties:
            body["parties"] = self.parties
        return body

    def _leave(self, leg: Leg) -> None:
        for item in leg.items:
            if self.state.entries[item].party != leg.party:
                self.parties[item] = leg.party
        if leg.target == END:
            self.waits.update(dict.fromkeys(leg.items, END))
        elif self.sop.step(leg.target).lingkup is Lingkup.DAFTAR:
            self.waits.update(dict.fromkeys(leg.items, leg.target))
            self.together.update(dict.fromkeys(leg.items, leg.together))
        elif not leg.items:
            raise Refused("list_empty", step=leg.target)
        else:
            for item in leg.items:
                self._open(item, leg.target, leg.together)

    def _open(
        self,
        item: str | None,
        step: int,
        together: tuple[str, ...],
        **about: Any,
    ) -> None:
        beside = [VisitKey.from_dict(one) for one in self.opens]
        opening = self.state.next_visit(item, step, beside).as_dict()
        if item is None:
            opening |= {"items": list(about["items"]), "party": about["party"]}
        if together:
            opening["together"] = list(together)
        self.opens.append(opening)

    def _parties_left(self) -> set[int]:
        """The parties that datasets were taken out of."""
        return {self.state.entries[item].party for item in self.parties}

    def _members(self, party: int) -> list[str]:
        entries = self.state.entries
        return [
            item
            for item in entries
            if item not in self.gone and self.parties.get(item, entries[item].party) == party
        ]

    def _walks(self, party: int) -> bool:
        """Whether a visit of the party is open, or opens in this act."""
        stays = [v for v in self.state.open_visits if v.key not in self.closes]
        opens = [self._party_of_opening(one) for one in self.opens]
        return party in (*opens, *(self._party(visit) for visit in stays))

    def _party_of_opening(self, opening: Mapping[str, Any]) -> int:
        item = opening["item"]
        if item is None:
            return int(opening["party"])
        return self.parties.get(item, self.state.entries[item].party)

    def _party(self, visit: Visit) -> int:
        moved = self.parties.get(visit.key.item) if visit.key.item else None
        return self.state.party_of(visit) if moved is None else moved

    def _ended_together(self, item: str) -> tuple[str, ...]:
        return self.together.get(item, self.state.entries[item].waits_together)

    def _waits_at(self, item: str) -> int | None:
        return self.waits.get(item, self.state.entries[item].waits_at)
