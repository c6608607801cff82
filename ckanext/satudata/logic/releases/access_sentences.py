"""What people read when something about access classes, readers or personal data is refused."""

from __future__ import annotations

from ckanext.satudata.msgid import N_

ACCESS_SENTENCES: dict[str, str] = {
    "not_reader_giver": N_(
        "Who may read restricted data is named by the walidata: those who hold a post there for "
        "all agencies, or its head."
    ),
    "reader_not_restricted": N_(
        "Readers are named for restricted data only. Choose the access class “terbatas” first; "
        "open data is read by everybody, closed data by those who keep it."
    ),
    "reader_until_past": N_("This day is over. Choose today or a later day, or leave it empty."),
    "reader_unknown": N_('There is no account "%(reader)s". Write the name of an account.'),
    "reader_exists": N_(
        "This reader may read the data already. Take it back before you change it."
    ),
    "consequence_test_missing": N_(
        'The data "%(dataset)s" is not open, and these fields are missing for that, or over: '
        "%(missing)s. Fill them in after the consequence test (UU 14/2008 article 19), or let the "
        "data be open."
    ),
    "personal_data_unanswered": N_(
        "Open data waits for an answer about data of persons, %(count)s findings. In “%(file)s”: "
        "%(finding)s (%(finding_code)s) Whoever verifies or approves the data answers on the page "
        "of its case; where it is data of persons, return the data, or have its access class "
        "changed."
    ),
    "personal_data_unknown": N_(
        "This finding is not asked any more: the file was changed, or somebody has answered. "
        "Load the page anew."
    ),
    "not_personal_answerer": N_(
        "Findings about data of persons are answered by those who verify or approve this data, "
        "and not by who brought it."
    ),
}
"""Code of a refusal -> msgid of its sentence."""
