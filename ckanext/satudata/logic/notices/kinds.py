"""The kinds of notices: what each is called, its sentence, and how it goes where nobody chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ckanext.satudata.model.notices import DIGEST, EVERY_KIND, MAIL, PAGE
from ckanext.satudata.msgid import N_
from ckanext.satudata.sop.events import Kind as Event
from ckanext.satudata.sop.notices import Told


@dataclass(frozen=True)
class Kind:
    """One row: `title` in settings and filters, `sentence` of a notice, `way` unless chosen.

    Both are msgids; the sentence has {about} and {step}.
    """

    told: Told
    title: str
    sentence: str
    way: str = MAIL


KINDS: tuple[Kind, ...] = (
    Kind(Told.TASK, N_("It is your turn"), N_("{about}: it is your turn at step “{step}”")),
    Kind(Told.RETURNED, N_("Data came back"), N_("{about} came back to step “{step}”")),
    Kind(
        Told.APPROVAL,
        N_("Your approval is wanted"),
        N_("{about}: your approval is wanted at step “{step}”"),
    ),
    Kind(
        Told.ASSIGNED, N_("A step was given to you"), N_("{about}: step “{step}” was given to you")
    ),
    Kind(Told.COMMENT, N_("Comments"), N_("{about}: a comment at step “{step}”")),
    Kind(Told.RECEIVED, N_("Receipts"), N_("{about} was received")),
    Kind(Told.DUE_SOON, N_("A due time comes near"), N_("{about}: step “{step}” is due soon")),
    Kind(Told.DUE, N_("Something is due"), N_("{about}: step “{step}” is due now")),
    Kind(Told.OVERDUE, N_("Something is overdue"), N_("{about}: step “{step}” is overdue")),
    Kind(
        Told.ESCALATED,
        N_("Something is overdue with people whom you direct"),
        N_("{about}: step “{step}” is overdue, and waits for {holders}"),
    ),
    Kind(
        Told.UPDATE_ASKED,
        N_("Published data are to be updated"),
        N_("{about}: new data are asked for"),
        DIGEST,
    ),
    Kind(
        Told.UPDATE_OVERDUE,
        N_("Published data were not updated in time"),
        N_("{about} was not updated in time"),
        DIGEST,
    ),
    Kind(
        Told.ROUND_OPENED,
        N_("What is done again and again"),
        N_("“{step}” is to be done: {about}"),
        DIGEST,
    ),
    Kind(
        Told.ROUND_MISSED,
        N_("What is done again and again was missed"),
        N_("“{step}” was not confirmed: {about}"),
        DIGEST,
    ),
    Kind(Told.HELD, N_("A release did not appear"), N_("{about} did not appear at its time")),
    Kind(
        Told.DROPPED, N_("Data were dropped from a list"), N_("{about} was dropped from the list")
    ),
    Kind(Told.CANCELLED, N_("A case was cancelled"), N_("{about}: the case was cancelled")),
    Kind(Told.PUBLISHED, N_("Data were published"), N_("{about} was published"), DIGEST),
    Kind(
        Told.SCHEDULED,
        N_("Times of publication"),
        N_("{about} will be published at a time"),
        DIGEST,
    ),
    Kind(Told.PAUSED, N_("Pauses"), N_("{about}: step “{step}” stands still"), DIGEST),
    Kind(
        Told.REVISED,
        N_("A case goes on by another revision"),
        N_("{about} goes on by another revision of its SOP"),
        DIGEST,
    ),
)
"""In the order in which settings show them."""

BY_NAME: Mapping[str, Kind] = {one.told.value: one for one in KINDS}

SENTENCES: Mapping[str, str] = {
    Event.RESUMED.value: N_("{about}: step “{step}” goes on"),
    Event.RELEASE_MOVED.value: N_("{about} will be published at another time"),
    Event.RELEASE_CALLED_OFF.value: N_("{about} will not be published at the time that was set"),
    "case_due_soon": N_("{about}: the case as a whole is due soon"),
    "case_due": N_("{about}: the case as a whole is due now"),
    "case_overdue": N_("{about}: the case as a whole is overdue"),
    "case_escalated": N_("{about}: the case as a whole is overdue"),
}
"""By the event, where the sentence of its kind would say another thing."""

SENTENCES_OF: Mapping[tuple[str, str], str] = {
    (Event.RELEASE_CALLED_OFF.value, Told.TASK.value): N_(
        "{about}: its time of publication was called off; step “{step}” waits for your decision "
        "again"
    ),
}
"""By event and kind, where an event is told of in several ways."""

WAY_TITLES: Mapping[str, str] = {
    MAIL: N_("E-mail at once"),
    DIGEST: N_("Daily digest"),
    PAGE: N_("On the page only"),
}


def way_of(settings: Mapping[tuple[str, str], str], user_id: str, kind: str) -> str:
    """By which way a person is told of a kind: as he chose for it, for all kinds, or the usual."""
    for chosen in (kind, EVERY_KIND):
        way = settings.get((user_id, chosen))
        if way is not None:
            return way
    known = BY_NAME.get(kind)
    return known.way if known is not None else MAIL
