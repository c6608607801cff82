"""Permission for our own actions. What core's actions are asked besides stands in guards.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import guards, people
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.logic.sop import office_roles
from ckanext.satudata.logic.wording import sentence

LOGGED_IN: Mapping[str, str] = {
    "satudata_case_open": "the SOP says who opens a case",
    "satudata_case_show": "a case that is not open to him answers like a wrong number",
    "satudata_case_list": "everybody has an inbox",
    "satudata_case_act": "the rule table decides under the lock of the case",
    "satudata_case_work": "the action is for those who see the case whole",
    "satudata_assignment_list": "the action leaves out what is not for him",
    "satudata_assignment_show": "what is not in his list answers like a wrong id",
    "satudata_attachment_show": "what is not open to him answers like a wrong id",
    "satudata_sop_adopt": "who may adopt what is decided with its terms at hand",
    "satudata_adoption_end": "who could have adopted it may end it",
    "satudata_route_set": "who may route whom is decided with the route at hand",
    "satudata_case_move": "those who steer the case may, and that is asked under its lock",
    "satudata_delivery_list": "the list holds what is his to place",
    "satudata_delivery_place": "whose delivery it is, is asked under the lock of the case",
    "satudata_link_create": "the rule table says who invites",
    "satudata_link_withdraw": "the rule table says who invites, and so who takes it back",
    "satudata_link_list": "the links of a case are for its office",
    "satudata_register": "the action shows the cases that are open to him",
    "satudata_activity_report": "his own is his; the action says who reads those of others",
    "satudata_working_copy_create": "who may prepare the next release is asked under the lock",
    "satudata_working_copy_drop": "who may open one may end it",
    "satudata_release_withdraw": "who may show data may take it back",
    "satudata_release_move": "who says when data is shown is asked under the lock",
    "satudata_release_call_off": "who says when data is shown is asked under the lock",
    "satudata_embargo_set": "who says when data is shown is asked under the lock",
    "satudata_embargo_lift": "who says when data is shown is asked under the lock",
    "satudata_release_correct": "the SOP of the data says who corrects what",
    "satudata_personal_data_show": "what is in a case is for those who see it",
    "satudata_personal_data_answer": "who verifies or approves the data is asked by the action",
    "satudata_reader_add": "the action is for those who stand for the walidata",
    "satudata_reader_remove": "who names readers takes it back",
    "satudata_reader_list": "the action is for the walidata and the agency of the data",
    "satudata_release_differences": "the action says who reads what is public no longer",
    "satudata_row_differences": "the action says who reads what is public no longer",
    "satudata_dictionary_propose": "the action asks who writes the dataset now",
    "satudata_dictionary_take_over": "the action asks who writes the dataset now",
    "satudata_dictionary_save": "the action asks who writes the dataset now",
    "satudata_dictionary_version_list": "the action is for the walidata and the agency of the data",
    "satudata_calendar_show": "by which calendar an office works is no secret in it",
    "satudata_calendar_day_set": "the action is for those who speak for the office",
    "satudata_calendar_ramadan_set": "the action is for those who speak for the office",
    "satudata_calendar_hours_set": "the action is for those who speak for the office",
    "satudata_calendar_end": "the action is for those who speak for the office",
    "satudata_clock_list": "the list holds what is in his inbox",
    "satudata_audit_export": "the action says who reads a case whole, and who everything",
    "satudata_notice_list": "it lists what he was told himself",
    "satudata_notice_read": "it marks his own",
    "satudata_notice_setting_list": "they are his own",
    "satudata_notice_setting_set": "it is he who is told",
    "satudata_update_list": "the list holds what his agencies bring and his office serves",
    "satudata_round_list": "the list holds what his office does",
    "satudata_round_confirm": "who does it for the office confirms it",
}
"""Anybody logged in may ask or try, and why; the action decides what he gets."""

HEADS: Mapping[str, str] = {
    "satudata_officers_import": "it makes accounts and agencies",
    "satudata_login_unlock": "an account may be of any agency",
    "satudata_factor_reset_ask": "that two of them are needed, the action says",
    "satudata_factor_reset_confirm": "that two of them are needed, the action says",
    "satudata_factor_reset_list": "they could confirm one",
    "satudata_notice_undeliverable_list": "it names people of every agency",
    "satudata_notice_send_again": "it is about people of every agency",
}
"""For those who speak for the whole portal, and why."""

ASSIGNERS: Mapping[str, str] = {
    "satudata_assignment_end": "who may assign it may end it",
    "satudata_assignment_hand_over": "asked for each assignment that changes hands",
    "satudata_assignment_stand_in": "asked for each assignment that somebody gets by it",
}
"""For whoever may make such an assignment."""


def satudata_assignment_create(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Who may assign this actor for this agency; see logic/officers/assigning.py."""
    user = people.user_of(context)
    names = ("sop", "actor", "organization_id")
    sop, actor, agency = (data_dict.get(name) or None for name in names)
    if user and assigning.may_assign(user, sop or "", actor or "", agency):
        return {"success": True}
    return _refuse(Refused("not_assigner" if user else "login_needed"))


def satudata_attachment_create(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """To a case: the action shows it to those only who may see it. A decree: who may assign."""
    user = people.user_of(context)
    if data_dict.get("case_id"):
        return _logged_in(context)
    if assigning.may_assign_something(user):
        return {"success": True}
    return _refuse(Refused("not_assigner" if user else "login_needed"))


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


def satudata_release_force(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Sysadmins only, who are let through before this is asked."""
    return _refuse(Refused("not_sysadmin"))


@tk.auth_allow_anonymous_access
def satudata_release_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Who may read the dataset may read which releases it had."""
    return authz.is_authorized("package_show", context, data_dict)


@tk.auth_allow_anonymous_access
def satudata_release_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Who may read the dataset may read which releases it had; the action leaves out the rest."""
    return authz.is_authorized("package_show", context, data_dict)


@tk.auth_allow_anonymous_access
def satudata_dictionary_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Who may read the dataset reads what its columns are; the action shows it to nobody else."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def satudata_dictionary_forms(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for the kamus data."""
    return {"success": True}


def _head(context: Context, _data_dict: dict[str, Any] | None = None) -> AuthResult:
    if assigning.is_head(people.user_of(context)):
        return {"success": True}
    return _refuse(Refused("not_head"))


def satudata_person_erase(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """The administrator of the portal, who is let through before this is asked."""
    return _refuse(Refused("not_sysadmin" if people.user_of(context) else "login_needed"))


def _logged_in(context: Context, _data_dict: dict[str, Any] | None = None) -> AuthResult:
    if people.user_of(context) is None:
        return _refuse(Refused("login_needed"))
    return {"success": True}


def _refuse(refused: Refused) -> AuthResult:
    return {"success": False, "msg": sentence(refused)}


def get_auth_functions() -> dict[str, Any]:
    """Ours, and core's with their guards before them."""
    ours = {name: value for name, value in globals().items() if name.startswith("satudata_")}
    for names, rule in (
        (LOGGED_IN, _logged_in),
        (HEADS, _head),
        (ASSIGNERS, satudata_assignment_create),
    ):
        ours |= dict.fromkeys(names, rule)
    return {**ours, **guards.chained_auth_functions()}
