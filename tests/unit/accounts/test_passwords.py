"""What a password must not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.satudata.accounts.passwords import OBVIOUS, fault

ABOUT = ("budi-rekaan", "Budi Rekaan, S.Kom.", "budi.rekaan@contoh.example")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Perahu-7x", "password_short"),
        ("budi.rekaan2026", "password_own_name"),
        ("REKAAN-budi-1945!", "password_own_name"),
        ("budirekaanbudi", "password_own_name"),
        ("budi.rekaan@contoh.example", "password_own_name"),
        ("Diskominfo2026!!", "password_obvious"),
        ("D1sk0m1nf0-2026", "password_obvious"),
        ("p@ssw0rdadmin", "password_obvious"),
        ("satudataindonesia", "password_obvious"),
        ("1945-08-17-2026", "password_obvious"),
        ("ababababababab", "password_obvious"),
    ],
)
def test_these_are_refused(password, code):
    assert fault(password, ABOUT) == code


@pytest.mark.parametrize(
    "password",
    ["empat kelapa tua miring", "Dinas-belimbing-9", "budi makan durian", "k7mq-x2hf-rdwe-9tza"],
)
def test_these_are_taken(password):
    assert fault(password, ABOUT) == ""


@given(st.text(max_size=11))
def test_nothing_short_is_taken(password):
    assert fault(password, ()) == "password_short"


@given(st.sampled_from(OBVIOUS), st.from_regex(r"\A[0-9!._-]{12}\Z"))
def test_figures_and_signs_hide_no_obvious_word(word, around):
    assert fault(around[:6] + word + around[6:], ()) == "password_obvious"


@given(st.text(min_size=12, max_size=40))
def test_every_text_gets_an_answer(password):
    assert fault(password, ABOUT) in ("", "password_own_name", "password_obvious")
