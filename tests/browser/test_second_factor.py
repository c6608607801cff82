"""A second factor from its set-up to the day on which the telephone is lost."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pyotp.totp import TOTP

from demo.administrator import administrator
from demo.cast import ADMINISTRATOR, Person
from demo.offices import make_person
from demo.visitor import Visitor
from tests.browser.desk import PHONE, SMALL_PHONE, Desks, send
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import Office

GUARDED = Person("penjaga-contoh", 98, "Penjaga")


@pytest.fixture(scope="module")
def password(address: str, office: Office) -> str:
    """Of an account of its own, so that no other test is asked for a code."""
    made = secrets.token_urlsafe(18)
    make_person(_admin(address, office), GUARDED, made)
    return made


def _admin(address: str, office: Office) -> Visitor:
    return administrator(address, office.passwords[ADMINISTRATOR.name])


def give(page: Page, name: str, password: str) -> None:
    page.goto("/user/login")
    page.fill("#field-login", name)
    page.fill("#field-password", password)
    send(page, "#login-send")


def log_out(page: Page) -> None:
    page.locator("details.sd-menu summary").click()
    send(page, "#logout")


def fresh_code(secret: str, after: int) -> str:
    """A code of a step after that of the last one taken: each is taken once."""
    while int(time.time()) // 30 < after:
        time.sleep(1)
    return TOTP(secret).at((after + 1) * 30)


def looked_at(page: Page, pictures: Path, name: str) -> None:
    """Pictures, no script, no sideways scroll, nothing serious for axe."""
    expect(page.locator("script")).to_have_count(0)
    take_pictures(page, pictures, name)
    assert width_of(page, SMALL_PHONE) <= SMALL_PHONE
    assert serious_faults(page, PHONE) == []


def test_set_up_log_out_code_and_recovery_code(desks: Desks, password: str, pictures: Path):
    page = desks.open(width=PHONE)
    give(page, GUARDED.name, password)
    page.goto("/akun/keamanan")
    looked_at(page, pictures, "acc-security-off")
    send(page, "#set-up-link")
    looked_at(page, pictures, "acc-set-up")
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.fill("#field-code", "000000")
    send(page, "#set-up-send")
    expect(page.locator("#error-summary")).to_be_visible()
    assert page.locator("#secret").inner_text().replace(" ", "") == secret
    step = int(time.time()) // 30
    page.fill("#field-code", TOTP(secret).at(step * 30))
    send(page, "#set-up-send")
    codes = page.locator("#recovery-codes li").all_inner_texts()
    looked_at(page, pictures, "acc-codes")
    assert len(set(codes)) == 10

    send(page, "#codes-kept")
    looked_at(page, pictures, "acc-security-on")
    log_out(page)
    give(page, GUARDED.name, password)
    expect(page.locator("#inbox-link")).to_have_count(0)
    looked_at(page, pictures, "acc-code")
    page.fill("#field-code", fresh_code(secret, step))
    page.keyboard.press("Enter")
    expect(page.locator("#inbox-link")).to_be_visible()

    log_out(page)
    give(page, GUARDED.name, password)
    page.fill("#field-code", codes[0])
    page.keyboard.press("Enter")
    expect(page.locator("#inbox-link")).to_be_visible()

    log_out(page)
    give(page, GUARDED.name, password)
    page.fill("#field-code", codes[0])
    send(page, "#code-send")
    expect(page.locator("#error-summary")).to_be_visible()
    looked_at(page, pictures, "acc-code-wrong")


def test_a_first_password_is_replaced_before_anything_else(
    desks: Desks, address: str, office: Office, pictures: Path
):
    first, own = secrets.token_urlsafe(18), secrets.token_urlsafe(18)
    values = {"name": "baru-contoh", "email": "baru@contoh.example", "password": first}
    _admin(address, office).action("user_create", **values)
    page = desks.open(width=PHONE)
    give(page, values["name"], first)
    page.goto("/dataset/")
    looked_at(page, pictures, "acc-password")
    page.fill("#field-password1", "rahasia12345")
    page.fill("#field-password2", "rahasia12345")
    send(page, "#password-send")
    looked_at(page, pictures, "acc-password-wrong")
    page.fill("#field-password1", own)
    page.fill("#field-password2", own)
    send(page, "#password-send")

    expect(page.locator("#inbox-link")).to_be_visible()


def test_the_page_for_those_who_help(desks: Desks, password: str, pictures: Path):
    page = desks.open(ADMINISTRATOR.name, width=PHONE)
    page.goto("/akun/bantuan")
    page.fill("#field-unlock", "tidak-ada-orangnya")
    send(page, "#unlock-send")

    expect(page.locator("#error-summary")).to_be_visible()
    looked_at(page, pictures, "acc-help")
