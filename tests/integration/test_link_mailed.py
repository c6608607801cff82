"""A link that the portal itself sends to the party outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.links import inviting
from ckanext.satudata.logic.notices.undelivered import can_be_sent
from ckanext.satudata.logic.proof import erasing
from ckanext.satudata.model.notices import NoticeRow
from ckanext.satudata.model.tables import CaseRow, LinkRow
from tests.integration.beginnings import begin_with
from tests.integration.delivered import delivery
from tests.integration.link_scene import BPS, Phone, Scene, make_scene, token_of
from tests.integration.mail_scene import Letters, deliver, free_port, mail_at, serving, text_of
from tests.integration.office import call, system

pytestmark = pytest.mark.usefixtures("with_plugins")

ADDRESS = "statistisi@bps.example"


@pytest.fixture
def scene(clean_index: Any) -> Scene:
    return begin_with(make_scene)


@pytest.fixture
def letters(scene: Scene) -> Iterator[Letters]:
    made, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold(), serving(made, port):
        yield made


def kept() -> NoticeRow:
    """The letter as the portal keeps it."""
    model.Session.rollback()
    return model.Session.scalars(sa.select(NoticeRow).where(NoticeRow.kind == "link")).one()


def test_the_address_gets_the_link_itself(scene: Scene, letters: Letters) -> None:
    link = scene.link(email=ADDRESS)
    deliver()

    assert link["url"] in text_of(letters.to(ADDRESS)[0])


def test_the_letter_says_which_case_who_asks_and_whom_to_ring(
    scene: Scene, letters: Letters
) -> None:
    scene.link(email=ADDRESS)
    office = model.Session.get_one(CaseRow, scene.case_id).organization_id
    system("organization_patch", id=office, office_phone="0745 000 111")
    deliver()
    text = text_of(letters.to(ADDRESS)[0])

    wanted = (str(scene.case()["number"]), maker(scene), "0745 000 111")
    assert [one for one in wanted if one not in text] == []


def maker(scene: Scene) -> str:
    user: Any = model.User.get(scene.cast["kasi"])
    return user.display_name


def test_its_subject_says_what_it_is_about(scene: Scene, letters: Letters) -> None:
    scene.link(email=ADDRESS)
    deliver()

    assert kept().facts["about"] in str(letters.to(ADDRESS)[0]["Subject"])


def listed(scene: Scene) -> dict[str, Any]:
    """The newest link, as those who steer the case read it."""
    return call(scene.cast["kasi"], "satudata_link_list", id=scene.case_id)[0]


def test_the_list_of_links_says_when_the_letter_went(scene: Scene, letters: Letters) -> None:
    scene.link(email=ADDRESS)
    deliver()

    assert listed(scene)["sent_at"] is not None


def test_the_list_of_links_says_that_the_letter_did_not_go(scene: Scene, letters: Letters) -> None:
    letters.refused[ADDRESS] = "550 no such user"
    scene.link(email=ADDRESS)
    deliver()

    assert (listed(scene)["undeliverable"], listed(scene)["sent_at"]) == ("refused_550", None)


def test_the_case_says_that_the_letter_did_not_go(scene: Scene, letters: Letters, app: Any) -> None:
    letters.refused[ADDRESS] = "550 no such user"
    scene.link(email=ADDRESS)
    deliver()
    page = Phone(app, scene.cast["kasi"]).get(f"/kasus/{scene.case()['number']}").body

    assert "550" in page.partition('class="sd-link-mail"')[2].partition("</p>")[0]


def test_a_link_that_is_over_is_not_offered_for_another_try(scene: Scene, letters: Letters) -> None:
    scene.link(email=ADDRESS)
    scene.link()
    deliver()
    (row,) = model.Session.scalars(sa.select(NoticeRow).where(NoticeRow.kind == "link"))

    assert can_be_sent(row) is False


def test_a_portal_without_mail_asks_for_no_address(scene: Scene, app: Any) -> None:
    page = Phone(app, scene.cast["kasi"]).get(f"/kasus/{scene.case()['number']}").body

    assert 'name="email"' not in page


def test_a_portal_with_mail_asks_for_an_address_as_one(
    scene: Scene, letters: Letters, app: Any
) -> None:
    page = Phone(app, scene.cast["kasi"]).get(f"/kasus/{scene.case()['number']}").body

    assert '<input type="email" id="invite-email' in page


def test_without_an_address_nothing_is_sent(scene: Scene, letters: Letters) -> None:
    scene.link()
    deliver()

    assert [to for to, _letter in letters.got if to == ADDRESS] == []


def test_what_opens_it_is_sealed_until_it_is_sent_and_forgotten_then(
    scene: Scene, letters: Letters
) -> None:
    token = token_of(scene.link(email=ADDRESS))
    before = kept().secret or ""
    deliver()

    assert (token in before, kept().secret) == (False, None)


def test_a_link_that_was_withdrawn_meanwhile_is_not_sent(scene: Scene, letters: Letters) -> None:
    scene.link(email=ADDRESS)
    scene.link()
    deliver()

    assert (letters.to(ADDRESS), kept().undeliverable) == ([], "link_over")


@pytest.mark.parametrize(
    "address", ["bps", "a@b", "a b@c.example", "a@b.example\nBcc: c@d.example"]
)
def test_what_is_no_address_is_refused(scene: Scene, address: str) -> None:
    with pytest.raises(tk.ValidationError, match="link_email"):
        scene.link(email=address)


def test_who_erases_the_name_of_a_link_erases_its_address(scene: Scene) -> None:
    scene.link(email=ADDRESS)
    erasing.erase(BPS, "Rekaan", "")
    model.Session.commit()

    assert list(model.Session.scalars(sa.select(LinkRow.email))) == [None]


@pytest.mark.parametrize(
    "name",
    ["Buka https://jahat.example", "Buka WWW.jahat.example", "Wulan\x1b[31m", "Wulan\u202egnuD"],
    ids=ascii,
)
def test_a_name_that_holds_an_address_or_signs_that_nobody_sees_is_refused(
    scene: Scene, name: str
) -> None:
    with pytest.raises(tk.ValidationError, match="link_name"):
        scene.link(name=name, email=ADDRESS)


def test_a_name_with_titles_is_a_name(scene: Scene) -> None:
    name = "Dr. Wulan Contoh, S.Si., M.Si. (rekaan)"

    assert scene.link(name=name)["name"] == name


def test_one_visit_sends_no_more_letters_than_a_person_needs(
    scene: Scene, letters: Letters
) -> None:
    for _time in range(inviting.MOST_OF_A_VISIT):
        scene.link(email=ADDRESS)

    with pytest.raises(tk.ValidationError, match="link_letters"):
        scene.link(email="lain@contoh.example")


def test_who_invites_sends_no_more_letters_than_a_person_does(
    scene: Scene, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "MOST_OF_A_PERSON", 2)
    for _time in range(2):
        scene.link(email=ADDRESS)

    with pytest.raises(tk.ValidationError, match="link_letters"):
        scene.link(email=ADDRESS)


def test_a_link_that_is_handed_over_by_hand_is_counted_nowhere(
    scene: Scene, letters: Letters
) -> None:
    for _time in range(inviting.MOST_OF_A_VISIT + 1):
        scene.link()

    assert scene.link(email=ADDRESS)["email"] == ADDRESS


def test_the_record_says_whether_the_portal_sent_the_link(scene: Scene, letters: Letters) -> None:
    scene.link()
    scene.link(email=ADDRESS)

    assert [one["body"]["link"]["mailed"] for one in scene.events("link_made")] == [False, True]


class TestWhatOpensALinkWhoseLetterDidNotGo:
    @pytest.fixture
    def link(self, scene: Scene, letters: Letters) -> dict[str, Any]:
        letters.refused[ADDRESS] = "550 unknown"
        made = scene.link(email=ADDRESS)
        deliver()
        return made

    def test_is_kept_while_the_link_is_open(self, link: dict[str, Any]) -> None:
        list(inviting.forget_over())

        assert kept().secret is not None

    def test_is_forgotten_with_the_withdrawal(self, scene: Scene, link: dict[str, Any]) -> None:
        call(scene.cast["kasi"], "satudata_link_withdraw", id=link["id"])

        assert kept().secret is None

    def test_is_forgotten_when_another_link_takes_its_place(
        self, scene: Scene, link: dict[str, Any]
    ) -> None:
        scene.link()

        assert kept().secret is None

    def test_is_forgotten_when_the_link_is_used(
        self, scene: Scene, link: dict[str, Any], app: Any
    ) -> None:
        Phone(app).send(link["url"], "sesuai")

        assert kept().secret is None

    def test_is_forgotten_with_the_name_of_the_person(
        self, scene: Scene, link: dict[str, Any]
    ) -> None:
        erasing.erase(BPS, "Rekaan", "")
        model.Session.commit()

        assert kept().secret is None

    def test_is_forgotten_after_the_last_day_of_the_link(
        self, scene: Scene, link: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        much_later = clock.now() + timedelta(days=61)
        monkeypatch.setattr(clock, "now", lambda: much_later)
        list(inviting.forget_over())

        assert kept().secret is None

    def test_is_forgotten_after_the_step_was_ended_by_another(
        self, scene: Scene, link: dict[str, Any]
    ) -> None:
        scene.act("bps", "sesuai")
        list(inviting.forget_over())

        assert kept().secret is None
