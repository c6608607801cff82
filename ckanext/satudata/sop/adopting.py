"""What an office must know of a SOP before it puts it in force: duties, binding, absent cells."""

from __future__ import annotations

from ckanext.satudata.errors import Refused
from ckanext.satudata.sop.definition import Cara, Efek, Langkah, Lingkup, Sop
from ckanext.satudata.sop.moves import moves

_NO_CELLS = frozenset({"format", "subjek", "pengendali", "catatan_manual", "keyakinan"})
"""Keys of the head that a program needs; the others are cells of the printed sheet."""


def publishes(sop: Sop, bound: frozenset[int] = frozenset()) -> bool:
    """Whether a case of this SOP, bound like this, can make a dataset public."""
    return any(Efek.TERBITKAN in move.effects for move in moves(sop, bound))


def walks_alone(sop: Sop) -> bool:
    """Whether it begins over one dataset: its cases are then the agency's, not the office's."""
    return sop.langkah[0].lingkup is Lingkup.DATA


def duties(sop: Sop) -> tuple[str, ...]:
    """The actors without whom a case stands still, in the order of the sheet.

    Those who end a step, alone or together, and those whose approval it asks for.
    """
    found: dict[str, None] = {}
    for step in sop.langkah:
        found.update(dict.fromkeys(step.pelaksana))
        for outcome in (*step.keputusan, *step.kembali):
            found.update(dict.fromkeys(outcome.bersama))
        if step.persetujuan is not None:
            found[step.persetujuan] = None
    return tuple(found)


def needs_holder(sop: Sop) -> tuple[str, ...]:
    """The actors of `duties` for whom no link may stand in."""
    return tuple(actor for actor in duties(sop) if not sop.pelaksana[actor].pihak_luar)


def joints(sop: Sop) -> dict[int, Langkah]:
    """The rows that go on into another SOP, by number."""
    return {step.langkah: step for step in sop.langkah if step.sambungan is not None}


def check_joint(sop: Sop, number: int, subject: str) -> None:
    """Raise Refused unless row `number` goes on into the SOP with `subject`."""
    row = joints(sop).get(number)
    if row is None or row.sambungan is None:
        known = tuple(joints(sop)) or ("-",)
        raise Refused("connector_unknown", field="bound", step=number, known=known)
    if row.sambungan.subjek != subject:
        named = row.sambungan.subjek
        raise Refused("connector_subject", field="bound", step=number, named=named, sop=subject)


def check_target(sop: Sop, number: int, target: Sop) -> None:
    """Raise Refused unless the SOP in force under the subject can take what row `number` sends.

    A delivery needs a step that each dataset walks alone and that asks for a named approval,
    because that is what it brings along.
    """
    joint = sop.step(number).sambungan
    if joint is None or joint.cara is Cara.BUKA:
        return
    rows = [row for row in target.langkah if row.langkah == joint.langkah]
    if not any(row.lingkup is Lingkup.DATA and row.persetujuan for row in rows):
        facts = {"step": number, "target": joint.langkah, "sop": target.sop.nama}
        raise Refused("connector_step", field="bound", **facts)


def missing(sop: Sop) -> tuple[str, ...]:
    """The cells that the head of the printed sheet lacks, as `nomor` or `tanggal.revisi`."""
    head = sop.sop
    cells = [name for name in type(head).model_fields if name not in _NO_CELLS]
    absent = [name for name in cells if name != "tanggal" and getattr(head, name) is None]
    dates = type(head.tanggal).model_fields
    absent += [f"tanggal.{name}" for name in dates if getattr(head.tanggal, name) is None]
    return tuple(absent)
