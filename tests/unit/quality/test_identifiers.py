"""What a number shows by itself. All numbers are invented, see `invented`."""

from __future__ import annotations

import pytest

from ckanext.satudata.quality.identifiers import (
    day_of,
    is_fixed,
    is_mobile,
    is_nik,
    is_nip,
    is_npwp,
)
from tests.unit.quality.invented import nik, nip, npwp


@pytest.mark.parametrize(
    "number",
    [
        nik(),
        nik(day=57),
        nik(day=1),
        nik(day=31),
        nik(day=71),
        nik(day=29, rest="0200"),
        nik(day=69, rest="0284"),
        nik(region="317401"),
        nik(region="962969"),
    ],
)
def test_a_number_with_a_region_and_a_day_can_be_a_nik(number):
    assert is_nik(number)


@pytest.mark.parametrize(
    "number",
    [
        nik(region="100101"),
        nik(region="990101"),
        nik(region="324101"),
        nik(region="328001"),
        nik(region="320001"),
        nik(region="320100"),
        nik(day=0),
        nik(day=32),
        nik(day=40),
        nik(day=72),
        nik(rest="0085"),
        nik(rest="1385"),
        nik(day=31, rest="0485"),
        nik(day=71, rest="0485"),
        nik(day=30, rest="0284"),
        nik(day=29, rest="0285"),
        nik()[:12] + "0000",
    ],
)
def test_a_number_with_no_such_region_day_or_serial_is_no_nik(number):
    assert not is_nik(number)


def test_a_list_of_regions_decides_where_there_is_one():
    assert [is_nik(nik(), regions) for regions in ({"3201"}, {"3202"})] == [True, False]


def test_the_day_of_a_woman_is_forty_more():
    assert [day_of(nik(day=17)), day_of(nik(day=57))] == [17, 17]


@pytest.mark.parametrize(
    "number", [nip(), nip(sex=2), nip(appointed="202221"), nip(born="19680229", appointed="199003")]
)
def test_a_number_with_birth_appointment_and_sex_can_be_a_nip(number):
    assert is_nip(number)


@pytest.mark.parametrize(
    "number",
    [
        nip(born="19390517"),
        nip(born="20110517"),
        nip(born="19851317"),
        nip(born="19850532"),
        nip(born="19690229"),
        nip(appointed="201000"),
        nip(appointed="201013"),
        nip(appointed="199905"),
        nip(appointed="204605"),
        nip(sex=0),
        nip(sex=3),
        nip()[:15] + "000",
    ],
)
def test_a_number_with_no_such_birth_appointment_or_sex_is_no_nip(number):
    assert not is_nip(number)


@pytest.mark.parametrize("number", [npwp(), "0" + npwp(2), npwp(3)])
def test_a_number_with_its_check_digit_can_be_an_npwp(number):
    assert is_npwp(number)


@pytest.mark.parametrize(
    "number", [npwp()[:8] + str((int(npwp()[8]) + 1) % 10) + npwp()[9:], "1" + npwp(), "0" * 15]
)
def test_a_number_without_its_check_digit_is_no_npwp(number):
    assert not is_npwp(number)


@pytest.mark.parametrize("number", ["081299999901", "6281299999901", "0895999999", "0838999999999"])
def test_a_number_of_an_operator_can_be_a_mobile_telephone(number):
    assert is_mobile(number)


@pytest.mark.parametrize(
    "number", ["080099999901", "0812999", "08129999999999", "718129999990", "084199999901"]
)
def test_a_number_of_no_operator_is_no_mobile_telephone(number):
    assert not is_mobile(number)


def test_a_number_of_the_fixed_network_begins_with_its_area():
    assert [is_fixed(one) for one in ("0219999901", "0298999901", "0099999901")] == [
        True,
        True,
        False,
    ]
