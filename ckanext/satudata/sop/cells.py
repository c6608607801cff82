"""Faults between cells: what one names must be there, and two that say the same must agree.

None of them needs a way through the sheet; `meaning` walks those.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ckanext.satudata.sop.definition import Cara, Langkah, Sop, Waktu
from ckanext.satudata.sop.faults import Fault, fault
from ckanext.satudata.sop.source import Path, Source

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
"""The time zones of Indonesia: WIB, WITA, WIT."""


CORRECTABLE = ("maintainer", "maintainer_email", "maintainer_phone", "notes")
"""Fields of a dataset that say whom to ask and describe it in words. What the data are, and how
they are found, cited and compared (title, name, concept, definition, unit, period, region, class
of access, licence, files), changes by a run of the SOP only."""


def faults_of_names(sop: Sop, source: Source) -> Iterator[Fault]:
    """Faults of rows, actors and outcomes that are named; with one of them no way can be walked."""
    yield from _order(sop, source)
    yield from _actors(sop, source)
    yield from _outcomes(sop, source)


def faults_of_cells(sop: Sop, source: Source) -> Iterator[Fault]:
    """Faults of all other cells: connectors, time norms, time zone, marks."""
    yield from _connectors(sop, source)
    yield from _times(sop, source)
    yield from _shared_times(sop, source)
    yield from _zone(sop, source)
    yield from _corrections(sop, source)
    yield from _marks(sop, source)


def _corrections(sop: Sop, source: Source) -> Iterator[Fault]:
    if sop.koreksi is None:
        return
    for at, field in enumerate(sop.koreksi.bidang):
        if field not in CORRECTABLE:
            facts = {"bidang": field, "pilihan": ", ".join(CORRECTABLE)}
            yield source.fault(("koreksi", "bidang", at), "koreksi-bidang-asing", **facts)


def _order(sop: Sop, source: Source) -> Iterator[Fault]:
    for index, step in enumerate(sop.langkah):
        if step.langkah != index + 1:
            path = ("langkah", index, "langkah")
            yield source.fault(path, "urutan-langkah", langkah=step.langkah)


def _actors(sop: Sop, source: Source) -> Iterator[Fault]:
    named = [(("sop", "pengendali", at), key) for at, key in enumerate(sop.sop.pengendali)]
    corrects = sop.koreksi.pelaksana if sop.koreksi else ()
    named += [(("koreksi", "pelaksana", at), key) for at, key in enumerate(corrects)]
    busy: set[str] = set()
    for index, step in enumerate(sop.langkah):
        duties = _duties(index, step)
        busy.update(key for _, key in duties)
        named += duties
        named += [
            (("langkah", index, "penulis", at, "pelaksana"), writer.pelaksana)
            for at, writer in enumerate(step.penulis)
        ]
    for path, key in named:
        if key not in sop.pelaksana:
            yield source.fault(path, "pelaksana-asing", pelaksana=key)
    for key, actor in sop.pelaksana.items():
        if actor.lajur and key not in busy:
            yield source.fault(("pelaksana", key, "lajur"), "lajur-kosong", pelaksana=key)


def _duties(index: int, step: Langkah) -> list[tuple[Path, str]]:
    """Who has something to do in this row, and where it says so.

    Ending it, ending it together, approving it: the sheet draws a symbol in that lane. Writing
    and steering a case are no rows of the sheet, and give nobody a lane.
    """
    row: Path = ("langkah", index)
    found: list[tuple[Path, str]] = [
        ((*row, "pelaksana", at), key) for at, key in enumerate(step.pelaksana)
    ]
    if step.persetujuan is not None:
        found.append(((*row, "persetujuan"), step.persetujuan))
    for name, outcomes in (("keputusan", step.keputusan), ("kembali", step.kembali)):
        for at, outcome in enumerate(outcomes):
            place = (*row, name, at, "bersama")
            found += [((*place, one), key) for one, key in enumerate(outcome.bersama)]
    return found


def _outcomes(sop: Sop, source: Source) -> Iterator[Fault]:
    for index, step in enumerate(sop.langkah):
        seen: set[str] = set()
        for key, outcomes in (("keputusan", step.keputusan), ("kembali", step.kembali)):
            for at, outcome in enumerate(outcomes):
                path: Path = ("langkah", index, key, at)
                if outcome.hasil in seen:
                    facts = {"hasil": outcome.hasil, "langkah": index + 1}
                    yield source.fault((*path, "hasil"), "hasil-ganda", **facts)
                seen.add(outcome.hasil)
                if outcome.ke > len(sop.langkah):
                    yield source.fault((*path, "ke"), "tujuan-asing", ke=outcome.ke)
                elif (outcome.ke <= step.langkah) != (key == "kembali"):
                    yield _wrong_direction(source, path, key, outcome.hasil, outcome.ke)
        # Ways on lead to later rows only, so this is the one dead end that can be written.
        if step.kembali and not step.keputusan:
            path = ("langkah", index, "kembali")
            yield source.fault(path, "jalan-buntu", langkah=step.langkah)


def _wrong_direction(source: Source, path: Path, key: str, hasil: str, ke: int) -> Fault:
    way, other = ("mundur", "kembali") if key == "keputusan" else ("maju", "keputusan")
    return source.fault(path, "arah-salah", hasil=hasil, ke=ke, arah=way, seharusnya=other)


def _connectors(sop: Sop, source: Source) -> Iterator[Fault]:
    for index, step in enumerate(sop.langkah):
        connector = step.sambungan
        if connector is None:
            continue
        path = ("langkah", index, "sambungan", "langkah")
        if connector.cara is Cara.SERAHKAN and connector.langkah is None:
            yield source.fault(path, "sambungan-tanpa-langkah")
        if connector.cara is Cara.BUKA and connector.langkah is not None:
            yield source.fault(path, "sambungan-berlangkah", langkah=connector.langkah)


def _times(sop: Sop, source: Source) -> Iterator[Fault]:
    norms: list[tuple[Path, Waktu | None]] = [(("sop", "waktu_total"), sop.sop.waktu_total)]
    norms += [(_time_path(at), step.mutu_baku.waktu) for at, step in enumerate(sop.langkah)]
    for path, norm in norms:
        if norm is None or norm.minimum is None or norm.maksimum is None:
            continue
        if norm.minimum > norm.maksimum:
            facts = {"minimum": norm.minimum, "maksimum": norm.maksimum}
            yield source.fault((*path, "minimum"), "waktu-terbalik", **facts)


def _shared_times(sop: Sop, source: Source) -> Iterator[Fault]:
    total = sop.sop.waktu_total
    if total is not None and total.bersama:
        yield source.fault(("sop", "waktu_total", "bersama"), "waktu-total-bersama")
    together = {
        at + 1: {at + 1, *step.mutu_baku.waktu.bersama}
        for at, step in enumerate(sop.langkah)
        if step.mutu_baku.waktu is not None
    }
    for index, step in enumerate(sop.langkah):
        row, norm = index + 1, step.mutu_baku.waktu
        for at, other in enumerate(norm.bersama if norm is not None else ()):
            path = (*_time_path(index), "bersama", at)
            if other == row or other not in together:
                yield source.fault(path, "waktu-bersama-asing", langkah=other)
            elif together[other] != together[row]:
                yield source.fault(path, "waktu-bersama-sepihak", langkah=row, lain=other)


def _time_path(index: int) -> Path:
    return ("langkah", index, "mutu_baku", "waktu")


def _zone(sop: Sop, source: Source) -> Iterator[Fault]:
    zone = sop.kalender.zona_waktu
    if zone is not None and zone not in ZONES:
        facts = {"zona": zone, "pilihan": ", ".join(ZONES)}
        yield source.fault(("kalender", "zona_waktu"), "zona-asing", **facts)


def _marks(sop: Sop, source: Source) -> Iterator[Fault]:
    marked: list[tuple[Path, Any]] = [(("sop",), sop.sop), (("kalender",), sop.kalender)]
    marked += [(("koreksi",), sop.koreksi)] if sop.koreksi else []
    marked += [(("pelaksana", key), actor) for key, actor in sop.pelaksana.items()]
    marked += [(("langkah", at), step) for at, step in enumerate(sop.langkah)]
    for path, mapping in marked:
        cells = cells_of(type(mapping))
        for key in mapping.keyakinan:
            if key not in cells:
                place = source.key_place((*path, "keyakinan", key))
                choices = ", ".join(sorted(cells))
                yield fault(source.file, place, "keyakinan-asing", kunci=key, pilihan=choices)


def cells_of(model: Any) -> set[str]:
    """The cells that a mark of this mapping may be about.

    Its own, and those of a mapping in it that has no place for marks (`tanggal`, `mutu_baku`).
    """
    cells = set(model.model_fields) - {"keyakinan"}
    for field in model.model_fields.values():
        inner = getattr(field.annotation, "model_fields", {})
        cells |= set() if "keyakinan" in inner else set(inner)
    return cells
