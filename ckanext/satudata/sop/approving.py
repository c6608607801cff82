"""Whose word puts data before the public."""

from __future__ import annotations

from ckanext.satudata.sop.definition import Efek, Sop

APPROVING = frozenset({Efek.SETUJUI, Efek.TERBITKAN})


def approvers(sop: Sop) -> frozenset[str]:
    """Actors whose named approval a step needs, or who end a step that approves or publishes."""
    found: set[str] = set()
    for step in sop.langkah:
        if step.persetujuan is not None:
            found.add(step.persetujuan)
        effects = {*step.efek, *(one for way in step.keputusan for one in way.efek)}
        if not APPROVING.isdisjoint(effects):
            found.update(step.pelaksana)
    return frozenset(found)
