"""Files and hashes: what is recorded and not there, is there and broken, or was not looked at.

Whether bytes are what their hash says is read by fixity; here only sizes are compared, and what
fixity found is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import attachments
from ckanext.satudata.logic.files import fixity, store
from ckanext.satudata.logic.reconcile.finding import Finding
from ckanext.satudata.model import named_files, resource_files
from ckanext.satudata.msgid import N_

MISSING = N_("The file %(sha256)s of %(places)s is not in the storage.")
SHORT = N_("The file %(sha256)s of %(places)s has %(found)s bytes, and was recorded with %(size)s.")
DIFFERS = N_("The file %(sha256)s of %(places)s was read and is not what its hash says.")
UNRECORDED = N_("The file %(sha256)s of %(places)s is named by a release, and not recorded.")
ATTACHMENT_MISSING = N_("The attachment %(sha256)s is not in the storage.")
ATTACHMENT_SHORT = N_(
    "The attachment %(sha256)s has %(found)s bytes, and was recorded with %(size)s."
)
UNREAD = N_("The file %(sha256)s was last read and compared on %(since)s, over %(days)s days ago.")

FROM_BACKUP = N_("The bytes come back from a backup only: put the file into the storage again.")

MOST_PLACES = 3


def find() -> Iterator[Finding]:
    for sha256, size, broken in named_files.recorded():
        found = _size(sha256)
        if found is None:
            yield _about(sha256, MISSING)
        elif found != size:
            yield _about(sha256, SHORT, found=found, size=size)
        elif broken:
            yield _about(sha256, DIFFERS)
    for sha256 in named_files.unrecorded():
        yield _about(sha256, UNRECORDED)


def mend(finding: Finding) -> bool:
    """Look again: whoever brought the right bytes back has mended it."""
    now, sha256 = clock.now(), finding.key
    if finding.sentence == UNRECORDED:
        return _record(sha256)
    return finding.sentence == DIFFERS and fixity.check_one(sha256, now) is None


def find_attached() -> Iterator[Finding]:
    for sha256, size in named_files.attached():
        found = attachments.stored_size(sha256)
        facts = {"sha256": sha256, "found": found, "size": size}
        if found is None:
            yield Finding(sha256, ATTACHMENT_MISSING, facts, FROM_BACKUP)
        elif found != size:
            yield Finding(sha256, ATTACHMENT_SHORT, facts, FROM_BACKUP)


def find_unread() -> Iterator[Finding]:
    limit = clock.now() - timedelta(days=fixity.DAYS)
    for sha256, since in named_files.checked_before(limit):
        facts = {"sha256": sha256, "since": f"{since:%Y-%m-%d}", "days": fixity.DAYS}
        yield Finding(sha256, UNREAD, facts)


def mend_unread(finding: Finding) -> bool:
    """Read it now; what is found broken is another check's to tell."""
    fixity.check_one(finding.key, clock.now())
    return True


def _record(sha256: str) -> bool:
    try:
        whole, size = store.is_whole(sha256), store.size(sha256)
    except store.Missing:
        return False
    if whole:
        resource_files.note_stored(sha256, size)
    return whole


def _about(sha256: str, sentence: str, **facts: object) -> Finding:
    places = [
        f"{one.dataset}, {one.name}" + (f" (release {one.release})" if one.release else "")
        for one in named_files.places(sha256)
    ]
    shown = "; ".join(places[:MOST_PLACES]) + (" …" if len(places) > MOST_PLACES else "")
    return Finding(sha256, sentence, {"sha256": sha256, "places": shown, **facts}, FROM_BACKUP)


def _size(sha256: str) -> int | None:
    try:
        return store.size(sha256)
    except store.Missing:
        return None
