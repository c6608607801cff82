"""How long the whole record takes to verify: `./portal bench proof [EVENTS]`, else a million.

Events have the shape of real ones and true hashes: twenty in each stream, each stream a dataset's.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from ckan import model

from bench.inbox import _app
from ckanext.satudata.audit import chain
from ckanext.satudata.audit.kinds import dataset_stream
from ckanext.satudata.logic.proof import verifying
from ckanext.satudata.model.tables import PROOF_SCHEMA

EVENTS = 1_000_000
IN_A_STREAM = 20
AT_ONCE = 50_000
COLUMNS = (
    *("version", "stream", "sequence", "kind", "actor", "at", "body"),
    *("previous_hash", "hash"),
)
BODY = {
    "act": "return",
    "step": 4,
    "outcome": "tidak_sesuai",
    "reason": "Satuan pada kolom jumlah belum ada, dan dua kecamatan tertukar (rekaan).",
    "points": [{"kind": "column", "where": "jumlah", "note": "Orang atau jiwa?"}],
    "content": {"metadata": "5f" * 32, "files": {"sumber-daya": "a0" * 32}},
}


def events(count: int) -> Iterator[dict[str, Any]]:
    """So many events, each chained to the one before it in its stream."""
    previous = chain.GENESIS
    for place in range(count):
        stream, sequence = divmod(place, IN_A_STREAM)
        record = {
            "version": chain.VERSION,
            "stream": dataset_stream(f"{stream:08}-0000-4000-8000-000000000000"),
            "case_id": None,
            "sequence": sequence + 1,
            "kind": "correction_made",
            "actor": "5b7c1f0e-0000-4000-8000-000000000001",
            "at": f"2026-01-05T01:02:03.{place % 1_000_000:06}",
            "body": BODY,
            "previous_hash": previous if sequence else chain.GENESIS,
        }
        record["hash"] = previous = chain.digest(record)
        yield record


def fill(count: int) -> None:
    """Write the events by COPY, some at a time."""
    raw = model.meta.engine.raw_connection()
    lines, names = io.StringIO(), ", ".join(COLUMNS)
    for place, record in enumerate(events(count), start=1):
        cells = {**record, "body": json.dumps(BODY).replace("\\", "\\\\")}
        lines.write("\t".join(str(cells[name]) for name in COLUMNS) + "\n")
        if place % AT_ONCE == 0 or place == count:
            lines.seek(0)
            how = f"COPY {PROOF_SCHEMA}.satudata_event ({names}) FROM STDIN"
            raw.cursor().copy_expert(how, lines)
            lines = io.StringIO()
    raw.commit()
    raw.close()


def main() -> None:
    """Fill, verify, print; ends with 1 where what was filled is not whole."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with _app().test_request_context():
        fill(count)
        began = time.perf_counter()
        checked = verifying.verify()
        seconds = time.perf_counter() - began
    print(f"{checked.events} events in {checked.streams} streams: {seconds:.1f} s")
    print(f"{checked.events / seconds:,.0f} events a second, {checked.broken} broken")
    raise SystemExit(checked.broken > 0)


if __name__ == "__main__":
    main()
