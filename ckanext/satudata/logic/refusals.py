"""Each refusal as a sentence: what is wrong and what to do. Wording.py renders them."""

from __future__ import annotations

from ckanext.satudata.logic.accounts.words import SENTENCES as ACCOUNTS
from ckanext.satudata.logic.calendars.sentences import CALENDAR_SENTENCES
from ckanext.satudata.logic.notices.words import NOTICE_SENTENCES
from ckanext.satudata.logic.releases.access_sentences import ACCESS_SENTENCES
from ckanext.satudata.logic.releases.sentences import RELEASE_SENTENCES
from ckanext.satudata.logic.rounds.sentences import ROUND_SENTENCES
from ckanext.satudata.msgid import N_

SENTENCES: dict[str, str] = {
    **ACCOUNTS,
    **RELEASE_SENTENCES,
    **ACCESS_SENTENCES,
    **NOTICE_SENTENCES,
    **CALENDAR_SENTENCES,
    **ROUND_SENTENCES,
    "version_conflict": N_(
        "Somebody else acted on this case first. What you wrote is still below; "
        "read where the case stands now, then send again if need be."
    ),
    "export_of_what": N_("Say which case, or from which day to which, the record is wanted of."),
    "export_too_long": N_(
        "This period holds more than %(limit)s events. Choose a shorter one, and export in parts."
    ),
    "person_unknown": N_('Nobody is called "%(name)s" here. Write the name as it stands.'),
    "erase_whom": N_("Say whom to erase: a name as it stands, or an account; not both."),
    "erase_self": N_("Nobody erases the account he acts by. Ask another administrator."),
    "erase_in_office": N_(
        "This account holds an office, or is yet to hold one. End its assignments first."
    ),
    "signing_key_missing": N_(
        "The key that signs daily heads is not there. Whoever keeps the server sets "
        "SATUDATA_SIGNING_KEY, or SATUDATA_SIGNING_KEY_FILE, to 64 hexadecimal digits."
    ),
    "case_closed": N_("This case is closed. Nothing more can be done in it."),
    "case_exists": N_("This dataset already has case %(case)s. Go on there."),
    "step_not_open": N_("Step %(step)s is not open. Reload the case and choose an open step."),
    "not_holder": N_(
        "This step is held by %(holders)s. You can read this case, but not decide it."
    ),
    "outcome_unknown": N_("Choose the result of your work: %(choices)s."),
    "four_eyes": N_("You brought or changed this data, so somebody else decides: %(holders)s."),
    "reason_missing": N_("Write the reason for the return, so that it is clear what to repair."),
    "points_missing": N_('Mark at least one column, row or field, or choose "All of the data".'),
    "json_too_deep": N_(
        "What you sent is nested deeper than can be read. Send the fields of the action alone."
    ),
    "text_unreadable": N_(
        "This text holds characters that cannot be stored. Type it anew instead of pasting it."
    ),
    "ids_invalid": N_("Give ids as a list of texts, or as one text with commas between."),
    "ids_too_many": N_("These are %(given)s; at most %(most)s go at once. Send them in parts."),
    "text_too_long": N_("This text has %(length)s characters; at most %(limit)s fit. Shorten it."),
    "point_invalid": N_("Say of each point what it is about (%(kinds)s), and where."),
    "point_elsewhere": N_(
        'A point is about "%(dataset)s", which does not go back. Let that data go back too, or '
        "choose for the point what does."
    ),
    "berkas_ada": N_("This dataset has no file yet. Upload the file, then send again."),
    "metadata_lengkap": N_(
        "These fields are still empty: %(missing)s. Fill them in, then send again."
    ),
    "akses_terbuka": N_(
        "The access class of this data is %(access_class)s, and this step publishes open data "
        "only. Return it, or have its access class changed."
    ),
    "locked_in_review": N_(
        "%(holders)s has had this data since %(since)s. It can be changed after a return."
    ),
    "only_new_products": N_(
        "At this step new products may be added, but the validated data stays as it is. "
        "Add a new file instead of changing one."
    ),
    "needs_release": N_(
        "Data is published by its case, not by a switch. Follow the SOP up to the publishing step."
    ),
    "owner_frozen": N_(
        "The producing agency of this data is fixed since its case was opened. "
        "Ask %(walidata)s if it is wrong."
    ),
    "name_frozen": N_(
        "This data was published, so its address stays, also after a withdrawal. "
        "Leave the name as it is."
    ),
    "state_frozen": N_("This data has a case, so its state cannot be switched. Ask %(walidata)s."),
    "state_unknown": N_('A dataset cannot have the state "%(state)s". Use: %(states)s.'),
    "state_deleted": N_("This data was deleted. Only the administrator brings it back."),
    "group_state": N_(
        "An agency or a group goes by being removed, and only without data. "
        "Leave its state as it is."
    ),
    "file_register": N_(
        "Files come with their dataset. A file that is registered by itself could be removed, and "
        "a release may name it."
    ),
    "has_case": N_(
        "This data has case %(case)s and cannot be removed; its record must stay. Ask %(walidata)s."
    ),
    "computed_field": N_(
        '"%(name)s" is computed from the case and cannot be written. Leave it out.'
    ),
    "type_unknown": N_('Datasets of the type "%(type)s" are not known here. Use: %(types)s.'),
    "content_differs": N_(
        "The content is not what was approved. Reload the case and approve it again."
    ),
    "not_found": N_("There is no such case, or it is not open to you."),
    "login_needed": N_("Log in to see this."),
    "not_sysadmin": N_("Only the administrator of the portal may do this."),
    "no_producer": N_(
        "Only the producing agency or the office that receives data opens a case. "
        "Ask %(walidata)s to assign you."
    ),
    "no_agency": N_("This data has no producing agency. Choose the organization it belongs to."),
    "sop_unknown": N_('There is no SOP with the subject "%(sop)s". Known: %(known)s.'),
    "actor_unknown": N_('The SOP has no actor "%(actor)s". Known: %(known)s.'),
    "user_unknown": N_('There is no user "%(user)s".'),
    "organization_unknown": N_('There is no organization "%(organization)s".'),
    "date_order": N_("The last day lies before the first one. Mend the dates."),
    # Acts of the five SOPs
    "act_unknown": N_('"%(act)s" cannot be done at step %(step)s. Reload the case.'),
    "date_invalid": N_("This is no date. Write it as year-month-day, such as 2026-03-31."),
    "dataset_missing": N_("Several datasets stand at step %(step)s. Say which one you mean."),
    "dataset_or_sop": N_("Name the dataset, or the SOP of a case over a list."),
    "dataset_not_here": N_("One of these datasets is not at step %(step)s. Reload the case."),
    "only_returns_name_datasets": N_(
        "Single datasets can be named for a return only; the others go on by their own result."
    ),
    "work_going_on": N_(
        "This step is decided and its datasets are being worked on. Wait until all are through, "
        "or drop the one that is refused."
    ),
    "visit_paused": N_("This step is paused. Resume it first."),
    "not_paused": N_("This step is not paused."),
    "not_claimed": N_("Nobody has taken this step on, so nobody can hand it back."),
    "claimed_by_other": N_(
        "%(holder)s has taken this step on. Ask for it to be handed back or assigned to you."
    ),
    "ended_together": N_("This step is ended by %(holders)s together and is nobody's alone."),
    "confirmed_already": N_(
        "You have confirmed this already. Another person has to confirm it with you."
    ),
    "assignee_missing": N_("Say to whom this step goes."),
    "assignee_not_holder": N_("%(user)s does not hold this step. It is held by %(holders)s."),
    "approval_missing": N_(
        "The approval of %(approver)s is not on record yet. Record it with name and date first."
    ),
    "paper_not_allowed": N_(
        "The SOP of this case knows no records on paper. Act on the portal itself."
    ),
    "paper_in_future": N_("The day on the paper lies in the future. Mend the date."),
    "paper_name_missing": N_("Say whom the paper names."),
    "paper_evidence_missing": N_("Attach the scanned paper as evidence."),
    "comment_empty": N_("Write something, or attach a file."),
    "list_empty": N_("The list is still empty. Put at least one dataset on it."),
    "entry_incomplete": N_("An entry of the list needs a title and a producing agency."),
    "entry_duplicate": N_('"%(title)s" of this agency stands on the list already.'),
    "product_needs_dataset": N_("A product of this step is a dataset. Create it first."),
    "already_public": N_(
        "Data of this case is public already. It can be withdrawn, but not cancelled or dropped."
    ),
    "not_closed_yet": N_("The closing date of this list has not passed, or was never set."),
    "nothing_missing": N_("Everything on the list was delivered in time. Nothing is left behind."),
    "nothing_delivered": N_(
        "Nothing was delivered by the closing date. Cancel the case, or set a later date."
    ),
    "not_served": N_(
        "The SOP of this case is not in force for %(organization)s, so its data cannot be on this "
        "list. Ask the office in whose case they belong."
    ),
    "no_sop_in_force": N_('No SOP "%(sop)s" is in force for this agency. It has to be adopted.'),
    "needs_list": N_('"%(sop)s" runs over a list. Put the dataset on one.'),
    "needs_dataset": N_('"%(sop)s" runs over one dataset. Name it.'),
    "waits_for_the_list": N_("This data waits for the rest of its list. Nobody can change it now."),
    "request_answered": N_(
        'What was asked for is there meanwhile: "%(dataset)s" (%(name)s) has taken the place of '
        "the request. Go on with that data; nothing was done yet."
    ),
    "request_unknown": N_("There is no such request on the list. Reload the case."),
    "other_agency": N_("This dataset belongs to another agency than the request."),
    "attachment_unknown": N_("This attachment does not belong to the case. Upload it there."),
    "idempotency_key_used": N_("This key was used for another call. Use a new one."),
    "kelas_akses": N_('"%(dataset)s" still needs this field: %(missing)s. Fill it in.'),
    "daftar_lengkap": N_(
        "Each dataset on the list needs its producing agency and release date. Missing: "
        "%(missing)s."
    ),
    "worker_away": N_(
        "The decision is kept, but its work waits: the queue of the portal does not answer. Try "
        "again later, or ask the administrator of the portal."
    ),
    # Deliveries
    "delivery_unknown": N_("There is no such delivery that waits, or it is not yours to place."),
    # Attachments
    "attachment_missing": N_("Choose the file to attach."),
    "attachment_empty": N_("This file is empty. Choose another one."),
    "attachment_too_big": N_(
        "This file is larger than %(limit)s MB. Scan it with a lower resolution, or split it."
    ),
    "attachment_kind": N_("Files of this kind are not attached. Use one of: %(kinds)s."),
    "attachment_mislabelled": N_(
        'What is in this file does not fit its ending "%(ending)s", or it holds macros. '
        "Save it anew in that format, then attach it again."
    ),
    "attachment_not_found": N_("There is no such attachment, or it is not open to you."),
    # Assignments
    "not_assigner": N_(
        "Only the administrator of the portal and the head of the walidata assign this; the "
        "administrator of an agency assigns those of its produsen who neither approve nor publish."
    ),
    "not_head": N_("Only the administrator of the portal and the head of the walidata do this."),
    "assignment_unknown": N_("There is no such assignment, or it is not open to you."),
    "office_wide_no_agency": N_("This is held for the whole portal. Leave the agency out."),
    "decree_missing": N_(
        "%(actor)s is held by letter of assignment only. Give its number, its date and the file."
    ),
    "decree_unknown": N_("This letter is not there. Upload it first, without a case."),
    "decree_incomplete": N_("A letter has a number and a date. Give both."),
    "acting_unknown": N_('Say "plt" or "plh", or leave it out.'),
    "acting_without_whom": N_("Say for whom the Plh. acts."),
    "acting_for_self": N_("Nobody acts for himself. Name another person."),
    "acting_without_acting": N_('Say whether the person is "plt" or "plh".'),
    "acting_for_nobody": N_(
        "%(user)s does not hold %(actor)s there on %(day)s, so nobody can act for him."
    ),
    "day_past": N_("This day is over. Choose today or a later day."),
    "same_person": N_("Choose two different people."),
    "nothing_to_hand_over": N_("%(user)s holds nothing here that could be handed over."),
    # Import of officers
    "import_faulty": N_(
        "Nothing was brought in: %(count)s rows are faulty. Mend them in the workbook first."
    ),
    "import_changed": N_(
        "The portal or the workbook has changed since you looked. Nothing was brought in; "
        "read again what would change, then confirm it."
    ),
    "true_or_false": N_("Say true or false here."),
    "import_lost": N_("The workbook is not kept any more. Upload it again."),
    "import_no_mail": N_("This portal sends no mail. Choose printed first passwords."),
    "import_many_mails": N_(
        "At most %(limit)s invitations are sent at once. Split the workbook, or print passwords."
    ),
    # SOPs: texts, adoption, routes, moving a case
    "sop_text_missing": N_("Send the SOP file, or its text."),
    "sop_faulty": N_(
        "Nothing was stored: this SOP file has faults (%(count)s). Mend them, then send it again."
    ),
    "not_sop_keeper": N_(
        "SOP files are brought by the head of the walidata or the administrator of the portal."
    ),
    "adopts_publishing": N_(
        "This SOP publishes data, so the head of the walidata puts it in force. Where "
        "%(organization)s is its own walidata, its administrator does, with number, date and "
        "file of the decree that says so."
    ),
    "not_adopter": N_(
        "This SOP is put in force by the head of the walidata, the administrator of the portal, "
        "or the administrator of %(organization)s."
    ),
    "serves_missing": N_("This SOP publishes data. Say for which agencies it does."),
    "serves_others": N_(
        "The administrator of %(organization)s decides for that agency alone. For others ask the "
        "head of the walidata."
    ),
    "bound_invalid": N_("Write which step leads to which SOP, such as 7: pengelolaan-data."),
    "connector_unknown": N_(
        "Step %(step)s leads into no other SOP, so it cannot be bound. Steps that do: %(known)s."
    ),
    "connector_subject": N_(
        'Step %(step)s leads into the SOP "%(named)s", not into "%(sop)s". Bind it to that one, '
        "or to none."
    ),
    "connector_not_in_force": N_(
        'The SOP "%(sop)s", into which step %(step)s leads, is not in force for everybody whom '
        "this one serves. Put it in force first, or leave the step unbound."
    ),
    "connector_step": N_(
        '"%(sop)s" cannot take what step %(step)s hands over: its step %(target)s must be walked '
        "by each dataset and ask for a named approval."
    ),
    "actor_without_holder": N_(
        "Nobody holds these yet: %(actors)s. Assign them, then put the SOP in force."
    ),
    "adoption_unknown": N_("There is no such adoption. Reload the page of the SOP."),
    "adoption_ended": N_("This was ended already on %(on)s."),
    "adoption_needed": N_(
        '"%(sop)s" of %(organization)s leads into this SOP. Put that one in force unbound first.'
    ),
    "not_router": N_(
        "Which SOP opens is set by the head of the walidata or the administrator of the portal; "
        "an agency chooses among those that it put in force itself."
    ),
    "route_kind_unknown": N_('"%(kind)s" is no kind of dataset here. Use one of: %(known)s.'),
    "route_not_in_force": N_('The SOP "%(sop)s" is not in force there. Put it in force first.'),
    "not_steering": N_(
        "A running case is moved to another revision by %(holders)s or the head of the walidata."
    ),
    "move_reason_missing": N_("Write why this case goes on by another revision."),
    "revision_same": N_("This case runs on revision %(revision)s already, which is in force."),
    "revision_not_in_force": N_(
        'Of "%(sop)s" revision %(revision)s is in force. A case can be moved to that one only.'
    ),
    "revision_step_gone": N_(
        "The case stands at step %(step)s (%(name)s), which the new revision does not have. Let "
        "it go on by the old one."
    ),
    "revision_actor_gone": N_(
        "Step %(step)s waits for %(actors)s, whom the new revision does not know. Let the case go "
        "on by the old one."
    ),
    "revision_approval_other": N_(
        "An approval is on record at step %(step)s, and the new revision asks somebody else for "
        "it. End the step first."
    ),
    "revision_joint_open": N_(
        "Step %(step)s is being ended by several people together. Wait until it is ended."
    ),
    "revision_skips_approval": N_(
        "In the new revision the approval lies before step %(step)s, so that data nobody approved "
        "could be published. Let the case go on by the old one."
    ),
    "import_agency_unclear": N_(
        'Several agencies are called "%(organization)s". Use the short name of the one you mean.'
    ),
    "import_role_differs": N_(
        "This agency is known as %(role)s. Its role is changed on its own page only; leave the "
        "cell empty."
    ),
    "import_name_taken": N_('The name "%(name)s" is taken. Choose another one.'),
    "import_account_deleted": N_('The account "%(name)s" was deleted. Choose another name.'),
    "import_account_other": N_(
        'The account "%(name)s" says something else here. Only the administrator of the portal '
        "changes that; leave the cell empty."
    ),
    "import_email_needed": N_("A new account needs an e-mail address. Fill it in."),
    "import_email_taken": N_("This e-mail address belongs to another account. Use another one."),
    "import_own_capacity": N_("Nobody lowers what he himself may do. Leave the cell empty."),
    "import_capacity_alone": N_("Say for which agency, or leave this cell empty."),
    "import_letter_unknown": N_(
        'The letter "%(name)s" was not uploaded with the workbook. Upload it with this very name.'
    ),
    # Pages of cases
    "not_of_office": N_("Only the office that runs this case does this."),
    # Links
    "link_unknown": N_("This link is not known here. Ask for a new one."),
    "link_not_found": N_("There is no such link, or it is not open to you."),
    "link_days": N_("A link is valid for 1 to %(limit)s days."),
    "link_actor": N_("A link is made for a party outside the office, at this step: %(actors)s."),
    "link_used": N_("This link was used on %(when)s. It acts only once."),
    "link_expired": N_("This link was valid until %(until)s. Ask for a new one."),
    "link_withdrawn": N_("This link was withdrawn. Ask for a new one."),
    "link_over": N_("This step was ended in another way meanwhile. Nothing more is to be done."),
    "link_form": N_("This form is not complete. What you wrote is still below; send it again."),
    "link_signer_missing": N_("Write your name, so that it is clear who decided."),
    # Reports
    "not_report_reader": N_(
        "What others did is read by those who steer the cases of a SOP, the head of the walidata "
        "and the administrator of the portal."
    ),
    # Rows of a table
    "rows_released": N_(
        "These rows belong to an approved release and stay as they are. Load the changed data "
        "anew with datastore_create; they then get a table of their own."
    ),
    "rows_lost": N_(
        'The rows of "%(name)s" cannot be found in the DataStore. Load them again, then approve.'
    ),
    "rows_alias": N_(
        "Tables have no other names here, because the rows of a resource change with its release. "
        "Leave the aliases out and use the id of the resource."
    ),
    "rows_functions": N_(
        "Functions of the DataStore are not made here, because they could change the rows of a "
        "release. Prepare the data before it is loaded."
    ),
    # Kamus data
    "dictionary_changed": N_(
        "Somebody saved this kamus data since you opened the page. Read the newest version, then "
        "save yours again if it is still right."
    ),
    "dictionary_none": N_('"%(name)s" has no kamus data. Choose another file.'),
    "dictionary_no_file": N_('"%(name)s" is no uploaded table. Upload a CSV or XLSX file first.'),
    "dictionary_unread": N_('The columns of "%(name)s" cannot be read: %(reason)s'),
    "dictionary_version": N_("This kamus data has no such version. Choose one of the list."),
    # Files
    "file_missing": N_('The file of "%(name)s" cannot be read. Upload it again.'),
    "file_broken": N_(
        'The file of "%(name)s" has changed in the storage since it was uploaded. '
        "Have it restored from the backup, or upload it again."
    ),
    "storage_full": N_(
        "There is no room left for this file on the portal, so it was not stored. "
        "Tell the administrator of the portal, and upload it again later."
    ),
}
