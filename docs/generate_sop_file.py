"""Write `docs/reference/sop-file.md` from the definition; with `--check` only compare.

Run from anywhere: `python docs/generate_sop_file.py [--check]`. Exit status 1 with `--check` means
the page no longer tells what the definition says. Needs pydantic and PyYAML, and no CKAN.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

ROOT = Path(__file__).resolve().parents[1]
# This checkout's definition, whatever is installed.
sys.path.insert(0, str(ROOT))

from ckanext.satudata.sop import definition as d  # noqa: E402
from ckanext.satudata.sop.source import MAX_BYTES, MAX_DEPTH  # noqa: E402
from ckanext.satudata.sop.statuses import STATUS_TEXTS, Status  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "sop-file.md"
HEAD = f"""\
# The SOP file

Made by `docs/generate_sop_file.py` from `ckanext/satudata/sop/definition.py`; edit that, not this
page.

One YAML document is one revision of one SOP. Its keys are the words of the SOP-AP sheet
(PermenPAN-RB 35/2012), because officials read and edit it; what each word means in English is in
the [glossary](../glossary.md). `schemas/sop/000-manajemen-data.yaml` is a complete example.

Every key of a mapping is written. A cell that the printed SOP leaves out is `null`; a key that is
not there is a fault, because silence and forgetting must not look alike; only `koreksi` may be left
out, and then nothing is corrected without a run. An unknown key is a fault too. How to write a
file: [Menulis berkas SOP](../how-to/menulis-berkas-sop.md) (Indonesian); how to check it: [Check a
SOP file](../how-to/check-a-sop-file.md); what the faults mean: [Codes](errors.md).
`schemas/sop.schema.json` lets an editor complete and check it.

Kinds of value: *text* is 1 to 4,000 characters; *key* is `a-z`, digits and `_`, beginning with a
letter, 60 at most; *subject* is the same with `-` for `_`; *date* is `"YYYY-MM-DD"` or `"YYYY-MM"`
in quotes; *step* is a number from 1 to 99; *or null* means that the sheet may leave the cell out.

## How the text is read

