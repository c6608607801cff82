"""A SOP file that nobody has kept yet: its faults, and what it would change."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.errors import InvalidSop
from ckanext.satudata.logic.sop import sops
from ckanext.satudata.model import adoptions
from ckanext.satudata.sop.differences import differences
from ckanext.satudata.sop.faults import Fault
from ckanext.satudata.sop.load import load


def checked(content: bytes, name: str) -> dict[str, Any]:
    """What a text is worth before anybody keeps it.

    `faults`: each with line, column, code and sentence. Without any: `subject`, `name`, `compared`
    (number and adoption of the revision it is set against, that in force, else the newest) and
    `differences`.
    """
    try:
        loaded = load(content, name)
    except InvalidSop as error:
        return {"faults": [fault_dict(one) for one in error.faults]}
    head = loaded.sop.sop
    against = _against(head.subjek)
    return {
        "faults": [],
        "subject": head.subjek,
        "name": head.nama,
        "sha256": loaded.sha256,
        "text": loaded.text,
        "compared": _compared(against) if against else None,
        "differences": [
            one.as_dict() for one in (differences(against.sop, loaded.sop) if against else ())
        ],
    }


def fault_dict(fault: Fault) -> dict[str, Any]:
    """A fault of a SOP file, as the API tells it."""
    return {name: getattr(fault, name) for name in ("line", "column", "code", "sentence")}


def _against(subject: str) -> sops.Revision | None:
    found = sops.revisions(subject)
    return next((one for one in found if _in_force(one)), found[0] if found else None)


def _compared(one: sops.Revision) -> dict[str, Any]:
    number = one.row.revision if one.row else None
    return {"revision": number, "in_force": _in_force(one), "sha256": one.sha256}


def _in_force(one: sops.Revision) -> bool:
    if one.row is None:
        return False
    return any(row.ended_at is None for row in adoptions.of_sops([one.row.id]))
