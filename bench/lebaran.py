"""The five SOPs and the chain across Lebaran 2026, on the clock of the running processes.

    ./portal bench lebaran

The clock is set from outside and never by a request: each process reads the time of one file
(`bench/set_clock/sitecustomize.py`), and `satudata_now()` of the bench's own database reads a
table. Running are the dispatcher, a web server that is asked over HTTP, and this process, which
acts for the people. The table below was written by hand, from the sheets and from SKB 3 Menteri on
holidays of 2026; nothing in it comes from our own reckoning. Exit 1 when something differs.

Fills the database that CKAN_SQLALCHEMY_URL names, which must be empty.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from bench import inside
from bench.bounds import Figure, report

FILE = "SATUDATA_BENCH_CLOCK"
"""Names the file of the time to the processes."""

WIB, WITA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar")
PATIENCE = 120.0
"""Seconds, of the clock that nobody sets."""

FRIDAY = "2026-03-13 10.00"
"""When all is opened: a Friday in Ramadan, hours 08.00-11.30 and 12.30-15.30. In WITA 11.00."""

MONDAY = "2026-03-23 10.00"
"""When the closing date of the list has gone by: cuti bersama of Idul Fitri."""

# Off are Saturdays, Sundays, 18 March (cuti bersama), 19 March (Nyepi), 20 March (cuti bersama),
# 21-22 March (Idul Fitri), 23-24 March (cuti bersama), 3 April (wafat Yesus Kristus). Ramadan ends
# on 20 March: office hours end at 15.00 before (Fridays 15.30), at 16.00 after (Fridays 16.30).
BY_HAND: Mapping[str, Mapping[str, tuple[str | None, str | None]]] = {
    # SOP: rows: (due when opened on FRIDAY, due when opened on MONDAY), in the zone of the SOP
    "manajemen-data": {
        "1": (None, None),
        "2": ("2026-03-25 16.00", None),  # 1-3 hari
        "3,4": ("2026-03-17 15.00", None),  # 1-2 hari, one time over both rows
        "5": ("2026-03-16 15.00", None),  # 1 hari
        "6,7": ("2026-03-16 15.00", None),  # harian: the end of the next working day
        "8": (None, None),  # sesuai kebutuhan
        "9": ("2026-04-30 16.00", None),  # bulanan: the end of the next month
    },
    "pengelolaan-pengamanan-data": {
        "1": ("2026-03-13 11.00", None),  # 1 jam
        "2": ("2026-03-13 11.00", None),
        "3": ("2026-03-16 15.00", None),  # 1 hari
        "4": ("2026-03-16 15.00", None),
        "5": ("2026-03-16 15.00", None),
        "6": ("2026-03-13 11.00", None),
        "7": ("2026-03-13 11.00", None),
        "8": ("2026-03-25 16.00", None),  # 3 hari
        "9": ("2026-03-13 11.00", None),
    },
    # No row of 002 has a time.
    "pengelolaan-data": {str(row): (None, None) for row in range(1, 17)},
    "pengelolaan-data-elektronik": {
        "0": ("2026-03-25 16.00", "2026-03-27 16.30"),  # 3 hari kerja in total
        "1": (None, None),  # 30 menit: effort
        "2": ("2026-03-13 13.00", "2026-03-25 08.30"),  # 1 jam: 11.00-11.30, 12.30-13.00
        "3": ("2026-03-16 15.00", "2026-03-25 16.00"),  # 1 hari
        "4": ("2026-03-16 15.00", "2026-03-25 16.00"),
        "5": ("2026-03-13 14.00", "2026-03-25 09.30"),  # 1-2 jam
        "6": ("2026-03-13 13.00", "2026-03-25 08.30"),
        "7": ("2026-03-13 13.00", "2026-03-25 08.30"),
        "8": ("2026-03-13 13.00", "2026-03-25 08.30"),
        "9": ("2026-03-13 13.00", "2026-03-25 08.30"),
    },
    "pengelolaan-data-informasi": {
        **{str(row): (None, None) for row in (1, 2, 4, 5, 6, 7, 8)},  # minutes: effort
        "3": ("2026-04-06 16.00", "2026-04-08 16.00"),  # 10 hari
    },
}

OVERDUE: tuple[tuple[str, tuple[str, ...]], ...] = (
    # moment in WIB: which visits that wait are over, of 000 step 2 and of 001 step 3; the
    # dispatcher looks every five minutes
    (FRIDAY, ()),
    ("2026-03-16 14.59", ()),
    ("2026-03-16 15.06", ("001:3",)),
    ("2026-03-20 12.00", ("001:3",)),
    (MONDAY, ("001:3",)),
    ("2026-03-25 15.59", ("001:3",)),
    ("2026-03-25 16.06", ("000:2", "001:3")),
)


def main() -> int:
    """Run in processes of the set clock; print the table and what differs."""
    if FILE not in os.environ:
        return _within_the_clock()
    inside.find_tests()
    from bench.lebaran_walks import run

    return run()


def _within_the_clock() -> int:
    with TemporaryDirectory() as folder:
        file = Path(folder, "now")
        file.write_text(_written(at(FRIDAY, WIB) - timedelta(hours=1)))
        path = os.pathsep.join([str(inside.ROOT / "bench" / "set_clock"), str(inside.ROOT)])
        clock = {FILE: str(file), "PYTHONPATH": path}
        command = [sys.executable, "-m", "bench.lebaran"]
        env = {**os.environ, **clock}
        return subprocess.run(command, env=env, check=False).returncode  # noqa: S603 - our own


def at(text: str, zone: ZoneInfo) -> datetime:
    """`2026-03-13 10.00` of a zone as UTC, without zone."""
    local = datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=zone)
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def local(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """The other way round."""
    if moment is None:
        return None
    return moment.replace(tzinfo=timezone.utc).astimezone(zone).strftime("%Y-%m-%d %H.%M")


def set_clock(moment: datetime) -> None:
    """It is `moment` (UTC) for every process and for the database."""
    import sqlalchemy as sa
    from ckan import model

    from ckanext.satudata.logic import clock

    file = Path(os.environ[FILE])
    beside = file.with_suffix(".new")
    beside.write_text(_written(moment))
    model.Session.rollback()
    model.Session.execute(sa.text("UPDATE bench_clock SET now = :now"), {"now": moment})
    model.Session.commit()
    beside.replace(file)
    until(lambda: clock.now() == moment, "this process sees the time")


def let_the_database_ask() -> None:
    """The database of this bench reads a table where others read the clock of the machine."""
    import sqlalchemy as sa
    from ckan import model

    for statement in (
        "CREATE TABLE bench_clock (now timestamp NOT NULL)",
        "INSERT INTO bench_clock VALUES (clock_timestamp() AT TIME ZONE 'UTC')",
        "CREATE OR REPLACE FUNCTION satudata_now() RETURNS timestamp LANGUAGE sql STABLE AS"
        " $$ SELECT now FROM public.bench_clock $$",
    ):
        model.Session.execute(sa.text(statement))
    model.Session.commit()


@contextmanager
def running(port: int) -> Iterator[None]:
    """A dispatcher and a web server beside this process, on the same clock."""
    ckan = [str(Path(sys.executable).with_name("ckan")), "-c", os.environ["CKAN_INI"]]
    web = [sys.executable, "-m", "gunicorn", "--chdir", str(inside.ROOT / "deploy"), "--workers"]
    web += ["1", "--timeout", "300", "--bind", f"127.0.0.1:{port}", "wsgi:application"]
    quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    commands = ([*ckan, "satudata", "dispatch"], web)
    started = [subprocess.Popen(one, **quiet) for one in commands]  # noqa: S603 - our own
    try:
        until(lambda: asked(port, "status_show", "") is not None, "the web server answers")
        yield
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait()


def asked(port: int, action: str, token: str, **values: Any) -> Any:
    """The answer of an action over HTTP; None when nobody answers."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/3/action/{action}",
        json.dumps(values).encode(),
        {"Content-Type": "application/json", **({"Authorization": token} if token else {})},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own
            return json.load(answer)["result"]
    except ConnectionError:
        return None
    except urllib.error.URLError as error:
        if isinstance(error.reason, ConnectionError):
            return None
        raise


def until(seen: Any, what: str) -> None:
    """Wait for something that other processes do. Raises SystemExit when it does not come."""
    end = time.monotonic() + PATIENCE
    while not seen():
        if time.monotonic() > end:
            raise SystemExit(f"Not within {PATIENCE:.0f} s: {what}")
        # Nothing tells this process of it.
        time.sleep(0.2)


def told(rows: list[tuple[str, str, str, str | None, str | None]]) -> int:
    """Print the table: SOP, rows, opened, due, by hand; 1 when one differs."""
    wrong = 0
    for sop, which, opened, due, hand in sorted(rows):
        wrong += due != hand
        mark = "" if due == hand else f"   BY HAND {hand}"
        print(f"{sop:30} {which:5} opened {opened}  due {due or '-':16}{mark}")
    return wrong


def figures(clocks: int, wrong: int, overdue: int, early: int) -> int:
    return report(
        [
            Figure("due times", clocks, least=60),
            Figure("due times that differ from the table", wrong, bound=0),
            Figure("moments at which other visits are over", overdue, bound=0),
            Figure("reminders outside office hours", early, bound=0),
        ]
    )


def _written(moment: datetime) -> str:
    return moment.isoformat()


if __name__ == "__main__":
    sys.exit(main())
