"""`python -m ckanext.satudata.audit verify-head FILE --key PUBLIC`: checks a file of heads.

Needs no portal. Exit 0: every head is signed and follows; 1: one is not; 2: wrong use, or no file
of heads.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ckanext.satudata.audit.heads import FORMAT, first_fault

RIGHT, WRONG, WRONG_USE = 0, 1, 2
WHY = {
    "version": "versinya tidak dikenal",
    "order": "bukan kelanjutan kepala sebelumnya",
    "hash": "isinya tidak cocok dengan sha256-nya",
    "key": "ditandatangani dengan kunci lain",
    "signature": "tanda tangannya tidak cocok",
}


def main(arguments: Sequence[str]) -> int:
    """Check one file, and say the first head that is not right."""
    parser = argparse.ArgumentParser(prog="python -m ckanext.satudata.audit")
    command = parser.add_subparsers(required=True).add_parser("verify-head")
    command.add_argument("file", type=Path)
    command.add_argument("--key", action="append", required=True, metavar="PUBLIC")
    asked = parser.parse_args(arguments)
    try:
        heads = _heads(asked.file)
        wrong = first_fault(heads, asked.key, from_first=False)
    except OSError as error:
        return _wrong_use(asked.file, error.strerror or str(error))
    except (ValueError, KeyError, TypeError):
        return _wrong_use(asked.file, f"bukan berkas {FORMAT}")
    if wrong:
        print(f"Kepala {wrong[0]}: {WHY[wrong[1]]}.", file=sys.stderr)
        return WRONG
    first, last = heads[0], heads[-1]
    print(f"Kepala {first['number']} ({first['day']}) s.d. {last['number']} ({last['day']}): utuh.")
    return RIGHT


def _heads(file: Path) -> list[dict[str, Any]]:
    content = json.loads(file.read_bytes())
    if content["format"] != FORMAT or not content["heads"]:
        raise ValueError(FORMAT)
    return content["heads"]


def _wrong_use(file: Path, why: str) -> int:
    print(f"{file}: {why}.", file=sys.stderr)
    return WRONG_USE


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
