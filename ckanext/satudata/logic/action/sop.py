"""SOPs: bringing a text, reading it, putting it in force, saying which one an upload opens."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import InvalidSop, Refused
from ckanext.satudata.logic import clock, organizations, people
from ckanext.satudata.logic.asked import asker, validated, visible_case
from ckanext.satudata.logic.cases import dictize, moving
from ckanext.satudata.logic.schema import sop as schema
from ckanext.satudata.logic.sop import adopting, checking, reading, routes, sop_dictize, sops
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import as_ckan_error, sentence
from ckanext.satudata.model import adoptions
from ckanext.satudata.model.sops import ensure_sop, sop_of
from ckanext.satudata.model.tables import AdoptionRow, SopRow
from ckanext.satudata.sop.load import load
from ckanext.satudata.sop.source import MAX_BYTES


def satudata_sop_upload(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Store the text of a SOP file as a new revision. It is in force once an office adopts it.

    A text with faults is not stored; the refusal names each with line, column, code and sentence.
    A text that is stored already stays the revision it is.

    :param text: the text of the file
    :param upload: the file itself, instead of the text
    :returns: the revision as `satudata_sop_show` gives it
    """
    tk.check_access("satudata_sop_upload", context, data_dict)
    content, name = _content(data_dict)
    try:
        loaded = load(content, name)
    except InvalidSop as error:
        raise _faulty(error, "upload" if data_dict.get("upload") else "text") from error
    with one_commit():
        row = ensure_sop(loaded, clock.now())
    return _shown(context, sops.find(row.id))


