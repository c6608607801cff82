"""Judging files: frictionless and the fast engine in one run, on the same files.

    python -m bench.quality [ROWS] [ROUNDS]

One warm process, from the call to the finished report, hashes included, files in the page cache;
the median of ROUNDS. Beside each ratio to frictionless stands the one to a plain read: the same
file cut into texts by pyarrow on one core, nothing looked at.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv

from bench.bounds import Figure, report
from bench.quality_file import HOSTILE, SCHEMA, write, write_codes, write_hostile, write_workbook
from ckanext.satudata.quality.check import check
from ckanext.satudata.quality.judge.asked import Engine
from ckanext.satudata.quality.judge.report import Report

ROWS, ROUNDS = 1_000_000, 5


def main(rows: int, rounds: int) -> int:
    """Print every figure beside its bound; 1 where one is missed."""
    with tempfile.TemporaryDirectory() as folder:
        return report(_Bench(Path(folder), rounds).figures(rows))


class _Bench:
    def __init__(self, folder: Path, rounds: int) -> None:
        self._folder = folder
        self._rounds = rounds
        write_codes(folder / "wilayah.csv")
        self._references = {"wilayah": str(folder / "wilayah.csv")}

    def figures(self, rows: int) -> list[Figure]:
        self._warm()
        figures: list[Figure] = []
        clean = self._file("bersih", rows, 0.0)
        figures += self._pair("clean", clean, least=60.0)
        figures += self._read(clean)
        figures += self._pair("1 % errors, all listed", self._file("salah", rows, 0.01), 0, 45.0)
        half = self._file("separuh", min(rows, 100_000), 0.5)
        figures += self._pair("50 % errors, limit 1000", half, least=1.0)
        figures += self._pair("100 rows", self._file("kecil", 100, 0.05), least=1.0)
        hostile = self._folder / "aneh.csv"
        write_hostile(hostile, min(rows, 100_000))
        figures += self._pair("hostile mixture", hostile, least=1.0, schema=HOSTILE)
        book = self._folder / "buku.xlsx"
        write_workbook(book, min(rows, 100_000))
        figures += self._pair("XLSX", book, least=10.0)
        figures += self._beside(clean)
        return figures

    def _file(self, name: str, rows: int, wrong: float) -> Path:
        path = self._folder / f"{name}.csv"
        write(path, rows, wrong)
        return path

    def _warm(self) -> None:
        path = self._file("hangat", 2000, 0.1)
        for engine in ("auto", "frictionless"):
            check(path, SCHEMA, references=self._references, engine=engine, small=0)

    def _pair(
        self,
        name: str,
        path: Path,
        limit: int = 1000,
        least: float = 1.0,
        schema: dict[str, Any] = SCHEMA,
    ) -> list[Figure]:
        def judge(engine: Engine) -> Report:
            references = self._references if schema is SCHEMA else {}
            return check(path, schema, references=references, engine=engine, limit_errors=limit)

        theirs, told = self._timed(lambda: judge("frictionless"), most=3)
        ours, also = self._timed(lambda: judge("auto"))
        if told.descriptor["valid"] != also.descriptor["valid"] or told.errors != also.errors:
            raise AssertionError(f"{name}: the two do not say the same")
        print(f"{name}: {len(told.errors)} errors, {also.engine} {also.ours['why']}", flush=True)
        return [
            Figure(f"{name}: frictionless", theirs, "s"),
            Figure(f"{name}: ours", ours, "s"),
            Figure(f"{name}: ratio", theirs / ours, "times", least=least),
        ]

    def _timed(self, act: Callable[[], Report], most: int = 99) -> tuple[float, Report]:
        times: list[float] = []
        found: Report | None = None
        # What takes long is not disturbed by much, and need not be done as often.
        for _ in range(min(self._rounds, most)):
            start = time.perf_counter()
            found = act()
            times.append(time.perf_counter() - start)
            if sum(times) > 60:
                break
        if found is None:
            raise ValueError("no rounds")
        return statistics.median(times), found

    def _read(self, path: Path) -> list[Figure]:
        names = [field["name"] for field in SCHEMA["fields"]]
        times: list[float] = []
        for _ in range(self._rounds):
            start = time.perf_counter()
            pacsv.read_csv(
                path,
                pacsv.ReadOptions(use_threads=False),
                pacsv.ParseOptions(newlines_in_values=True),
                pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
            )
            times.append(time.perf_counter() - start)
        return [Figure("clean: plain read, one core", statistics.median(times), "s")]

    def _beside(self, path: Path) -> list[Figure]:
        start = time.perf_counter()
        command = [sys.executable, "-m", "ckanext.satudata.quality", str(path)]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own command
        return [Figure("clean: cold command, sealed child", time.perf_counter() - start, "s")]


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(given + [ROWS, ROUNDS][len(given) :])))
