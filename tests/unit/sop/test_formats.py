"""A stored SOP stays readable when the file format grows and when rules are added."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from ckanext.satudata.errors import InvalidSop
from ckanext.satudata.sop.definition import Kepala, Sop
from ckanext.satudata.sop.formats import FORMAT, UPGRADES, lifted
from ckanext.satudata.sop.load import load, load_stored
from ckanext.satudata.sop.source import Source, read


def asks_for_a_motto(values: dict[str, Any]) -> dict[str, Any]:
    """A made-up upgrade from 1 to 2: the head got a key."""
    return {**values, "sop": {**values["sop"], "semboyan": None}}


def calls_the_motto_a_motto(values: dict[str, Any]) -> dict[str, Any]:
    """A made-up upgrade from 2 to 3: that key got another name."""
    head = dict(values["sop"])
    motto = head.pop("semboyan")
    return {**values, "sop": {**head, "moto": motto}}


MADE_UP = {1: asks_for_a_motto, 2: calls_the_motto_a_motto}


def source_of(text: str) -> Source:
    return read(text.encode(), "lama.yaml")


def test_values_of_an_earlier_format_take_every_upgrade_in_turn() -> None:
    values = lifted(source_of("sop: {format: 1, nama: a}"), MADE_UP, current=3)
    assert values["sop"].get("moto", "absent") is None


def test_lifted_values_name_the_format_they_are_in() -> None:
    values = lifted(source_of("sop: {format: 1, nama: a}"), MADE_UP, current=3)
    assert values["sop"]["format"] == 3


def test_values_of_a_later_format_take_only_the_upgrades_that_remain() -> None:
    values = lifted(source_of("sop: {format: 2, semboyan: b}"), MADE_UP, current=3)
    assert values == {"sop": {"format": 3, "moto": "b"}}


def test_what_was_read_is_not_changed_by_lifting_it() -> None:
    source = source_of("sop: {format: 1, nama: a}")
    lifted(source, MADE_UP, current=3)
    assert source.values == {"sop": {"format": 1, "nama": "a"}}


@pytest.mark.parametrize("number", [0, -1, 4, 10**17])
def test_a_format_this_release_does_not_know_is_refused_at_its_place(number: int) -> None:
    with pytest.raises(InvalidSop) as refusal:
        lifted(source_of(f"sop:\n  format: {number}"), MADE_UP, current=3)
    (fault,) = refusal.value.faults
    assert (fault.line, fault.column, fault.code) == (2, 11, "format-asing")
    assert f"Format {number} tidak dikenal; rilis ini memakai format 3." in fault.sentence


def test_a_format_with_a_gap_in_its_upgrades_is_refused() -> None:
    with pytest.raises(InvalidSop, match="format-asing"):
        lifted(source_of("sop: {format: 1}"), {1: asks_for_a_motto}, current=3)


@pytest.mark.parametrize("text", ["halo", "- 1", "sop: 1", "sop: {}", 'sop: {format: "1"}'])
def test_what_names_no_format_is_left_to_the_checks_of_its_shape(text: str) -> None:
    source = source_of(text)
    assert lifted(source, MADE_UP, current=3) is source.values


def test_the_format_of_today_is_the_one_the_definition_takes() -> None:
    assert get_args(Kepala.model_fields["format"].annotation) == (FORMAT,)


def test_there_is_an_upgrade_from_each_earlier_format() -> None:
    assert list(UPGRADES) == list(range(1, FORMAT))


def test_a_stored_text_is_the_sop_that_was_adopted(text_000: str, sop_000: Sop) -> None:
    assert load_stored(text_000, "000.yaml") == sop_000


def test_a_stored_text_is_read_though_a_later_rule_refuses_it(text_000: str) -> None:
    text = text_000.replace("efek: [setujui, terbitkan]", "efek: [terbitkan]")
    with pytest.raises(InvalidSop, match="terbit-sebelum-setuju"):
        load(text.encode(), "000.yaml")
    assert len(load_stored(text, "000.yaml").langkah) == 9


def test_a_revision_of_format_1_is_read_as_one_that_ends_no_cases_together(text_000: str) -> None:
    """Format 1 had no `massal`; what was adopted then is read without it."""
    lines = text_000.replace("format: 2", "format: 1").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("    massal: "))
    assert not any(step.massal for step in load_stored(text, "000.yaml").langkah)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("format: 3", "format-asing"),
        ("format: 0", "format-asing"),
        ('format: "2"', "isi-salah"),
        ("format: true", "isi-salah"),
        ("format: null", "isi-salah"),
        ("# format: 2", "format-hilang"),
    ],
)
@pytest.mark.parametrize("reader", [lambda t: load(t.encode(), "a"), lambda t: load_stored(t, "a")])
def test_another_format_is_refused_by_both_readers(
    text_000: str, reader: Callable[[str], Any], written: str, code: str
) -> None:
    with pytest.raises(InvalidSop) as refusal:
        reader(text_000.replace("format: 2", written))
    assert [fault.code for fault in refusal.value.faults] == [code]


def test_a_missing_format_is_told_beside_other_faults(text_000: str) -> None:
    text = text_000.replace("  format: 2\n", "").replace("nama: SOP Manajemen Data", "nama: 5")
    with pytest.raises(InvalidSop) as refusal:
        load(text.encode(), "000.yaml")
    assert [fault.code for fault in refusal.value.faults] == ["format-hilang", "isi-salah"]
