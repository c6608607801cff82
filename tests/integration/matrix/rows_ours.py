"""Our own actions. Stock CKAN has none of them, so no payload of theirs is measured against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ckanext.satudata.logic import clock
from tests.integration.matrix.payload import Asked, Values
from tests.integration.office import SOP

Maker = Callable[[Asked], Values]


def next_year() -> str:
    """A minute that is still to come, on a clock in Indonesia."""
    return (clock.now() + timedelta(days=200)).strftime("%Y-%m-%dT%H:%M")


def _case(a: Asked) -> Values:
    return {"id": a.target.case or a.target.id}


def _person(a: Asked) -> Values:
    office = a.world.office
    return {"sop": SOP, "actor": "verifikator", "user": a.ids["spare"], "organization": "",
            "valid_from": "2026-12-01", "valid_until": "2026-12-02", "acting": "plt",
            "for_user": office["verifikator"]}  # fmt: skip


READS: dict[str, Maker] = {
    "satudata_activity_report": lambda a: {"from": "2026-01-01", "to": "2026-12-31"},
    "satudata_audit_export": lambda a: {"case": a.target.case or a.target.id, "format": "json"},
    "satudata_factor_reset_list": lambda a: {},
    "satudata_release_differences": lambda a: {"id": a.target.id},
    "satudata_release_list": lambda a: {"id": a.target.id},
    "satudata_release_show": lambda a: {"id": a.target.id, "release": 1},
    "satudata_row_differences": lambda a: {
        "id": a.target.id,
        "resource": a.target.resource,
        "kind": "changed",
    },
    "satudata_assignment_list": lambda a: {},
    "satudata_assignment_show": lambda a: {"id": "x"},
    "satudata_attachment_show": lambda a: {"id": "x"},
    "satudata_calendar_show": lambda a: {"year": 2026},
    "satudata_case_list": lambda a: {"waiting_for": "any"},
    "satudata_case_show": _case,
    "satudata_case_work": _case,
    "satudata_clock_list": lambda a: {"due": "any"},
    "satudata_delivery_list": lambda a: {},
    "satudata_dictionary_forms": lambda a: {"id": a.target.id},
    "satudata_dictionary_propose": lambda a: {"id": a.target.resource},
    "satudata_dictionary_show": lambda a: {"id": a.target.resource},
    "satudata_dictionary_take_over": lambda a: {
        "id": a.target.resource,
        "source": a.target.resource,
    },
    "satudata_dictionary_version_list": lambda a: {"id": a.target.resource},
    "satudata_link_list": _case,
    "satudata_notice_list": lambda a: {},
    "satudata_notice_setting_list": lambda a: {},
    "satudata_notice_undeliverable_list": lambda a: {},
    "satudata_personal_data_show": lambda a: {"id": a.target.id},
    "satudata_reader_list": lambda a: {"id": a.target.id},
    "satudata_register": lambda a: {"from": "2026-01-01", "to": "2026-12-31"},
    "satudata_round_list": lambda a: {},
    "satudata_route_list": lambda a: {},
    "satudata_sop_list": lambda a: {},
    "satudata_sop_show": lambda a: {"id": SOP},
    "satudata_update_list": lambda a: {"state": "any"},
}

WRITES: dict[str, Maker] = {
    "satudata_adoption_end": lambda a: {"id": a.ids["adoption"]},
    "satudata_assignment_create": _person,
    "satudata_assignment_end": lambda a: {"id": "x", "ended_on": "2026-12-01"},
    "satudata_assignment_hand_over": lambda a: {"user": a.world.office["verifikator"],
                                                "to": a.ids["spare"], "sop": SOP},
    "satudata_assignment_stand_in": _person,
    "satudata_attachment_create": lambda a: {"case_id": a.target.id},
    "satudata_calendar_day_set": lambda a: {"day": "2026-03-02", "name": "Hari jadi (rekaan)",
                                            "decree_number": "1/2026 (rekaan)"},
    "satudata_calendar_end": lambda a: {"id": "x", "reason": "Rekaan"},
    "satudata_calendar_hours_set": lambda a: {"since": "2026-02-01", "days": 6,
                                              "decree_number": "2/2026 (rekaan)"},
    "satudata_calendar_ramadan_set": lambda a: {"first_day": "2026-02-18",
                                                "last_day": "2026-03-19",
                                                "decree_number": "3/2026 (rekaan)"},
    "satudata_case_act": lambda a: {**_case(a), "act": "comment", "text": "Rekaan", "step": 3,
                                    "visit": 1, "version": 1},
    "satudata_case_move": lambda a: {**_case(a), "version": 1, "sop": SOP, "reason": "Rekaan"},
    "satudata_case_open": lambda a: {"dataset_id": a.target.id},
    "satudata_delivery_place": lambda a: {"id": "x", "case": "1", "entry": "x", "version": 1},
    "satudata_factor_reset_ask": lambda a: {"account": a.ids["spare"], "reason": "Rekaan"},
    "satudata_factor_reset_confirm": lambda a: {"id": "x"},
    "satudata_login_unlock": lambda a: {"account": a.ids["spare"]},
    "satudata_person_erase": lambda a: {"name": "Nama Rekaan", "reason": "Rekaan"},
    "satudata_dictionary_save": lambda a: {"id": a.target.resource,
                                           "schema": {"fields": [{"name": "Rekaan"}]}},
    "satudata_embargo_lift": lambda a: {"id": a.target.id, "reason": "Rekaan"},
    "satudata_embargo_set": lambda a: {"id": a.target.id, "reason": "Rekaan",
                                       "not_before": next_year()},
    "satudata_release_call_off": lambda a: {"id": a.target.id, "reason": "Rekaan"},
    "satudata_release_correct": lambda a: {"id": a.target.id, "reason": "Rekaan",
                                           "fields": {"maintainer": "Meja data"}},
    "satudata_release_move": lambda a: {"id": a.target.id, "reason": "Rekaan",
                                        "publish_at": next_year()},
    "satudata_personal_data_answer": lambda a: {
        "id": a.target.id, "content": "x", "findings": ["x"], "verdict": "milik_kantor",
        "reason": "Rekaan"},
    "satudata_reader_add": lambda a: {"id": a.target.id, "kind": "staff", "reason": "Rekaan"},
    "satudata_reader_remove": lambda a: {"id": "x"},
    "satudata_release_force": lambda a: {"id": a.target.id, "reason": "Rekaan"},
    "satudata_release_withdraw": lambda a: {"id": a.target.id, "reason": "Rekaan"},
    "satudata_working_copy_create": lambda a: {"id": a.target.id},
    "satudata_working_copy_drop": lambda a: {"id": a.target.id, "reason": "Rekaan"},
    "satudata_link_create": lambda a: {**_case(a), "version": 1, "step": 3, "visit": 1,
                                       "actor": "bps", "name": "BPS (rekaan)", "days": 3},
    "satudata_link_withdraw": lambda a: {"id": "x"},
    "satudata_notice_read": lambda a: {"ids": ["x"]},
    "satudata_notice_send_again": lambda a: {"ids": ["x"]},
    "satudata_notice_setting_set": lambda a: {"kind": "task", "way": "digest"},
    "satudata_officers_import": lambda a: {"dry_run": "true"},
    "satudata_request_fulfil": lambda a: {"id": "1", "version": 1, "request": "x",
                                          "dataset_id": a.target.id},
    "satudata_round_confirm": lambda a: {"id": "x", "note": "Rekaan"},
    "satudata_route_set": lambda a: {"organization": a.ids["agency"], "kind": "prioritas",
                                     "subject": SOP},
    "satudata_sop_adopt": lambda a: {"sop": SOP, "organization": a.ids["empty"], "serves": "all"},
    "satudata_sop_check": lambda a: {"text": "sop: {}"},
    "satudata_sop_upload": lambda a: {"text": "sop: {}"},
}  # fmt: skip
