"""The SOPs that this portal knows: the revisions it stored, and the files of its configuration."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ckanext.satudata import config
from ckanext.satudata.errors import InvalidSop, Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.model import sops as stored
from ckanext.satudata.model.tables import SopRow
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.load import LoadedSop, load

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Revision:
    """A text of a SOP. `row` is None for a file that nobody has put in force or brought yet."""

    sop: Sop
    text: str
    sha256: str
    row: SopRow | None

    @property
    def subject(self) -> str:
        return self.sop.sop.subjek

    def as_loaded(self) -> LoadedSop:
        return LoadedSop(self.sop, self.text, self.sha256)


def revisions(subject: str | None = None) -> list[Revision]:
    """Every text that is known, by subject, the newest first; of one subject, or of all."""
    rows = [_of_row(row) for row in stored.revisions(subject)]
    known = {one.sha256 for one in rows}
    fresh = [
        Revision(one.sop, one.text, one.sha256, None)
        for one in _files()
        if one.sha256 not in known and subject in (None, one.sop.sop.subjek)
    ]
    # A file that is not stored yet would become the next revision, so it counts as the newest.
    return sorted([*reversed(fresh), *rows], key=lambda one: one.subject)


def newest(subject: str) -> Revision:
    """The newest text of a subject; Refused `sop_unknown` when there is none."""
    found = revisions(subject)
    if not found:
        known = sorted({one.subject for one in revisions()})
        raise Refused("sop_unknown", field="sop", sop=subject, known=known)
    return found[0]


def find(reference: str) -> Revision:
    """A text by id, by sha256, or the newest of a subject; Refused `sop_unknown` for none."""
    row = stored.by_text(reference)
    if row is not None:
        return _of_row(row)
    for one in revisions():
        if reference == one.sha256 or (one.row is not None and reference == one.row.id):
            return one
    return newest(reference)


def unkept(text: str) -> Sop:
    """The SOP of a text that is not kept; InvalidSop where it has faults."""
    return load(text.encode(), "sop.yaml").sop


def row_of(revision: Revision) -> SopRow:
    """The row of a text, stored now when it was only a file; the caller commits."""
    if revision.row is not None:
        return revision.row
    return stored.ensure_sop(revision.as_loaded(), clock.now())


def loaded_sop(subject: str) -> LoadedSop:
    """The newest text of a subject; Refused `sop_unknown` when there is none."""
    return newest(subject).as_loaded()


def actors_of(subject: str) -> frozenset[str]:
    """The actors that any known revision of a subject has; Refused `sop_unknown` for none.

    A new revision may bring an actor who must be held before it can be put in force, while the
    cases that run still need those of the old one.
    """
    newest(subject)
    return frozenset(actor for one in revisions(subject) for actor in one.sop.pelaksana)


def sha256_of_files() -> frozenset[str]:
    """The texts that the portal comes with, whether anybody has put them in force or not."""
    return frozenset(one.sha256 for one in _files())


def _files() -> Iterator[LoadedSop]:
    """The files of the configuration; one with faults is left out and logged."""
    for name, content in config.sop_files():
        try:
            yield _loaded(name, content)
        except InvalidSop as error:
            log.error("SOP file %s is left out: %s", name, error)  # noqa: TRY400 - not our bug


def _of_row(row: SopRow) -> Revision:
    return Revision(stored.sop_of(row), row.text, row.sha256, row)


@lru_cache(maxsize=32)
def _loaded(name: str, content: bytes) -> LoadedSop:
    """Parsed once per process and text; an edited file is another text."""
    return load(content, name)
