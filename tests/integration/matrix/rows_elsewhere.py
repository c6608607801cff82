"""Actions that are about people, groups, words and the site. They are asked all the same: what
they answer must hold nothing unreleased, and what they write must publish nothing."""

from __future__ import annotations

from collections.abc import Callable

from ckan import model

from tests.integration.matrix.payload import Asked, Values

Maker = Callable[[Asked], Values]


def _none(a: Asked) -> Values:
    return {}


def _me(a: Asked) -> Values:
    return {"id": a.me}


def _spare(a: Asked) -> Values:
    return {"id": a.ids["spare"]}


def _group(a: Asked) -> Values:
    return {"id": a.ids["group"]}


def _agency(a: Asked) -> Values:
    return {"id": a.ids["agency"]}


def _empty(a: Asked) -> Values:
    return {"id": a.ids["empty"]}


def _source(a: Asked) -> Values:
    return {"id": a.ids["source"]}


def _vocabulary(a: Asked) -> Values:
    return {"id": a.ids["vocabulary"]}


def _query(a: Asked) -> Values:
    return {"q": a.target.canary[:6]}


def _file(a: Asked) -> Values:
    return {"id": "x"}


def _member(a: Asked) -> Values:
    return {**_group(a), "username": a.ids["spare"], "role": "admin"}


def _official(a: Asked) -> Values:
    return {**_agency(a), "username": a.ids["spare"], "role": "admin"}


def _user(a: Asked) -> Values:
    return {"name": "orang-baru", "email": "baru@contoh.example", "password": "Rekaan-1234-panjang"}


def _changed_user(a: Asked) -> Values:
    return {**_spare(a), "name": a.ids["spare"], "email": "spare@contoh.example"}


def _sentence(a: Asked) -> Values:
    return {"term": "kata", "term_translation": "word", "lang_code": "en"}


