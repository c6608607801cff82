"""Bringing in agencies, officers and who holds what from a workbook."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context
from werkzeug.datastructures import FileStorage

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.officers import importing as officer_import
from ckanext.satudata.logic.officers.changes import plan_dict
from ckanext.satudata.logic.schema import officers as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.officers.workbook import MAX_BYTES


def satudata_officers_import(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show what a workbook would change, or change it.

    The workbook has the sheets of the template: Instansi, Petugas, Penugasan. It only adds and
    changes; what it does not name stays. Nothing is done where one row is faulty, and the same
    workbook twice does nothing the second time.

    :param upload: the workbook (multipart), XLSX
    :param dry_run: true (the default) only shows; false applies
    :param plan: with `dry_run` false, the `plan` of the answer that was shown; where the portal or
        the workbook would make another plan of it now, nothing is done (409 `import_changed`)
    :param letters: ids of uploaded letters (`satudata_attachment_create`), which the column
        "Berkas surat" names by their file name
    :param invite: `password` prints a first password for each new account, `mail` invites
    :returns: {plan, counts, faults, rows}; applied also {again, accounts, invited}, where
        `accounts` holds the first passwords, which are told this once
    """
    upload = data_dict.pop("upload", None)
    data = validated(context, data_dict, schema.officers_import())
    tk.check_access("satudata_officers_import", context, data)
    importer = asker(context)
    letters = tuple(data.get("letters") or ())
    with one_commit():
        content = _content(upload)
        if data["dry_run"]:
            return plan_dict(officer_import.plan(content, importer, letters))
        applied = officer_import.apply(content, importer, letters, data.get("plan"), data["invite"])
        answer = plan_dict(applied.plan)
    applied = officer_import.send_invitations(applied)
    return {
        **answer,
        "again": applied.again,
        "accounts": [asdict(slip) for slip in applied.slips],
        "invited": list(applied.invited),
    }


def _content(upload: Any) -> bytes:
    if not isinstance(upload, FileStorage) or not upload.filename:
        raise Refused("attachment_missing", field="upload")
    upload.stream.seek(0)
    # One byte more than is taken, so that the reader sees that there is more.
    return upload.stream.read(MAX_BYTES + 1)
