"""What every act costs in commits: one, whatever stock actions are called inside it.

Plays the five SOPs, and the chain of three of them, as their tests do, and what is done beside the
steps of a case, and prints for each act how often it was done and what its connections did: C for a
commit, c for one of a transaction that only read, R for a rollback, S for one to a savepoint.
Bound: no act that came to anything else than one commit; of an act over a list also each dataset
that the worker does.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from bench import inside


def main() -> int:
    """Play, print the table; 1 when an act came to anything else."""
    inside.find_tests()
    inside.make_portal()
    from bench.bounds import Figure, report
    from tests.integration.counted import PER_DATASET, counting

    counts: Counter[tuple[str, str]] = Counter()
    off = 0
    for name, play in plays():
        with counting(name) as ledger:
            play()
        counts.update(ledger.calls)
        off += len(ledger.surprises())
        print(f"{name} played", file=sys.stderr, flush=True)
    for (name, came), times in sorted(counts.items()):
        if came and (name[0].isdigit() or name.startswith("satudata_") or name == PER_DATASET):
            print(f"{name:44}{times:6} x {came}")
    return report([Figure("acts that are not one commit", off, bound=0)])


def plays() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Name and play, each on a database without anybody in it."""
    import pytest
    from ckan.lib import search

    from tests.integration import beginnings, office, test_one_commit
    from tests.integration.five_sops import (
        test_chain,
        test_sop_000,
        test_sop_001,
        test_sop_002,
        test_sop_003,
        test_sop_004,
    )

    played: dict[str, Callable[[], Any]] = {
        "000": test_sop_000.test_sop_000_runs_to_its_end_with_every_outcome,
        "001": test_sop_001.test_sop_001_runs_to_its_end_with_every_outcome,
        "003": test_sop_003.test_sop_003_runs_to_its_end_with_every_outcome,
        "004": test_sop_004.test_sop_004_alone_runs_to_its_end_with_every_outcome,
    }
    with pytest.MonkeyPatch.context() as patched:
        played["002"] = lambda: test_sop_002.test_sop_002_runs_to_its_end_with_every_outcome(
            patched
        )
        played["004 002 003"] = lambda: (
            test_chain.test_the_chain_runs_to_its_end_with_every_outcome(patched)
        )
        for name, play in played.items():
            beginnings.begin_empty()
            search.clear_all()
            yield name, play
            patched.undo()
    for deed in test_one_commit.DEEDS.values():
        beginnings.begin_empty()
        search.clear_all()
        yield "000 beside", lambda deed=deed: deed(office.make_office())


if __name__ == "__main__":
    sys.exit(main())
