from __future__ import annotations

import pytest

from ckanext.satudata.sources import regions


@pytest.mark.parametrize(
    ("domain", "code"),
    [("0000", "bps:0000"), ("1500", "bps:15"), ("1507", "bps:1507"), ("6400", "bps:64")],
)
def test_a_domain_of_bps(domain: str, code: str) -> None:
    assert regions.of_domain(domain) == code


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ("0", "bps:0000"),
        ("0000000", "bps:0000"),
        ("1500000", "bps:15"),
        ("1507000", "bps:1507"),
        ("1507010", "bps:1507010"),
        ("1507010001", "bps:1507010001"),
        ("", ""),
        ("15070", ""),
        ("Jambi", ""),
    ],
)
def test_an_area_of_bps(area: str, code: str) -> None:
    assert regions.of_area(area) == code


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        ("15", "kemendagri:15"),
        ("1506", "kemendagri:15.06"),
        ("15.06", "kemendagri:15.06"),
        ("1506012001", "kemendagri:15.06.01.2001"),
        ("0", ""),
        ("15061", ""),
    ],
)
def test_digits_of_kemendagri(digits: str, code: str) -> None:
    assert regions.of_kemendagri(digits) == code


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("kemendagri:15.06 bps:1507", True),
        ("bps:0000", True),
        ("15.06", False),
        ("bps:15.06", False),
        ("kemendagri:1506", False),
        ("bps:1507 1506", False),
        ("", False),
    ],
)
def test_codes_are_typed_only_when_each_says_whose_it_is(text: str, typed: bool) -> None:
    assert regions.typed(text) is typed
