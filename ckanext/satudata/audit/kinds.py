"""Events beside cases: what happens to a dataset or to the portal outside a run of a SOP.

Which events a case has is said in `sop/events.py`. The values are stored, so they never change.
"""

from __future__ import annotations

from enum import Enum

PORTAL = "portal"
"""The stream of what concerns no single dataset."""


def dataset_stream(dataset_id: str) -> str:
    """The stream of what happens to a dataset outside cases."""
    return f"dataset:{dataset_id}"


class RecordKind(str, Enum):
    """What an event beside cases says."""

    RELEASE_FORCED = "release_forced"
    RELEASE_WITHDRAWN = "release_withdrawn"
    RELEASE_RESTORED = "release_restored"
    EMBARGO_SET = "embargo_set"
    EMBARGO_LIFTED = "embargo_lifted"
    WORKING_COPY_OPENED = "working_copy_opened"
    WORKING_COPY_DROPPED = "working_copy_dropped"
    CORRECTION_MADE = "correction_made"
    READER_ADDED = "reader_added"
    READER_REMOVED = "reader_removed"
    PERSONAL_DATA_ANSWERED = "personal_data_answered"
    ACCESS_DENIED = "access_denied"
    ACCOUNT_LOCKED = "account_locked"
    ACCOUNT_UNLOCKED = "account_unlocked"
    PASSWORD_SET_BY_OTHER = "password_set_by_other"  # noqa: S105 - the name of an event
    SECOND_FACTOR_SET_UP = "second_factor_set_up"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    SECOND_FACTOR_RESET_ASKED = "second_factor_reset_asked"
    SECOND_FACTOR_RESET = "second_factor_reset"
    PERSON_ERASED = "person_erased"
    HEAD_SIGNED = "head_signed"
    CALENDAR_CHANGED = "calendar_changed"
    CLOCKS_RECKONED = "clocks_reckoned"
    UPDATE_ASKED = "update_asked"
    UPDATE_ANSWERED = "update_answered"
    UPDATE_ENDED = "update_ended"
    ROUND_OPENED = "round_opened"
    ROUND_CONFIRMED = "round_confirmed"
    ROUND_MISSED = "round_missed"
