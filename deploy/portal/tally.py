"""Sums up the JUnit files of a folder: ``python tally.py FOLDER``.

Prints ``N passed, N failed`` as the last line, with ``, N skipped`` when there are any, and ends
with 1 when a test failed. An error while collecting or setting up counts as a failure.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def counts(folder: Path) -> tuple[int, int, int]:
    """Passed, failed (errors included) and skipped tests of all ``*.xml`` in the folder."""
    passed = failed = skipped = 0
    for file in sorted(folder.glob("*.xml")):
        # Written a moment ago by our own test run.
        for case in ET.parse(file).iter("testcase"):  # noqa: S314
            outcomes = {child.tag for child in case}
            if outcomes & {"failure", "error"}:
                failed += 1
            elif "skipped" in outcomes:
                skipped += 1
            else:
                passed += 1
    return passed, failed, skipped


def main() -> int:
    passed, failed, skipped = counts(Path(sys.argv[1]))
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
