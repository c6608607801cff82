"""What is told never repeats what was found, says how to mend it, and survives JSON."""

from __future__ import annotations

import json
import string

import pytest

from ckanext.satudata.quality.findings import (
    ALASAN,
    ENGLISH,
    INDONESIAN,
    KINDS,
    REASONS,
    Finding,
    Findings,
    Place,
    masked,
)
from ckanext.satudata.quality.heading_words import KINDS as ASKED
from tests.unit.quality.invented import check, csv, dotted, nik, nip, npwp, only, xlsx

SECRETS = [
    nik(),
    nip(),
    dotted(npwp()),
    "081299999901",
    "+62 812-9999-9901",
    "(021) 9999901",
    "rekaan.satu@contoh.example",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_told_holds_the_value(secret):
    told = json.dumps(only(csv(["a", "kata", secret], ["b", 1, 2])).as_dict())
    digits = "".join(filter(str.isdigit, secret))
    parts = [secret, digits[-4:], "ekaan", "contoh"]
    assert [one for one in parts if one and one in told] == []


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("3201015705859901", "32••••••••••••••"),
        ("09.999.901.4-999.000", "09.•••.•••.•-•••.•••"),
        ("+62 812-9999-9901", "+62 •••-••••-••••"),
        ("rekaan@contoh.example", "r•••@•••.example"),
    ],
)
def test_an_example_shows_the_shape_alone(value, shape):
    assert masked(value) == shape


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_each_code_has_its_sentence_in_both_languages_with_the_same_facts():
    assert {code: fields(text) for code, text in ENGLISH.items()} == {
        code: fields(text) for code, text in INDONESIAN.items()
    }


def test_each_kind_that_a_heading_can_ask_for_has_its_words():
    assert set(ASKED) == set(KINDS)


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_each_reason_makes_a_sentence(reason, language):
    said = Finding("cannot_be_read", certain=False, reason=reason).sentence(language)
    assert {"en": REASONS, "id": ALASAN}[language][reason] in said


def test_each_reason_is_there_in_both_languages():
    assert list(ALASAN) == list(REASONS)


def test_a_sentence_says_where_and_how_many_and_how_to_mend_it():
    found = Finding("personal_nik", True, 7, (Place("Data", 5, 28),), "Keterangan", "32••")
    assert found.sentence() == (
        "Kolom AB “Keterangan” di lembar “Data”: 7 nilai berbentuk NIK, pertama di AB5 (32••). "
        "Hapus yang milik orang, atau ganti dengan jumlah; bila data per orang memang diperlukan, "
        "pilih kelas akses selain terbuka."
    )


def test_findings_survive_json():
    content = xlsx({"Data": [["Nama", "b"], ["Rekaan", "r@contoh.example"]], "B": [["x"]]})
    found = check(content, "data.xlsx")
    assert Findings.from_dict(json.loads(json.dumps(found.as_dict()))) == found


def test_unread_findings_survive_json():
    found = check(b"%PDF", "data.pdf")
    assert Findings.from_dict(json.loads(json.dumps(found.as_dict()))) == found


@pytest.mark.parametrize(
    ("content", "read", "clean"),
    [(b"a,b\n1,2\n", True, True), (b"nama,b\nx,2\n", True, False), (b"%PDF", False, False)],
)
def test_only_a_file_that_was_read_and_holds_nothing_is_clean(content, read, clean):
    found = check(content)
    assert (found.read, found.clean) == (read, clean)


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_a_column_has_the_letters_of_a_spreadsheet(column, letters):
    assert Place("", 1, column).letter == letters
