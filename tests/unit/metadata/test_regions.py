"""Region codes keep their numbering."""

import pytest

from ckanext.satudata.metadata.faults import BadValue
from ckanext.satudata.metadata.regions import Region, parse_region, parse_regions


@pytest.mark.parametrize(
    "text",
    [
        "kemendagri:15",
        "kemendagri:15.06",
        "kemendagri:15.06.01",
        "kemendagri:15.06.01.2001",
        "bps:0000",
        "bps:15",
        "bps:1507",
        "bps:1507010",
        "bps:1507010001",
    ],
)
def test_a_code_of_each_level_is_stored_as_it_was_written(text):
    assert str(parse_region(text)) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1506", "region_numbering"),
        ("15.06", "region_numbering"),
        ("sipd:15.06", "region_numbering"),
        ("kemendagri:1506", "region_kemendagri"),
        ("kemendagri:15.6", "region_kemendagri"),
        ("kemendagri:05.06", "region_kemendagri"),
        ("kemendagri:15.06.01.201", "region_kemendagri"),
        ("kemendagri:15.06.01.2001.1", "region_kemendagri"),
        ("kemendagri:١٥", "region_kemendagri"),
        ("bps:15.07", "region_bps"),
        ("bps:150", "region_bps"),
        ("bps:", "region_bps"),
    ],
)
def test_a_wrong_code_is_refused_for_its_own_reason(text, code):
    with pytest.raises(BadValue) as refused:
        parse_region(text)
    assert refused.value.code == code


def test_the_same_digits_in_two_numberings_are_two_regions():
    assert parse_region("kemendagri:15.06") != parse_region("bps:1506")


@pytest.mark.parametrize(
    "value",
    [
        ["kemendagri:15.06", "bps:1507"],
        "kemendagri:15.06, bps:1507",
        "KEMENDAGRI: 15.06\nBPS : 1507",
        '["kemendagri:15.06", "bps:1507"]',
        ["kemendagri:15.06;bps:1507", "kemendagri:15.06"],
    ],
)
def test_form_api_and_store_give_the_same_regions(value):
    expected = [Region("kemendagri", "15.06"), Region("bps", "1507")]
    assert parse_regions(value) == (expected, [])


def test_one_wrong_code_does_not_hide_the_others():
    regions, faults = parse_regions("bps:1507 1506 kemendagri:1506")
    assert regions == [Region("bps", "1507")]
    assert [fault.code for fault in faults] == ["region_numbering", "region_kemendagri"]


@pytest.mark.parametrize("value", [1507, "[1507", [["bps:1507"]], "[" * 100_000])
def test_odd_input_is_refused_and_never_crashes(value):
    assert parse_regions(value)[1]
