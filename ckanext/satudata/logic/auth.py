"""Permission for our own actions. What core's actions are asked besides stands in guards.py."""

from __future__ import annotations

from typing import Any

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import guards, people
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.logic.sop import office_roles
from ckanext.satudata.logic.wording import sentence


def satudata_case_open(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; the SOP says who opens a case."""
    return _logged_in(context)


def satudata_case_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; a case that is not open to him answers like a wrong number."""
    return _logged_in(context)


def satudata_case_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in has an inbox."""
    return _logged_in(context)


def satudata_case_act(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; the rule table decides under the lock of the case."""
    return _logged_in(context)


def satudata_case_work(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; the action is for those who see the case whole."""
    return _logged_in(context)


def satudata_assignment_create(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Who may assign this actor for this agency; see logic/officers/assigning.py."""
    user = people.user_of(context)
    names = ("sop", "actor", "organization_id")
    sop, actor, agency = (data_dict.get(name) or None for name in names)
    if user and assigning.may_assign(user, sop or "", actor or "", agency):
        return {"success": True}
    return _refuse(Refused("not_assigner" if user else "login_needed"))


def satudata_assignment_end(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Who may assign it may end it."""
    return satudata_assignment_create(context, data_dict)


def satudata_assignment_hand_over(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Asked for each assignment that changes hands."""
    return satudata_assignment_create(context, data_dict)


def satudata_assignment_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in reads what he holds himself; the action leaves out what is not for him."""
    return _logged_in(context)


def satudata_assignment_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; what is not in his list answers like a wrong id."""
    return _logged_in(context)


def satudata_assignment_stand_in(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Asked for each assignment that somebody gets by it."""
    return satudata_assignment_create(context, data_dict)


def satudata_officers_import(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """It makes accounts and agencies, so only those who speak for the whole portal."""
    return _head(context)


def satudata_login_unlock(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who speak for the whole portal."""
    return _head(context)


def satudata_factor_reset_ask(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who speak for the whole portal; that two of them are needed, the action says."""
    return _head(context)


def satudata_factor_reset_confirm(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who speak for the whole portal; that two of them are needed, the action says."""
    return _head(context)


def satudata_factor_reset_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who could confirm one."""
    return _head(context)


def satudata_attachment_create(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """To a case: the action shows it to those only who may see it. A decree: who may assign."""
    user = people.user_of(context)
    if data_dict.get("case_id"):
        return _logged_in(context)
    if assigning.may_assign_something(user):
        return {"success": True}
    return _refuse(Refused("not_assigner" if user else "login_needed"))


def satudata_attachment_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; what is not open to him answers like a wrong id."""
    return _logged_in(context)


def satudata_sop_upload(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """The head of the walidata; sysadmins are let through before this is asked."""
    user = people.user_of(context)
    if user is None:
        return _refuse(Refused("login_needed"))
    if office_roles.is_head_of_walidata(user):
        return {"success": True}
    return _refuse(Refused("not_sop_keeper"))


def satudata_sop_check(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Who may bring a SOP file may have it checked before."""
    return satudata_sop_upload(context, data_dict)


@tk.auth_allow_anonymous_access
def satudata_sop_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Everybody may read by which procedure an office works; drafts are left out with them at hand
    (`logic.sop.reading`)."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def satudata_sop_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Everybody may read by which procedure an office works; drafts are left out with them at hand
    (`logic.sop.reading`)."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def satudata_route_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Everybody may read which procedure opens for whom."""
    return {"success": True}


def satudata_sop_adopt(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; who may adopt what is decided with its terms at hand."""
    return _logged_in(context)


def satudata_adoption_end(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; who could have adopted it may end it."""
    return _logged_in(context)


def satudata_route_set(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; who may route whom is decided with the route at hand."""
    return _logged_in(context)


def satudata_case_move(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; those who steer the case may, and that is asked under its lock."""
    return _logged_in(context)


def satudata_delivery_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; the list holds what is his to place."""
    return _logged_in(context)


def satudata_delivery_place(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; whose delivery it is, is asked under the lock of the case."""
    return _logged_in(context)


def satudata_link_create(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; the rule table says who invites."""
    return _logged_in(context)


def satudata_link_withdraw(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; the rule table says who invites, and so who takes it back."""
    return _logged_in(context)


def satudata_link_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; the links of a case are for its office."""
    return _logged_in(context)


def satudata_register(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; the action shows the cases that are open to him."""
    return _logged_in(context)


def satudata_activity_report(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in reads his own; the action says who reads those of others."""
    return _logged_in(context)


def satudata_working_copy_create(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; who may prepare the next release is asked under the lock."""
    return _logged_in(context)


def satudata_working_copy_drop(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; who may open one may end it."""
    return _logged_in(context)


def satudata_release_withdraw(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; who may show data may take it back."""
    return _logged_in(context)


def satudata_release_move(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; who says when data is shown is asked under the lock."""
    return _logged_in(context)


def satudata_release_call_off(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; who says when data is shown is asked under the lock."""
    return _logged_in(context)


def satudata_embargo_set(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; who says when data is shown is asked under the lock."""
    return _logged_in(context)


def satudata_embargo_lift(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; who says when data is shown is asked under the lock."""
    return _logged_in(context)


def satudata_release_correct(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; the SOP of the data says who corrects what."""
    return _logged_in(context)


def satudata_release_force(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Sysadmins only, who are let through before this is asked."""
    return _refuse(Refused("not_sysadmin"))


def satudata_personal_data_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; what is in a case is for those who see it."""
    return _logged_in(context)


def satudata_personal_data_answer(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; who verifies or approves the data is asked by the action."""
    return _logged_in(context)


def satudata_reader_add(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; the action is for those who stand for the walidata."""
    return _logged_in(context)


def satudata_reader_remove(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Who names readers takes it back."""
    return _logged_in(context)


def satudata_reader_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; the action is for the walidata and the agency of the data."""
    return _logged_in(context)


@tk.auth_allow_anonymous_access
def satudata_release_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Who may read the dataset may read which releases it had."""
    return authz.is_authorized("package_show", context, data_dict)


@tk.auth_allow_anonymous_access
def satudata_release_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Who may read the dataset may read which releases it had; the action leaves out the rest."""
    return authz.is_authorized("package_show", context, data_dict)


def satudata_release_differences(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; the action says who reads what is public no longer."""
    return _logged_in(context)


def satudata_row_differences(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; the action says who reads what is public no longer."""
    return _logged_in(context)


@tk.auth_allow_anonymous_access
def satudata_dictionary_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Who may read the dataset reads what its columns are; the action shows it to nobody else."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def satudata_dictionary_forms(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for the kamus data."""
    return {"success": True}


def satudata_dictionary_propose(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; the action asks who writes the dataset now."""
    return _logged_in(context)


def satudata_dictionary_take_over(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for a proposal."""
    return _logged_in(context)


def satudata_dictionary_save(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for a proposal."""
    return _logged_in(context)


def satudata_dictionary_version_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; the action is for the walidata and the agency of the data."""
    return _logged_in(context)


def satudata_calendar_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in reads by which calendar an office works."""
    return _logged_in(context)


def satudata_calendar_day_set(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; the action is for those who speak for the office."""
    return _logged_in(context)


def satudata_calendar_ramadan_set(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for a day."""
    return _logged_in(context)


def satudata_calendar_hours_set(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for a day."""
    return _logged_in(context)


def satudata_calendar_end(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for a day."""
    return _logged_in(context)


def satudata_clock_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in; the list holds what is in his inbox."""
    return _logged_in(context)


satudata_update_list = satudata_round_list = satudata_clock_list
"""Anybody logged in; the lists hold what his agencies bring and his office serves and does."""

satudata_round_confirm = satudata_case_act
"""Anybody logged in may try; who does it for the office confirms it."""


def _head(context: Context) -> AuthResult:
    if assigning.is_head(people.user_of(context)):
        return {"success": True}
    return _refuse(Refused("not_head"))


def satudata_audit_export(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; the action says who reads a case whole, and who everything."""
    return _logged_in(context)


def satudata_person_erase(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """The administrator of the portal, who is let through before this is asked."""
    return _refuse(Refused("not_sysadmin" if people.user_of(context) else "login_needed"))


def satudata_notice_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in reads what he was told himself."""
    return _logged_in(context)


def satudata_notice_read(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in marks his own."""
    return _logged_in(context)


def satudata_notice_setting_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in reads his own settings."""
    return _logged_in(context)


def satudata_notice_setting_set(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in says by which way he is told."""
    return _logged_in(context)


def satudata_notice_undeliverable_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who speak for the whole portal."""
    return _head(context)


def satudata_notice_send_again(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who speak for the whole portal."""
    return _head(context)


def _logged_in(context: Context) -> AuthResult:
    if people.user_of(context) is None:
        return _refuse(Refused("login_needed"))
    return {"success": True}


def _refuse(refused: Refused) -> AuthResult:
    return {"success": False, "msg": sentence(refused)}


def get_auth_functions() -> dict[str, Any]:
    """Ours, and core's with their guards before them."""
    ours = {name: value for name, value in globals().items() if name.startswith("satudata_")}
    return {**ours, **guards.chained_auth_functions()}