@tk.side_effect_free
def satudata_sop_check(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Say what a SOP file is worth, and keep nothing.

    :param text: the text of the file
    :param upload: the file itself, instead of the text
    :returns: `faults`, each with line, column, code and sentence; where there are none also
        `subject`, `name`, `sha256`, `text`, and in `differences` each cell that differs from
        `compared`: the revision of the subject in force, else the newest, else null
    """
    tk.check_access("satudata_sop_check", context, data_dict)
    return checking.checked(*_content(data_dict))


@tk.side_effect_free
def satudata_sop_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Every revision of every SOP: those of the configured files, and those that were brought.

    Who has no account reads no text that was brought and that no office ever put in force.

    :param subject: one SOP only
    :returns: by subject, the newest revision first; each with its adoptions, ended ones too
    """
    data = validated(context, data_dict, schema.sop_list())
    tk.check_access("satudata_sop_list", context, data)
    reader = people.user_of(context)
    found = reading.open_to(reader, sops.revisions(data.get("subject")))
    return sop_dictize.revision_dicts(found, reader)


@tk.side_effect_free
def satudata_sop_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """One revision whole: head, actors, steps, text, what is inferred, what the head lacks.

    :param id: id or sha256 of the revision, or a subject: its newest revision
    :param revision: number of the revision, where `id` is a subject
    """
    data = validated(context, data_dict, schema.sop_show())
    tk.check_access("satudata_sop_show", context, data)
    reader = people.user_of(context)
    return _shown(context, _wanted(reader, data["id"], data.get("revision")))


def satudata_sop_adopt(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Put a SOP in force for an office; its earlier adoption of the same subject ends with it.

    New cases run on it, running cases stay on theirs. One that publishes is adopted by the head
    of the walidata, or by an agency that is its own walidata for itself.

    :param sop: id or sha256 of the revision, or a subject: its newest revision
    :param organization: the office
    :param serves: ids or names of the agencies it is for, or `all`; left out: the office itself,
        but who adopts for others a SOP that publishes has to say it
    :param bound: step number to subject of the SOP in force into which that step leads; a step
        with a connector that is left out leads nowhere
    :param decree_number: number of the decree, if there is one
    :param decree_date: its day, YYYY-MM-DD
    :param decree_attachment: id of the uploaded decree or signed sheet
    :returns: the adoption, and in `warnings`, for each agency, the actors whom nobody holds there
    """
    data = validated(context, data_dict, schema.sop_adopt())
    tk.check_access("satudata_sop_adopt", context, data)
    user = asker(context)
    with one_commit():
        row = adopting.adopt(user, data)
    return _adoption(row, user)


def satudata_adoption_end(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let a SOP be in force no longer; it stays on record, and running cases go on.

    :param id: id of the adoption
    """
    data = validated(context, data_dict, schema.by_id())
    tk.check_access("satudata_adoption_end", context, data)
    user = asker(context)
    with one_commit():
        row = adopting.end(user, data["id"])
    return sop_dictize.adoption_dict(row, user)


def satudata_route_set(context: Context, data_dict: dict[str, Any]) -> dict[str, Any] | None:
    """Say which SOP an upload opens, for an agency and a kind of dataset.

    :param organization: id or name of the agency; left out: all that have no route of their own
    :param kind: `prioritas` (in this year's list of Data Prioritas) or `bukan-prioritas`; left
        out: any
    :param subject: subject of a SOP in force for the agency; left out: the route goes away
    """
    data = validated(context, data_dict, schema.route_set())
    tk.check_access("satudata_route_set", context, data)
    user = asker(context)
    with one_commit():
        agency = organizations.named(data["organization"]) if data.get("organization") else None
        row = routes.set_route(user, agency, data.get("kind"), data.get("subject"))
    return sop_dictize.route_dict(row) if row is not None else None


@tk.side_effect_free
def satudata_route_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Which SOP opens for which agency and kind; who has no route gets the portal's default."""
    tk.check_access("satudata_route_list", context, data_dict)
    return [sop_dictize.route_dict(row) for row in adoptions.routes()]


def satudata_case_move(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let a running case go on by the revision of its SOP that is in force now.

    :param id: id or number of the case, or id or name of its dataset
    :param version: the case's version as the caller last saw it
    :param sop: id or sha256 of the revision, to be sure which one it is
    :param reason: why
    :returns: the case as `satudata_case_show` gives it
    """
    data = validated(context, data_dict, schema.case_move())
    tk.check_access("satudata_case_move", context, data)
    user = asker(context)
    found = visible_case(user, data["id"])
    with one_commit():
        case = moving.move(found.id, user, data)
    return dictize.case_dict(case, user)


def _content(data_dict: dict[str, Any]) -> tuple[bytes, str]:
    """The bytes of the file, one more than may be, and the name that faults carry."""
    upload = data_dict.get("upload")
    if upload is not None and hasattr(upload, "stream"):
        return upload.stream.read(MAX_BYTES + 1), upload.filename or "sop.yaml"
    text = data_dict.get("text")
    if not isinstance(text, str) or not text.strip():
        raise as_ckan_error(Refused("sop_text_missing", field="text"))
    # Half a character is no text; the reader refuses it with a line and a column.
    return text.encode("utf-8", "surrogatepass"), "sop.yaml"


def _faulty(error: InvalidSop, field: str) -> tk.ValidationError:
    faults = [checking.fault_dict(one) for one in error.faults]
    refused = Refused("sop_faulty", field=field, count=len(faults))
    told: dict[str, Any] = {field: [sentence(refused)], "code": [refused.code], "faults": faults}
    return tk.ValidationError(told)


def _wanted(reader: model.User | None, reference: str, revision: int | None) -> sops.Revision:
    """The text that is meant, as far as the reader may know of it: of a subject the newest."""
    try:
        found = [sops.find(reference)] if not revision else _numbered(reference, revision)
        if found[0].subject == reference and not revision:
            found = sops.revisions(reference)
        return reading.open_to(reader, found)[0]
    except (Refused, IndexError) as missing:
        raise tk.ObjectNotFound(tk._("There is no such SOP.")) from missing


def _numbered(subject: str, revision: int) -> list[sops.Revision]:
    return [one for one in sops.revisions(subject) if one.row and one.row.revision == revision]


def _shown(context: Context, one: sops.Revision) -> dict[str, Any]:
    rows = adoptions.of_sops([one.row.id]) if one.row is not None else []
    return sop_dictize.sop_dict(one, rows, people.user_of(context))


def _adoption(row: AdoptionRow, user: model.User) -> dict[str, Any]:
    sop = sop_of(model.Session.get_one(SopRow, row.sop_id))
    shown = sop_dictize.adoption_dict(row, user)
    return {**shown, "warnings": sop_dictize.warnings(sop, row)}
