"""Daily duties: done by the dispatcher once a day, late where the machine stood, told if failed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from threading import Barrier, Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic.duties import doing, table
from ckanext.satudata.logic.duties.table import Duty
from ckanext.satudata.model import duties, heads
from ckanext.satudata.model.duties import DutyRow
from tests.integration.delivered import delivery
from tests.integration.office import Office, submit
from tests.integration.terminal import Terminal
from tests.integration.test_dispatcher import dispatcher, make, until, waits

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")

KEY = "17" * 32
WHO = "uji"


class Counted:
    """A duty in so many pieces that counts how often it was begun and done piece by piece."""

    def __init__(self, pieces: int = 1) -> None:
        self.begun, self.done, self.pieces = 0, 0, pieces
        self.broken = False

    def __call__(self) -> Iterator[object]:
        self.begun += 1
        for _piece in range(self.pieces):
            if self.broken:
                raise RuntimeError("sengaja")
            self.done += 1
            yield None


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """The only duty there is."""
    made = Counted()
    monkeypatch.setattr(table, "DUTIES", (Duty("hitung", "Hitung", time(1, 0), made),))
    return made


def row(name: str = "hitung") -> DutyRow:
    model.Session.rollback()
    return next(one for one in duties.rows() if one.name == name)


def later(**age: int) -> None:
    """All that is known of duties happened so long ago."""
    ago = timedelta(**age)
    change = {name: getattr(DutyRow, name) - ago for name in ("next_at", "began_at", "ended_at")}
    model.Session.execute(sa.update(DutyRow).values(change))
    model.Session.commit()


def test_a_duty_that_was_never_done_is_done_at_once(counted: Counted):
    assert doing.all_due(WHO) == ["hitung"]
    assert (counted.begun, row().done) == (1, 1)


def test_a_duty_that_was_done_today_is_not_done_again(counted: Counted):
    doing.all_due(WHO)
    doing.all_due(WHO)

    assert counted.begun == 1


def test_a_duty_is_done_again_the_next_day(counted: Counted):
    doing.all_due(WHO)
    later(days=1)
    doing.all_due(WHO)

    assert counted.begun == 2


def test_after_a_week_without_a_machine_it_is_done_once(counted: Counted):
    doing.all_due(WHO)
    later(days=7)
    doing.all_due(WHO)
    doing.all_due(WHO)

    assert counted.begun == 2


def test_after_a_clock_that_was_set_back_it_is_done(counted: Counted):
    doing.all_due(WHO)
    later(days=-400)
    doing.all_due(WHO)

    assert counted.begun == 2


def test_of_several_dispatchers_one_does_it(counted: Counted):
    duties.plan(["hitung"])
    model.Session.commit()
    start, many = Barrier(4), []

    def run() -> None:
        start.wait()
        try:
            doing.all_due(WHO)
        finally:
            model.Session.remove()

    for _ in range(4):
        many.append(Thread(target=run))
        many[-1].start()
    for one in many:
        one.join()

    assert counted.begun == 1


def test_what_somebody_does_now_is_left_to_him(counted: Counted):
    duties.plan(["hitung"])
    assert duties.begin("orang lain", ["hitung"], 60)
    model.Session.commit()

    assert (doing.all_due(WHO), doing.now(WHO, "hitung"), counted.begun) == ([], False, 0)


def test_what_the_dead_began_is_done_when_the_lease_is_over(counted: Counted):
    duties.plan(["hitung"])
    duties.begin("yang mati", ["hitung"], 0)
    model.Session.commit()

    assert doing.all_due(WHO) == ["hitung"]


def test_a_duty_that_somebody_else_took_over_is_left_there(counted: Counted, monkeypatch):
    counted.pieces = 3
    monkeypatch.setattr(doing, "RENEW_SECONDS", -1)
    monkeypatch.setattr(duties, "renew", lambda *values: False)

    assert (doing.all_due(WHO), counted.done) == ([], 1)


def test_a_duty_is_left_after_a_piece_when_the_process_is_to_end(counted: Counted):
    counted.pieces = 3
    doing.all_due(WHO, lambda: counted.done > 0)

    assert (counted.done, row().leased_by, row().ended_at) == (1, None, None)


class TestADutyThatFails:
    def test_is_told_and_tried_again_soon(self, counted: Counted):
        counted.broken = True
        doing.all_due(WHO)

        assert (row().error, row().failures) == ("RuntimeError: sengaja", 1)
        assert row().next_at - row().began_at < timedelta(minutes=2)  # pyright: ignore

    def test_is_forgotten_when_it_comes_through(self, counted: Counted):
        counted.broken = True
        doing.all_due(WHO)
        counted.broken = False
        later(hours=1)
        doing.all_due(WHO)

        assert (row().error, row().failures) == (None, 0)

    def test_keeps_no_other_from_being_done(self, counted: Counted, monkeypatch):
        broken, whole = Counted(), counted
        broken.broken = True
        both = (Duty("a", "A", time(1), broken), Duty("b", "B", time(1), whole))
        monkeypatch.setattr(table, "DUTIES", both)

        assert doing.all_due(WHO) == ["b"]


class TestTheTable:
    def test_is_listed_with_last_and_next_run(self, app):
        terminal = Terminal(app)
        before = terminal.run("duties").out
        doing.all_due(WHO)
        said = terminal.run("duties")

        assert [line.split()[0] for line in said.out.splitlines()[2:]] == [
            "head", "clocks", "fixity", "strays", "reminders", "updates", "rounds",
            "digest",
        ]  # fmt: skip
        assert before != said.out
        assert said.status == 0

    def test_says_what_failed(self, app, counted: Counted):
        counted.broken = True
        doing.all_due(WHO)
        said = Terminal(app).run("duties")

        assert (said.status, "sengaja" in said.err) == (1, True)

    def test_does_one_when_it_is_told_to(self, app, monkeypatch):
        monkeypatch.setenv("SATUDATA_SIGNING_KEY", KEY)
        said = Terminal(app).run("duties", "--run", "head")

        assert (said.status, heads.last_head() is not None) == (0, True)

    def test_knows_no_others(self, app):
        assert Terminal(app).run("duties", "--run", "tidak-ada").status == 2


WIB = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-22T17:00", "2026-11-22T18:00"),
        ("2026-11-22T18:00", "2026-11-23T18:00"),
        ("2026-11-22T18:01", "2026-11-23T18:00"),
    ],
)
def test_the_hour_of_a_duty_is_that_of_the_office(now: str, then: str):
    assert table.next_at(time(1, 0), datetime.fromisoformat(now), WIB) == datetime.fromisoformat(
        then
    )


def test_the_head_of_a_day_is_signed_by_its_duty(office: Office, monkeypatch):
    monkeypatch.setenv("SATUDATA_SIGNING_KEY", KEY)
    submit(office)

    assert len(list(table.sign_head())) == 1
    assert list(table.sign_head()) == []


def test_without_a_key_no_head_is_signed_and_nothing_failed(office: Office, monkeypatch):
    monkeypatch.delenv("SATUDATA_SIGNING_KEY", raising=False)

    assert list(table.sign_head()) == []


class TestTheDispatcher:
    def test_does_the_duties(self, office: Office, storage: Any):
        with delivery.on_hold(), dispatcher(SATUDATA_SIGNING_KEY=KEY):
            until(lambda: all(row(one.name).ended_at for one in table.DUTIES), 60)

        assert row("head").done == 1

    def test_delivers_while_a_duty_fails(self, office: Office):
        with delivery.on_hold(), dispatcher(SATUDATA_SIGNING_KEY="no key"):
            until(lambda: row("head").error, 60)
            make(office)
            until(lambda: waits() == 0, 60)

        assert row("head").failures
