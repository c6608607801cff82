"""What people read when something about releases and working copies is refused."""

from __future__ import annotations

from ckanext.satudata.msgid import N_

RELEASE_SENTENCES: dict[str, str] = {
    "locked_published": N_(
        "This data was published on %(since)s and is not edited in place. "
        "Open a working copy of it, or ask %(walidata)s for an update."
    ),
    "not_published": N_("This data was not published yet. Edit it itself instead of a copy."),
    "not_reviser": N_(
        "A working copy of this data is made by its agency. Ask a produsen data of that agency."
    ),
    "working_copy_exists": N_(
        "A working copy of this data is being prepared already: %(name)s. Go on there."
    ),
    "working_copy_ended": N_("This working copy has ended. Open a new one from the public data."),
    "working_copy_in_case": N_(
        "This working copy is in case %(case)s. Cancel that case first, then drop the copy."
    ),
    "has_release": N_(
        "This data was published and cannot be removed; its record must stay. Withdraw it, or ask "
        "%(walidata)s."
    ),
    "is_working_copy": N_("This is a working copy. Drop it as such instead of deleting it."),
    "not_working_copy": N_("This dataset is no working copy. Name the copy, not the public data."),
    "not_withdrawer": N_(
        "Published data is withdrawn by those who publish it: the holder of the publishing step, "
        "or the head of the walidata."
    ),
    "replacement_unknown": N_("Name a dataset that is public as the one that stands in its place."),
    "already_published": N_("This data is public already. Open a working copy to change it."),
    "forced_in_case": N_(
        "This data is in case %(case)s. Cancel that case first, so that nobody goes on with data "
        "that is public behind his back."
    ),
    "release_unknown": N_("This data has no release %(number)s. Choose one from its list."),
    "release_followed": N_("Release %(number)s is public by now. Look at it, then decide again."),
    "not_history_reader": N_(
        "Releases that are public no longer are read by the agency of this data and the office. "
        "Ask the agency for an older one."
    ),
    "nothing_to_compare": N_("There is no earlier release to compare this one with."),
    "base_changed": N_(
        "The public data was released otherwise since this working copy was opened. "
        "Drop the copy, open a new one and make the change there."
    ),
}
"""Code of a refusal -> msgid of its sentence."""
