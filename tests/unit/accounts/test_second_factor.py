"""Codes of the app, recovery codes, the picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest

from ckanext.satudata.accounts import sealing, second_factor

# RFC 6238, appendix B: the last six digits of its SHA-1 column.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the rooms hold UTC without a zone
RFC = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]


@pytest.mark.parametrize(("seconds", "code"), RFC)
def test_the_codes_are_those_of_the_standard(seconds, code):
    now = EPOCH + timedelta(seconds=seconds)

    assert second_factor.step_of(RFC_SECRET, code, now, 0) == seconds // 30


@pytest.mark.parametrize("typed", ["287 082", " 287082 "])
def test_blanks_in_a_code_do_no_harm(typed):
    assert second_factor.step_of(RFC_SECRET, typed, EPOCH + timedelta(seconds=59), 0) == 1


@pytest.mark.parametrize("typed", ["", "28708", "2870822", "٢٨٧٠٨٢", "abcdef", "287082\0"])
def test_what_is_no_code_is_none(typed):
    assert second_factor.step_of(RFC_SECRET, typed, EPOCH + timedelta(seconds=59), 0) is None


def test_a_step_gone_by_is_not_taken_again():
    assert second_factor.step_of(RFC_SECRET, "287082", EPOCH + timedelta(seconds=59), 1) is None


def test_recovery_codes_are_ten_and_differ():
    made = second_factor.recovery_codes()

    assert len(set(made)) == second_factor.RECOVERY_CODES
    assert [second_factor.as_recovery_code(one.upper().replace("-", " ")) for one in made] == made


@pytest.mark.parametrize("typed", ["", "abcde", "abcde-fghj1", "abcde-fghjkm", "287082"])
def test_what_is_no_recovery_code_is_none(typed):
    assert second_factor.as_recovery_code(typed) is None


def test_the_picture_has_no_script_no_style_and_no_address():
    text = second_factor.picture(second_factor.address(RFC_SECRET, "budi", "Portal"))
    names = {key for one in ET.fromstring(text).iter() for key in one.attrib}

    assert not names & {"style", "href", "onload"}
    assert {one.tag.rpartition("}")[2] for one in ET.fromstring(text).iter()} <= {
        "svg",
        "g",
        "path",
    }


def test_what_is_sealed_is_read_with_the_same_key_only():
    sealed = sealing.seal(RFC_SECRET, "kunci")

    assert RFC_SECRET not in sealed
    assert (sealing.unseal(sealed, "kunci"), sealing.unseal(sealed, "lain")) == (RFC_SECRET, None)


def test_digests_differ_by_key_and_by_where_a_text_is_cut():
    made = {
        sealing.digest(("a", "bc"), "kunci"),
        sealing.digest(("ab", "c"), "kunci"),
        sealing.digest(("a", "bc"), "lain"),
    }

    assert len(made) == 3
