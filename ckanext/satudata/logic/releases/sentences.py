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
        "This working copy is in case %(case)s, in the hands of %(holders)s. Who opened it drops "
        "it while the data are in his hands; now ask those who steer the case to cancel it: "
        "%(steering)s."
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
    "locked_scheduled": N_(
        "This data is approved and will be published by itself on %(at)s. To change it, ask "
        "%(holders)s to call that off."
    ),
    "not_scheduled": N_(
        "No release of this data waits for its time. It may have been published or called off "
        "already; see its case."
    ),
    "not_timer": N_(
        "When data is published is said by those who publish it: the holder of the publishing "
        "step, who steers the case, or the head of the walidata. Ask one of them."
    ),
    "partly_shown": N_(
        "Some data of this act are public already, so it cannot be called off. Drop from the "
        "list what is not to be published."
    ),
    "withdrawn_since": N_(
        "This data was withdrawn on %(at)s, after the time of its next release was set. Move "
        "that release to confirm it, or call it off."
    ),
    "under_embargo": N_(
        "This data is held back until %(until)s. Choose that time or a later one, or have the "
        "embargo lifted."
    ),
    "no_embargo": N_(
        "No embargo lasts on this data. It may have ended or been lifted already; load the page of "
        "the data again."
    ),
    "time_invalid": N_(
        "Write the time as year-month-day, T, hour and minute on the clock of the agency, such "
        "as 2026-12-01T08:00."
    ),
    "time_not_to_the_minute": N_("Give the time to the minute, without seconds."),
    "time_past": N_("This time is past. Choose one to come."),
    "time_same": N_("It is this time already. Choose another one."),
    "time_too_far": N_("This time is more than a year ahead. Choose an earlier one."),
    "time_not_together": N_(
        "This step is ended by several together, so none of them sets the time. Set an embargo: "
        "the data is then published by itself when it ends."
    ),
    "nothing_to_time": N_(
        "This act publishes nothing, so it has no time of publication. Leave the time empty."
    ),
    "base_withdrawn": N_(
        "The public data was withdrawn since this working copy was opened. "
        "Drop the copy, and open a new one if it is to be published again."
    ),
    "no_corrections": N_(
        "The SOP of this data declares no small corrections. Open a working copy of it."
    ),
    "not_corrector": N_(
        "Small corrections of this data are made by %(holders)s. Tell them what to correct."
    ),
    "field_not_correctable": N_(
        "The SOP of this data does not let %(name)s be corrected without a run; it does so for "
        "%(choices)s. Open a working copy to change it."
    ),
    "nothing_corrected": N_(
        "These values are public already; nothing was corrected. Change a field, or go back "
        "without a change."
    ),
    "correction_scheduled": N_(
        "The next release of this data waits for %(at)s. Correct it after that, or have that "
        "release called off first."
    ),
    "correction_in_copy": N_(
        "The working copy %(name)s holds %(fields)s otherwise, or is approved already. Make the "
        "correction there, or correct the data once the copy is applied or dropped."
    ),
    "base_changed": N_(
        "The public data was released otherwise since this working copy was opened. "
        "Drop the copy, open a new one and make the change there."
    ),
}
"""Code of a refusal -> msgid of its sentence."""
