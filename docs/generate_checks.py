"""Write `docs/reference/checks.md` from the table of checks; with `--check` only compare.

Run from anywhere: `python docs/generate_checks.py [--check]`. Exit status 1 with `--check` means
the page no longer tells what the checks say. It needs what the judge of files needs, not CKAN.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "checks.md"
HEAD = """\
# Checks of files

Made by `docs/generate_checks.py` from the table of checks in the code; edit the checks, not this
page.

What frictionless does not look for, and offices need: our own checks, in `satudata.checks` of the
[report](quality.md). A code is stable; the sentence is for people and may change; names in braces
are filled in. A **galat** holds a step, a **peringatan** must be read, a **catatan** may help. What
the kamus data (Table Schema) declares, such as a separator of thousands or a mark for a missing
value, is no finding.

| Code | Kind | Looks for | Such as |
| --- | --- | --- | --- |
"""
BETWEEN = """
## What is said

"""


def page() -> str:
    """The whole page."""
    return HEAD + "\n".join(_rows()) + "\n" + BETWEEN + "\n".join(_sentences()) + "\n"


def _listed() -> list[dict[str, Any]]:
    sys.path.insert(0, str(ROOT))
    from ckanext.satudata.quality.checks.listing import listed

    return listed()


def _rows() -> Iterator[str]:
    for one in _listed():
        examples = ", ".join(f"`{_cell(text)}`" for text in one["examples"])
        yield f"| `{one['code']}` | {one['severity']} | {one['title_en']} | {examples} |"


def _sentences() -> Iterator[str]:
    for one in _listed():
        yield f"- `{one['code']}`: {one['title']}"
        for said, mend in (("sentence", "mend"), ("sentence_en", "mend_en")):
            yield f"  - {' '.join(f'{one[said]} {one[mend]}'.split())}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` say whether it is as it would be written."""
    made = page()
    if "--check" not in arguments:
        PAGE.write_text(made, "utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text("utf-8") == made:
        return 0
    print("docs/reference/checks.md is old: run python docs/generate_checks.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
