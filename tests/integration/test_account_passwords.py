"""What a password must be, wherever one is set, and who may know it."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.lib import mailer
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers

from ckanext.satudata.audit.kinds import PORTAL
from ckanext.satudata.model.records import records_of
from tests.integration.office import call
from tests.integration.officers_book import WHOLE, applied
from tests.integration.way_in import OWN, PASSWORD, Visitor, person, words

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

BAD = {
    "password_short": "Perahu-7x",
    "password_own_name": "budi.rekaan2026",
    "password_obvious": "Diskominfo2026!!",
}


@pytest.fixture(autouse=True)
def as_a_portal(clean_db, clean_index, request, ckan_config, monkeypatch) -> None:
    """The rule of a portal; people whom CKAN's factories make are there before it."""
    if "office" in request.fixturenames:
        request.getfixturevalue("office")
    monkeypatch.setitem(ckan_config, "ckanext.satudata.password_length", 12)


def budi(**values):
    return person(name="budi-rekaan", email="budi.rekaan@contoh.example", **values)


@pytest.mark.parametrize("code", BAD)
def test_a_bad_password_makes_no_account(code):
    with pytest.raises(tk.ValidationError, match=code):
        budi(password=BAD[code])


@pytest.mark.parametrize("code", BAD)
def test_a_bad_password_replaces_none(code):
    user = budi()
    with pytest.raises(tk.ValidationError, match=code):
        call(user["name"], "user_patch", id=user["id"], password=BAD[code])


@pytest.mark.parametrize("code", BAD)
def test_a_reset_takes_no_bad_password(app, code):
    user = budi()
    row = model.User.get(user["id"])
    mailer.create_reset_key(row)
    key = model.User.get(user["id"]).reset_key
    Visitor(app).post(
        f"/user/reset/{user['id']}?key={key}", password1=BAD[code], password2=BAD[code]
    )

    assert model.User.get(user["id"]).validate_password(PASSWORD)


def test_the_form_of_the_account_says_what_is_wrong(app):
    user, visitor = budi(), Visitor(app)
    visitor.log_in(user["name"], PASSWORD)
    bad = BAD["password_obvious"]
    answer = visitor.post(
        f"/user/edit/{user['name']}",
        **{"name": user["name"], "email": user["email"], "save": "", "old_password": PASSWORD},
        password1=bad,
        password2=bad,
    )

    assert "password_obvious" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "password", [PASSWORD, OWN, "empat kelapa tua miring", "Dinas-belimbing-9"]
)
def test_several_words_together_are_a_password(password):
    assert budi(password=password)["name"] == "budi-rekaan"


def test_a_slip_has_a_password_that_the_rules_take(office):
    slip = applied(office, WHOLE)["accounts"][0]
    from ckanext.satudata.logic.accounts import passwords

    passwords.check(slip["password"], [slip["name"], slip["fullname"]])


# A password that somebody else set


def handed_out(office) -> str:
    values = {"name": "rani-rekaan", "email": "rani@contoh.example", "password": PASSWORD}
    call(office["sysadmin"], "user_create", **values)
    return values["name"]


def test_a_first_password_leads_every_page_to_choosing_another(app, office):
    name, visitor = handed_out(office), Visitor(app)
    visitor.log_in(name, PASSWORD)
    led = {path: visitor.get(path).location for path in ("/", "/kotak-masuk", "/dataset/")}

    assert set(led.values()) == {"/masuk/kata-sandi"}


def test_nobody_is_in_with_a_first_password(app, office):
    name, visitor = handed_out(office), Visitor(app)
    visitor.log_in(name, PASSWORD)
    answer = visitor.client.post(
        "/api/3/action/user_show", json={"id": name}, base_url="http://portal.test"
    )

    assert answer.status_code in (403, 404)


def test_a_password_of_ones_own_opens_the_portal(app, office):
    name, visitor = handed_out(office), Visitor(app)
    visitor.log_in(name, PASSWORD)
    visitor.post("/masuk/kata-sandi", password1=OWN, password2=OWN)

    assert (visitor.is_in, model.User.get(name).validate_password(OWN)) == (True, True)


def test_the_next_login_asks_no_more(app, office):
    name, visitor = handed_out(office), Visitor(app)
    visitor.log_in(name, PASSWORD)
    visitor.post("/masuk/kata-sandi", password1=OWN, password2=OWN)
    again = Visitor(app)
    again.log_in(name, OWN)

    assert again.is_in


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [(PASSWORD, PASSWORD, "password_same"), (OWN, OWN + "x", "passwords_differ"), *[
        (bad, bad, code) for code, bad in BAD.items() if code != "password_own_name"
    ]],
)  # fmt: skip
def test_not_every_password_is_taken_instead(app, office, first, second, code):
    name, visitor = handed_out(office), Visitor(app)
    visitor.log_in(name, PASSWORD)
    answer = visitor.post("/masuk/kata-sandi", password1=first, password2=second)

    assert answer.status_code == 422
    assert model.User.get(name).validate_password(PASSWORD)
    assert words(answer)


def test_the_password_of_a_slip_is_a_first_one(app, office):
    slip, visitor = applied(office, WHOLE)["accounts"][0], Visitor(app)

    assert visitor.log_in(slip["name"], slip["password"]).location == "/masuk/kata-sandi"


def test_a_password_that_an_administrator_sets_is_an_event_and_a_first_one(app, office):
    user, visitor = budi(), Visitor(app)
    call(office["sysadmin"], "user_patch", id=user["id"], password=OWN)
    event = records_of(PORTAL)[-1]

    assert visitor.log_in(user["name"], OWN).location == "/masuk/kata-sandi"
    assert (event.kind, event.actor, event.body) == (
        "password_set_by_other",
        office.people["sysadmin"]["id"],
        {"user": user["id"]},
    )


def test_a_password_that_is_refused_leaves_no_event(office):
    user, before = budi(), len(records_of(PORTAL))
    with pytest.raises(tk.ValidationError):
        call(office["sysadmin"], "user_patch", id=user["id"], password="pendek")

    assert len(records_of(PORTAL)) == before


def test_a_hash_that_an_administrator_sets_makes_a_first_password(app, office):
    user, donor = budi(), person(password=OWN)
    digest = model.User.get(donor["id"]).password
    call(office["sysadmin"], "user_patch", id=user["id"], password_hash=digest)

    assert Visitor(app).log_in(user["name"], OWN).location == "/masuk/kata-sandi"


def test_ones_own_change_is_no_event(office):
    user, before = budi(), len(records_of(PORTAL))
    call(user["name"], "user_patch", id=user["id"], password=OWN)

    assert len(records_of(PORTAL)) == before


def test_a_field_that_changes_nothing_does_not_make_a_password_ones_own(app, office):
    name = handed_out(office)
    helpers.call_action(
        "user_patch", {"user": name, "ignore_auth": False}, id=name, password1="diabaikan-saja-1"
    )

    assert Visitor(app).log_in(name, PASSWORD).location == "/masuk/kata-sandi"


def test_who_chose_his_password_by_an_invitation_is_asked_for_no_other(app, office):
    name = handed_out(office)
    mailer.create_reset_key(model.User.get(name))
    row = model.User.get(name)
    Visitor(app).post(f"/user/reset/{row.id}?key={row.reset_key}", password1=OWN, password2=OWN)
    visitor = Visitor(app)
    visitor.log_in(name, OWN)

    assert visitor.is_in


def test_accounts_of_the_machine_itself_keep_their_password(app):
    user, visitor = factories.User(password=PASSWORD), Visitor(app)
    visitor.log_in(user["name"], PASSWORD)

    assert visitor.is_in
