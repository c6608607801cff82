"""What is approved for a time to come is public from that minute on, and not before."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.audit.kinds import dataset_stream
from ckanext.satudata.logic.outbox import handlers
from ckanext.satudata.logic.reconcile import checks
from ckanext.satudata.model import outbox, records, releases
from ckanext.satudata.model.tables import WorkRow
from tests.integration.delivered import delivery
from tests.integration.office import act, call, submit, walk
from tests.integration.scheduled import Clock, local, utc, waiting

NAME = "jumlah-penduduk"
WHY = "Rapat pimpinan diundur."


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def at():
    """Tomorrow, as a person writes it."""
    return local(days=1)


@pytest.fixture
def ready(office):
    """A case at the step that approves and publishes."""
    return walk(office, submit(office), until=8)


@pytest.fixture
def scheduled(office, ready, at):
    return act(office, ready, "pengelola_data", "selesai", publish_at=at)


def anonymous(action, **values):
    return helpers.call_action(action, {"user": "", "ignore_auth": False}, **values)


def is_public(name=NAME):
    found = [one["name"] for one in anonymous("package_search")["results"]]
    try:
        anonymous("package_show", id=name)
    except tk.NotAuthorized:
        assert name not in found
        return False
    assert name in found
    return True


def kinds(case):
    return [one["kind"] for one in call_case(case)["events"]]


def call_case(case):
    user = helpers.call_action("get_site_user")["name"]
    return helpers.call_action("satudata_case_show", {"user": user}, id=case["id"])


def found():
    """What reconcile says of data; files of other tests lie in the storage, too."""
    about = ("search", "flag", "shown", "release", "outbox", "lease", "work")
    names = [said.check.name for said in checks.run(fix=False)]
    return [name for name in names if name in about]


def test_before_its_minute_nothing_is_public(office, scheduled, clock, at):
    clock.strikes(utc(at) - timedelta(minutes=1))

    assert not is_public()


def test_at_its_minute_it_is_public(office, scheduled, clock, at):
    clock.strikes(utc(at))

    assert is_public()


def test_the_approval_is_there_before_and_is_of_this_very_content(office, scheduled, at):
    release = releases.newest_release(model.Package.get(NAME).id)

    assert (release.number, release.shown_at, release.scheduled_at) == (1, None, utc(at))


def test_its_page_of_releases_names_none_before(office, scheduled):
    with pytest.raises(tk.NotAuthorized):
        anonymous("satudata_release_list", id=NAME)


def test_the_case_stands_where_it_was_and_goes_on_with_the_minute(office, scheduled, clock, at):
    assert [one["step"] for one in scheduled["open_visits"]] == [8]
    clock.strikes(utc(at))

    assert [one["step"] for one in call_case(scheduled)["open_visits"]] == [9]


def test_the_event_says_that_the_time_came(office, scheduled, clock, at):
    clock.strikes(utc(at))

    shown = [one for one in call_case(scheduled)["events"] if one["kind"] == "release_shown"]
    assert [one["body"]["scheduled_at"] for one in shown] == [utc(at).isoformat()]


def test_a_portal_that_was_off_catches_up(office, scheduled, clock, at):
    clock.strikes(utc(at) + timedelta(days=3))

    assert is_public()


def test_no_dispatcher_takes_it_up_before(office, scheduled):
    taken = outbox.lease("siapa-saja", rows=10, seconds=60)

    assert list(taken) == []


def test_delivered_twice_it_is_shown_once(office, scheduled, clock, at):
    clock.strikes(utc(at))
    work = model.Session.scalar(sa.select(WorkRow.id))
    assert handlers.due_releases([str(work), str(work)]) == {}

    assert kinds(scheduled).count("release_shown") == 1


def test_nothing_of_it_stays_in_the_outbox(office, scheduled, clock, at):
    clock.strikes(utc(at))

    assert waiting() == []


def test_it_is_locked_meanwhile_and_says_until_when(office, scheduled):
    with pytest.raises(tk.NotAuthorized, match="locked_scheduled"):
        call(office["produsen_data"], "package_patch", id=NAME, notes="Lain.")


def test_the_walidata_may_not_write_it_either(office, scheduled):
    with pytest.raises(tk.NotAuthorized, match="locked_scheduled"):
        call(office["sysadmin"], "package_patch", id=NAME, notes="Lain.")


def test_it_is_called_ready_meanwhile(office, scheduled):
    dataset = call(office["produsen_data"], "package_show", id=NAME)

    assert dataset["validation_status"] == "siap_terbit"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (lambda: local(minutes=-5), "time_past"),
        (lambda: local(days=400), "time_too_far"),
        (lambda: local(days=1) + ":30", "time_not_to_the_minute"),
        (lambda: "besok pagi", "time_invalid"),
    ],
)
def test_what_is_no_minute_to_come_is_refused(office, ready, text, code):
    with pytest.raises(tk.ValidationError, match=code):
        act(office, ready, "pengelola_data", "selesai", publish_at=text())


def test_an_act_that_publishes_nothing_has_no_time(office, at):
    case = walk(office, submit(office), until=7)

    with pytest.raises(tk.ValidationError, match="nothing_to_time"):
        act(office, case, "admin_sistem", "selesai", publish_at=at)


def test_a_moved_release_is_not_shown_at_its_first_minute(office, scheduled, clock, at):
    later = local(days=2)
    call(office["pengelola_data"], "satudata_release_move", id=NAME, publish_at=later, reason=WHY)
    clock.strikes(utc(at))
    assert not is_public()
    clock.strikes(utc(later))

    assert is_public()


def test_a_move_is_an_event_with_its_reason(office, scheduled):
    later = local(days=2)
    call(office["pengelola_data"], "satudata_release_move", id=NAME, publish_at=later, reason=WHY)

    moved = [one for one in call_case(scheduled)["events"] if one["kind"] == "release_moved"]
    assert [(one["body"]["at"], one["body"]["reason"]) for one in moved] == [
        (utc(later).isoformat(), WHY)
    ]


def test_what_is_called_off_is_not_shown(office, scheduled, clock, at):
    call(office["pengelola_data"], "satudata_release_call_off", id=NAME, reason=WHY)
    clock.strikes(utc(at))

    assert not is_public()
    assert kinds(scheduled)[-1] == "release_called_off"


def test_what_is_called_off_can_be_published_by_another_act(office, scheduled):
    call(office["pengelola_data"], "satudata_release_call_off", id=NAME, reason=WHY)
    act(office, call_case(scheduled), "pengelola_data", "selesai")

    assert is_public()
    assert releases.shown_release(model.Package.get(NAME).id).number == 2


def test_what_is_called_off_is_called_what_it_was(office, ready, at):
    before = ready["datasets"][0]["status"]
    act(office, ready, "pengelola_data", "selesai", publish_at=at)
    call(office["pengelola_data"], "satudata_release_call_off", id=NAME, reason=WHY)

    assert call_case(ready)["datasets"][0]["status"] == before


@pytest.mark.parametrize("person", ["produsen_data", "verifikator"])
@pytest.mark.parametrize("action", ["satudata_release_move", "satudata_release_call_off"])
def test_who_publishes_nothing_says_no_time(office, scheduled, person, action):
    with pytest.raises(tk.NotAuthorized, match="not_timer"):
        call(office[person], action, id=NAME, publish_at=local(days=2), reason=WHY)


@pytest.mark.parametrize("person", ["pengelola_data", "pimpinan_tim_data", "pimpinan_walidata"])
def test_who_publishes_or_steers_calls_it_off(office, scheduled, person):
    call(office[person], "satudata_release_call_off", id=NAME, reason=WHY)

    assert call_case(scheduled)["open_visits"][0]["decided"] is None


def test_the_case_is_not_cancelled_while_it_waits(office, scheduled):
    with pytest.raises(tk.ValidationError, match="work_going_on"):
        act(office, scheduled, "pengelola_data", "", act="cancel", reason=WHY)


def test_nobody_forces_it_meanwhile(office, scheduled):
    with pytest.raises(tk.ValidationError, match="forced_in_case"):
        call(office["sysadmin"], "satudata_release_force", id=NAME, reason=WHY)


def broken():
    """Somebody has gone round everything: the rows are not what was approved."""
    query = sa.text("UPDATE package SET notes = 'Diganti diam-diam.' WHERE name = :name")
    model.Session.execute(query, {"name": NAME})
    model.Session.commit()


def test_content_that_differs_is_never_shown(office, scheduled, clock, at):
    broken()
    clock.strikes(utc(at))

    assert not is_public()
    assert kinds(scheduled)[-1] == "release_held"


def test_what_was_held_says_so_once_and_waits_in_the_outbox(office, scheduled, clock, at):
    broken()
    clock.strikes(utc(at))
    clock.strikes(utc(at) + timedelta(hours=2))

    assert kinds(scheduled).count("release_held") == 1
    assert ["content_differs" in row.error for row in waiting()] == [True]


def test_what_is_overdue_is_found_and_shown_by_reconcile(office, at):
    case = walk(office, submit(office), until=8)
    act(office, case, "pengelola_data", "selesai", publish_at=at)
    with delivery.on_hold():
        model.Session.execute(sa.text("DELETE FROM satudata_outbox"))
        past = "UPDATE satudata_work SET not_before = satudata_now() - interval '1 hour'"
        model.Session.execute(sa.text(past))
        model.Session.commit()
        assert found() == ["release"]
        list(checks.run(fix=True))
    delivery.deliver()

    assert is_public()


def test_what_waits_for_its_minute_is_no_finding(office, scheduled):
    assert found() == []


def test_a_kill_before_the_commit_leaves_it_for_the_next(office, scheduled, clock, at, monkeypatch):
    def killed(*_ids):
        raise KeyboardInterrupt

    from ckanext.satudata.logic import reindex

    work = model.Session.scalar(sa.select(WorkRow.id))
    clock.goes_to(utc(at))
    monkeypatch.setattr(reindex, "datasets", killed)
    with pytest.raises(KeyboardInterrupt):
        handlers.due_releases([str(work)])
    model.Session.rollback()
    monkeypatch.undo()
    assert not is_public()
    clock.strikes(utc(at))

    assert is_public()


def test_an_embargo_makes_the_act_wait(office, ready, clock, at):
    call(office["pengelola_data"], "satudata_embargo_set", id=NAME, not_before=at, reason=WHY)
    act(office, ready, "pengelola_data", "selesai")
    assert not is_public()
    clock.strikes(utc(at))

    assert is_public()


def test_an_embargo_moves_what_waits_for_an_earlier_minute(office, scheduled, clock, at):
    later = local(days=2)
    call(office["pengelola_data"], "satudata_embargo_set", id=NAME, not_before=later, reason=WHY)
    clock.strikes(utc(at))
    assert not is_public()
    clock.strikes(utc(later))

    assert is_public()


def test_a_time_before_the_end_of_an_embargo_is_refused(office, ready, at):
    later = local(days=2)
    call(office["pengelola_data"], "satudata_embargo_set", id=NAME, not_before=later, reason=WHY)

    with pytest.raises(tk.ValidationError, match="under_embargo"):
        act(office, ready, "pengelola_data", "selesai", publish_at=at)


def test_a_lifted_embargo_holds_nothing(office, ready, at):
    call(office["pengelola_data"], "satudata_embargo_set", id=NAME, not_before=at, reason=WHY)
    call(office["pengelola_data"], "satudata_embargo_lift", id=NAME, reason=WHY)
    act(office, ready, "pengelola_data", "selesai")

    assert is_public()


def test_an_embargo_is_an_event_with_its_reason(office, ready, at):
    call(office["pengelola_data"], "satudata_embargo_set", id=NAME, not_before=at, reason=WHY)

    told = records.records_of(dataset_stream(model.Package.get(NAME).id))
    assert [(one.kind, one.body["reason"]) for one in told] == [("embargo_set", WHY)]


def test_a_producer_sets_no_embargo(office, ready, at):
    with pytest.raises(tk.NotAuthorized, match="not_timer"):
        call(office["produsen_data"], "satudata_embargo_set", id=NAME, not_before=at, reason=WHY)


def test_nothing_is_forced_under_an_embargo(office, at):
    from tests.integration.office import dataset_values, resource_values

    made = call(office["sysadmin"], "package_create", **dataset_values(office))
    call(office["sysadmin"], "resource_create", **resource_values(made["id"]))
    call(office["sysadmin"], "satudata_embargo_set", id=NAME, not_before=at, reason=WHY)

    with pytest.raises(tk.ValidationError, match="under_embargo"):
        call(office["sysadmin"], "satudata_release_force", id=NAME, reason=WHY)


def test_the_case_says_who_holds_it_back_and_why(office, ready, at):
    call(office["pengelola_data"], "satudata_embargo_set", id=NAME, not_before=at, reason=WHY)

    told = call_case(ready)["embargoes"]
    assert [(one["until"], one["reason"]) for one in told] == [(utc(at).isoformat(), WHY)]


@pytest.fixture
def copied(office, at):
    """A working copy of published data whose act of publication waits for tomorrow."""
    walk(office, submit(office), until=10)
    copy = call(office["produsen_data"], "satudata_working_copy_create", id=NAME)
    call(office["produsen_data"], "package_patch", id=copy["id"], title="Judul yang baru")
    case = call(office["produsen_data"], "satudata_case_show", id=copy["id"])
    act(office, walk(office, case, until=8), "pengelola_data", "selesai", publish_at=at)
    return copy


def test_the_public_reads_the_release_until_the_copy_is_due(office, copied, clock, at):
    assert anonymous("package_show", id=NAME)["release_number"] == 1
    clock.strikes(utc(at))
    after = anonymous("package_show", id=NAME)

    assert (after["release_number"], after["title"]) == (2, "Judul yang baru")


def test_data_withdrawn_meanwhile_does_not_come_back_by_itself(office, copied, clock, at):
    clock.goes_to(utc(at) - timedelta(hours=1))
    call(office["pengelola_data"], "satudata_release_withdraw", id=NAME, reason=WHY)
    clock.strikes(utc(at))

    assert model.Package.get(NAME).private
    assert ["withdrawn_since" in row.error for row in waiting()] == [True]


def test_a_copy_that_waits_is_moved_under_the_name_of_its_dataset(office, copied, clock, at):
    later = local(days=2)
    call(office["pengelola_data"], "satudata_release_move", id=NAME, publish_at=later, reason=WHY)
    clock.strikes(utc(at))

    assert anonymous("package_show", id=NAME)["release_number"] == 1
