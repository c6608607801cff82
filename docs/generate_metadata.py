"""Write `docs/reference/metadata.md` from the schemas; with `--check` only compare.

Run from anywhere: `python docs/generate_metadata.py [--check]`. Exit status 1 with `--check`
means the page no longer tells what the schemas say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "metadata.md"
INTRODUCTION = """\
# Metadata

Made by `docs/generate_metadata.py` from `schemas/*.yaml`; edit those, not this page.

*Needed* says when a field must be filled in: **always**, or at **handover**, when the produsen
data hands the dataset over (Perpres 39/2019 Ps 33). Three rules bind fields together: open data
need a licence, other data need their legal basis, and a period does not end before it begins.
When a file is replaced, the nature of the change is asked.

A **period** is a year (`2025`), half-year (`2025-S1`), quarter (`2025-Q1`), month (`2025-03`) or
day (`2025-03-31`). A **region** is a code with its numbering, `kemendagri:15.06` or `bps:1507`;
neither is ever made from the other, because equal digits can mean two regions. A text of an extra
field may have 32,766 bytes at most, the limit of the search index.
"""
HEAD = ("Field", "English", "Indonesian", "Needed", "Values", "Source")
FORMATS = {
    "satudata_period": "period",
    "satudata_regions": "regions",
    "satudata_email": "e-mail",
}


def read(name: str) -> dict[str, Any]:
    """Return the schema file `schemas/<name>.yaml` as a mapping."""
    return yaml.safe_load((ROOT / "schemas" / f"{name}.yaml").read_text(encoding="utf-8"))


def page() -> str:
    """Return the whole page as Markdown."""
    presets = {preset["preset_name"]: preset["values"] for preset in read("presets")["presets"]}
    dataset, organization = read("dataset"), read("organization")
    parts = [INTRODUCTION]
    for title, schema, key in [
        ("Dataset", dataset, "dataset_fields"),
        ("Resource", dataset, "resource_fields"),
        ("Organization", organization, "fields"),
    ]:
        parts.append(f"## {title}\n")
        parts += tables(schema["groups"], schema[key], presets)
    return "\n".join(parts)


def tables(
    groups: list[dict[str, Any]], fields: list[dict[str, Any]], presets: Mapping[str, Any]
) -> Iterator[str]:
    """Yield one table for each group that has fields."""
    for group in groups:
        rows = [row(field, presets) for field in fields if field["group"] == group["name"]]
        if rows:
            label = group["label"]
            lines = [HEAD, ("---",) * len(HEAD), *rows]
            yield f"### {label['en']} ({label['id']})\n"
            yield "".join(f"| {' | '.join(line)} |\n" for line in lines)


def row(field: Mapping[str, Any], presets: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the cells of one field in the order of HEAD."""
    label = field["label"]
    cells = (label["en"], label["id"], needed(field), values(field, presets), field["source"])
    return (f"`{field['field_name']}`", *(cell.replace("|", "\\|") for cell in cells))


def needed(field: Mapping[str, Any]) -> str:
    """Say when the field must be filled in."""
    return "always" if field.get("required") else field.get("required_at", "")


def values(field: Mapping[str, Any], presets: Mapping[str, Any]) -> str:
    """Say what the field takes: its choices, or the name of its format."""
    preset = field.get("preset", "")
    choices = field.get("choices") or presets.get(preset, {}).get("choices", [])
    return ", ".join(f"`{choice['value']}`" for choice in choices) or FORMATS.get(preset, "text")


def main(arguments: list[str]) -> int:
    """Write the page, or compare it; return the exit status."""
    text = page()
    if "--check" not in arguments:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{PAGE.relative_to(ROOT)} is old: run python docs/generate_metadata.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
