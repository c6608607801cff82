"""What our own checks add to the fast engine, on the same file, in one warm process.

    python -m bench.quality_checks [ROWS] [ROUNDS]

The two are called in turn, and the median of the shares is told; beside it the share of processor
time, which neighbours on the machine disturb less.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.bounds import Figure, report
from bench.quality_file import SCHEMA, write, write_codes
from ckanext.satudata.quality.check import check

ROWS, ROUNDS = 100_000, 9


def main(rows: int, rounds: int) -> int:
    """Print the figures; 1 where a bound is missed."""
    with tempfile.TemporaryDirectory() as folder:
        path, codes = Path(folder) / "bersih.csv", Path(folder) / "wilayah.csv"
        write(path, rows, 0.0)
        write_codes(codes)
        return report(_figures(path, {"wilayah": str(codes)}, rounds))


def _figures(path: Path, references: dict[str, str], rounds: int) -> list[Figure]:
    def timed(*, checks: bool) -> tuple[float, float]:
        wall, processor = time.perf_counter(), time.process_time()
        check(path, SCHEMA, references=references, checks=checks)
        return time.perf_counter() - wall, time.process_time() - processor

    for warm in (False, True):
        timed(checks=warm)
    pairs = [(timed(checks=False), timed(checks=True)) for _ in range(rounds)]
    alone, both = zip(*pairs, strict=True)
    return [
        Figure("fast engine", statistics.median(one[0] for one in alone), "s"),
        Figure("with our checks", statistics.median(one[0] for one in both), "s"),
        Figure("share added, wall", _share(pairs, 0), "times"),
        Figure("share added, processor", _share(pairs, 1), "times"),
    ]


def _share(pairs: list[tuple[tuple[float, float], tuple[float, float]]], at: int) -> float:
    return statistics.median(both[at] / alone[at] - 1 for alone, both in pairs)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(given + [ROWS, ROUNDS][len(given) :])))
