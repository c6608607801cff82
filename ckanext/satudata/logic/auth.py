"""Permission for our own actions. What core's actions are asked besides stands in guards.py."""

from __future__ import annotations

from typing import Any

from ckan.types import AuthResult, Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import guards, people
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


def satudata_assignment_create(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Sysadmins only, who are let through before this is asked."""
    return _refuse(Refused("not_sysadmin"))


def satudata_assignment_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Sysadmins only, who are let through before this is asked."""
    return _refuse(Refused("not_sysadmin"))


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
