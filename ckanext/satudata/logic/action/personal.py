"""Data of persons: what was found in a dataset, and what people answer."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.personal import asking
from ckanext.satudata.logic.schema import personal as schema
from ckanext.satudata.logic.schema.release import of_dataset
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import as_ckan_error
from ckanext.satudata.model import cases


@tk.side_effect_free
def satudata_personal_data_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What was found of data of persons in the files and rows of a dataset, and the answers.

    For those who see its case. What nobody has looked through yet says so (`checked`); the act
    that approves open data looks itself.

    :param id: id or name of the dataset, or of a working copy
    :returns: {dataset_id, asked, may_answer, open, files: [{resource_id, content, title, rows,
        checked, findings: [{key, code, certain, count, message, answer}]}]}
    """
    data = validated(context, data_dict, of_dataset())
    tk.check_access("satudata_personal_data_show", context, data)
    user = asker(context)
    return asking.shown(_package(data["id"], user), user)


def satudata_personal_data_answer(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Answer findings in one file, or in the rows of one resource; other bytes ask anew.

    :param id: id or name of the dataset, or of a working copy
    :param content: of which file or rows, as `satudata_personal_data_show` names it
    :param findings: their keys
    :param verdict: `bukan_data_pribadi`, `milik_kantor`, `boleh_dibuka` or `sudah_dibenahi`
    :param reason: by what the person knows it
    :returns: as `satudata_personal_data_show`
    """
    data = validated(context, data_dict, schema.personal_answer())
    tk.check_access("satudata_personal_data_answer", context, data)
    user = asker(context)
    package = _package(data["id"], user)
    with one_commit():
        asking.answer(
            package, user, data["content"], data["findings"], data["verdict"], data["reason"]
        )
    return asking.shown(package, user)


def _package(reference: str, user: model.User) -> model.Package:
    """A dataset whose case the user may see; without a case one that he may answer for."""
    package = model.Package.get(reference)
    if package is None or package.state != model.State.ACTIVE:
        raise as_ckan_error(Refused("not_found"))
    case = cases.case_of_dataset(package.id)
    known = people.may_see_case(user, case) if case is not None else user.sysadmin
    if not people.may_see_dataset(user, package) or not (known or asking.may_answer(package, user)):
        raise as_ckan_error(Refused("not_found"))
    return package
