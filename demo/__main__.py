"""`python -m demo` runs the demo, `python -m demo count` prints what the portal holds, as JSON.

SATUDATA_URL: address of the portal. SATUDATA_DEMO_ACCOUNTS: file for the passwords. CKAN's own
configuration stands in the environment too: CKAN_INI, and for `count` the addresses of its parts.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import sys
from pathlib import Path

from demo.command import CommandFailed
from demo.faults import Refusal, Unreachable
from demo.public import NotAsMeant
from demo.run import run
from demo.state import count


def main() -> int:
    parser = argparse.ArgumentParser(prog="./portal demo")
    parser.add_argument("what", nargs="?", choices=["run", "count"], default="run")
    if parser.parse_args().what == "count":
        print(json.dumps(count(), indent=2))
        return 0
    accounts = Path(os.environ["SATUDATA_DEMO_ACCOUNTS"])
    with accounts.with_name(f"{accounts.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _failed("another run of the demo is under way; wait for its end")
        return _run(os.environ["SATUDATA_URL"], accounts)


def _run(address: str, accounts: Path) -> int:
    try:
        run(address, accounts)
    except NotAsMeant as wrong:
        for fault in wrong.faults:
            _failed(fault)
        return _failed("the public does not see what it should, so this demo has failed")
    except (Refusal, Unreachable, CommandFailed, LookupError) as error:
        return _failed(f"{error}. Run ./portal demo again: it goes on where it stopped")
    return 0


def _failed(sentence: str) -> int:
    print(f"demo: {sentence}.", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
