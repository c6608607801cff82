"""What a fault says to an official: the keys there are, what may stand for nothing, no English."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ckanext.satudata.sop.faults import Fault

FaultsOf = Callable[[bytes | str], list[Fault]]


def test_a_missing_key_is_a_fault_even_where_null_is_allowed(
    text_000: str, faults_of: FaultsOf
) -> None:
    assert [f.code for f in faults_of(text_000.replace("  dasar_hukum: null\n", ""))] == [
        "kunci-hilang"
    ]


def test_an_unknown_key_is_told_which_keys_there_are(text_000: str, faults_of: FaultsOf) -> None:
    (fault,) = faults_of(text_000.replace("kalender:\n", "kalender:\n  libur: null\n"))
    assert fault.sentence.endswith("jam_per_hari, keyakinan, zona_waktu.")


def test_an_actor_called_like_a_key_is_told_the_keys_of_an_actor(
    sheet: dict, written: Callable, faults_of: FaultsOf
) -> None:
    actor = sheet["pelaksana"]["produsen_data"]
    sheet["pelaksana"]["keyakinan"] = {**actor, "jabatan": None}
    (fault,) = faults_of(written(sheet))
    assert "keyakinan, lajur, nama, peran" in fault.sentence


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("keterangan", "Tulis isinya; null bila SOP tidak menyebutnya."),
        ("dokumen", "Tulis isinya; [] bila tidak ada."),
        ("keyakinan", "Tulis isinya; {} bila tidak ada."),
        ("nama", "Tulis isinya."),
        ("pelaksana", "Tulis isinya."),
        ("mutu_baku", "Tulis isinya."),
    ],
)
def test_a_missing_key_is_told_what_may_stand_for_nothing(
    sheet: dict, written: Callable, faults_of: FaultsOf, key: str, advice: str
) -> None:
    del sheet["langkah"][2][key]
    (fault,) = faults_of(written(sheet))
    assert fault.sentence == f"Kunci “{key}” tidak ada. {advice}"


def test_a_wrong_item_of_a_list_is_told_by_the_name_of_its_list(
    text_000: str, faults_of: FaultsOf
) -> None:
    (fault,) = faults_of(text_000.replace("    - Verifikasi dan validasi data\n", "    - 5\n"))
    assert fault.sentence.startswith("Isi “ruang_lingkup” tidak sesuai: ")


@pytest.mark.parametrize("broken", ["satuan: kapan-kapan", "satuan: null", "satuan: [jam]"])
def test_what_an_official_reads_holds_no_english(
    text_000: str, faults_of: FaultsOf, broken: str
) -> None:
    (fault,) = faults_of(text_000.replace("satuan: sesuai_kebutuhan", broken))
    assert not re.search(r"\b(or|should|must|input|type|valid|string)\b", fault.sentence), fault
