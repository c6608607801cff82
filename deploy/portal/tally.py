"""Sums up the JUnit files of a folder: ``python tally.py FOLDER`` prints ``N passed, N failed`` and fails with any failure.

A suite that broke off before its end counts as a failure by its own error; skipped tests are named when there are any.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def counts(folder: Path) -> tuple[int, int, int]:
    """Passed, failed (errors included) and skipped tests of all ``*.xml`` in the folder."""
    passed = failed = skipped = 0
    for file in sorted(folder.glob("*.xml")):
        for case in ET.parse(file).iter("testcase"):
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
