"""The SOPs of this office, from the files that the configuration names."""

from __future__ import annotations

from functools import lru_cache

from ckanext.satudata import config
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.model.sops import ensure_sop
from ckanext.satudata.model.tables import SopRow
from ckanext.satudata.sop.load import LoadedSop, load


def loaded_sops() -> dict[str, LoadedSop]:
    """The office's SOPs by subject. Raises InvalidSop for a file with faults."""
    sops = [_loaded(name, content) for name, content in config.sop_files()]
    return {one.sop.sop.subjek: one for one in sops}


def loaded_sop(subject: str) -> LoadedSop:
    """One SOP by subject; Refused `sop_unknown` when the office has none."""
    sops = loaded_sops()
    if subject not in sops:
        raise Refused("sop_unknown", field="sop", sop=subject, known=sorted(sops))
    return sops[subject]


def sop_in_force() -> SopRow:
    """The row of the SOP that an upload opens, stored when it is first used."""
    return ensure_sop(loaded_sop(config.sop_subject()), clock.now())


@lru_cache(maxsize=32)
def _loaded(name: str, content: bytes) -> LoadedSop:
    """Parsed once per process and text; an edited file is another text."""
    return load(content, name)
