"""`package_create`, `package_show` and `package_search`, paired with stock CKAN in one run.

Three portals live in processes of their own on the same services: `ours` with its dispatcher,
`stock` as delivered, and `soft`, stock whose writes do not wait for Solr
(`ckan.search.solr_commit = false`). They take turns; each ratio is the median over the rounds.
A round of creates is over when `package_search` finds the last dataset; the same fields are stored
by each. Bounds: `package_create` ≥ 1.2 times the speed of `stock` and ≥ 0.85 of `soft`;
`package_show` and `package_search` ≥ 0.95 of `stock`. `./portal bench stock 200 5`: creates in a
round, rounds.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.bounds import Figure, report

CREATES, ROUNDS, CALLS = 200, 5, 200
PUBLIC = 40
"""Datasets that the public finds on each portal while it is asked."""
ROOT = Path(__file__).parent.parent
LEAST = {("create", "stock"): 1.2, ("create", "soft"): 0.85}
LEAST |= {(call, "stock"): 0.95 for call in ("show", "search")}


class Portal:
    """A CKAN in a process of its own, which is told what to do and answers with seconds."""

    def __init__(self, kind: str) -> None:
        command = [sys.executable, "-m", "bench.portal_of", kind]
        env = {**os.environ, **_elsewhere(kind), "PYTHONPATH": str(ROOT)}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True)  # noqa: S603
        self._answer("starting")

    def seconds(self, what: str, times: int) -> float:
        """How long `times` calls took, one after the other."""
        print(json.dumps([what, times]), file=self._process.stdin, flush=True)
        return self._answer(what)

    def _answer(self, what: str) -> float:
        for line in self._process.stdout or ():
            if line.startswith("seconds "):
                return float(line.split()[1])
        raise SystemExit(f"{what}: the portal ended")

    def end(self) -> None:
        self._process.communicate("")


def main() -> int:
    """Measure in turns and print the ratios; 1 when a bound is missed."""
    numbers = [int(one) for one in sys.argv[1:]]
    creates, rounds = (*numbers, *(CREATES, ROUNDS)[len(numbers) :])
    command = [str(Path(sys.executable).with_name("ckan")), "-c", os.environ["CKAN_INI"]]
    dispatcher = subprocess.Popen([*command, "satudata", "dispatch"])  # noqa: S603
    portals = {kind: Portal(kind) for kind in ("stock", "soft", "ours")}
    try:
        for kind in ("stock", "ours"):
            portals[kind].seconds("prepare", PUBLIC)
        asked = {"show": CALLS, "search": CALLS, "create": creates}
        figures = [
            f for what, times in asked.items() for f in _ratios(portals, what, times, rounds)
        ]
    finally:
        for portal in portals.values():
            portal.end()
        dispatcher.terminate()
        dispatcher.wait()
    return report(figures)


def _ratios(portals: dict[str, Portal], what: str, times: int, rounds: int) -> list[Figure]:
    rivals = [rival for call, rival in LEAST if call == what]
    taken: dict[str, list[float]] = {kind: [] for kind in ("ours", *rivals)}
    for number in range(rounds + 1):
        for kind in sorted(taken, reverse=number % 2 == 1):
            seconds = portals[kind].seconds(what, times)
            if number:  # the first round warms up
                taken[kind].append(seconds)
    told = [
        Figure(f"{what}: {kind}", 1000 * statistics.median(found) / times, "ms a call")
        for kind, found in taken.items()
    ]
    return [*told, *(_speed(taken, what, rival) for rival in rivals)]


def _speed(taken: dict[str, list[float]], what: str, rival: str) -> Figure:
    """Our speed as a part of the rival's, round by round."""
    paired = [theirs / ours for theirs, ours in zip(taken[rival], taken["ours"], strict=True)]
    least = LEAST[(what, rival)]
    return Figure(f"{what}: speed beside {rival}", statistics.median(paired), "times", least=least)


def _elsewhere(kind: str) -> dict[str, Any]:
    """Where a rival's data lie: in a database and a core of its own."""
    if kind == "ours":
        return {}
    return {
        "CKAN_SQLALCHEMY_URL": os.environ["CKAN_SQLALCHEMY_URL"] + "_stock",
        "CKAN_SOLR_URL": os.environ["CKAN_SOLR_URL"] + "2",
    }


if __name__ == "__main__":
    sys.exit(main())
