"""Which texts of SOPs are open to whom."""

from __future__ import annotations

from collections.abc import Sequence

from ckan import model

from ckanext.satudata.logic.sop import sops
from ckanext.satudata.logic.sop.sops import Revision
from ckanext.satudata.model import adoptions


def open_to(reader: model.User | None, found: Sequence[Revision]) -> list[Revision]:
    """Those of `found` that somebody may read; None: somebody without an account.

    By what an office works or worked is everybody's, and so is what the portal comes with. What
    was brought and never put in force is a draft, for those with an account.
    """
    if reader is not None:
        return list(found)
    ids = [one.row.id for one in found if one.row is not None]
    adopted = {row.sop_id for row in adoptions.of_sops(ids)}
    files = sops.sha256_of_files()
    return [
        one for one in found if one.sha256 in files or one.row is not None and one.row.id in adopted
    ]
