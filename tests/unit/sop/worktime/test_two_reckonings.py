"""The fast reckoning of working time agrees with the slow one, minute by minute.

`SATUDATA_RECKONINGS=10000` compares so many random cases; without it, a small number of them.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.satudata.sop.worktime.calendar import Calendar, Correction, Working
from ckanext.satudata.sop.worktime.due import due
from ckanext.satudata.sop.worktime.hours import DEFAULT
from ckanext.satudata.sop.worktime.norms import Norm, Unit
from tests.unit.sop.worktime.by_minute import OFFSETS, Office, due_by_minute
from tests.unit.sop.worktime.printed import SIX

CASES = int(os.environ.get("SATUDATA_RECKONINGS", "150"))
FIRST, LAST = date(2025, 12, 20), date(2027, 4, 30)
LEBARAN = datetime(2026, 3, 1), datetime(2026, 3, 28)  # noqa: DTZ001 - the rooms hold UTC so

days = st.dates(FIRST, LAST)
moments = st.one_of(
    st.datetimes(datetime(2025, 12, 20), datetime(2027, 3, 31)),  # noqa: DTZ001
    st.datetimes(*LEBARAN),
)
norms = st.one_of(
    st.tuples(st.just("menit"), st.integers(1, 90)),
    st.tuples(st.just("jam"), st.integers(1, 30)),
    st.tuples(st.just("hari"), st.integers(1, 12)),
)


@st.composite
def offices(draw: st.DrawFn) -> Office:
    fasting = draw(st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 3, 1))))
    return Office(
        zone=draw(st.sampled_from(sorted(OFFSETS))),
        six=draw(st.booleans()),
        ramadan=(fasting, fasting + timedelta(days=29)) if fasting else None,
        added=frozenset(draw(st.lists(days, max_size=4))),
        removed=frozenset(draw(st.lists(days, max_size=4))),
    )


@st.composite
def pauses(draw: st.DrawFn, opened: datetime) -> list[tuple[datetime, datetime]]:
    """Up to three stretches after the opening, one after the other."""
    found, at = [], opened
    for _one in range(draw(st.integers(0, 3))):
        since = at + timedelta(seconds=draw(st.integers(1, 3 * 86_400)))
        at = since + timedelta(seconds=draw(st.integers(1, 5 * 86_400)))
        found.append((since, at))
    return found


def calendar_of(office: Office) -> Calendar:
    """The program's calendar of the same office. A day both added and removed is off."""
    taken = [Correction(day, off=False) for day in sorted(office.removed - office.added)]
    added = [Correction(day, off=True) for day in sorted(office.added)]
    return Calendar(
        Working(
            ZoneInfo(office.zone),
            (SIX if office.six else DEFAULT,),
            (*taken, *added),
            (office.ramadan,) if office.ramadan else (),
        )
    )


@settings(max_examples=CASES, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), office=offices(), norm=norms, opened=moments)
def test_both_reckonings_say_the_same(
    data: st.DataObject, office: Office, norm: tuple[str, int], opened: datetime
) -> None:
    unit, count = norm
    stood = data.draw(pauses(opened))
    fast = due(Norm(Unit(unit), count, count), opened, calendar_of(office), stood)
    assert fast is not None
    assert fast.at == due_by_minute(office, unit, count, opened, stood)


@settings(max_examples=CASES, suppress_health_check=[HealthCheck.too_slow])
@given(office=offices(), norm=norms, opened=moments)
def test_it_is_near_after_the_opening_and_before_it_is_due(
    office: Office, norm: tuple[str, int], opened: datetime
) -> None:
    unit, count = norm
    found = due(Norm(Unit(unit), count, count), opened, calendar_of(office))
    assert found is not None
    assert opened <= found.near <= found.at
