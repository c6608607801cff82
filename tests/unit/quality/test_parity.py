"""The fast engine says what frictionless says: same errors, same order, same words.

`SATUDATA_PARITY=10000` asks for more files than the few hundred of every run.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bench.quality_file import SCHEMA, write, write_codes
from ckanext.satudata.quality.check import check
from ckanext.satudata.quality.fast.engine import judged as judged_fast
from ckanext.satudata.quality.judge.asked import Asked, Engine
from ckanext.satudata.quality.judge.report import OURS, Report
from tests.unit.quality.messy import TRAPS, Messy, made

FILES = int(os.environ.get("SATUDATA_PARITY", "570"))
STOPPED = ("bytes", "md5", "sha256", "rows")
"""What frictionless gets wrong itself where it stops at the limit of errors."""


def judged(one: Messy, folder: Path, engine: Engine) -> Report:
    path = folder / f"data.{one.ending}"
    path.write_bytes(one.data)
    references = {}
    for name, data in one.references.items():
        (folder / f"{name}.csv").write_bytes(data)
        references[name] = str(folder / f"{name}.csv")
    limit = one.limit_errors
    return check(
        path, one.schema, references=references, engine=engine, limit_errors=limit, small=0
    )


def comparable(report: Report) -> str:
    told: dict[str, Any] = json.loads(json.dumps(report.descriptor))
    del told[OURS], told["stats"]["seconds"]
    for task in told["tasks"]:
        del task["stats"]["seconds"]
        if task["warnings"]:
            for name in STOPPED:
                task["stats"].pop(name, None)
    return json.dumps(told, sort_keys=True)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, int, str, bool]]:
    """Seed, trap, who spoke, and whether both said the same."""
    folder = tmp_path_factory.mktemp("berantakan")
    found: list[tuple[int, int, str, bool]] = []
    for seed in range(FILES):
        one = made(seed)
        fast, slow = judged(one, folder, "auto"), judged(one, folder, "frictionless")
        is_same = comparable(fast) == comparable(slow) and fast.code == slow.code
        found.append((seed, one.trap, fast.ours["why"], is_same))
    return found


def test_no_file_is_told_otherwise(compared: list[tuple[int, int, str, bool]]):
    assert [(seed, trap) for seed, trap, _, is_same in compared if not is_same] == []


def test_frictionless_is_asked_for_one_file_in_twenty_at_most(
    compared: list[tuple[int, int, str, bool]],
):
    asked = Counter(why for _, _, why, _ in compared if why)
    assert sum(asked.values()) <= len(compared) / 20, asked


def test_each_trap_is_in_its_share_of_the_files(compared: list[tuple[int, int, str, bool]]):
    traps = Counter(trap for _, trap, _, _ in compared)
    assert min(traps.values()) >= len(compared) // len(TRAPS)


@pytest.mark.parametrize("seed", range(13, 19 * 20, 19))
def test_what_is_not_listed_is_counted_all_the_same(seed: int, tmp_path: Path):
    one = made(seed)
    one.limit_errors = 2
    few = judged(one, tmp_path, "auto").ours["counts"]
    one.limit_errors = 0
    assert few == judged(one, tmp_path, "auto").ours["counts"]


def test_a_large_file_is_told_the_same_over_all_its_pages(tmp_path: Path):
    # Keys that come again are in other pages, and no page is kept.
    path = tmp_path / "besar.csv"
    write(path, 3000, 0.1)
    write_codes(tmp_path / "wilayah.csv")
    references = {"wilayah": str(tmp_path / "wilayah.csv")}
    asked = Asked(str(path), SCHEMA, references, "", 0)
    slow = check(path, SCHEMA, references=references, engine="frictionless", limit_errors=0)
    assert comparable(judged_fast(asked, small=0, page=20_000, kept=0)) == comparable(slow)
