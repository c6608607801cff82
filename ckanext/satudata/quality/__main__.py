"""`python -m ckanext.satudata.quality FILE [--schema S]`: is a file as its schema says?

`... personal FILE [--json]`: does a file hold data of persons? `... checks`: what do we look for
ourselves? Exit 0: valid, or nothing found; 1: not valid, a galat, or found; 2: wrong use, or it
could not be judged or read to its end.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ckanext.satudata.in_terminal import run
from ckanext.satudata.quality.findings import Findings
from ckanext.satudata.quality.limits import Limits
from ckanext.satudata.quality.personal_data import check_file

PROGRAM = "python -m ckanext.satudata.quality"


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; what was found goes to standard output."""
    if arguments and arguments[0] == "personal":
        return _personal(arguments[1:])
    if arguments and arguments[0] == "checks":
        return _listed(arguments[1:])
    return _check(arguments)


def _personal(arguments: Sequence[str]) -> int:
    personal = argparse.ArgumentParser(
        prog=f"{PROGRAM} personal", description="cari data pribadi di berkas CSV atau XLSX"
    )
    personal.add_argument("file", metavar="FILE")
    personal.add_argument("--json", action="store_true", help="jawaban sebagai JSON")
    personal.add_argument("--seconds", type=float, default=Limits.seconds, help="batas waktu")
    asked = personal.parse_args(arguments)
    try:
        found = check_file(asked.file, limits=Limits(seconds=asked.seconds))
    except OSError as error:
        return _wrong(asked.file, error)
    _tell(found, as_json=asked.json)
    if not found.read:
        return 2
    return 0 if found.clean else 1


def _listed(arguments: Sequence[str]) -> int:
    from ckanext.satudata.quality.checks.listing import listed

    listing = argparse.ArgumentParser(prog=f"{PROGRAM} checks", description="daftar pemeriksaan")
    listing.add_argument("--json", action="store_true", help="daftar sebagai JSON")
    asked = listing.parse_args(arguments)
    found = listed()
    if asked.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    for one in found:
        print(f"{one['severity']:<11} {one['code']:<24} {one['title']}")
    return 0


def _check(arguments: Sequence[str]) -> int:
    # The judge's libraries take a second to load, and the search for persons needs none of them.
    from ckanext.satudata.quality.judge.asked import ENGINES, LIMIT_ERRORS, Asked
    from ckanext.satudata.quality.judge.sealed import Seal, judged

    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="periksa berkas menurut skema tabelnya",
        epilog=f"{PROGRAM} personal FILE: cari data pribadi; {PROGRAM} checks: daftar pemeriksaan",
    )
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--schema", metavar="S", help="Table Schema (JSON)")
    parser.add_argument(
        "--reference",
        metavar="NAME=FILE",
        action="append",
        default=[],
        help="tabel yang dirujuk kunci asing skema; boleh berkali-kali",
    )
    parser.add_argument("--engine", choices=ENGINES, default="auto")
    parser.add_argument("--json", metavar="OUT", help="laporan frictionless; - ke keluaran baku")
    parser.add_argument(
        "--limit-errors", metavar="N", type=int, default=LIMIT_ERRORS, help="0: semua"
    )
    parser.add_argument("--previous", metavar="FILE", default="", help="berkas rilis sebelumnya")
    parser.add_argument("--previous-schema", metavar="S", help="skema rilis sebelumnya")
    parser.add_argument(
        "--no-checks", action="store_true", help="frictionless saja, tanpa pemeriksaan kami"
    )
    parser.add_argument("--seconds", type=float, default=Seal.seconds, help="batas waktu")
    asked = parser.parse_args(arguments)
    try:
        schema = _json(asked.schema) if asked.schema else None
        before = _json(asked.previous_schema) if asked.previous_schema else None
        references = dict(_named(one) for one in asked.reference)
        for path in filter(None, (asked.file, asked.previous, *references.values())):
            Path(path).open("rb").close()
    except OSError as error:
        return _wrong(error.filename, error)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    question = Asked(
        asked.file,
        schema,
        references,
        limit_errors=asked.limit_errors,
        checks=not asked.no_checks,
        previous=asked.previous,
        previous_schema=before,
    )
    seal = Seal(seconds=asked.seconds, processor=math.ceil(asked.seconds))
    report = judged(question, engine=asked.engine, seal=seal)
    return _answer(report, asked.json)


def _answer(report: Any, out: str | None) -> int:
    from ckanext.satudata.quality.judge.troubles import sentence

    if out:
        text = json.dumps(report.descriptor, ensure_ascii=False, indent=2)
        if out == "-":
            print(text)
            return report.exit_code
        try:
            Path(out).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            return _wrong(out, error)
    if not report.judged:
        print(f"{sentence(report.code, report.ours['facts'])} [{report.code}]")
    for one in report.ours.get("findings", []):
        print(f"{one['sentence']} [{one['code']}]")
    for one in report.errors:
        print(f"{one['message']} [{one['type']}]")
    for one in report.checks:
        print(f"{one['severity']}: {one['sentence']} {one['mend']}".strip() + f" [{one['code']}]")
    return report.exit_code


def _json(path: str) -> dict[str, Any]:
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    if not isinstance(found, dict):
        raise ValueError(f"{path}: bukan Table Schema")  # noqa: TRY004 - what the file holds
    return found


def _named(text: str) -> tuple[str, str]:
    name, is_named, path = text.partition("=")
    if not (name and is_named and path):
        raise ValueError(f"{text}: --reference NAME=FILE")
    return name, path


def _wrong(path: str, error: OSError) -> int:
    print(f"{path}: {error.strerror}", file=sys.stderr)
    return 2


def _tell(found: Findings, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
        return
    for one in found.findings:
        print(f"{one.sentence()} [{one.code}]")


if __name__ == "__main__":
    run(main)
