"""What people do in `lebaran`, and what is looked at meanwhile; runs on the set clock."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from ckan import model

from bench import inside
from bench.lebaran import (
    BY_HAND,
    FRIDAY,
    MONDAY,
    OVERDUE,
    WIB,
    asked,
    at,
    figures,
    let_the_database_ask,
    local,
    running,
    set_clock,
    told,
    until,
)
from ckanext.satudata.model import cases
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.notices import NoticeRow
from ckanext.satudata.model.tables import SopRow
from tests.integration.five_sops import test_chain as chain
from tests.integration.five_sops import test_sop_000, test_sop_001, test_sop_003
from tests.integration.five_sops.datasets import bring
from tests.integration.five_sops.test_sop_001 import at_step_3
from tests.integration.five_sops.walk import Deed, Walk, act
from tests.integration.five_sops.world import S000, S001, S002, S003, S004, World, make_world
from tests.integration.office import call

# Kinds of notices that the clock alone causes.
REMINDERS = ("due_soon", "due", "overdue", "escalated")


@dataclass
class Looking:
    """Who looks, and what he has found that is not as the table says."""

    port: int
    token: str
    waiting: dict[str, str]
    """Dataset or list that is left standing, by the short name of the table."""
    wrong: int = 0

    def at_each(self, moments: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Set the clock to each moment, let the dispatcher look, and ask over HTTP what is over."""
        for moment, expected in moments:
            set_clock(at(moment, WIB))
            until(partial(_reminded_at, at(moment, WIB)), f"the dispatcher looks at {moment}")
            found = self._overdue()
            print(f"{moment} WIB: over are {', '.join(found) or '-'}", flush=True)
            self.wrong += found != list(expected)

    def _overdue(self) -> list[str]:
        answer = asked(self.port, "satudata_clock_list", self.token, due="overdue", limit=100)
        numbers = {row["number"] for row in answer["results"]}
        return sorted(name for name, number in self.waiting.items() if number in numbers)


def run() -> int:
    """The walks, the moments, the table."""
    app = inside.make_portal()
    let_the_database_ask()

    set_clock(at(FRIDAY, WIB))
    bound = {S002: {"16": S003}, S004: {"7": S002}}
    world = make_world(S000, S001, S003, S002, S004, bound=bound)
    _ramadan(world.head)
    token = call(world.head, "api_token_create", user=world.head, name="jam")["token"]
    waiting = _left_standing(world)
    port = _free_port()
    with app.flask_app.test_request_context(), running(port):
        looking = Looking(port, token, waiting)
        looking.at_each(OVERDUE[:1])
        _walks(world)
        _chain(world, lambda: looking.at_each(OVERDUE[1:5]))
        looking.at_each(OVERDUE[5:])
    rows = list(_rows())
    return figures(len(rows), told(sorted(set(rows))), looking.wrong, _outside_hours())


def _ramadan(head: str) -> None:

    decree = {"decree_number": "400.8/1 (rekaan)", "decree_date": "2026-02-10"}
    days = {"first_day": "2026-02-19", "last_day": "2026-03-20"}
    call(head, "satudata_calendar_ramadan_set", **days, **decree)


def _left_standing(world: World) -> dict[str, str]:
    """A case of 000 at step 2 and one of 001 at step 3, which nobody goes on with."""

    cast = world.cast[S000]
    _route(world, S000)
    dataset = bring(cast["produsen_data"], world.dinas, "Yang menunggu")
    walk = Walk(cast, cases.find_case(dataset).id, {"a": dataset})
    walk.play((act("1.a", "admin_data", "selesai", "2.a"),))
    person = world.cast[S001]["pejabat_administrator"]
    labels = {"x": bring(person, world.kominfo, "Daftar yang menunggu")}
    listed = at_step_3(world, labels)
    return {
        "000:2": walk.show("admin_data")["number"],
        "001:3": listed.show("pengelola_ti")["number"],
    }


def _walks(world: World) -> None:
    """000, 001 and 003 alone, every act at the same minute."""

    cast = world.cast[S000]
    dataset = bring(cast["produsen_data"], world.dinas, "Jumlah rumah")
    walk = Walk(cast, cases.find_case(dataset).id, {"a": dataset})
    walk.play(test_sop_000.SCRIPT)
    for subject, module in ((S001, test_sop_001), (S003, test_sop_003)):
        person = world.cast[subject]["pejabat_administrator"]
        titles = {one: f"{title} {subject[-5:]}" for one, title in module.TITLES.items()}
        labels = {one: bring(person, world.kominfo, title) for one, title in titles.items()}
        if module is test_sop_001:
            for label in "ad":
                test_sop_001.unclassed(labels[label])
        case = call(person, "satudata_case_open", sop=subject, datasets=list(labels.values()))
        script = test_sop_001.SCRIPT if module is test_sop_001 else test_sop_003.kept("abc")
        Walk(world.cast[subject], case["id"], labels).play(script)


def _chain(world: World, between: Callable[[], None]) -> None:
    """004 -> 002 -> 003; `between` while the closing date of the list goes by."""

    _route(world, S004)
    walk = chain.opened(world)
    passes = Deed("the closing date passes", lambda _walk: between())
    walk.play(
        (
            *chain.list_is_made(world),
            *chain.data_comes(world),
            *chain.one_is_late(world, passes),
            *chain.list_is_judged(world),
            *chain.PUBLISHED,
        )
    )
    chain.opened_from(walk, world, "abp").play(chain.kept("abp"))
    chain.opened_from(walk, world, "c").play(chain.KEPT_ALONE)


def _route(world: World, subject: str) -> None:

    call(world.head, "satudata_route_set", organization=world.dinas["id"], subject=subject)


def _rows() -> Iterable[tuple[str, str, str, str | None, str | None]]:
    """Each clock beside what was written by hand for its rows and its opening."""

    query = sa.select(ClockRow, SopRow.subject).join(SopRow, SopRow.id == ClockRow.sop_id)
    for clock, subject in model.Session.execute(query):
        zone = ZoneInfo(clock.zone)
        which = "0" if clock.counts == "case" else ",".join(map(str, sorted(clock.rows)))
        opened = local(clock.opened_at, WIB)
        place = {FRIDAY: 0, MONDAY: 1}.get(opened or "")
        hand = BY_HAND[subject].get(which, (None, None)) if place is not None else ("?", "?")
        due = None if clock.effort else local(clock.due_at, zone)
        yield subject, which, opened or "", due, hand[place or 0]


def _outside_hours() -> int:
    """Reminders that went out when no office was open, by the days and hours of the table."""

    found = model.Session.scalars(sa.select(NoticeRow).where(NoticeRow.kind.in_(REMINDERS)))
    rows = list(found)
    print(f"{len(rows)} reminders, at {', '.join(sorted({str(local(r.at, WIB)) for r in rows}))}")
    return sum(_is_off(one.at) for one in rows)


def _is_off(moment: datetime) -> bool:
    here = local(moment, WIB) or ""
    day, hour = here[:10], here[11:]
    off = {f"2026-03-{one}" for one in (14, 15, 18, 19, 20, 21, 22, 23, 24, 28, 29)}
    return day in off or not "07.30" <= hour < "16.30"


def _reminded_at(now: datetime) -> bool:

    model.Session.rollback()
    question = sa.text("SELECT ended_at FROM satudata_duty WHERE name = 'reminders'")
    ended = model.Session.execute(question).scalar()
    return ended is not None and ended >= now


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