UTF-8, at most {MAX_BYTES // 1024} KiB, nested at most {MAX_DEPTH} deep. Plain values are
text, whole numbers, `true`, `false` and `null`. Tags, anchors and aliases are refused. So is,
unless quoted, whatever another reader of YAML may take for something else: `no`, `on`, `y`,
`12:30`, `2025-01-20`, `007`, `1e3`, `0o17`, `1_000`, `.inf`; the same holds for keys.

## Formats

`sop.format` counts the changes of what this page describes. A file that is to be adopted is of
today's format. What was adopted in an earlier one is read through the upgrades in
`ckanext/satudata/sop/formats.py`, never rewritten, and not judged by rules that came later.
"""
TITLES: dict[type[BaseModel], str] = {
    d.Sop: "The whole file",
    d.Kepala: "The head",
    d.Tanggal: "Dates",
    d.Pelaksana: "An actor",
    d.Kalender: "Working time",
    d.Langkah: "A step",
    d.MutuBaku: "The quality norm",
    d.Waktu: "A time norm",
    d.Hasil: "An outcome",
    d.Keputusan: "An outcome that goes on",
    d.Penulis: "A writer",
    d.Dokumen: "A document",
    d.Sambungan: "A connector",
    d.Koreksi: "Small corrections",
    d.Keyakinan: "A mark",
}
NOTES: dict[type, str] = {
    d.Langkah: """\
Where datasets walk alone and the next step is `daftar`, the list goes on when all have come or
ended, at the earliest step that one of them came to.""",
    d.Efek: """\
A file does not load when data could become public that nobody approved as it then is; how that is
decided: [Approval before publication](../explanation/approval-before-publication.md).""",
}
KINDS = (
    (d.Text, "text", "text"),
    (d.Key, "key", "keys"),
    (d.Subject, "subject", "subjects"),
    (d.Date, "date", "dates"),
    (d.StepNumber, "step", "steps"),
    (bool, "true or false", ""),
    (int, "number", "numbers"),
)
EFFECTS = {
    d.Efek.TERIMA: ("receives the data", "recorded"),
    d.Efek.KUNCI: ("locks it", "recorded; writing is decided by `penulis`"),
    d.Efek.SETUJUI: ("approves it; needs four eyes", "recorded, with what was approved"),
    d.Efek.TERBITKAN: ("makes it public", "done"),
    d.Efek.ARSIPKAN: ("archives it", "recorded"),
    d.Efek.CADANGKAN: ("backs it up", "recorded"),
    d.Efek.PULIHKAN: ("restores it", "recorded"),
    d.Efek.PERBARUI: ("updates it", "recorded"),
    d.Efek.CETAK: ("prints it", "recorded"),
    d.Efek.KIRIM: ("sends it", "recorded"),
    d.Efek.SERAHKAN: ("hands it over", "recorded"),
}
CHECKS = {
    d.Periksa.BERKAS_ADA: "the dataset has a file",
    d.Periksa.METADATA_LENGKAP: "what must be filled in at handover is filled in",
    d.Periksa.AKSES_TERBUKA: "its access class is *terbuka*",
    d.Periksa.KELAS_AKSES: "it has an access class, and its consequence test where it is not open",
    d.Periksa.DAFTAR_LENGKAP: "the list is complete and names nothing twice",
}


def page() -> str:
    """The whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield HEAD
    for model, title in TITLES.items():
        yield f"## {title} (`{model.__name__}`)\n\n{_words(model)}\n"
        yield "| Key | Value | Meaning |\n| --- | --- | --- |"
        kinds = get_type_hints(model, include_extras=True)
        for key, field in model.model_fields.items():
            yield f"| `{key}` | {value(kinds[key])} | {field.description} |"
        yield from _note(model)
    yield "## Ways to write (`Menulis`) and to connect (`Cara`)\n"
    yield f"{_words(d.Menulis)}\n\n{_words(d.Cara)}\n"
    yield "## Effects (`Efek`)\n\n| Value | Ending the step | Today |\n| --- | --- | --- |"
    yield from (f"| `{one.value}` | {EFFECTS[one][0]} | {EFFECTS[one][1]} |" for one in d.Efek)
    yield from _note(d.Efek)
    yield "## Checks (`Periksa`)\n\n| Value | Passes when |\n| --- | --- |"
    yield from (f"| `{one.value}` | {CHECKS[one]} |" for one in d.Periksa)
    yield "\n## Statuses (`Status`)\n\n| Value | English |\n| --- | --- |"
    yield from (f"| `{one.value}` | {STATUS_TEXTS[one].label} |" for one in Status)


def _words(named: type) -> str:
    return "\n".join(line.strip() for line in (named.__doc__ or "").strip().splitlines())


def _note(named: type) -> Iterator[str]:
    yield f"\n{NOTES[named]}\n" if named in NOTES else ""


def value(kind: Any, *, many: bool = False) -> str:
    """What may stand in a cell of this kind, in words; `many`: as the items of a list."""
    for known, one, more in KINDS:
        if kind == known:
            return more if many else one
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        said = [value(one) for one in inner if one is not NoneType]
        said += ["null"] * (NoneType in inner)
        return (", or " if said[0].startswith(("list", "true")) else " or ").join(said)
    if origin is Annotated:
        rules = [rule for field in inner[1:] for rule in getattr(field, "metadata", ())]
        least = any(getattr(rule, "min_length", None) == 1 for rule in rules)
        return value(inner[0], many=many) + (", at least one" if least else "")
    if origin is tuple:
        return f"list of {value(inner[0], many=True)}"
    if origin is dict:
        return f"{value(inner[0])}: {value(inner[1])}"
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in inner)
    return _named(kind, many)


def _named(kind: type, many: bool) -> str:
    if kind in TITLES:
        anchor = f"{TITLES[kind]} {kind.__name__}".lower().replace(" ", "-")
        return f"[mapping{'s' * many}](#{anchor})"
    if kind is d.Efek:
        return f"[effect{'s' * many}](#effects-efek)"
    if kind is Status:
        return "[status](#statuses-status)"
    if not issubclass(kind, Enum):
        raise TypeError(f"no words for {kind}")
    return ", ".join(f"`{one.value}`" for one in kind)


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` say whether it is as it would be written."""
    made = page().replace("\n\n\n", "\n\n").rstrip("\n") + "\n"
    if "--check" not in arguments:
        PAGE.write_text(made, "utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text("utf-8") == made:
        return 0
    print(f"{PAGE.relative_to(ROOT)} is old: run python {sys.argv[0]}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