ROWS: dict[str, Maker] = {
    "InactiveSource": _none,
    "activity_create": lambda a: {"user_id": a.me, "object_id": a.target.id,
                                  "activity_type": "changed package"},
    "activity_delete": lambda a: {"id": a.target.activity},
    "activity_delete_all": _none,
    "activity_delete_counts": _none,
    "am_following_dataset": lambda a: {"id": a.target.id},
    "am_following_group": _group,
    "am_following_user": _spare,
    "api_token_create": lambda a: {"user": a.me, "name": "baru"},
    "api_token_list": lambda a: {"user_id": a.me},
    "api_token_revoke": lambda a: {"jti": a.ids["jti"]},
    "config_option_list": _none,
    "config_option_show": lambda a: {"key": "ckan.site_title"},
    "config_option_update": lambda a: {"ckan.site_title": "Diam-diam"},
    "dashboard_mark_activities_old": _none,
    "dataset_followee_count": _me,
    "datastore_function_create": lambda a: {"name": "rekaan", "or_replace": True,
                                            "rettype": "trigger",
                                            "definition": "BEGIN RETURN NEW; END;"},
    "datastore_function_delete": lambda a: {"name": "rekaan", "if_exists": True},
    "file_create": lambda a: {"name": "rekaan.txt", "upload": "rekaan"},
    "file_delete": _file,
    "file_owner_scan": lambda a: {"owner_type": "user"},
    "file_ownership_transfer": lambda a: {"id": "x", "owner_type": "package",
                                          "owner_id": a.target.id},
    "file_pin": _file,
    "file_register": lambda a: {"location": f"resources/{a.target.resource}"},
    "file_rename": lambda a: {"id": "x", "name": "y"},
    "file_show": _file,
    "file_unpin": _file,
    "follow_group": _group,
    "follow_user": _spare,
    "followee_count": _me,
    "format_autocomplete": _query,
    "get_mail_extra_vars": _source,
    "get_site_user": _none,
    "group_activity_list": _group,
    "group_autocomplete": _query,
    "group_delete": _group,
    "group_followee_count": _me,
    "group_followee_list": _me,
    "group_follower_count": _group,
    "group_follower_list": _group,
    "group_list": lambda a: {"all_fields": True, "include_dataset_count": True},
    "group_list_authz": _none,
    "group_member_create": _member,
    "group_member_delete": _member,
    "group_purge": _group,
    "harvest_abort_failed_jobs": lambda a: {"life_span": 7},
    "harvest_get_notifications_recipients": lambda a: {"source_id": a.ids["source"]},
    "harvest_job_abort": lambda a: {"id": a.ids["job"]},
    "harvest_job_create": lambda a: {"source_id": a.ids["source"], "run": False},
    "harvest_job_create_all": lambda a: {"run": False},
    "harvest_jobs_run": lambda a: {"source_id": a.ids["source"]},
    "harvest_log_list": _none,
    "harvest_send_job_to_gather_queue": lambda a: {"id": a.ids["job"]},
    "harvest_source_job_history_clear": _source,
    "harvest_sources_job_history_clear": lambda a: {"keep_current": True},
    "harvesters_info_show": _none,
    "help_show": lambda a: {"name": "package_show"},
    "job_cancel": _file,
    "job_clear": lambda a: {"queues": ["matriks"]},
    "job_list": _none,
    "job_show": _file,
    "license_list": _none,
    "member_list": _agency,
    "member_roles_list": _none,
    "organization_autocomplete": _query,
    "organization_create": lambda a: {"name": "dinas-baru", "title": "Dinas baru",
                                      "satu_data_role": "produsen"},
    "organization_delete": _empty,
    "organization_followee_count": _me,
    "organization_followee_list": _me,
    "organization_follower_count": _agency,
    "organization_follower_list": _agency,
    "organization_list": lambda a: {"all_fields": True, "include_dataset_count": True},
    "organization_list_for_user": _none,
    "organization_member_create": _official,
    "organization_member_delete": _official,
    "organization_patch": lambda a: {**_agency(a), "description": "Diam-diam"},
    "organization_purge": _empty,
    "organization_update": lambda a: {**_empty(a), "name": "dinas-kosong", "title": "Diam-diam",
                                      "satu_data_role": "produsen"},
    "package_collaborator_list_for_user": _me,
    "prepare_error_mail": _source,
    "prepare_summary_mail": _source,
    "scheming_organization_schema_list": _none,
    "scheming_organization_schema_show": lambda a: {"type": "organization"},
    "send_email_notifications": _none,
    "send_error_email": _source,
    "send_mail": _source,
    "send_summary_email": _source,
    "status_show": _none,
    "tag_create": lambda a: {"name": "kata-baru", "vocabulary_id": a.ids["vocabulary"]},
    "tag_delete": lambda a: {"id": a.ids["word"], "vocabulary_id": a.ids["vocabulary"]},
    "task_status_delete": lambda a: {"id": a.ids["task"]},
    "task_status_show": lambda a: {"id": a.ids["task"]},
    "term_translation_show": lambda a: {"terms": [a.target.canary]},
    "term_translation_update": _sentence,
    "term_translation_update_many": lambda a: {"data": [_sentence(a)]},
    "unfollow_group": _group,
    "unfollow_user": _spare,
    "user_autocomplete": _query,
    "user_create": _user,
    "user_delete": _spare,
    "user_followee_count": _me,
    "user_followee_list": _me,
    "user_follower_count": _spare,
    "user_follower_list": _spare,
    "user_invite": lambda a: {"email": "undangan@contoh.example", "group_id": a.ids["agency"],
                              "role": "editor"},
    "user_list": lambda a: {"q": a.target.canary},
    "user_patch": _changed_user,
    "user_update": _changed_user,
    "vocabulary_create": lambda a: {"name": "kosakata-baru", "tags": []},
    "vocabulary_delete": _vocabulary,
    "vocabulary_list": _none,
    "vocabulary_show": _vocabulary,
    "vocabulary_update": lambda a: {**_vocabulary(a), "name": "kosakata", "tags": []},
}  # fmt: skip


def _holding(a: Asked) -> Values:
    """A group that the target is in; put there now, because a form would refuse some states."""
    member = model.Member(
        group_id=a.ids["group"], table_name="package", table_id=a.target.id, capacity="public"
    )
    model.Session.add(member)
    model.Session.commit()
    return _group(a)


def _renamed_agency(a: Asked) -> Values:
    agency = a.world.office.agency
    return {
        **_agency(a),
        "name": agency["name"],
        "title": "Diam-diam",
        "satu_data_role": "produsen",
    }


HOLDERS: dict[str, Maker] = {
    "group_activity_list": _holding,
    "group_delete": _holding,
    "group_package_show": _holding,
    "group_patch": lambda a: {**_holding(a), "state": "deleted"},
    "group_purge": _holding,
    "group_show": lambda a: {**_holding(a), "include_datasets": True},
    "group_update": lambda a: {**_holding(a), "name": "kelompok", "packages": []},
    "organization_activity_list": _agency,
    "organization_delete": _agency,
    "organization_patch": lambda a: {**_agency(a), "state": "deleted"},
    "organization_purge": _agency,
    "organization_update": _renamed_agency,
}
"""The same actions about the agency that the target belongs to, or a group that it is in."""
