"""`python -m ckanext.satudata.quality personal FILE [--json]`: does a file hold data of persons?

Exit 0: nothing found; 1: found; 2: wrong use, or the file could not be read to its end.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from ckanext.satudata.in_terminal import run
from ckanext.satudata.quality.findings import Findings
from ckanext.satudata.quality.limits import Limits
from ckanext.satudata.quality.personal_data import check_file


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; what was found goes to standard output."""
    parser = argparse.ArgumentParser(prog="python -m ckanext.satudata.quality")
    commands = parser.add_subparsers(dest="command", required=True)
    personal = commands.add_parser("personal", help="cari data pribadi di berkas CSV atau XLSX")
    personal.add_argument("file", metavar="FILE")
    personal.add_argument("--json", action="store_true", help="jawaban sebagai JSON")
    personal.add_argument("--seconds", type=float, default=Limits.seconds, help="batas waktu")
    asked = parser.parse_args(arguments)
    try:
        found = check_file(asked.file, limits=Limits(seconds=asked.seconds))
    except OSError as error:
        print(f"{asked.file}: {error.strerror}", file=sys.stderr)
        return 2
    _tell(found, as_json=asked.json)
    if not found.read:
        return 2
    return 0 if found.clean else 1


def _tell(found: Findings, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
        return
    for one in found.findings:
        print(f"{one.sentence()} [{one.code}]")


if __name__ == "__main__":
    run(main)
