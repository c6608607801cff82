"""The table of duties: a name for programs, what is done, when, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from ckanext.satudata import config
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.clocks.catching_up import catch_up
from ckanext.satudata.logic.files import fixity, tidying
from ckanext.satudata.logic.links import inviting
from ckanext.satudata.logic.notices import digest
from ckanext.satudata.logic.proof import signing
from ckanext.satudata.logic.reminders import reminding
from ckanext.satudata.logic.rounds import opening as rounds
from ckanext.satudata.logic.updates import asking as updating
from ckanext.satudata.msgid import N_


@dataclass(frozen=True)
class Duty:
    """One row: done once a day, at or after an hour at the office, or again and again (`every`).

    `title` is a msgid. `run` does it piece by piece, each with a commit of its own, and yields
    after each: it may be left there and begun again by another process.
    """

    name: str
    title: str
    hour: time
    run: Callable[[], Iterator[object]]
    every: timedelta | None = None

    def next_after(self, now: datetime) -> datetime:
        """When it is due next, if it was done at `now`; both UTC."""
        if self.every is not None:
            return now + self.every
        return next_at(self.hour, now, config.display_zone())


def next_at(hour: time, now: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after `now` (UTC) at which it is that hour in a zone, in UTC."""
    here = now.replace(tzinfo=timezone.utc).astimezone(zone)
    day = here.date() if here.time() < hour else here.date() + timedelta(days=1)
    there = datetime.combine(day, hour, zone)
    return there.astimezone(timezone.utc).replace(tzinfo=None)


def sign_head() -> Iterator[object]:
    """Sign what all streams have come to. Without a key nothing is signed: whoever keeps the key
    elsewhere signs by `ckan satudata audit head`, and `reconcile` says when nobody did."""
    try:
        row, made = signing.make_head()
    except Refused as refused:
        if refused.code == "signing_key_missing" and config.signing_key() is None:
            return
        raise
    if made:
        yield row.number


def check_files() -> Iterator[object]:
    """The share of a day of all files; what is broken is marked, and told by `reconcile`."""
    return fixity.check(clock.now())


def tidy_strays() -> Iterator[object]:
    """What was left behind and what nothing names, once it has lain long enough; and what opens a
    link that opens nothing any more."""
    yield from tidying.tidy(clock.now())
    yield from inviting.forget_over()


DUTIES: tuple[Duty, ...] = (
    Duty("head", N_("Sign the head of the day"), time(0, 10), sign_head),
    Duty("clocks", N_("Reckon what is due"), time(0, 30), catch_up),
    Duty("fixity", N_("Check stored files"), time(1, 0), check_files),
    Duty("strays", N_("Remove what was left behind"), time(2, 0), tidy_strays),
    Duty(
        "reminders",
        N_("Remind of what is due"),
        time(0, 0),
        reminding.all_due,
        every=timedelta(minutes=5),
    ),
    Duty(
        "updates",
        N_("Ask for data that are to be updated"),
        time(0, 0),
        updating.all_due,
        every=timedelta(minutes=30),
    ),
    Duty(
        "rounds",
        N_("Open what the office does again and again"),
        time(0, 0),
        rounds.all_due,
        every=timedelta(minutes=30),
    ),
    Duty("digest", N_("Write the daily digests"), time(7, 0), digest.write_all),
)
