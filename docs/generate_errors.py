"""Write `docs/reference/errors.md` from the tables of codes; with `--check` only compare.

Run from anywhere: `python docs/generate_errors.py [--check]`. Exit status 1 with `--check` means
the page no longer tells what the tables say. The tables are read as text, so neither CKAN nor the
project has to be installed.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "errors.md"
CODE = ROOT / "ckanext" / "satudata"
HEAD = """\
# Codes

Made by `docs/generate_errors.py`; edit the tables it names, not this page. A code is stable:
programs may rely on it, and it is what to tell on the telephone. The sentence is for people and may
change. Names in braces or after a percent sign are filled in.
"""
SECTIONS = (
    (
        "Faults of a SOP file",
        "sop/faults.py",
        "SENTENCES",
        "Printed as `FILE:LINE:COLUMN: CODE sentence` by `python -m ckanext.satudata.sop check`.",
    ),
    (
        "Faults of metadata",
        "metadata/faults.py",
        "FAULTS",
        "At the field that has the fault; the code stands at the end of the sentence, in brackets.",
    ),
    (
        "Faults of a workbook of officers",
        "officers/faults.py",
        "FAULTS",
        "Told with its cell, `Penugasan!C4`; what the portal finds besides is among the refusals.",
    ),
    (
        "Faults of a kamus data",
        "dictionary/faults.py",
        "FAULTS",
        "Told with column and property; such a kamus data is not stored. In an answer of the API\n"
        "each stands under `faults` with its place.",
    ),
    (
        "What is missing in a kamus data",
        "dictionary/faults.py",
        "GAPS",
        "Told with column and property; it can be stored so.",
    ),
    (
        "What a proposed kamus data is not sure of",
        "dictionary/faults.py",
        "DOUBTS",
        "The `doubts` of a proposal; somebody has to look at them.",
    ),
    (
        "Findings of personal data in a file",
        "quality/findings.py",
        "ENGLISH",
        "Printed by `python -m ckanext.satudata.quality personal`, and asked about before data\n"
        "are opened to all. What the values show is followed by how to mend it.",
    ),
    (
        "Why a file could not be read",
        "quality/findings.py",
        "REASONS",
        "The `reason` of `cannot_be_read`.",
    ),
    (
        "Why a file could not be judged",
        "quality/judge/troubles.py",
        "ENGLISH",
        "The `satudata.code` of a [report](quality.md) in which `judged` is false. What our own\n"
        "checks find is told [elsewhere](checks.md).",
    ),
    (
        "Findings in a GeoJSON file",
        "quality/judge/geo.py",
        "ENGLISH",
        "In `satudata.findings` of a report, each with the feature it is at.",
    ),
    (
        "Outcomes of sources",
        "sources/sentences.py",
        "ENGLISH",
        "What stops a listing or a record of a source, and, from `keys_ambiguous` on, what comes\n"
        "with a record as a notice; `keys_unexplained` can be either.",
    ),
    (
        "Refusals",
        "logic/refusals.py",
        "SENTENCES",
        "The API answers 403 where somebody else may do it, 404 where nothing is to see, and\n"
        "else 409. The code ends the sentence, in brackets; with 409 it is in `error.code`, too.",
    ),
    (
        "Refusals about releases and working copies",
        "logic/releases/sentences.py",
        "RELEASE_SENTENCES",
        "As above.",
    ),
    (
        "Refusals about access classes, readers and data of persons",
        "logic/releases/access_sentences.py",
        "ACCESS_SENTENCES",
        "As above.",
    ),
    (
        "Refusals about working calendars",
        "logic/calendars/sentences.py",
        "CALENDAR_SENTENCES",
        "As above.",
    ),
    (
        "Refusals about notices",
        "logic/notices/words.py",
        "NOTICE_SENTENCES",
        "As above.",
    ),
    (
        "Refusals about accounts",
        "logic/accounts/words.py",
        "SENTENCES",
        "As above; those of the login stand on its pages alone.",
    ),
)


def table(path: Path, name: str) -> dict[str, str]:
    """The dict called `name` in a module, whose values are strings or strings in `N_(…)`.

    Raises KeyError when the module has no such dict.
    """
    for node in ast.parse(path.read_text("utf-8")).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if getattr(target, "id", None) == name and isinstance(value, ast.Dict):
            pairs = zip(value.keys, value.values, strict=True)
            return {ast.literal_eval(key): _text(text) for key, text in pairs if key is not None}
    raise KeyError(f"{path.name} has no table {name}")


def _text(node: ast.expr) -> str:
    inner = node.args[0] if isinstance(node, ast.Call) else node
    return ast.literal_eval(inner)


def page() -> str:
    """The whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield HEAD
    for title, file, name, introduction in SECTIONS:
        yield f"## {title}\n\n{introduction}\n\n| Code | Sentence |\n| --- | --- |"
        for code, sentence in table(CODE / file, name).items():
            yield f"| `{code}` | {_cell(sentence)} |"
        yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` say whether it is as it would be written."""
    made = page().rstrip("\n") + "\n"
    if "--check" not in arguments:
        PAGE.write_text(made, "utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text("utf-8") == made:
        return 0
    print("docs/reference/errors.md is old: run python docs/generate_errors.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
