"""Every action of ours, by the name the API has for it."""

from ckanext.satudata.logic.action.account import (
    satudata_factor_reset_ask,
    satudata_factor_reset_confirm,
    satudata_factor_reset_list,
    satudata_login_unlock,
    user_create,
    user_update,
)
from ckanext.satudata.logic.action.assignment import (
    satudata_assignment_create,
    satudata_assignment_end,
    satudata_assignment_hand_over,
    satudata_assignment_list,
    satudata_assignment_show,
    satudata_assignment_stand_in,
)
from ckanext.satudata.logic.action.attachment import (
    satudata_attachment_create,
    satudata_attachment_show,
)
from ckanext.satudata.logic.action.calendar import (
    satudata_calendar_day_set,
    satudata_calendar_end,
    satudata_calendar_hours_set,
    satudata_calendar_ramadan_set,
    satudata_calendar_show,
    satudata_clock_list,
)
from ckanext.satudata.logic.action.case import (
    satudata_case_act,
    satudata_case_list,
    satudata_case_open,
    satudata_case_show,
    satudata_request_fulfil,
)
from ckanext.satudata.logic.action.dataset import (
    package_create,
    package_show,
    package_update,
    tag_delete,
)
from ckanext.satudata.logic.action.delivery import satudata_delivery_list, satudata_delivery_place
from ckanext.satudata.logic.action.dictionary import (
    satudata_dictionary_forms,
    satudata_dictionary_propose,
    satudata_dictionary_save,
    satudata_dictionary_show,
    satudata_dictionary_take_over,
    satudata_dictionary_version_list,
)
from ckanext.satudata.logic.action.differences import (
    satudata_release_differences,
    satudata_row_differences,
)
from ckanext.satudata.logic.action.link import (
    satudata_link_create,
    satudata_link_list,
    satudata_link_withdraw,
)
from ckanext.satudata.logic.action.notice import (
    satudata_notice_list,
    satudata_notice_read,
    satudata_notice_send_again,
    satudata_notice_setting_list,
    satudata_notice_setting_set,
    satudata_notice_undeliverable_list,
)
from ckanext.satudata.logic.action.officers import satudata_officers_import
from ckanext.satudata.logic.action.personal import (
    satudata_personal_data_answer,
    satudata_personal_data_show,
)
from ckanext.satudata.logic.action.proof import satudata_audit_export, satudata_person_erase
from ckanext.satudata.logic.action.reader import (
    satudata_reader_add,
    satudata_reader_list,
    satudata_reader_remove,
)
from ckanext.satudata.logic.action.release import (
    satudata_release_correct,
    satudata_release_force,
    satudata_release_list,
    satudata_release_show,
    satudata_release_withdraw,
    satudata_working_copy_create,
    satudata_working_copy_drop,
)
from ckanext.satudata.logic.action.report import satudata_activity_report, satudata_register
from ckanext.satudata.logic.action.rounds import satudata_round_confirm, satudata_round_list
from ckanext.satudata.logic.action.rows import (
    datastore_create,
    datastore_delete,
    datastore_function_create,
    datastore_run_triggers,
    datastore_upsert,
)
from ckanext.satudata.logic.action.sop import (
    satudata_adoption_end,
    satudata_case_move,
    satudata_route_list,
    satudata_route_set,
    satudata_sop_adopt,
    satudata_sop_check,
    satudata_sop_list,
    satudata_sop_show,
    satudata_sop_upload,
)
from ckanext.satudata.logic.action.times import (
    satudata_embargo_lift,
    satudata_embargo_set,
    satudata_release_call_off,
    satudata_release_move,
)
from ckanext.satudata.logic.action.updates import satudata_update_list
from ckanext.satudata.logic.action.words import tag_autocomplete, tag_list, tag_search, tag_show
from ckanext.satudata.logic.action.work import satudata_case_work

__all__ = [
    "datastore_create",
    "datastore_delete",
    "datastore_function_create",
    "datastore_run_triggers",
    "datastore_upsert",
    "package_create",
    "package_show",
    "package_update",
    "satudata_activity_report",
    "satudata_adoption_end",
    "satudata_assignment_create",
    "satudata_assignment_end",
    "satudata_assignment_hand_over",
    "satudata_assignment_list",
    "satudata_assignment_show",
    "satudata_assignment_stand_in",
    "satudata_attachment_create",
    "satudata_attachment_show",
    "satudata_audit_export",
    "satudata_calendar_day_set",
    "satudata_calendar_end",
    "satudata_calendar_hours_set",
    "satudata_calendar_ramadan_set",
    "satudata_calendar_show",
    "satudata_case_act",
    "satudata_case_list",
    "satudata_case_move",
    "satudata_case_open",
    "satudata_case_show",
    "satudata_case_work",
    "satudata_clock_list",
    "satudata_delivery_list",
    "satudata_delivery_place",
    "satudata_dictionary_forms",
    "satudata_dictionary_propose",
    "satudata_dictionary_save",
    "satudata_dictionary_show",
    "satudata_dictionary_take_over",
    "satudata_dictionary_version_list",
    "satudata_factor_reset_ask",
    "satudata_factor_reset_confirm",
    "satudata_factor_reset_list",
    "satudata_link_create",
    "satudata_link_list",
    "satudata_link_withdraw",
    "satudata_login_unlock",
    "satudata_notice_list",
    "satudata_notice_read",
    "satudata_notice_send_again",
    "satudata_notice_setting_list",
    "satudata_notice_setting_set",
    "satudata_notice_undeliverable_list",
    "satudata_officers_import",
    "satudata_person_erase",
    "satudata_personal_data_answer",
    "satudata_personal_data_show",
    "satudata_reader_add",
    "satudata_reader_list",
    "satudata_reader_remove",
    "satudata_register",
    "satudata_embargo_lift",
    "satudata_embargo_set",
    "satudata_release_call_off",
    "satudata_release_correct",
    "satudata_release_differences",
    "satudata_release_force",
    "satudata_release_list",
    "satudata_release_move",
    "satudata_release_show",
    "satudata_release_withdraw",
    "satudata_request_fulfil",
    "satudata_round_confirm",
    "satudata_round_list",
    "satudata_route_list",
    "satudata_route_set",
    "satudata_row_differences",
    "satudata_sop_adopt",
    "satudata_sop_check",
    "satudata_sop_list",
    "satudata_sop_show",
    "satudata_sop_upload",
    "satudata_update_list",
    "satudata_working_copy_create",
    "satudata_working_copy_drop",
    "tag_autocomplete",
    "tag_delete",
    "tag_list",
    "tag_search",
    "tag_show",
    "user_create",
    "user_update",
]
