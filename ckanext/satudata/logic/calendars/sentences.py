"""What people read when something about working calendars is refused."""

from __future__ import annotations

from ckanext.satudata.msgid import N_

CALENDAR_SENTENCES: dict[str, str] = {
    "not_calendar_keeper": N_(
        "When an office works is said by the head of the walidata, or by the administrator of "
        "that office for itself."
    ),
    "calendar_row_unknown": N_(
        "This entry of the calendar is not there, or has ended. Reload the calendar."
    ),
    "calendar_day_far": N_("The calendar goes from %(first)s to %(last)s. Mend the day."),
    "calendar_past": N_(
        "What an office worked until today is said by the head of the walidata: due times that "
        "are over hang on it. Choose a later day."
    ),
    "calendar_same": N_("The calendar says so already. Nothing is to be changed."),
    "calendar_pace": N_(
        "You changed the calendar %(limit)s times within an hour. Go on in an hour, or let the "
        "head of the walidata do it."
    ),
    "ramadan_too_long": N_("Ramadan has at most %(days)s days. Mend the dates."),
    "hours_invalid": N_(
        "These are no office hours of a week. Give seven days from Monday on, each as "
        "07.30-12.00 13.00-16.00, and an empty text for a day off."
    ),
    "hours_too_few": N_("A week has at least %(hours)s office hours. Complete the days."),
}
