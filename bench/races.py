"""Two people approve the same data in the same moment, a thousand times, from two processes.

Each process is a CKAN of its own and answers calls of its API. In each race both have read the case
in the same version, inside the act, before either may lock it. Bound: as many winners, conflicts
(409), events and releases as races, and nothing else. Every case was brought and walked to the
approving and publishing step of SOP 000 by its people, in the same processes: nothing is copied.
`./portal bench races 50` runs fifty.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from bench import inside

if TYPE_CHECKING:
    from bench.bounds import Figure
    from tests.integration.office import Office

RACES = 1000
STEP, ACTOR, RIVAL = 8, "pengelola_data", "pengelola_lain"
"""The step of SOP 000 that approves and publishes, and its two holders."""
WON, CONFLICT = "200", "409 version_conflict"
LIMIT = 300
"""Seconds for one answer of another process; far more than any takes."""


def main() -> int:
    """Prepare, race, print the figures; 1 unless they are exact."""
    inside.find_tests()
    inside.make_portal()
    from bench.bounds import report

    return report(figures(int(sys.argv[1]) if len(sys.argv) > 1 else RACES))


def figures(wanted: int) -> list[Figure]:
    """The races, and what came of them; on a database without anybody in it."""
    from bench.bounds import Figure

    with Racers(make_rivals()) as racers:
        began = time.perf_counter()
        races = prepared(racers, wanted)
        made = time.perf_counter() - began
        told = raced(racers, races)
        seconds = time.perf_counter() - began - made
    for other in sorted(told.keys() - {WON, CONFLICT}):
        print(f"{told[other]} times: {other}")
    counts = {
        "winners": told[WON],
        "conflicts": told[CONFLICT],
        "events that end the step": counted("event", races),
        "releases": counted("release", races),
    }
    off = sum(abs(count - wanted) for count in counts.values())
    return [
        *(Figure(name, count) for name, count in counts.items()),
        Figure("anything else", sum(told.values()) - told[WON] - told[CONFLICT], bound=0),
        Figure("off from one of each in every race", off, bound=0),
        Figure("seconds to prepare", made, "s"),
        Figure("seconds to race", seconds, "s"),
    ]


def make_rivals() -> Office:
    """The invented office, in which two people hold the step."""
    from ckan.tests import factories

    from tests.integration.office import SOP, make_office, system

    office = make_office()
    office.people[RIVAL] = factories.UserWithToken()
    values = {"user": office[RIVAL], "sop": SOP, "actor": ACTOR, "organization": ""}
    system("satudata_assignment_create", **values)
    return office


class Racers:
    """Two processes that do what they are told, each by a pipe of its own."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.pipes: list[Connection] = []
        self._processes: list[Any] = []

    def __enter__(self) -> Racers:
        anew = multiprocessing.get_context("spawn")
        for _racer in range(2):
            ours, theirs = anew.Pipe()
            process = anew.Process(target=obey, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self.pipes.append(ours)
            self._processes.append(process)
        for pipe in self.pipes:
            self.said(pipe)
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self._processes:
            process.terminate()
            process.join()

    def said(self, pipe: Connection) -> Any:
        if not pipe.poll(LIMIT):
            raise TimeoutError
        return pipe.recv()


def prepared(racers: Racers, wanted: int) -> list[dict[str, Any]]:
    """The calls that both will send: one for each case, which stands at the step."""
    races: list[dict[str, Any]] = []
    for first in range(0, wanted, len(racers.pipes)):
        pipes = racers.pipes[: wanted - first]
        for number, pipe in enumerate(pipes, start=first):
            pipe.send(("prepare", racers.office, f"data-{number}"))
        races += [racers.said(pipe) for pipe in pipes]
        tell("prepared", len(races))
    return races


def raced(racers: Racers, races: Sequence[dict[str, Any]]) -> Counter[str]:
    """Let both send every call at once; how often which answer came."""
    told: Counter[str] = Counter()
    tokens = [racers.office.people[actor]["token"] for actor in (ACTOR, RIVAL)]
    for number, call in enumerate(races, start=1):
        for pipe, token in zip(racers.pipes, tokens, strict=True):
            pipe.send(("act", token, call))
        seen = [racers.said(pipe) for pipe in racers.pipes]
        if seen != [call["version"]] * 2:
            raise LookupError(f"they have not both read the case: {seen}")
        for pipe in racers.pipes:
            pipe.send("go")
        told.update(racers.said(pipe) for pipe in racers.pipes)
        tell("raced", number)
    return told


def counted(what: str, races: Sequence[dict[str, Any]]) -> int:
    """How many events that end the step, or releases, the cases have in all."""
    import sqlalchemy as sa
    from ckan import model

    queries = {
        "event": "SELECT count(*) FROM satudata_proof.satudata_event WHERE stream = ANY(:cases)"
        " AND kind = 'step_ended' AND body->>'step' = :step",
        "release": "SELECT count(*) FROM satudata_release WHERE case_id = ANY(:cases)",
    }
    values = {"cases": [one["id"] for one in races], "step": str(STEP)}
    model.Session.rollback()
    return model.Session.scalar(sa.text(queries[what]), values) or 0


def tell(what: str, count: int) -> None:
    if count % 100 == 0:
        print(f"{what}: {count}", file=sys.stderr, flush=True)


def obey(pipe: Connection) -> None:
    """In a process of its own: a CKAN that waits, inside each act, until it is told to go on."""
    inside.find_tests()
    app = inside.make_portal()
    _wait_before_locks(pipe)
    pipe.send("ready")
    while True:
        what, *values = pipe.recv()
        pipe.send(_prepare(*values) if what == "prepare" else _act(app, *values))


def _prepare(office: Office, name: str) -> dict[str, Any]:
    """Bring a dataset and walk its case to the step; the call that ends it."""
    from tests.integration.office import submit, walk

    case = walk(office, submit(office, name), until=STEP)
    visit = case["open_visits"][0]
    return {
        "id": case["id"],
        "version": case["version"],
        "step": STEP,
        "visit": visit["number"],
        "outcome": "selesai",
    }


def _act(app: Any, token: str, call: dict[str, Any]) -> str:
    """Send the call; status and code of the answer."""
    _Wait.armed = True
    headers = {"Authorization": token}
    answer = app.post("/api/3/action/satudata_case_act", json=call, headers=headers)
    code = (answer.json or {}).get("error", {}).get("code", [""])[0]
    return f"{answer.status_code} {code}".strip()


class _Wait:
    """Whether this process waits at the next lock."""

    armed = False


def _wait_before_locks(pipe: Connection) -> None:
    """Say which version this session has read, and wait, before a case is locked for a race.

    The row that was read stays in the session: a lock that does not read it anew lets both win.
    """
    from ckanext.satudata.model import cases

    lock_case = cases.lock_case

    def waiting(case_id: str) -> Any:
        if not _Wait.armed:
            return lock_case(case_id)
        _Wait.armed = False
        read = cases.get_case(case_id)
        pipe.send(read.version if read is not None else None)
        pipe.recv()
        return lock_case(case_id)

    cases.lock_case = waiting


if __name__ == "__main__":
    sys.exit(main())
